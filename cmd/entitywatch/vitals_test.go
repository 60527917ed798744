package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
)

// quietEngine is a wired engine on a new database that nothing runs.
func quietEngine(t *testing.T, more string) *engine {
	t.Helper()
	file := filepath.Join(t.TempDir(), "c.yaml")
	text := "database: e.db\nlisten: \"\"\nsources: [{name: press, kind: news, url: \"" + quietFeed(t) + "\", schedule: \"@every 24h\"}]\n" + more
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{getenv: func(string) string { return "" }, now: time.Now}
	c, err := config.Load(file, a.checks())
	if err != nil {
		t.Fatal(err)
	}
	e, err := build(t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func healthOf(t *testing.T, e *engine) (status int, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "http://127.0.0.1/healthz", nil)
	e.pages().ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func pageOf(t *testing.T, e *engine, path string) string {
	t.Helper()
	w := httptest.NewRecorder()
	e.pages().ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
	return w.Body.String()
}

// A probe hears of a telling half that does not turn, and of a database that is gone; sources in trouble do not make it restart us.
func TestHealthWatchesBothHalvesAndTheDatabase(t *testing.T) {
	e := quietEngine(t, "")
	if code, body := healthOf(t, e); code != http.StatusOK || !strings.Contains(body, `"stuck":[]`) {
		t.Errorf("a daemon that has just begun: %d %s", code, body)
	}
	for what, loop := range map[string]*turn{"nothing was routed": &e.turns.telling, "nothing was enriched": &e.turns.enriching, "no news were read": &e.turns.reading} {
		e.turns.begin()
		if code, body := healthOf(t, e); code != http.StatusOK {
			t.Errorf("the loops turn: %d %s", code, body)
		}
		loop.at = loop.at.Add(-slowReading - time.Second)
		if code, body := healthOf(t, e); code != http.StatusServiceUnavailable || !strings.Contains(body, what+" for 15m1s") {
			t.Errorf("a loop that hangs: %d %s, want %q", code, body, what)
		}
	}
	e.turns.begin()
	if err := os.Remove(e.config.Database); err != nil {
		t.Fatal(err)
	}
	if code, body := healthOf(t, e); code != http.StatusServiceUnavailable || !strings.Contains(body, "deleted or moved") {
		t.Errorf("a database that is gone: %d %s", code, body)
	}
}

// The watchdog outside hears nothing while a half does not turn, and hears again when it does.
func TestTheHeartbeatStopsWithTheDaemonsWork(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	beats, asked := atomic.Int32{}, 0
	dog := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if beats.Add(1) == 2 {
			stop()
		}
	}))
	defer dog.Close()
	well := []bool{true, false, false, false, true}
	notify.Heartbeat(ctx, http.DefaultClient, dog.URL, time.Millisecond, func() bool {
		asked++
		return well[min(asked-1, len(well)-1)]
	}, slog.New(slog.DiscardHandler))
	if asked < len(well) || beats.Load() != 2 { // one more look may come before the stop is heard
		t.Errorf("%d beats after %d looks, want 2 after at least %d", beats.Load(), asked, len(well))
	}
}

// The operators hear once, on each channel, that the daemon stands still, and once that it works again; what passes by itself is not told.
func TestAStandstillIsToldOnceAndItsEndOnce(t *testing.T) {
	var heard []string
	broken := map[string]bool{}
	a := &alarm{kind: "stuck", end: "unstuck", config: []string{"slack", "mail"}, log: slog.New(slog.DiscardHandler), send: func(_ context.Context, channel string, n notify.Notice) error {
		if broken[channel] {
			return errors.New("not now")
		}
		heard = append(heard, n.Kind+" "+channel)
		return nil
	}}
	look := func(want []string, stuck ...string) {
		t.Helper()
		heard = nil
		a.look(t.Context(), stuck, time.Now())
		if !slices.Equal(heard, want) {
			t.Errorf("stuck %q: heard %q, want %q", stuck, heard, want)
		}
	}
	look(nil)
	look(nil, "slow")
	look(nil) // it was only slow
	broken["mail"] = true
	look(nil, "disk full")
	look([]string{"stuck slack"}, "disk full")
	look(nil, "disk full", "and more")
	broken["mail"] = false
	look([]string{"stuck mail"}, "disk full")
	look(nil, "disk full")
	broken["slack"] = true
	look([]string{"unstuck mail"})
	broken["slack"] = false
	look([]string{"unstuck slack"})
	look(nil)
}

// What goes past the outbox reaches the operators in words.
func TestTheOperatorsHearOfAFullDiskPastTheOutbox(t *testing.T) {
	var out bytes.Buffer
	e := quietEngine(t, "")
	ch, err := channelsOf(e.config, outlets{stdout: &out, now: time.Now, log: e.log})
	if err != nil {
		t.Fatal(err)
	}
	e.channels = ch
	n := notify.Notice{Kind: "stuck", At: time.Now(), Text: "calendar: nothing can be stored: the disk of /data is full"}
	if err := e.sendPast(t.Context(), e.config.Operators[0], n); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"EntityWatch: stands still", "the disk of /data is full"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the message lacks %q:\n%s", want, &out)
		}
	}
}
