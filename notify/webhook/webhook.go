// Package webhook posts messages as JSON after Standard Webhooks: the headers webhook-id (the delivery, the same in every repetition),
// webhook-timestamp (wall clock) and webhook-signature (HMAC-SHA256 of "id.timestamp.body" with each secret, so that a key can be
// rotated). The body's shape is docs/webhook.schema.json.
//
// A message arrives at least once; a receiver that remembers webhook-id sees it exactly once. Redirects are not followed. The address is
// a secret and stands in no error; whether it may be a private one is decided by the HTTP client that is passed in.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
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
	o    Options
	keys [][]byte
}

var (
	_ notify.Channel = (*Channel)(nil)
	_ notify.Limited = (*Channel)(nil)
)

// New checks the address and the keys.
func New(o Options) (*Channel, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, errors.New("webhook: url is not a web address")
	}
	c := &Channel{o: o}
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
	client := http.Client{Timeout: 25 * time.Second}
	if o.HTTP != nil {
		client = *o.HTTP
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.o.HTTP = &client
	if c.o.Now == nil {
		c.o.Now = time.Now
	}
	return c, nil
}

// Limits implements notify.Limited: a message is never split.
func (c *Channel) Limits() notify.Limits {
	return notify.Limits{Every: c.o.Every, Remote: true}
}

// Send implements notify.Channel.
func (c *Channel) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	body, err := Body(m)
	if err != nil {
		return notify.Receipt{}, fmt.Errorf("webhook: write body: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.o.URL, bytes.NewReader(body))
	if err != nil {
		return notify.Receipt{}, errors.New("webhook: url is not a web address")
	}
	now := c.o.Now()
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "EntityWatch")
	req.Header.Set("webhook-id", m.Delivery)
	req.Header.Set("webhook-timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("webhook-signature", c.sign(m.Delivery, now, body))
	resp, err := c.o.HTTP.Do(req)
	if err != nil {
		return notify.Receipt{}, c.unanswered(err)
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	if resp.StatusCode/100 == 2 {
		return notify.Receipt{ID: m.Delivery, Status: resp.Status, At: now}, nil
	}
	return notify.Receipt{}, notify.RefusedAnswer("webhook", resp, c.o.Now())
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

func (c *Channel) unanswered(err error) error {
	if c.o.Refused != nil && c.o.Refused(err) {
		return notify.RefusedAddress("webhook: post", err)
	}
	return notify.Unanswered("webhook: post", err)
}
