package fetch

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// One look at a time is at work on a large answer; a small one waits for nobody, and a limit on a request's time is kept.
func TestLargeAnswersAreTakenOneAtATime(t *testing.T) {
	size := large + 1
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, size)) }))
	defer srv.Close()
	c := New(Options{Trusted: []string{srv.URL}})
	taken := func() bool { return len(c.turns) == 1 }
	first := c.Begin(Cursor{})
	if _, err := first.Get(t.Context(), srv.URL); err != nil || !taken() {
		t.Fatalf("the turn is taken: %t, %v", taken(), err)
	}
	if _, err := first.Get(t.Context(), srv.URL+"/second"); err != nil { // of the same look
		t.Fatal(err)
	}
	size = large - 1
	small := c.Begin(Cursor{})
	if _, err := small.Get(t.Context(), srv.URL); err != nil || small.done != nil {
		t.Errorf("a small answer takes a turn: %t, %v", small.done != nil, err)
	}
	waited, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	c.Turn(waited)() // ends nobody else's turn
	if !taken() {
		t.Error("who did not get a turn ended that of another")
	}
	first.Close()
	first.Close()
	if taken() {
		t.Error("the turn does not end with the look")
	}
}
