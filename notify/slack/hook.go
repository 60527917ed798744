package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"entitywatch/notify"
)

// Hook posts to an incoming webhook, whose address is a secret.
type Hook struct {
	out   notify.Outlet
	every time.Duration
}

var (
	_ notify.Channel = (*Hook)(nil)
	_ notify.Limited = (*Hook)(nil)
)

func newHook(o Options) (*Hook, error) {
	out, err := notify.Outlet{URL: o.WebhookURL, HTTP: o.HTTP, Refused: o.Refused,
		Now: o.Now}.Checked("slack: webhook_url")
	if err != nil {
		return nil, err
	}
	return &Hook{out, o.Every}, nil
}

// Limits implements notify.Limited.
func (h *Hook) Limits() notify.Limits {
	return notify.Limits{Size: partSize, Items: partItems, Weigh: weigh, Every: h.every, Remote: true}
}

// Send implements notify.Channel. slack-go would throw the answer's body away, which alone says what is wrong, so the
// post is our own.
func (h *Hook) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	off := false
	body, err := json.Marshal(slack.WebhookMessage{
		Text: Fallback(m), Blocks: &slack.Blocks{BlockSet: Blocks(m, false)}, UnfurlLinks: &off, UnfurlMedia: &off,
	})
	if err != nil {
		return notify.Receipt{}, fmt.Errorf("slack: write webhook message: %w", err)
	}
	resp, answer, err := h.out.Post(ctx, "slack: post to webhook", body, nil) //nolint:bodyclose // Post has closed it
	switch {
	case err != nil:
		return notify.Receipt{}, err
	case resp.StatusCode/100 == 2 && answer != nil:
		return h.out.Taken(m, resp), nil
	}
	return notify.Receipt{}, h.refusal(resp, string(answer[:min(len(answer), 1<<10)]))
}

func (h *Hook) refusal(resp *http.Response, answer string) error {
	err := fmt.Errorf("slack: post to webhook: %s: %s", resp.Status, h.redact(notify.Clean(answer)))
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		return &notify.Temporary{After: notify.RetryAfter(resp.Header, h.out.Now()), Err: err}
	case resp.StatusCode >= 500 || resp.StatusCode == http.StatusRequestTimeout || resp.StatusCode/100 == 2:
		return &notify.Unknown{Err: err}
	case resp.StatusCode == http.StatusRequestEntityTooLarge || aboutMessage(strings.TrimSpace(answer)):
		return err
	case resp.StatusCode/100 == 3:
		return &notify.Misconfigured{Remedy: "Give the address that Slack shows for the webhook as webhook_url.", Err: err}
	}
	return &notify.Misconfigured{Remedy: hookRemedy(strings.TrimSpace(answer)), Err: err}
}

// hookRemedy says what to do about an incoming webhook's answer. Source: "Handling errors" of Slack's "Sending messages
// using incoming webhooks".
func hookRemedy(answer string) string {
	switch answer {
	case "channel_is_archived":
		return "Unarchive the Slack channel, or make a webhook for another one."
	case "action_prohibited":
		return "Have a workspace admin allow the webhook to post there."
	}
	return "Make a new incoming webhook in Slack's app settings and give its address as webhook_url."
}

// redact takes the address and its path out of an answer that repeats them.
func (h *Hook) redact(s string) string {
	s = strings.ReplaceAll(s, h.out.URL, "***")
	if u, err := url.Parse(h.out.URL); err == nil && len(u.Path) > 1 {
		s = strings.ReplaceAll(s, u.Path, "***")
	}
	return s
}
