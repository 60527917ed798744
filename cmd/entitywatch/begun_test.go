package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
)

// A daemon that finds no database begins a baseline that says nothing of what changed before: the operators are told where, once, and nothing
// is told where the database is the one that was expected.
func TestABaselineInANewDatabaseIsTold(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "c.yaml")
	text := "database: e.db\nlisten: \"\"\nsources:\n  - {name: press, kind: news, url: \"" + quietFeed(t) + "\", schedule: \"@every 24h\"}\n" +
		"  - {name: un, kind: un, schedule: \"@every 24h\"}\n  - {name: uk, kind: uk, schedule: \"@every 24h\"}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a := &app{getenv: func(string) string { return "" }, now: time.Now, stdout: io.Discard}
	begins := func() (notices []notify.Notice) {
		t.Helper()
		c, err := config.Load(file, a.checks())
		if err != nil {
			t.Fatal(err)
		}
		d := &daemon{app: a, log: slog.New(slog.DiscardHandler), build: build}
		e, _, err := d.start(t.Context(), c, true)
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		return noticesOf(t, c.Database)
	}
	first := begins()
	if len(first) != 1 || !strings.Contains(first[0].Text, "The database at "+filepath.Join(dir, "e.db")+" is new. 2 lists are being read as a baseline") {
		t.Fatalf("%+v", first)
	}
	m := (&notify.Router{}).Notice(first[0], time.Now())
	if m.Headline != "EntityWatch: monitoring began with a new database" {
		t.Errorf("headline %q", m.Headline)
	}
	if again := begins(); len(again) > 0 {
		t.Errorf("the next start tells again: %+v", again)
	}
	if err := os.Remove(filepath.Join(dir, "e.db")); err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(dir, "e.db-wal"))
	os.Remove(filepath.Join(dir, "e.db-shm"))
	entitywatch(t, exitDone, "poll", "-c", file, "--source", "press")
	if later := begins(); len(later) > 0 {
		t.Errorf("a database in which a poll has looked is told as new: %+v", later)
	}
}
