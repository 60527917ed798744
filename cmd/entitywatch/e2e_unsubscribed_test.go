package main

import (
	"strings"
	"testing"
	"time"

	"entitywatch/notify"
	"entitywatch/store"
)

// Who has ended a subscription gets no digest any more, whatever the config says; check shows it.
func TestUnsubscribedGetsNoDigest(t *testing.T) {
	w := newWorld(t)
	file := w.config(t, strings.Replace(everything, "[legal@example.com]", "[legal@example.com, board@example.com]", 1))
	db, err := store.Open(t.Context(), w.db())
	if err != nil {
		t.Fatal(err)
	}
	s := notify.Subscription{Channel: "mail", Recipient: "legal@example.com", Digest: "weekly"}
	if err := db.Unsubscribe(t.Context(), s, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if out := entitywatch(t, exitDone, "check", "-c", file); !strings.Contains(out, "legal@example.com has unsubscribed from the digest weekly") {
		t.Errorf("check:\n%s", out)
	}
	out := entitywatch(t, exitDone, "demo", "-c", file, "--db", w.db())
	if mails := w.mail.all(); len(mails) != 1 || mails[0].to != "board@example.com" {
		t.Errorf("%d mails, want one to board@example.com alone", len(mails))
	}
	if !strings.Contains(unwrapped(out), "legal@example.com has unsubscribed from the digest weekly") {
		t.Error("the operators were not told")
	}
}
