package store_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// What waits to be screened is not read at each turn of routing: of a look with thousands of Changes it would be
// megabytes, every few seconds.
func TestRoutingDoesNotReadWhatWaitsToBeScreened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ew.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Maintain(t.Context(), func(tx watcher.Tx) error { return addCases(tx, 3) }); err != nil {
		t.Fatal(err)
	}
	all, err := db.Unenriched(t.Context())
	if err != nil || len(all) != 3 {
		t.Fatalf("%v, %v", all, err)
	}
	if err := db.SaveEnrichments(t.Context(), time.Now(), notify.Enrichment{Reading: all[0]}); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`UPDATE changes SET change = 'whoever reads this fails' WHERE id <> $1`,
		all[0].Change); err != nil {
		t.Fatal(err)
	}
	var told []string
	plan := func(p notify.Pending) (plan notify.Plan) {
		for _, c := range p.Cases {
			told = append(told, c.Changes[0].ID)
		}
		return plan
	}
	if _, err := db.Route(t.Context(), time.Now(), time.Minute, plan); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || told[0] != all[0].Change {
		t.Errorf("routed %v, want %s alone", told, all[0].Change)
	}
	if _, err := db.Route(t.Context(), time.Now().Add(time.Hour), time.Minute, plan); err == nil {
		t.Error("the others were not read when their wait was over")
	}
}

// A statement that is asked for again while its own rows are being read gives the inner one its own rows, and the outer
// one goes on.
func TestStatementsWithinThemselves(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "ew.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const numbers = `SELECT value FROM json_each($1)`
	stop := errors.New("stop")
	err = db.Read(t.Context(), func(tx *store.Tx) error {
		var got []string
		var walk func(depth int, prefix string) error
		walk = func(depth int, prefix string) error {
			return tx.Query(func(scan func(...any) error) error {
				var n int
				if err := scan(&n); err != nil {
					return err
				}
				at := fmt.Sprint(prefix, n)
				if depth == 0 {
					got = append(got, at)
					return nil
				}
				return walk(depth-1, at)
			}, numbers, `[1, 2]`)
		}
		for range 2 {
			if err := walk(2, ""); err != nil {
				return err
			}
		}
		const want = "[111 112 121 122 211 212 221 222 111 112 121 122 211 212 221 222]"
		if fmt.Sprint(got) != want {
			t.Errorf("got %v, want %s", got, want)
		}
		for range 3 { // one that was left in the middle begins anew
			var first int
			err := tx.Query(func(scan func(...any) error) error { return errors.Join(scan(&first), stop) }, numbers, `[7, 8]`)
			if !errors.Is(err, stop) || first != 7 {
				t.Errorf("first %d, %v", first, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The audit chain and the version of the state go on within a transaction and over several.
func TestChainsGoOnWithinATransaction(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "ew.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	version := int64(0)
	for round := range 3 {
		before := version
		err := db.Maintain(t.Context(), func(tx watcher.Tx) error {
			for i := range 3 {
				e := diff.Entry{List: diff.EntityList, Key: fmt.Sprint(round, i), EntryID: fmt.Sprint("ent-", round, i),
					Name: "Foo"}
				if err := tx.AddVersions(watcher.EntryVersion{Entry: e, RecordedFrom: time.Now()}); err != nil {
					return err
				}
				if err := tx.Audit(time.Now(), "test", i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if version, err = db.StateVersion(t.Context()); err != nil || version <= before {
			t.Fatalf("version %d after %d, %v", version, before, err)
		}
		moved, err := db.MovedSince(t.Context(), before, "2026-01-01", "2026-01-01")
		if err != nil || len(moved.IDs) != 3 {
			t.Errorf("moved since %d: %v, %v", before, moved.IDs, err)
		}
	}
	if n, _, err := db.VerifyAudit(t.Context()); err != nil || n != 9 {
		t.Errorf("%d records, %v", n, err)
	}
}
