package watcher_test

import (
	"context"
	"testing"
	"time"

	"entitywatch/diff"
)

// A list that was ahead of the rule for a party explains that rule and no later one: what goes and comes again is told anew.
func TestPartyThatIsAddedAgainIsToldAgain(t *testing.T) {
	first := act("2026-04001", "2026-03-03", "2026-03-03", add("New Foe"))
	gone := act("2026-04002", "2026-03-12", "2026-03-12", remove("New Foe"))
	back := act("2026-04003", "2026-03-22", "2026-03-22", add("New Foe"))
	for name, explain := range map[string]bool{"the rule is read": true, "the rule is never read": false} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			b.list.lists(listOf("2026-03-03", "Old Foe", "New Foe"))
			b.want(b.poll(), "added New Foe [without a rule]")
			var acts []diff.Act
			if explain {
				acts = append(acts, first)
				b.acts.documents(acts...)
				b.want(b.poll(), "stage published")
			}
			b.now = b.now.Add(10 * 24 * time.Hour)
			acts = append(acts, gone)
			b.acts.documents(acts...)
			b.list.lists(listOf("2026-03-12", "Old Foe"))
			if got := b.poll(); got[0] != "removed New Foe" {
				t.Fatalf("told %q", got)
			}
			b.now = b.now.Add(10 * 24 * time.Hour)
			b.acts.documents(append(acts, back)...)
			b.want(b.poll(), "added New Foe")
			b.want(b.poll())
		})
	}
}

// Whichever sources show the parties of a rule before it is read, each is told once: the screening list's words for a party are never the
// rule's, and some of its parties may be known from one source and some from another.
func TestListsThatAreAheadOfTheRuleAreOneTelling(t *testing.T) {
	for name, wording := range map[string]string{"in the rule's words": entry("New Foe").Addresses[0], "in its own words": "New Foe Road, Beijing CN"} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			b.withSecond()
			b.second.lists(other(listOf("2026-03-02", "Old Foe")))
			b.want(b.poll())
			shown := other(listOf("2026-03-03", "Old Foe", "New Foe"))
			shown.Entries[len(shown.Entries)-1].Addresses = []string{wording}
			shown.Entries[len(shown.Entries)-1].LicenseRequirement = ""
			b.second.lists(shown)
			b.want(b.poll("screening-list"), "added New Foe (unconfirmed)")
			moved := listOf("2026-03-04", "Old Foe", "New Foe")
			moved.Entries[60].Addresses = []string{"Elsewhere 5, Minsk, Belarus"}
			b.list.lists(moved)
			b.want(b.poll("entity-list"), "amended Old Foe [without a rule]", "stage codified", "note confirmed")
			revised := add("Old Foe")
			revised.Action, revised.Entry = diff.Revise, &moved.Entries[60]
			b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", add("New Foe"), revised))
			b.want(b.poll(), "stage published", "stage effective")
			b.want(b.poll())
		})
	}
}

// Of two cases that one rule made one, a further rule that explains more of either goes to the one that goes on.
func TestFurtherRuleGoesToTheCaseThatGoesOn(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(other(listOf("2026-03-02", "Old Foe")))
	b.want(b.poll())
	b.second.lists(other(listOf("2026-03-03", "Old Foe", "First Foe", "Second Foe")))
	b.want(b.poll("screening-list"), "added First Foe (unconfirmed)", "added Second Foe (unconfirmed)")
	b.list.lists(listOf("2026-03-04", "Old Foe", "Third Foe", "Fourth Foe"))
	b.want(b.poll("entity-list"), "added Fourth Foe [without a rule]", "added Third Foe [without a rule]")
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("First Foe"), add("Third Foe")))
	b.want(b.poll("register"), "stage published", "stage effective", "note confirmed")
	one, _, err := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001"))
	if err != nil {
		t.Fatal(err)
	}
	for number, name := range map[string]string{"2026-04002": "Second Foe", "2026-04003": "Fourth Foe"} {
		b.acts.documents(act(number, "2026-03-02", "2026-03-02", add(name)))
		b.poll("register")
		f, found, err := b.db.CaseFile(context.Background(), diff.ActCaseID(number))
		if err != nil || !found || f.Case.ID != one.Case.ID || f.Case.MergedInto != "" {
			t.Errorf("%s: case %s, merged into %q, %v; want %s", name, f.Case.ID, f.Case.MergedInto, err, one.Case.ID)
		}
	}
}
