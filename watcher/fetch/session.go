package fetch

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"entitywatch/diff"
)

// Validators are what an upstream gave with an answer so that the next request can ask "anything new?".
type Validators struct {
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Seen         time.Time `json:"seen,omitzero"`  // when the body itself was last taken in
	Body         string    `json:"body,omitempty"` // the sha256 of that body, and who read it; "" where it stands for nothing
}

// believed is how long validators may stand for a body: a cache or a server that gives the wrong ones would else hide every change for ever.
const believed = 24 * time.Hour

// empty reports whether there is nothing to ask with.
func (v Validators) empty() bool { return v.ETag == "" && v.LastModified == "" }

// none reports whether there is nothing to keep.
func (v Validators) none() bool { return v.empty() && v.Body == "" }

// Cursor is what a source keeps between two looks. It is stored only by the transaction that stores the work it stands for.
type Cursor struct {
	Validators map[string]Validators `json:"validators,omitempty"` // by URL
	Marks      map[string]string     `json:"marks,omitempty"`      // named by the source: a date, a publication id
	Rests      map[string]Rest       `json:"rests,omitempty"`      // by host, or host and path
	Anew       bool                  `json:"anew,omitempty"`       // the next look is to read everything, changed or not
}

// Forgetful is a cursor that remembers no bodies: whatever is sent next is read in full.
func (c Cursor) Forgetful() Cursor {
	c.Validators = maps.Clone(c.Validators)
	for key, v := range c.Validators {
		if v.Body = ""; v.none() {
			delete(c.Validators, key)
			continue
		}
		c.Validators[key] = v
	}
	return c
}

// Remembers reports whether the cursor remembers a body.
func (c Cursor) Remembers() bool {
	for _, v := range c.Validators {
		if v.Body != "" {
			return true
		}
	}
	return false
}

// Response is one answer of an upstream, body already decompressed and within the limit.
type Response struct {
	URL         string // as asked for, secrets masked
	Base        string // where redirects led, for relative links only: never on record, since it may hold secrets
	Final       string // where redirects led, secrets masked
	Status      int
	Header      http.Header
	Body        []byte
	SHA256      string // of Body, hex
	At          time.Time
	NotModified bool // 304, and Body is nil; or the body that was asked to be remembered was sent again
}

// Evidence points to the response's stored bytes.
func (r *Response) Evidence() diff.Evidence {
	return diff.Evidence{SHA256: r.SHA256, URL: r.URL, FetchedAt: r.At}
}

// Exchange records one request for the store: what was asked and what came of it.
type Exchange struct {
	Response
	Err string // why it failed, without secrets; empty where it did not
}

// Session is one look at one source: it sends the cursor's validators, records every exchange, and collects the next cursor. Close ends it.
// Nothing in it is saved until its owner commits Exchanges and Next together with the work.
// It may be used from several goroutines.
type Session struct {
	client    *Client
	http      *http.Client
	own       []*url.URL // what this source may reach wherever it leads
	mu        sync.Mutex
	old, next Cursor
	rests     map[string]Rest // as known when the look began
	exchanges []Exchange
	done      func() // ends the turn at large answers; nil where it has none
}

func newSession(c *Client, cur Cursor) *Session {
	return &Session{client: c, old: cur, rests: c.recall(cur.Rests), next: Cursor{
		Validators: map[string]Validators{}, Marks: maps.Clone(cur.Marks),
	}}
}

// Mark returns a named mark of the stored cursor.
func (s *Session) Mark(name string) string { return s.old.Marks[name] }

// NextMark returns a named mark of the next cursor, as this look has set it or the stored one had it.
func (s *Session) NextMark(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next.Marks[name]
}

// SetMark sets a named mark of the next cursor.
func (s *Session) SetMark(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next.Marks == nil {
		s.next.Marks = map[string]string{}
	}
	s.next.Marks[name] = value
}

// DeleteMark removes a named mark from the next cursor.
func (s *Session) DeleteMark(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.next.Marks, name)
}

// Marks are the marks of the stored cursor, to be read only.
func (s *Session) Marks() map[string]string { return s.old.Marks }

// Reject takes back the validators of an answer that could not be used, so that the next look is sent the body again, changed or not.
func (s *Session) Reject(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.next.Validators, s.client.shown(url))
}

// Anew reports whether this look is to read everything, whatever was read before. It sends no validators.
func (s *Session) Anew() bool { return s.old.Anew }

func (s *Session) validators(key string) Validators {
	if s.old.Anew {
		return Validators{}
	}
	return s.old.Validators[key]
}

// keep puts a URL's validators into the next cursor.
func (s *Session) keep(key string, v Validators) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v.none() {
		delete(s.next.Validators, key)
		return
	}
	s.next.Validators[key] = v
}

// Next is the cursor to store with the work of this look. It holds validators only of URLs that this look asked for.
func (s *Session) Next() Cursor {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Cursor{Validators: maps.Clone(s.next.Validators), Marks: maps.Clone(s.next.Marks), Rests: s.client.recall(nil)}
}

// Kept is the stored cursor for a look that came to nothing: as it was, with what hosts asked for meanwhile.
func (s *Session) Kept() Cursor {
	c := s.old
	c.Rests = s.client.recall(nil)
	return c
}

// Exchanges are the requests made so far, in order, failed ones included.
func (s *Session) Exchanges() []Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.exchanges)
}

// Carry keeps the validators of a URL that this look had no reason to ask for, where it was asked for before.
func (s *Session) Carry(url string) {
	key := s.client.shown(url)
	s.keep(key, s.validators(key))
}
