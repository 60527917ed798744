// Package web serves what the daemon shows on its listening address: a health page for people and for probes, metrics, the
// page of a Case, the unsubscribe page of mails, and the screening of a name.
//
// It promises: nothing is changed by GET; an unsubscribe link acts by POST only (RFC 8058), so that a mail scanner that follows
// it ends nothing; the screening endpoint answers who brings the token or, where there is none and nobody else can reach it, the
// callers on this machine; every page answers only under a name that is ours, and acts on no other site's behalf. It shows no
// secret and stores nothing itself.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"entitywatch/notify"
	"entitywatch/redact"
)

// Options are what the pages need. A nil function turns its page off.
type Options struct {
	Health      func(ctx context.Context) (Health, error)
	Unsubscribe func(ctx context.Context, s notify.Subscription) error
	Resubscribe func(ctx context.Context, s notify.Subscription) error // the way back, by the same link
	Signer      notify.Signer
	Case        func(ctx context.Context, id string) (c Case, found bool, err error)
	Screen      func(ctx context.Context, q []Query, threshold float64) ([][]Hit, error)
	Token       string // of the screening endpoint; "" leaves it to callers on this machine
	// Exposed says that others than this machine may reach the listener, directly or through a proxy: then only the token opens the
	// screening endpoint, whatever address a request seems to come from.
	Exposed bool
	// Hosts are the names under which people reach the pages, besides localhost and plain addresses.
	Hosts   []string
	Origin  string           // scheme and host of the pages as browsers see them, where a proxy stands before them
	Scrub   *redact.Scrubber // of every answer; nil masks nothing
	Metrics http.Handler
	Log     *slog.Logger
}

// Health is what the daemon knows of itself.
type Health struct {
	OK      bool                  `json:"ok"`
	Checked time.Time             `json:"checked"`
	Sources []notify.SourceReport `json:"sources"`
	Pending int                   `json:"deliveries_pending"`
	Dead    int                   `json:"deliveries_dead"`
	// Channels are those on which nothing is taken; empty while all work.
	Channels []Channel `json:"channels"`
	// Files are the files of counterparties of which something is to be said; empty while all are read as they stand.
	Files   []File         `json:"counterparties"`
	Unheard string         `json:"unheard,omitempty"` // that no channel of the operators works, for a person; "" while one does
	Disk    string         `json:"disk,omitempty"`    // that the database's disk is nearly full, for a person; "" while it is not
	Zone    *time.Location `json:"-"`                 // in which the page shows times; UTC where nil
	Stuck   []string       `json:"stuck"`             // what keeps the daemon from its work; empty while both halves turn
}

// File is a file of counterparties that was not read as it stands.
type File struct {
	Name string `json:"counterparties"`
	Ill  bool   `json:"unscreened"` // the file or some of its rows could not be read, and are not screened as they are now
	Text string `json:"text"`       // for a person
}

// Channel is a channel, or one recipient of it, on which nothing is taken.
type Channel struct {
	Name      string    `json:"channel"`
	Recipient string    `json:"recipient,omitempty"`
	State     string    `json:"state"` // failing: it is tried again; paused: it needs a person
	Since     time.Time `json:"since"`
	Reason    string    `json:"reason"`
	Waiting   int       `json:"waiting"` // deliveries to be sent; of a paused recipient, those of the whole channel
}

// When writes an instant in the zone of the page, as messages do.
func (h Health) When(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return notify.Moment(t, h.Zone)
}

type server struct {
	Options
	turns chan struct{} // one for each screening that runs at once
}

// Handler serves all pages.
func Handler(o Options) http.Handler {
	s := &server{Options: o, turns: make(chan struct{}, mostAtOnce)}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	mux := http.NewServeMux()
	if o.Health != nil {
		mux.HandleFunc("GET /{$}", s.status)
		mux.HandleFunc("GET /healthz", s.healthz)
		mux.HandleFunc("GET /readyz", s.readyz)
	}
	if o.Metrics != nil {
		mux.Handle("GET /metrics", o.Metrics)
	}
	if o.Unsubscribe != nil {
		mux.HandleFunc("GET /unsubscribe", s.askUnsubscribe)
		mux.HandleFunc("POST /unsubscribe", s.unsubscribe)
	}
	if o.Resubscribe != nil {
		mux.HandleFunc("POST /subscribe", s.resubscribe)
	}
	if o.Case != nil {
		mux.HandleFunc("GET /cases/{id}", s.casePage)
	}
	if o.Screen != nil {
		mux.HandleFunc("POST /api/v1/screen", s.screen)
		mux.HandleFunc("GET /api/v1/screen", s.screenOne)
	}
	mux.HandleFunc("GET /", s.nowhere)
	return s.guard(s.known(s.sameOrigin(mux)))
}

// guard sets what every answer carries: no framing, no scripts, no guessing of types, no caching of state.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer") // an unsubscribe link is a capability
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(masked{w, s.Scrub}, r)
	})
}

// masked is an answer without secrets: pages and results are each written at once.
type masked struct {
	http.ResponseWriter
	scrub *redact.Scrubber
}

// Write implements io.Writer.
func (m masked) Write(p []byte) (int, error) {
	if _, err := m.ResponseWriter.Write(m.scrub.Bytes(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Unwrap is for http.ResponseController.
func (m masked) Unwrap() http.ResponseWriter { return m.ResponseWriter }

func (s *server) fail(w http.ResponseWriter, r *http.Request, what string, err error) {
	s.Log.Error("web: "+what, "path", r.URL.Path, "err", err)
	s.say(w, http.StatusInternalServerError, "This did not work", "Try it again later. The log of EntityWatch says why it failed; whoever runs it can look there.")
}
