package watcher_test

import (
	"slices"
	"testing"

	"entitywatch/diff"
)

func TestFirstLookIsSilent(t *testing.T) {
	b := newBench(t)
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.want(b.poll())
	if !slices.Contains(b.inForce("2026-03-02"), "Old Foe") {
		t.Error("the baseline is not in force")
	}
}

func TestActIsToldOnce(t *testing.T) {
	b := newBench(t)
	b.list.lists(listOf("2026-02-27"))
	b.want(b.poll())
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), remove("Standing Company AA")))
	b.want(b.poll(), "added New Foe", "removed Standing Company AA")
	b.want(b.poll())
	b.restart()
	b.want(b.poll())
	b.list.lists(without(listOf("2026-03-04", "New Foe"), "Standing Company AA"))
	b.want(b.poll(), "stage codified")
	b.want(b.poll())
	if got := b.inForce("2026-03-02"); slices.Contains(got, "Standing Company AA") || !slices.Contains(got, "New Foe") {
		t.Errorf("in force: %q", got)
	}
	if got := b.inForce("2026-03-01"); !slices.Contains(got, "Standing Company AA") || slices.Contains(got, "New Foe") {
		t.Errorf("in force the day before: %q", got)
	}
}

func without(s diff.Snapshot, name string) diff.Snapshot {
	s.Entries = slices.DeleteFunc(slices.Clone(s.Entries), func(e diff.Entry) bool { return e.Name == name })
	return s
}

// What an upstream of another kind gave to come back with (validators, marks) is nothing to the one that the config names now.
func TestASourceOfAnotherKindIsLookedAtAfresh(t *testing.T) {
	b := newBench(t)
	b.acts.mark = "of the register"
	b.poll()
	b.poll()
	b.specs[0].Kind = "public-inspection"
	b.restart()
	b.acts.mark = "of inspection"
	b.poll()
	b.poll()
	if want := []string{"", "of the register", "", "of inspection"}; !slices.Equal(b.acts.seen, want) {
		t.Errorf("the looks were given %q, want %q", b.acts.seen, want)
	}
}

// Since when a source has shown nothing new does not move while it shows the same again.
func TestTheSameListAgainIsNothingNew(t *testing.T) {
	b := baselined(t)
	at := b.status("entity-list").ChangedAt
	b.want(b.poll())
	if got := b.status("entity-list").ChangedAt; !got.Equal(at) || at.IsZero() {
		t.Errorf("something new at %s, want %s", got, at)
	}
	b.list.lists(listOf("2026-03-03", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	if got := b.status("entity-list").ChangedAt; !got.After(at) {
		t.Errorf("something new at %s still", got)
	}
}
