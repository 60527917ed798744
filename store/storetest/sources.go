package storetest

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/watcher"
	"entitywatch/watcher/fetch"

	"testing"
)

func claims(t *testing.T, r *rig) {
	l := r.mustClaim("ecfr", "a")
	if l.State.Name != "ecfr" || l.State.Health != watcher.Fresh || l.State.Version != 0 || l.Token == 0 {
		t.Errorf("a first claim: %+v", l)
	}
	if _, err := r.claim("ecfr", "b"); !errors.Is(err, watcher.ErrBusy) {
		t.Errorf("a claim of another holder: %v, want ErrBusy", err)
	}
	if _, err := r.claim("other", "b"); err != nil {
		t.Errorf("another source: %v", err)
	}
	again := r.mustClaim("ecfr", "a")
	if again.Token <= l.Token {
		t.Errorf("the token did not rise: %d, then %d", l.Token, again.Token)
	}
	r.must(r.store.Free(r.ctx(), l)) // no longer held: no error, and no effect
	if _, err := r.claim("ecfr", "b"); !errors.Is(err, watcher.ErrBusy) {
		t.Errorf("freeing an old lease freed the new one: %v", err)
	}
	r.must(r.store.Free(r.ctx(), again))
	r.mustClaim("ecfr", "b")
	r.now = r.now.Add(2 * time.Hour) // b's lease is over
	r.mustClaim("ecfr", "c")
	all, err := r.store.Sources(r.ctx())
	if err != nil || len(all) != 2 || all[0].Name != "ecfr" || all[1].Name != "other" {
		t.Errorf("sources %+v, %v", all, err)
	}
}

func goneHolders(t *testing.T, r *rig) {
	r.mustClaim("ecfr", "dead")
	c := watcher.Claim{Name: "ecfr", Holder: "b", Now: r.now, Until: r.now.Add(time.Hour), Gone: func(h string) bool { return h == "dead" }}
	if _, err := r.store.Claim(r.ctx(), c); err != nil {
		t.Errorf("a dead holder's lease: %v", err)
	}
	c.Holder = "c"
	if _, err := r.store.Claim(r.ctx(), c); !errors.Is(err, watcher.ErrBusy) {
		t.Errorf("a living holder's lease: %v, want ErrBusy", err)
	}
}

func renames(t *testing.T, r *rig) {
	old := r.mustClaim("old", "a")
	r.must(r.store.Commit(r.ctx(), old, func(tx watcher.Tx) (watcher.SourceState, error) {
		old.State.Cursor = fetch.Cursor{Marks: map[string]string{"m": "1"}}
		if err := tx.SaveSourceList(watcher.SourceList{Source: "old", List: "us-ofac-sdn", Version: 1, TakenAt: r.now}); err != nil {
			return old.State, err
		}
		return old.State, tx.PutSourceEntries("old", "us-bis-entity-list", []watcher.SourceEntry{{Entry: full("a"), SeenAt: r.now}}, nil)
	}))
	l, err := r.store.Claim(r.ctx(), watcher.Claim{Name: "new", Was: []string{"older", "old"}, Holder: "a", Now: r.now, Until: r.now.Add(time.Hour)})
	r.must(err)
	if l.State.Name != "new" || l.State.Cursor.Marks["m"] != "1" || l.State.Version != 1 {
		t.Errorf("the new name has %+v", l.State)
	}
	r.do(func(tx watcher.Tx) error {
		lists, err := tx.SourceLists()
		if err != nil || len(lists) != 1 || lists[0].Source != "new" {
			t.Errorf("lists %+v, %v", lists, err)
		}
		entries, err := tx.SourceEntries("new", "us-bis-entity-list", nil)
		if err != nil || len(entries) != 1 {
			t.Errorf("%d entries, %v", len(entries), err)
		}
		return nil
	})
}

func swaps(t *testing.T, r *rig) {
	l := r.mustClaim("ecfr", "a")
	state := l.State
	state.Cursor = fetch.Cursor{Validators: map[string]fetch.Validators{"u": {ETag: `"x"`, LastModified: "y"}}, Marks: map[string]string{"m": "1"}}
	state.Health, state.Since, state.Reason, state.Kind = watcher.Held, r.now, "because", "csl"
	state.BaselineAt, state.PolledAt, state.SucceededAt, state.ChangedAt = r.now, r.now.Add(1e3), r.now.Add(2e3), r.now.Add(3e3)
	r.must(r.store.Commit(r.ctx(), l, func(watcher.Tx) (watcher.SourceState, error) { return state, nil }))
	again := r.mustClaim("ecfr", "b") // committing gave the lease back
	state.Version = 1
	if d := cmp.Diff(state, again.State); d != "" {
		t.Errorf("the state came back otherwise (-want +got):\n%s", d)
	}
	l.Token = again.Token // the right holder with an old version
	ran := false
	err := r.store.Commit(r.ctx(), l, func(watcher.Tx) (watcher.SourceState, error) { ran = true; return state, nil })
	if !errors.Is(err, watcher.ErrConflict) || ran {
		t.Errorf("an old version: %v (work done: %v), want ErrConflict", err, ran)
	}
}

// asksAnew marks the cursor, keeps what else stands in it, and lets no look under way put it back.
func asksAnew(t *testing.T, r *rig) {
	l := r.mustClaim("ecfr", "a")
	l.State.Cursor = fetch.Cursor{Validators: map[string]fetch.Validators{"u": {ETag: `"x"`}}, Marks: map[string]string{"m": "1"}}
	r.must(r.store.Commit(r.ctx(), l, func(watcher.Tx) (watcher.SourceState, error) { return l.State, nil }))
	under := r.mustClaim("ecfr", "a")
	r.do(func(tx watcher.Tx) error { return errors.Join(tx.AskAnew("ecfr"), tx.AskAnew("nobody")) })
	err := r.store.Commit(r.ctx(), under, func(watcher.Tx) (watcher.SourceState, error) { return under.State, nil })
	if !errors.Is(err, watcher.ErrConflict) {
		t.Errorf("a look under way: %v, want ErrConflict", err)
	}
	want := under.State
	want.Version, want.Cursor.Anew = want.Version+1, true
	if d := cmp.Diff(want, r.mustClaim("ecfr", "a").State); d != "" {
		t.Errorf("the state came back otherwise (-want +got):\n%s", d)
	}
}

func fences(t *testing.T, r *rig) {
	slow := r.mustClaim("ecfr", "a")
	r.now = r.now.Add(2 * time.Hour)
	fast := r.mustClaim("ecfr", "b")
	err := r.store.Commit(r.ctx(), slow, func(tx watcher.Tx) (watcher.SourceState, error) { return slow.State, tx.Audit(r.now, "zombie", nil) })
	if !errors.Is(err, watcher.ErrConflict) {
		t.Errorf("the holder whose lease ended: %v, want ErrConflict", err)
	}
	r.must(r.store.Commit(r.ctx(), fast, func(watcher.Tx) (watcher.SourceState, error) { return fast.State, nil }))
	if n, _, err := r.store.VerifyAudit(r.ctx()); n != 0 || err != nil {
		t.Errorf("%d records, %v: the zombie wrote", n, err)
	}
}

// races lets many holders of equal leases commit at once: one of them does.
func races(t *testing.T, r *rig) {
	l := r.mustClaim("ecfr", "a")
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() {
			errs[i] = r.store.Commit(r.ctx(), l, func(tx watcher.Tx) (watcher.SourceState, error) { return l.State, tx.Audit(r.now, "won", i) })
		})
	}
	wg.Wait()
	won := len(slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return err != nil }))
	for _, err := range errs {
		if err != nil && !errors.Is(err, watcher.ErrConflict) {
			t.Error(err)
		}
	}
	if n, _, err := r.store.VerifyAudit(r.ctx()); won != 1 || n != 1 || err != nil {
		t.Errorf("%d committed, %d records, %v", won, n, err)
	}
}

var errNo = errors.New("no")

func rollbacks(t *testing.T, r *rig) {
	l := r.mustClaim("ecfr", "a")
	err := r.store.Commit(r.ctx(), l, func(tx watcher.Tx) (watcher.SourceState, error) {
		r.must(tx.Audit(r.now, "lost", nil))
		r.must(openCase(tx, "case_1"))
		return l.State, errNo
	})
	if !errors.Is(err, errNo) {
		t.Errorf("Commit: %v", err)
	}
	r.nothing("case_1")
	r.must(r.store.Commit(r.ctx(), l, func(watcher.Tx) (watcher.SourceState, error) { return l.State, nil })) // the lease is still held
	if err := r.store.Maintain(r.ctx(), func(tx watcher.Tx) error { r.must(openCase(tx, "case_1")); return errNo }); !errors.Is(err, errNo) {
		t.Errorf("Maintain: %v", err)
	}
	r.nothing("case_1")
}

func rehearsals(t *testing.T, r *rig) {
	err := r.store.Rehearse(r.ctx(), func(tx watcher.Tx) error {
		r.must(openCase(tx, "case_1"))
		_, found, err := tx.Case("case_1")
		if !found {
			t.Error("a rehearsal does not see what it writes")
		}
		return err
	})
	r.must(err)
	r.nothing("case_1")
	if err := r.store.Rehearse(r.ctx(), func(watcher.Tx) error { return errNo }); !errors.Is(err, errNo) {
		t.Errorf("Rehearse: %v", err)
	}
}

func (r *rig) nothing(id string) {
	r.Helper()
	if _, found, err := r.store.CaseFile(r.ctx(), id); found || err != nil {
		r.Errorf("case %s is there: %v, %v", id, found, err)
	}
	if n, _, err := r.store.VerifyAudit(r.ctx()); n != 0 || err != nil {
		r.Errorf("%d audit records, %v", n, err)
	}
}
