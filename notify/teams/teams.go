package teams

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"entitywatch/notify"
)

// Options say where to post.
type Options struct {
	URL  string
	HTTP *http.Client
	// Refused reports whether the client's own guard refused the address, so that only a person helps; nil where it has none.
	Refused func(error) bool
	Every   time.Duration    // least time between two posts; a quarter of a second, Teams' own limit, where zero
	Now     func() time.Time // wall clock
}

// Channel posts to one Workflow.
type Channel struct{ o Options }

var (
	_ notify.Channel = (*Channel)(nil)
	_ notify.Limited = (*Channel)(nil)
)

var errAddress = errors.New("teams: url is not a web address")

// New checks the address.
func New(o Options) (*Channel, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, errAddress
	}
	client := http.Client{Timeout: 25 * time.Second}
	if o.HTTP != nil {
		client = *o.HTTP
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	o.HTTP = &client
	if o.Every == 0 {
		o.Every = time.Second / 4
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Channel{o}, nil
}

// Limits implements notify.Limited.
func (c *Channel) Limits() notify.Limits {
	return notify.Limits{Size: partSize, Items: partItems, Weigh: weigh, Every: c.o.Every, Remote: true}
}

// Send implements notify.Channel.
func (c *Channel) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	body, err := Body(m)
	if err != nil {
		return notify.Receipt{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.o.URL, bytes.NewReader(body))
	if err != nil {
		return notify.Receipt{}, errAddress
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "EntityWatch")
	resp, err := c.o.HTTP.Do(req)
	if err != nil {
		return notify.Receipt{}, c.unanswered(err)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10)) // whole, so that the connection can be used again
	if resp.StatusCode/100 != 2 {
		return notify.Receipt{}, c.refusal(resp, answer)
	}
	return notify.Receipt{ID: m.Delivery, Status: resp.Status, At: c.o.Now()}, nil
}

// workflowFaults are the codes in a refusal that speak of the Workflow and not of the card, with what to do. Source: "Troubleshoot HTTP
// request triggers", Power Automate documentation.
var workflowFaults = []struct{ code, remedy string }{
	{"WorkflowTriggerIsNotEnabled", "Turn the Workflow on again in Teams or Power Automate."},
	{"WorkflowNotFound", "Make the Workflow anew and give its address as url."},
	{"DirectApiAuthorizationRequired", "Give the whole address that the Workflow shows, its signature included, as url."},
	{"DirectApiInvalidAuthorizationScheme", "Let anyone trigger the Workflow, or give the whole address that it shows as url."},
}

// refusal sorts an answer that is no success. A bad request is about the card, unless the answer names a fault of the Workflow.
func (c *Channel) refusal(resp *http.Response, answer []byte) error {
	err := notify.RefusedAnswer("teams", resp, c.o.Now())
	for _, f := range workflowFaults {
		if resp.StatusCode/100 == 4 && bytes.Contains(answer, []byte(f.code)) {
			return &notify.Misconfigured{Remedy: f.remedy, Err: fmt.Errorf("%w (%s)", err, f.code)}
		}
	}
	if faulty, ok := errors.AsType[*notify.Misconfigured](err); ok && resp.StatusCode == http.StatusBadRequest {
		return faulty.Err
	}
	return err
}

func (c *Channel) unanswered(err error) error {
	if c.o.Refused != nil && c.o.Refused(err) {
		return notify.RefusedAddress("teams: post", err)
	}
	return notify.Unanswered("teams: post", err)
}

// Preview is what Send would post.
func (c *Channel) Preview(m notify.Message) ([]notify.File, error) {
	b, err := Body(m)
	return []notify.File{{Name: ".json", Type: "application/json", Data: b}}, err
}
