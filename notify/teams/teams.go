package teams

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"entitywatch/notify"
)

// Options say where to post.
type Options struct {
	URL  string
	HTTP *http.Client
	// Refused reports whether the client's own guard refused the address, so that only a person helps; nil where it has
	// none.
	Refused func(error) bool
	Every   time.Duration    // least time between two posts; a quarter of a second, Teams' own limit, where zero
	Now     func() time.Time // wall clock
}

// Channel posts to one Workflow.
type Channel struct {
	out   notify.Outlet
	every time.Duration
}

var (
	_ notify.Channel = (*Channel)(nil)
	_ notify.Limited = (*Channel)(nil)
)

// New checks the address.
func New(o Options) (*Channel, error) {
	out, err := notify.Outlet{URL: o.URL, HTTP: o.HTTP, Refused: o.Refused, Now: o.Now}.Checked("teams: url")
	if err != nil {
		return nil, err
	}
	return &Channel{out, cmp.Or(o.Every, time.Second/4)}, nil
}

// Limits implements notify.Limited.
func (c *Channel) Limits() notify.Limits {
	return notify.Limits{Size: partSize, Items: partItems, Weigh: weigh, Every: c.every, Remote: true}
}

// Send implements notify.Channel.
func (c *Channel) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	body, err := Body(m)
	if err != nil {
		return notify.Receipt{}, err
	}
	resp, answer, err := c.out.Post(ctx, "teams: post", body, nil) //nolint:bodyclose // Post has closed it
	switch {
	case err != nil:
		return notify.Receipt{}, err
	case resp.StatusCode/100 == 2:
		return c.out.Taken(m, resp), nil
	}
	return notify.Receipt{}, c.refusal(resp, answer)
}

// workflowFaults are the codes in a refusal that speak of the Workflow and not of the card, with what to do. Source:
// "Troubleshoot HTTP request triggers", Power Automate documentation.
var workflowFaults = []struct{ code, remedy string }{
	{"WorkflowTriggerIsNotEnabled", "Turn the Workflow on again in Teams or Power Automate."},
	{"WorkflowNotFound", "Make the Workflow anew and give its address as url."},
	{"DirectApiAuthorizationRequired", "Give the whole address that the Workflow shows, its signature included, as url."},
	{"DirectApiInvalidAuthorizationScheme",
		"Let anyone trigger the Workflow, or give the whole address that it shows as url."},
}

// refusal sorts an answer that is no success. A bad request is about the card, unless the answer names a fault of the
// Workflow.
func (c *Channel) refusal(resp *http.Response, answer []byte) error {
	err := notify.RefusedAnswer("teams", resp, c.out.Now())
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

// Preview is what Send would post.
func (c *Channel) Preview(m notify.Message) ([]notify.File, error) {
	b, err := Body(m)
	return []notify.File{{Name: ".json", Type: "application/json", Data: b}}, err
}
