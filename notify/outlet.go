package notify

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Straight is a client that follows no redirect: tokens stand in headers and bodies, and the address of a webhook is a
// secret itself.
func Straight(c *http.Client) *http.Client {
	s := *c
	s.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &s
}

// Outlet posts JSON to an address that is a secret: it stands in no error, and no redirect is followed.
type Outlet struct {
	URL  string
	HTTP *http.Client
	// Refused reports whether the client's own guard refused the address, so that only a person helps; nil where it has
	// none.
	Refused func(error) bool
	Now     func() time.Time // wall clock
}

// Checked is the outlet with what it lacks. setting names the address in errors: "teams: url".
func (o Outlet) Checked(setting string) (Outlet, error) {
	if u, err := url.Parse(o.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return o, fmt.Errorf("%s is not a web address", setting)
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: 25 * time.Second}
	}
	o.HTTP = Straight(o.HTTP)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o, nil
}

// maxAnswer is how many bytes of an answer are read: all of any that makes sense, so that the connection can be used
// again.
const maxAnswer = 64 << 10

// Post makes one attempt; header is set beside what every post has, what leads in errors ("teams: post"). Where there
// was no answer, the error is sorted by the contract of Channel; what an answer means is the channel's to say. Its text
// is nil where it broke off.
func (o Outlet) Post(ctx context.Context, what string, body []byte, header map[string]string) (*http.Response, []byte,
	error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.URL, bytes.NewReader(body))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: this is not a web address", what) // the error would repeat it
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "EntityWatch")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := o.HTTP.Do(req)
	switch {
	case err != nil && o.Refused != nil && o.Refused(err):
		return nil, nil, RefusedAddress(what, err)
	case err != nil:
		return nil, nil, Unanswered(what, err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		answer = nil
	}
	return resp, answer, nil
}

// Taken is the receipt of a message that an outlet's receiver took.
func (o Outlet) Taken(m Message, resp *http.Response) Receipt {
	return Receipt{ID: m.Delivery, Status: resp.Status, At: o.Now()}
}
