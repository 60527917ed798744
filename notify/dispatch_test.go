package notify

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// outbox is one delivery, in memory.
type outbox struct {
	mu       sync.Mutex
	d        Delivery
	outcomes []Outcome
}

func (o *outbox) NextDue(context.Context, string, time.Time, time.Time) (time.Time, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.d.State == Sent || o.d.State == Dead {
		return time.Time{}, nil
	}
	return maxTime(o.d.NotBefore, time.Now()), nil
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (o *outbox) Lease(_ context.Context, l Lease) (*Delivery, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	d := o.d
	o.d.Attempts++
	d.Attempts = o.d.Attempts
	if o.d.FirstTryAt.IsZero() {
		o.d.FirstTryAt = l.Now
	}
	d.FirstTryAt = o.d.FirstTryAt
	return &d, nil
}

func (o *outbox) Record(_ context.Context, out Outcome) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.outcomes = append(o.outcomes, out)
	o.d.State, o.d.NotBefore, o.d.Doubtful = out.State, out.NotBefore, out.Doubtful
	return nil
}

// script is a channel that does one thing after the other.
type script struct {
	sends []func() error
	finds []func() (bool, error)
	log   []string
}

func (s *script) Send(context.Context, Message) (Receipt, error) {
	s.log = append(s.log, "send")
	f := s.sends[0]
	s.sends = s.sends[1:]
	return Receipt{ID: "x"}, f()
}

func (s *script) Find(context.Context, Message) (Receipt, bool, error) {
	s.log = append(s.log, "find")
	f := s.finds[0]
	s.finds = s.finds[1:]
	found, err := f()
	return Receipt{ID: "y"}, found, err
}

// wrapped hides what it wraps but for Unwrap.
type wrapped struct{ Channel }

func (w wrapped) Unwrap() Channel { return w.Channel }

func TestDoubtfulSendsAreLookedUpFirst(t *testing.T) {
	ok := func() error { return nil }
	unknown := func() error { return &Unknown{Err: errors.New("cut off")} }
	busy := func() error { return &Temporary{After: time.Second, Err: errors.New("busy")} }
	refused := func() error { return errors.New("no such channel") }
	crash := func() error { panic("nil pointer") }
	found := func() (bool, error) { return true, nil }
	absent := func() (bool, error) { return false, nil }
	forbidden := func() (bool, error) { return false, errors.New("missing scope") }
	later := func() (bool, error) { return false, &Temporary{Err: errors.New("busy")} }
	for _, tc := range []struct {
		name  string
		s     script
		want  string
		state State
	}{
		{"sent", script{sends: []func() error{ok}}, "send", Sent},
		{"not taken", script{sends: []func() error{busy, ok}}, "send send", Sent},
		{"taken", script{sends: []func() error{unknown}, finds: []func() (bool, error){found}}, "send find", Sent},
		{"not taken after all", script{sends: []func() error{unknown, ok}, finds: []func() (bool, error){absent}},
			"send find send", Sent},
		{"once in doubt, always look", script{sends: []func() error{unknown, busy, ok},
			finds: []func() (bool, error){absent, absent}}, "send find send find send", Sent},
		{"cannot look now", script{sends: []func() error{unknown}, finds: []func() (bool, error){later, found}},
			"send find find", Sent},
		{"may not look", script{sends: []func() error{unknown, ok}, finds: []func() (bool, error){forbidden}},
			"send find send", Sent},
		{"panic", script{sends: []func() error{crash, ok}, finds: []func() (bool, error){absent}}, "send find send", Sent},
		{"refused", script{sends: []func() error{refused}}, "send", Dead},
	} {
		synctest.Test(t, func(t *testing.T) {
			o := &outbox{d: Delivery{ID: "d", State: Waiting}}
			d := Dispatcher{Outbox: o, Channels: map[string]Channel{"c": wrapped{&tc.s}}, Owner: "me"}
			if err := d.Drain(t.Context(), time.Hour); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(tc.s.log, " "); got != tc.want || o.d.State != tc.state {
				t.Errorf("%s: %s, %s; want %s, %s", tc.name, got, o.d.State, tc.want, tc.state)
			}
		})
	}
}

func TestBackoffGrowsAndIsBounded(t *testing.T) {
	last := time.Duration(0)
	for n := 1; n < 40; n++ {
		low, high := Backoff(n, 0), Backoff(n, 1)
		if low < last || high > 18*time.Minute || high <= low {
			t.Errorf("attempt %d: %s to %s", n, low, high)
		}
		last = low
	}
	if Backoff(1, 0.5) != 2*time.Second {
		t.Errorf("first: %s", Backoff(1, 0.5))
	}
}

func TestRetryAfterInBothForms(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for v, want := range map[string]time.Duration{
		"2": 2 * time.Second, "": time.Second, "soon": time.Second, "-5": time.Second, "999999999999": time.Hour,
		"0": time.Second,
		now.Add(90 * time.Second).Format(http.TimeFormat): 90 * time.Second, "86400": time.Hour,
	} {
		if got := RetryAfter(http.Header{"Retry-After": {v}}, now); got != want {
			t.Errorf("%q: %s, want %s", v, got, want)
		}
	}
}

func TestHeartbeatShowsNoSecret(t *testing.T) {
	calls := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if calls++; calls > 1 {
			w.WriteHeader(500)
		}
	}))
	address := srv.URL + "/ping/very-secret"
	if err := Beat(t.Context(), srv.Client(), address); err != nil || calls != 1 {
		t.Errorf("%v, %d calls", err, calls)
	}
	for range 2 {
		if err := Beat(t.Context(), srv.Client(), address); err == nil || strings.Contains(err.Error(), "very-secret") {
			t.Errorf("%v", err)
		}
		srv.Close()
	}
	if err := Beat(t.Context(), http.DefaultClient, "::very-secret"); err == nil ||
		strings.Contains(err.Error(), "very-secret") {
		t.Errorf("%v", err)
	}
}
