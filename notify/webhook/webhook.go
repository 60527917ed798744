// Package webhook posts messages as JSON after Standard Webhooks: the headers webhook-id (the delivery, the same in every repetition),
// webhook-timestamp (wall clock) and webhook-signature (HMAC-SHA256 of "id.timestamp.body" with each secret, so that a key can be
// rotated). The body's shape is docs/webhook.schema.json.
//
// A message arrives at least once; a receiver that remembers webhook-id sees it exactly once. Redirects are not followed. The address is
// a secret and stands in no error; whether it may be a private one is decided by the HTTP client that is passed in.
package webhook

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"entitywatch/notify"
)

// Options say where to post, and how to sign.
type Options struct {
	URL     string
	Secrets []string // "whsec_" and a base64 key each; the newest first while rotating
	HTTP    *http.Client
	// Refused reports whether the client's own guard refused the address, so that only a person helps; nil where it has none.
	Refused func(error) bool
	Every   time.Duration    // least time between two posts
	Now     func() time.Time // wall clock
}

// Channel posts to one address.
type Channel struct {
	out   notify.Outlet
	every time.Duration
	keys  [][]byte
}

var (
	_ notify.Channel = (*Channel)(nil)
	_ notify.Limited = (*Channel)(nil)
)

// New checks the address and the keys.
func New(o Options) (*Channel, error) {
	out, err := notify.Outlet{URL: o.URL, HTTP: o.HTTP, Refused: o.Refused, Now: o.Now}.Checked("webhook: url")
	if err != nil {
		return nil, err
	}
	c := &Channel{out: out, every: o.Every}
	for i, s := range o.Secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s, "whsec_"))
		if err != nil || len(key) == 0 {
			return nil, fmt.Errorf("webhook: secret %d is not a base64 key behind whsec_", i+1)
		}
		c.keys = append(c.keys, key)
	}
	if len(c.keys) == 0 {
		return nil, errors.New("webhook: a secret is needed: whsec_ and a base64 key")
	}
	return c, nil
}

// Limits implements notify.Limited: a message is never split.
func (c *Channel) Limits() notify.Limits {
	return notify.Limits{Every: c.every, Remote: true}
}

// Send implements notify.Channel.
func (c *Channel) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	body, err := Body(m)
	if err != nil {
		return notify.Receipt{}, fmt.Errorf("webhook: write body: %w", err)
	}
	now := c.out.Now()
	resp, _, err := c.out.Post(ctx, "webhook: post", body, map[string]string{ //nolint:bodyclose // Post has closed it
		"webhook-id": m.Delivery, "webhook-timestamp": strconv.FormatInt(now.Unix(), 10), "webhook-signature": c.sign(m.Delivery, now, body),
	})
	switch {
	case err != nil:
		return notify.Receipt{}, err
	case resp.StatusCode/100 == 2:
		return c.out.Taken(m, resp), nil
	}
	return notify.Receipt{}, notify.RefusedAnswer("webhook", resp, c.out.Now())
}

// sign makes a signature with each key.
func (c *Channel) sign(id string, at time.Time, body []byte) string {
	out := make([]string, len(c.keys))
	for i, key := range c.keys {
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%d.%s", id, at.Unix(), body)
		out[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(out, " ")
}
