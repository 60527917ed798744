package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/slack-go/slack"

	"entitywatch/notify"
)

// Hook posts to an incoming webhook, whose address is a secret.
type Hook struct{ o Options }

var (
	_ notify.Channel = (*Hook)(nil)
	_ notify.Limited = (*Hook)(nil)
)

func newHook(o Options) (*Hook, error) {
	u, err := url.Parse(o.WebhookURL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, errors.New("slack: webhook_url is not a web address")
	}
	return &Hook{o: o}, nil
}

// Limits implements notify.Limited.
func (h *Hook) Limits() notify.Limits {
	return notify.Limits{Size: partSize, Items: partItems, Weigh: weigh, Every: h.o.Every, Remote: true}
}

// Send implements notify.Channel. slack-go would throw the answer's body away, which alone says what is wrong, so the post is our own.
func (h *Hook) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	off := false
	body, err := json.Marshal(slack.WebhookMessage{
		Text: Fallback(m), Blocks: &slack.Blocks{BlockSet: Blocks(m, false)}, UnfurlLinks: &off, UnfurlMedia: &off,
	})
	if err != nil {
		return notify.Receipt{}, fmt.Errorf("slack: write webhook message: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.o.WebhookURL, bytes.NewReader(body))
	if err != nil {
		return notify.Receipt{}, errors.New("slack: webhook_url is not a web address")
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := h.o.HTTP.Do(req)
	if err != nil && h.o.Refused != nil && h.o.Refused(err) {
		return notify.Receipt{}, notify.RefusedAddress("slack: post to webhook", err)
	}
	if err != nil {
		return notify.Receipt{}, unanswered(fmt.Errorf("slack: post to webhook: %w", notify.WithoutURL(err)))
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err == nil && resp.StatusCode/100 == 2 {
		return notify.Receipt{ID: m.Delivery, Status: resp.Status, At: h.o.Now()}, nil
	}
	return notify.Receipt{}, h.refusal(resp, string(answer))
}

func (h *Hook) refusal(resp *http.Response, answer string) error {
	err := fmt.Errorf("slack: post to webhook: %s: %s", resp.Status, h.redact(notify.Clean(answer)))
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		return &notify.Temporary{After: notify.RetryAfter(resp.Header, h.o.Now()), Err: err}
	case resp.StatusCode >= 500 || resp.StatusCode == http.StatusRequestTimeout || resp.StatusCode/100 == 2:
		return &notify.Unknown{Err: err}
	case resp.StatusCode == http.StatusRequestEntityTooLarge || aboutMessage(strings.TrimSpace(answer)):
		return err
	case resp.StatusCode/100 == 3:
		return &notify.Misconfigured{Remedy: "Give the address that Slack shows for the webhook as webhook_url.", Err: err}
	}
	return &notify.Misconfigured{Remedy: hookRemedy(strings.TrimSpace(answer)), Err: err}
}

// hookRemedy says what to do about an incoming webhook's answer. Source: "Handling errors" of Slack's "Sending messages using incoming
// webhooks".
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
	s = strings.ReplaceAll(s, h.o.WebhookURL, "***")
	if u, err := url.Parse(h.o.WebhookURL); err == nil && len(u.Path) > 1 {
		s = strings.ReplaceAll(s, u.Path, "***")
	}
	return s
}
