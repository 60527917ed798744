package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/url"
	"time"
)

// Subscription is what a recipient can end: the mails of one channel to one address; Digest is set where it is one
// digest alone.
type Subscription struct {
	Channel   string `json:"channel"`
	Recipient string `json:"recipient"`
	Digest    string `json:"digest,omitempty"`
	// At is when it was ended; it is no part of a link.
	At time.Time `json:"at,omitzero"`
}

// What says what a recipient no longer gets: "the digest weekly", "the channel mail".
func (s Subscription) What() string {
	if s.Digest != "" {
		return "the digest " + s.Digest
	}
	return "the channel " + s.Channel
}

// Signer makes and checks the links by which a recipient ends a subscription without a login (RFC 8058). The key never
// leaves the database; a link holds for ever, since mails are read late.
type Signer struct{ Key []byte }

var errBadLink = errors.New("the link is not one of ours, or was cut")

// Link is the address under base (the daemon's public URL) that ends s.
func (g Signer) Link(base string, s Subscription) string { return base + "/unsubscribe?" + g.Query(s) }

// Query is the signed part of the addresses that end s and bring it back.
func (g Signer) Query(s Subscription) string {
	q := url.Values{"c": {s.Channel}, "r": {s.Recipient}, "s": {g.sign(s)}}
	if s.Digest != "" {
		q.Set("d", s.Digest)
	}
	return q.Encode()
}

// Verify reads a link's query.
func (g Signer) Verify(q url.Values) (Subscription, error) {
	s := Subscription{Channel: q.Get("c"), Recipient: q.Get("r"), Digest: q.Get("d")}
	if s.Recipient == "" || subtle.ConstantTimeCompare([]byte(q.Get("s")), []byte(g.sign(s))) != 1 {
		return Subscription{}, errBadLink
	}
	return s, nil
}

func (g Signer) sign(s Subscription) string {
	mac := hmac.New(sha256.New, g.Key)
	for _, part := range []string{"unsubscribe", s.Channel, s.Recipient, s.Digest} {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
