package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entitywatch/store"
	"entitywatch/watcher"
)

// lookedAt is a database in which each source was looked at so long ago, and did so.
func lookedAt(t *testing.T, file string, ago map[string]time.Duration, health map[string]watcher.Health) {
	t.Helper()
	db, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, past := range ago {
		at := time.Now().Add(-past)
		l, err := db.Claim(t.Context(), watcher.Claim{Name: name, Kind: "ecfr", Holder: "me", Now: at, Until: at.Add(time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
		s := l.State
		s.PolledAt, s.SucceededAt, s.Health = at, at, watcher.OK
		if h, ok := health[name]; ok {
			s.Health, s.Reason = h, "document 2026-04001: 404 Not Found"
		}
		if err := db.Commit(t.Context(), l, func(watcher.Tx) (watcher.SourceState, error) { return s, nil }); err != nil {
			t.Fatal(err)
		}
	}
}

// A source whose last look was good, and that nobody has looked at for days though it is due, is not ok anywhere; nor is one of whose
// documents one cannot be read, nor one that nobody has looked at yet; and what the config has dropped is no answer.
func TestWhatIsNotLookedAtIsNotOK(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "c.yaml")
	text := "database: e.db\nsources:\n" +
		"  - {name: fresh, kind: ecfr, schedule: '@every 30m'}\n" +
		"  - {name: forgotten, kind: un, schedule: '@every 30m'}\n" +
		"  - {name: unread, kind: federal-register, schedule: '@every 30m'}\n" +
		"  - {name: added, kind: uk, schedule: '@every 30m'}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	lookedAt(t, filepath.Join(dir, "e.db"), map[string]time.Duration{"fresh": time.Minute, "forgotten": 5 * 24 * time.Hour, "unread": time.Minute, "dropped": time.Hour},
		map[string]watcher.Health{"unread": watcher.Partly, "dropped": watcher.Failed})
	want := map[string]string{"fresh": "ok", "forgotten": "overdue", "unread": "partly", "added": "new"}

	none := func(string) string { return "" }
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"doctor", "--json", "-c", file}, none, nil, &out, &errs); code != exitHuman {
		t.Errorf("doctor: code %d, %s", code, &errs)
	}
	said := 0
	for line := range strings.Lines(out.String()) {
		var s struct {
			Source, Health, Reason string
			Summary                struct {
				InTrouble int `json:"in_trouble"`
			}
		}
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		w, ok := want[s.Source]
		if ok {
			said++
		}
		if ok && s.Health != w {
			t.Errorf("doctor: %s is %s (%s), want %s", s.Source, s.Health, s.Reason, w)
		}
		if strings.Contains(line, `"summary"`) && s.Summary.InTrouble != 3 {
			t.Errorf("doctor: %s", line)
		}
	}

	if said != len(want) {
		t.Errorf("doctor speaks of %d sources, want %d:\n%s", said, len(want), &out)
	}

	e := engineOf(t, file)
	for _, page := range []string{"/healthz", "/"} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+page, nil)
		e.pages().ServeHTTP(w, r)
		if strings.Contains(w.Body.String(), "dropped") || !strings.Contains(w.Body.String(), "it was not looked at since then") {
			t.Errorf("%s: %s", page, w.Body)
		}
	}
	h, err := e.health(t.Context())
	if err != nil || h.OK || len(h.Sources) != 4 {
		t.Fatalf("%+v, %v", h, err)
	}
	for _, s := range h.Sources {
		if s.State != want[s.Name] {
			t.Errorf("health: %s is %s, want %s", s.Name, s.State, want[s.Name])
		}
	}
}

// engineOf is the engine that a config file describes.
func engineOf(t *testing.T, file string) *engine {
	t.Helper()
	a := &app{getenv: func(string) string { return "" }, stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}, now: time.Now}
	c, err := a.load(file)
	if err != nil {
		t.Fatal(err)
	}
	e, err := build(context.Background(), c, parts{stdout: a.stdout, log: a.logger(quiet)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}
