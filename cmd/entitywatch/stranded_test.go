package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
)

// A delivery for a channel that was taken out of the config must not wait for ever unseen.
func TestDoctorFindsStrandedDeliveries(t *testing.T) {
	dir := t.TempDir()
	c := config.Default()
	c.Database = filepath.Join(dir, "d.db")
	c.Channels, c.Operators = []config.Channel{{Name: "gone", Kind: "console"}}, []string{"gone"}
	e, err := build(t.Context(), c, parts{stdout: &strings.Builder{}, log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.db.Notify(t.Context(), notify.Notice{ID: "ntc_1", Kind: "config", Subject: "x", Text: "y", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if _, err := e.router.Route(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "after.yaml")
	if err := os.WriteFile(file, []byte("database: d.db\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := command(t, "doctor", "-c", file)
	if code != exitHuman || !strings.Contains(out, "1 delivery waits for the channel gone") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
