package store

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/notify"
)

func TestTheKeyOfLinksSurvivesARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "e.db")
	var keys [][]byte
	for range 2 {
		db, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		key, err := db.SigningKey(t.Context())
		if err != nil || len(key) != 32 {
			t.Fatalf("%d bytes, %v", len(key), err)
		}
		keys = append(keys, key)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(keys[0], keys[1]) {
		t.Error("every link sent before the restart would be refused")
	}
}

func TestUnsubscribingTwiceTellsOnce(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "e.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sub := notify.Subscription{Channel: "mail", Recipient: "a@example.com", Digest: "weekly"}
	at := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	for range 2 {
		if err := db.Unsubscribe(t.Context(), sub, at); err != nil {
			t.Fatal(err)
		}
	}
	sub.At = at
	all, err := db.Unsubscribed(t.Context())
	if err != nil || len(all) != 1 || all[0] != sub {
		t.Errorf("%v, %v", all, err)
	}
	var notices int
	err = db.Read(t.Context(), func(tx *Tx) error {
		_, err := tx.Get([]any{&notices}, `SELECT count(*) FROM notices WHERE kind = 'unsubscribed'`)
		return err
	})
	if err != nil || notices != 1 {
		t.Errorf("%d notices, %v", notices, err)
	}
	if n, _, err := db.VerifyAudit(t.Context()); n != 1 || err != nil {
		t.Errorf("%d audited, %v", n, err)
	}
}

func TestDismissalsReplaceEarlierOnes(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "e.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	d := Dismissal{Counterparty: "vendors/7", EntryID: "ent_1", Reason: "another town", Who: "ann", PartyPrint: "p", EntryPrint: "e", At: time.Unix(1, 0).UTC()}
	for _, reason := range []string{"another town", "another owner"} {
		d.Reason = reason
		if err := db.Dismiss(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	all, err := db.Dismissals(t.Context())
	if err != nil || len(all) != 1 || all[0] != d {
		t.Errorf("%+v, %v", all, err)
	}
}
