package watcher_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"entitywatch/diff"
	"entitywatch/store"
	"entitywatch/watcher"
)

// script turns a bench through a whole story: baseline, act, list, correction, withdrawal, news, hold and recovery.
func script(b *bench) []func() {
	cut := listOf("2026-03-06")
	cut.Entries = cut.Entries[:20]
	corrected := entry("New Foe")
	corrected.Addresses = []string{"Elsewhere 5, Minsk, Belarus"}
	reworded := add("New Foe")
	reworded.Entry = &corrected
	filed := act("2026-05001", "", "", remove("Old Foe"))
	filed.Status, filed.FiledOn = diff.ActFiled, "2026-03-05"
	return []func(){
		func() { b.list.lists(listOf("2026-02-27", "Old Foe")).mark = "1" },
		func() {
			b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), remove("Standing Company AA")))
		},
		func() {
			b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", reworded, remove("Standing Company AA")), filed)
		},
		func() {
			b.list.lists(without(listOf("2026-03-04", "Old Foe", "New Foe", "Unruly Foe"), "Standing Company AA")).mark = "2"
		},
		func() { b.list.fails("no answer") },
		func() { b.list.lists(cut) },
		func() { b.acts.documents(diff.Act{DocumentNumber: "2026-05001", Status: diff.ActWithdrawn}) },
		func() {
			b.list.lists(without(listOf("2026-03-07", "New Foe", "Unruly Foe"), "Standing Company AA")).mark = "3"
		},
	}
}

var errDead = errors.New("dead")

// TestDeathBetweenAnyTwoStatements kills the work of every step at every statement and lets the next look do it again. In the end the
// database must hold exactly what an undisturbed one holds: nothing lost, nothing doubled.
func TestDeathBetweenAnyTwoStatements(t *testing.T) {
	want := undisturbed(t)
	var left int // statements until death; negative: never
	b := newBench(t, store.WithFault(func(string) error {
		if left == 0 {
			return errDead
		}
		left--
		return nil
	}))
	deaths := 0
	for _, step := range script(b) {
		step()
		start := b.now
		for n := 0; ; n++ {
			b.now = start
			left = n
			before := contents(b)
			_, err := b.w.Poll(context.Background())
			left = -1
			if err == nil {
				t.Logf("step done after %d deaths", n)
				break
			}
			if !errors.Is(err, errDead) {
				t.Fatal(err)
			}
			deaths++
			// each source commits for itself: what stands may be more than before, but never a half of one look
			if n%7 == 0 {
				b.restart()
			}
			if after := contents(b); len(after.audit) < len(before.audit) {
				t.Fatalf("death at statement %d lost records: %d, then %d", n, len(before.audit), len(after.audit))
			}
		}
		b.now = start.Add(24 * 3600e9)
	}
	if deaths < 100 {
		t.Fatalf("only %d deaths: the statements are not seen", deaths)
	}
	t.Logf("%d deaths", deaths)
	got := contents(b)
	if !slices.Equal(got.told, want.told) {
		t.Errorf("told\n  %q\nwant\n  %q", got.told, want.told)
	}
	if !slices.Equal(got.state, want.state) {
		t.Errorf("in force\n  %q\nwant\n  %q", got.state, want.state)
	}
	if n, _, err := b.db.VerifyAudit(context.Background()); err != nil || n == 0 {
		t.Errorf("the audit chain: %d records, %v", n, err)
	}
}

func undisturbed(t *testing.T) image {
	b := newBench(t)
	for _, step := range script(b) {
		step()
		if _, err := b.w.Poll(context.Background()); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(24 * 3600e9)
	}
	return contents(b)
}

// image is what a database says, without what only says how often it was tried.
type image struct{ told, state, audit []string }

func contents(b *bench) (i image) {
	b.t.Helper()
	query := func(to *[]string, sql string) {
		err := b.db.Read(context.Background(), func(tx *store.Tx) error {
			return tx.Query(func(scan func(...any) error) error {
				var line string
				err := scan(&line)
				*to = append(*to, line)
				return err
			}, sql)
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
	query(&i.told, `SELECT 'change ' || id || ' ' || revision || ' ' || kind || ' ' || name || ' ' || retracted || ' ' || (routed_at IS NULL) FROM changes ORDER BY 1`)
	query(&i.told, `SELECT 'stage ' || case_id || ' ' || stage || ' ' || at || ' ' || (routed_at IS NULL) FROM case_stages ORDER BY 1`)
	query(&i.told, `SELECT 'note ' || case_id || ' ' || kind || ' ' || text FROM case_notes ORDER BY 1`)
	query(&i.told, `SELECT 'notice ' || kind || ' ' || source || ' ' || text FROM notices ORDER BY 1`)
	query(&i.told, `SELECT 'case ' || id || ' ' || status || ' ' || merged_into FROM cases ORDER BY 1`)
	query(&i.told, `SELECT 'source ' || name || ' ' || health || ' ' || json_remove(cursor, '$.validators."http://192.0.2.1/list.txt".body') FROM sources ORDER BY 1`)
	query(&i.state, `SELECT entry_id || ' ' || name || ' ' || valid_from || ' ' || valid_to || ' ' || change_id || ' ' || ended_by || ' ' ||
		(recorded_to IS NULL) FROM entry_versions ORDER BY 1`)
	query(&i.state, `SELECT source || ' ' || key || ' ' || entry_id || ' ' || position || ' ' || (missing_since IS NULL) FROM source_entries ORDER BY 1`)
	query(&i.audit, `SELECT hash FROM audit ORDER BY seq`)
	return i
}

func TestFullDiskLeavesAllAsBefore(t *testing.T) {
	full := false
	b := newBench(t, store.WithFault(func(string) error {
		if full {
			return fmt.Errorf("database or disk is full")
		}
		return nil
	}))
	b.list.lists(listOf("2026-02-27", "Old Foe")).mark = "1"
	b.want(b.poll())
	before := contents(b)
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe")).mark = "2"
	full = true
	r, err := b.w.Poll(context.Background())
	if err == nil || len(lines(r)) != 0 {
		t.Fatalf("Poll on a full disk: %q, %v", lines(r), err)
	}
	full = false
	if after := contents(b); !slices.Equal(before.told, after.told) || !slices.Equal(before.state, after.state) || !slices.Equal(before.audit, after.audit) {
		t.Error("a failed look left something behind")
	}
	b.want(b.poll(), "added New Foe [without a rule]")
	if want := "1"; b.list.seen[len(b.list.seen)-1] != want {
		t.Errorf("the look after was given the mark %q, want %q", b.list.seen[len(b.list.seen)-1], want)
	}
}

// TestTwoPollersOfOneSource lets a second process commit while the first is reading: the first must not.
func TestTwoPollersOfOneSource(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	other := b.watcher(b.db) // of the same holder, which gets the lease again
	b.list.during = func() {
		b.list.during = nil
		r, err := other.Poll(context.Background(), "entity-list")
		if err != nil {
			t.Error(err)
		}
		b.want(lines(r), "added New Foe [without a rule]")
	}
	r, err := b.w.Poll(context.Background(), "entity-list")
	if !errors.Is(err, watcher.ErrConflict) || len(lines(r)) != 0 {
		t.Fatalf("the slower poller: %q, %v, want ErrConflict", lines(r), err)
	}
	b.want(b.poll())
}

func TestLivingHolderKeepsTheSource(t *testing.T) {
	b := baselined(t)
	w, err := watcher.New(watcher.Options{Store: b.db, Specs: b.specs, Holder: "elsewhere/1/a", Now: b.w.Now})
	if err != nil {
		t.Fatal(err)
	}
	b.list.during = func() {
		b.list.during = nil
		r, err := w.Poll(context.Background(), "entity-list")
		if err != nil || r.Looks[0].Outcome != "busy" {
			t.Errorf("the second poller: %+v, %v", r, err)
		}
	}
	b.want(b.poll())
}
