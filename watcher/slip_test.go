package watcher_test

import (
	"slices"
	"testing"
	"time"

	"entitywatch/diff"
)

// secondOf is what the second source shows of the Entity List: it carries no date of its own.
func secondOf(asOf diff.Date, names ...string) diff.Snapshot {
	s := other(listOf(asOf, names...))
	s.Undated = true
	return s
}

func TestUnconfirmedPartyThatIsDroppedIsTakenBack(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(secondOf("2026-03-02", "Old Foe"))
	b.want(b.poll())
	b.second.lists(secondOf("2026-03-03", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe (unconfirmed)")
	b.now = b.now.Add(48 * time.Hour)
	b.second.lists(secondOf("2026-03-05", "Old Foe"))
	b.want(b.poll(), "retracted added New Foe (revision 1) (unconfirmed)")
	b.want(b.poll())
	b.now = b.now.Add(48 * time.Hour)
	b.second.lists(secondOf("2026-03-07", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe (revision 2) (unconfirmed)")
	b.want(b.poll())
	b.list.lists(listOf("2026-03-07", "Old Foe", "New Foe"))
	b.want(b.poll(), "stage codified", "note confirmed")
	if n := len(slices.DeleteFunc(b.inForce("2026-03-10"), func(s string) bool { return s != "New Foe" })); n != 1 {
		t.Errorf("New Foe is in force %d times", n)
	}
}

func TestConfirmedPartyThatTheSecondSourceDropsIsADiscrepancy(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(secondOf("2026-03-02", "Old Foe"))
	b.want(b.poll())
	b.second.lists(secondOf("2026-03-03", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe (unconfirmed)")
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	b.want(b.poll(), "stage codified", "note confirmed")
	b.now = b.now.Add(48 * time.Hour)
	b.second.lists(secondOf("2026-03-05", "Old Foe"))
	b.want(b.poll(), "discrepancy New Foe [another source no longer shows this entry; the list's primary source and its acts do]")
}

func TestEntryShownForADayWithoutARuleIsTakenBack(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-02", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	b.now = b.now.Add(24 * time.Hour)
	b.list.lists(listOf("2026-03-03", "Old Foe"))
	b.want(b.poll(), "retracted added New Foe (revision 1) [without a rule]")
	if slices.Contains(b.inForce("2026-03-10"), "New Foe") {
		t.Error("what was taken back is in force")
	}
	b.want(b.poll())
	b.now = b.now.Add(24 * time.Hour)
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe (revision 2) [without a rule]")
	if !slices.Contains(b.inForce("2026-03-10"), "New Foe") {
		t.Error("what is shown again is not in force")
	}
	b.want(b.poll())
}

// An entry that a rule put on the list, or that stood there for long, is held when it vanishes: that is the publisher's slip.
func TestEntryOfARuleIsNotTakenBackButHeld(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-02", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "stage published", "stage effective")
	b.now = b.now.Add(24 * time.Hour)
	b.list.lists(listOf("2026-03-03", "Old Foe"))
	b.want(b.poll(), "notice missing entity-list")

	c := baselined(t)
	c.list.lists(listOf("2026-03-02", "Old Foe", "New Foe"))
	c.want(c.poll(), "added New Foe [without a rule]")
	c.now = c.now.Add(30 * 24 * time.Hour)
	c.list.lists(listOf("2026-04-01", "Old Foe"))
	c.want(c.poll(), "notice missing entity-list")
}

// What one source drops while another shows it stands; it is taken back when the last of them drops it.
func TestUnconfirmedPartyStandsWhileAnotherSourceShowsIt(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	third := &answers{}
	spec := b.specs[2]
	spec.Name, spec.Source = "third", third
	b.specs = append(b.specs, spec)
	b.restart()
	b.second.lists(secondOf("2026-03-02", "Old Foe"))
	third.lists(secondOf("2026-03-02", "Old Foe"))
	b.want(b.poll())
	b.second.lists(secondOf("2026-03-03", "Old Foe", "New Foe"))
	third.lists(secondOf("2026-03-03", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe (unconfirmed)")
	b.now = b.now.Add(48 * time.Hour)
	b.second.lists(secondOf("2026-03-05", "Old Foe"))
	b.want(b.poll())
	third.lists(secondOf("2026-03-05", "Old Foe"))
	b.want(b.poll(), "retracted added New Foe (revision 1) (unconfirmed)")
	b.want(b.poll())
}
