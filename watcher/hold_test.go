package watcher_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// baselined is a bench after its first look, with the marks of that look stored.
func baselined(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.list.lists(listOf("2026-02-27", "Old Foe")).mark = "good"
	b.want(b.poll())
	b.list.mark = "next"
	return b
}

func TestFailureIsToldOnceAndOnRecovery(t *testing.T) {
	b := baselined(t)
	before := b.inForce("2026-03-02")
	b.list.fails("the answer is an HTML page")
	b.want(b.poll(), "notice broken entity-list")
	b.want(b.poll())
	b.restart()
	b.want(b.poll())
	if got := b.status("entity-list"); got.Health != watcher.Failed || !strings.Contains(got.Reason, "HTML") || got.Failed != 3 {
		t.Errorf("status %+v", got)
	}
	if !slices.Equal(before, b.inForce("2026-03-02")) {
		t.Error("a failure changed what is in force")
	}
	b.list.lists(listOf("2026-03-03", "Old Foe"))
	b.want(b.poll(), "notice recovered entity-list")
	b.want(b.poll())
	if want := []string{"", "good", "good", "good", "good", "next"}; !slices.Equal(b.list.seen, want) {
		t.Errorf("the looks were given the marks %q, want %q", b.list.seen, want)
	}
}

func TestPanicIsTheSourcesFailure(t *testing.T) {
	b := baselined(t)
	b.list.panics = "index out of range"
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "added New Foe", "notice broken entity-list")
}

func TestImplausibleSnapshotsAreHeld(t *testing.T) {
	half := listOf("2026-03-03", "Old Foe")
	half.Entries = half.Entries[:30]
	empty := listOf("2026-03-03")
	empty.Entries = nil
	miscounted := listOf("2026-03-03", "Old Foe")
	miscounted.Declared, miscounted.Rows = 100, 61
	bare := listOf("2026-03-03", "Old Foe")
	for i := range bare.Entries {
		bare.Entries[i].Addresses = nil
	}
	for name, s := range map[string]diff.Snapshot{"half": half, "empty": empty, "miscounted": miscounted, "without addresses": bare} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			before := b.inForce("2026-03-02")
			b.list.lists(s)
			b.want(b.poll(), "notice held entity-list")
			b.want(b.poll())
			b.restart()
			b.want(b.poll())
			holds, err := b.db.Holds(context.Background())
			if err != nil || len(holds) != 1 || holds[0].Reason == "" || holds[0].List != diff.EntityList {
				t.Errorf("holds %+v, %v", holds, err)
			}
			if got := b.status("entity-list"); got.Health != watcher.Held || got.AsOf() != "2026-02-27" {
				t.Errorf("status %+v", got)
			}
			if !slices.Equal(before, b.inForce("2026-03-02")) {
				t.Error("a held answer changed what is in force")
			}
			b.list.lists(listOf("2026-03-04", "Old Foe"))
			b.want(b.poll(), "notice recovered entity-list")
			if want := []string{"", "good", "good", "good", "good"}; !slices.Equal(b.list.seen, want) {
				t.Errorf("the looks were given the marks %q, want %q", b.list.seen, want)
			}
		})
	}
}

func TestUnchangedAnswerEndsAHold(t *testing.T) {
	b := baselined(t)
	cut := listOf("2026-03-03")
	cut.Entries = cut.Entries[:10]
	b.list.lists(cut)
	b.want(b.poll(), "notice held entity-list")
	b.list.lists() // "304 Not Modified" to the validators of the last good look
	b.want(b.poll(), "notice recovered entity-list")
}

func TestFirstLookCanBeHeld(t *testing.T) {
	b := newBench(t)
	b.list.lists(diff.Snapshot{List: diff.EntityList, AsOf: "2026-03-01", Complete: true})
	b.want(b.poll(), "notice held entity-list")
	b.list.lists(listOf("2026-03-01", "Old Foe"))
	b.want(b.poll(), "notice recovered entity-list")
	if n := len(b.inForce("2026-03-02")); n != 61 {
		t.Errorf("%d entries in force, want 61", n)
	}
}

func TestOneListIsHeldAloneOfSeveral(t *testing.T) {
	b := newBench(t)
	b.specs[1].Lists = append(b.specs[1].Lists, diff.UnverifiedList)
	b.specs[1].Primary = b.specs[1].Lists
	b.open()
	unverified := listOf("2026-02-27", "Unclear Party")
	unverified.List = diff.UnverifiedList
	unverified.Entries = slices.Clone(unverified.Entries)
	for i := range unverified.Entries {
		unverified.Entries[i].List = diff.UnverifiedList
	}
	b.list.lists(listOf("2026-02-27"), unverified)
	b.want(b.poll())
	cut := unverified
	cut.AsOf, cut.Entries = "2026-03-03", unverified.Entries[:5]
	b.list.lists(listOf("2026-03-03", "New Foe"), cut)
	b.want(b.poll(), "added New Foe [without a rule]", "notice held entity-list")
	b.want(b.poll())
}

func TestReleasedAnswerIsTaken(t *testing.T) {
	b := baselined(t)
	small := listOf("2026-03-03")
	small.Entries = small.Entries[:40]
	b.list.lists(small)
	b.want(b.poll(), "notice held entity-list")
	lists, err := b.w.ReleaseSource(context.Background(), "entity-list", "ada")
	if err != nil || len(lists) != 1 {
		t.Fatalf("ReleaseSource: %v, %v", lists, err)
	}
	got := b.poll()
	// the answer is believed; what vanished without an act is held entry by entry
	b.want(got, "notice missing entity-list", "notice recovered entity-list")
	if holds, _ := b.db.Holds(context.Background()); len(holds) != 21 {
		t.Errorf("%d holds, want 21 entries", len(holds))
	}
	b.want(b.poll())
}

func TestStaleAnswerIsRecordedAndNothingMore(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.want(b.poll())
	if got := b.status("entity-list"); got.Health != watcher.Stale || got.AsOf() != "2026-03-04" {
		t.Errorf("status %+v", got)
	}
	if holds, _ := b.db.Holds(context.Background()); len(holds) != 0 {
		t.Errorf("held: %+v", holds)
	}
	b.list.lists(listOf("2026-03-05", "Old Foe", "New Foe"))
	b.want(b.poll())
	if got := b.status("entity-list"); got.Health != watcher.OK {
		t.Errorf("status %+v", got)
	}
}

func TestVanishedEntryIsHeldUntilItComesBack(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-03", "New Foe")) // Old Foe is gone, and no act says so
	b.want(b.poll(), "added New Foe [without a rule]", "notice missing entity-list")
	b.want(b.poll())
	if !slices.Contains(b.inForce("2026-03-10"), "Old Foe") {
		t.Error("a held entry is not in force")
	}
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	b.want(b.poll(), "notice recovered entity-list")
	if holds, _ := b.db.Holds(context.Background()); len(holds) != 0 {
		t.Errorf("held: %+v", holds)
	}
}

func TestVanishedEntryIsReleasedByAnAct(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-03"))
	b.want(b.poll(), "notice missing entity-list")
	b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", remove("Old Foe")))
	b.want(b.poll(), "removed Old Foe")
	if slices.Contains(b.inForce("2026-03-10"), "Old Foe") {
		t.Error("a removed entry is in force")
	}
	b.want(b.poll())
	b.list.lists(listOf("2026-03-04"))
	b.want(b.poll(), "stage effective") // its day has come
}

func TestVanishedEntryIsReleasedByAPerson(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-03"))
	b.want(b.poll(), "notice missing entity-list")
	holds, err := b.db.Holds(context.Background())
	if err != nil || len(holds) != 1 {
		t.Fatalf("holds %+v, %v", holds, err)
	}
	c, found, err := b.w.ReleaseEntry(context.Background(), holds[0].Entry.EntryID, "ada")
	if err != nil || !found || c.Change != diff.Removed || !strings.Contains(c.Note, "without a rule") || !strings.Contains(c.Note, "ada") {
		t.Fatalf("ReleaseEntry: %+v, %v, %v", c, found, err)
	}
	if slices.Contains(b.inForce("2026-03-10"), "Old Foe") {
		t.Error("a released entry is in force")
	}
	if _, found, err = b.w.ReleaseEntry(context.Background(), holds[0].Entry.EntryID, "ada"); found || err != nil {
		t.Errorf("a second release: %v, %v", found, err)
	}
	b.want(b.poll())
	b.list.lists(listOf("2026-03-04"))
	b.want(b.poll())
}

func TestEntryHoldsEndByTimeOnlyWhereConfigured(t *testing.T) {
	b := newBench(t)
	b.specs[1].ReleaseAfter = watcher.MinReleaseAfter
	b.w = b.watcher(b.db)
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.poll()
	b.list.lists(listOf("2026-03-03"))
	b.want(b.poll(), "notice missing entity-list")
	b.now = b.now.Add(59 * 24 * time.Hour)
	b.want(b.poll())
	b.now = b.now.Add(24 * time.Hour)
	b.want(b.poll(), "removed Old Foe [without a rule, missing since 2026-03-02, released after 60 days]")
	b.want(b.poll())

	c := baselined(t)
	c.list.lists(listOf("2026-03-03"))
	c.want(c.poll(), "notice missing entity-list")
	c.now = c.now.Add(400 * 24 * time.Hour)
	c.want(c.poll())
}

func TestShortReleaseAfterIsRefused(t *testing.T) {
	b := newBench(t)
	b.specs[1].ReleaseAfter = 24 * time.Hour
	_, err := watcher.New(watcher.Options{Store: b.db, Specs: b.specs})
	if err == nil || !strings.Contains(err.Error(), "release_after") {
		t.Fatalf("New: %v", err)
	}
}
