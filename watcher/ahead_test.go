package watcher_test

import (
	"slices"
	"testing"
	"time"

	"entitywatch/diff"
)

// What the screening list showed of an amendment before its rule was read is explained by the rule: only what the rule
// does besides is told.
func TestAmendmentThatTheScreeningListShowsFirst(t *testing.T) {
	renewed := func() diff.Entry {
		e := entry("Old Foe")
		e.Aliases = []string{"Foe of Old"}
		return e
	}
	besides := renewed()
	besides.LicenseReviewPolicy = "Policy of approval"
	for name, c := range map[string]struct {
		rule diff.Entry
		want []string
	}{
		"the rule says the same": {renewed(), []string{"stage published", "stage effective", "note confirmed"}},
		"the rule says more":     {besides, []string{"amended Old Foe"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			b.withSecond()
			plain := func(s diff.Snapshot) diff.Snapshot {
				s = other(s)
				for i := range s.Entries {
					s.Entries[i].LicenseRequirement, s.Entries[i].LicenseReviewPolicy = "", ""
				}
				return s
			}
			b.second.lists(plain(listOf("2026-03-02", "Old Foe")))
			b.want(b.poll())
			shown := plain(listOf("2026-03-03", "Old Foe"))
			shown.Entries[60].Aliases = []string{"Foe of Old"}
			b.second.lists(shown)
			b.want(b.poll("screening-list"), "amended Old Foe (unconfirmed)")
			b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", revising(c.rule)))
			b.want(b.poll(), c.want...)
			b.want(b.poll())
			after := listOf("2026-03-05", "Old Foe")
			after.Entries[60].Aliases, after.Entries[60].LicenseReviewPolicy = c.rule.Aliases, c.rule.LicenseReviewPolicy
			b.list.lists(after)
			b.want(b.poll(), "stage codified")
			b.want(b.poll())
		})
	}
}

// A party that the eCFR showed before its rule was read, in other words than the rule's, is not added twice: the rule
// explains it, and what their texts say differently is in dispute, whether the row cites the rule or not yet.
func TestAdditionThatTheListShowsInOtherWordsThanItsRule(t *testing.T) {
	for name, cites := range map[string][]diff.Citation{
		"without a citation":    entry("New Foe").Citations,
		"citing the rule":       {{Raw: "91 FR 1003, 3/2/26", Volume: 91, Page: 1003, Date: "2026-03-02"}},
		"citing it before last": {{Raw: "84 FR 54002, 10/9/19", Volume: 84, Page: 54002, Date: "2019-10-09"}, {Raw: "91 FR 1003, 3/2/26", Volume: 91, Page: 1003}},
	} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			shown := listOf("2026-03-03", "Old Foe", "New Foe")
			shown.Entries[61].Addresses, shown.Entries[61].Citations = []string{"Elsewhere 5, Minsk, Belarus"}, cites
			b.list.lists(shown)
			b.want(b.poll(), "added New Foe [without a rule]")
			b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
			b.want(b.poll(), "discrepancy New Foe [the list's text is not the act's]", "stage published", "stage effective")
			var got []string
			for range 30 {
				b.now = b.now.Add(24 * time.Hour)
				got = append(got, b.poll()...)
			}
			b.want(got)
			in := b.inForce("2026-03-10")
			if n := len(slices.DeleteFunc(in, func(s string) bool { return s != "New Foe" })); n != 1 {
				t.Errorf("New Foe is in force %d times", n)
			}
		})
	}
}

// A row that cites a later act too has that one's text: its difference from the earlier rule is none.
func TestRowThatCitesALaterActIsNotDisputed(t *testing.T) {
	b := baselined(t)
	shown := listOf("2026-03-03", "Old Foe", "New Foe")
	shown.Entries[61].Addresses = []string{"Elsewhere 5, Minsk, Belarus"}
	shown.Entries[61].Citations = []diff.Citation{{Raw: "91 FR 1003, 3/2/26", Volume: 91, Page: 1003}, {Raw: "91 FR 2000, 3/3/26", Volume: 91, Page: 2000}}
	b.list.lists(shown)
	b.want(b.poll(), "added New Foe [without a rule]")
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "stage published", "stage effective")
}

// A party that the eCFR showed before its rule was filed is added once, although the filed text has its name only and the printed text all
// of it.
func TestAdditionThatTheListShowsBeforeItsRuleIsFiled(t *testing.T) {
	for name, c := range map[string]struct {
		address string
		want    []string
	}{
		"the rule reads as the list":   {"", []string{"stage published"}},
		"the rule has another address": {"Elsewhere 5, Minsk, Belarus", []string{"discrepancy New Foe [the list's text is not the act's]", "stage published"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			b.list.lists(listOf("2026-03-03", "Old Foe", "New Foe"))
			b.want(b.poll(), "added New Foe [without a rule]")
			printed := act("2026-04001", "2026-03-04", "2026-03-04", add("New Foe"))
			if c.address != "" {
				printed.Amendments[0].Entry.Addresses = []string{c.address}
			}
			b.acts.documents(filedByName())
			b.want(b.poll(), "stage filed")
			b.now = b.now.Add(24 * time.Hour)
			b.acts.documents(printed)
			b.want(b.poll(), c.want...)
			b.want(b.poll())
			in := b.inForce("2026-03-10")
			if n := len(slices.DeleteFunc(in, func(s string) bool { return s != "New Foe" })); n != 1 {
				t.Errorf("New Foe is in force %d times", n)
			}
		})
	}
}

// filedByName is an act that adds New Foe as public inspection shows it: by its name only, printed the day after.
func filedByName() diff.Act {
	a := act("2026-04001", "", "", add("New Foe"))
	e := *a.Amendments[0].Entry
	a.Amendments[0].Entry = &diff.Entry{List: e.List, Key: e.Key, Country: e.Country, Countries: e.Countries, Name: e.Name}
	a.Status, a.FiledOn, a.PublishedOn = diff.ActFiled, "2026-03-03", "2026-03-04"
	return a
}

// A party that the eCFR showed before its rule was filed is on the list by that rule: where the eCFR drops it again,
// nobody is told that it was a slip, and it stays in force.
func TestAdditionIsNotTakenBackOnceItsRuleIsFiled(t *testing.T) {
	elsewhere := filedByName()
	elsewhere.Amendments = []diff.Amendment{add("New Foe")}
	elsewhere.Amendments[0].Entry.Addresses = []string{"Elsewhere 5, Minsk, Belarus"}
	differs := []string{"retracted discrepancy New Foe (revision 1) [the list's text is not the act's]"}
	for name, c := range map[string]struct {
		filed  diff.Act
		before []string // told before the stages
	}{"by name": {filedByName(), nil}, "in other words": {elsewhere, differs}} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			b.list.lists(listOf("2026-03-03", "Old Foe", "New Foe"))
			b.want(b.poll(), "added New Foe [without a rule]")
			b.acts.documents(c.filed)
			b.poll()
			b.list.lists(listOf("2026-03-04", "Old Foe"))
			b.want(b.poll(), "notice missing entity-list")
			b.now = b.now.Add(24 * time.Hour)
			b.acts.documents(act("2026-04001", "2026-03-04", "2026-03-04", add("New Foe")))
			b.want(b.poll(), append(c.before, "stage published", "stage effective")...)
			if !slices.Contains(b.inForce("2026-03-10"), "New Foe") {
				t.Error("New Foe is not in force")
			}
			b.list.lists(listOf("2026-03-06", "Old Foe", "New Foe"))
			b.want(b.poll(), "notice recovered entity-list")
		})
	}
}

// What was told of how the list's text differs from the rule's is taken back when a later reading of the rule has
// another text, and told of that one where it differs too.
func TestDisputeOfAnAdditionThatTheListShowsFirstEndsWithALaterReading(t *testing.T) {
	const differs = "discrepancy New Foe [the list's text is not the act's]"
	b := baselined(t)
	b.list.lists(listOf("2026-03-03", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	b.acts.documents(filedByName())
	b.want(b.poll(), "stage filed")
	b.now = b.now.Add(24 * time.Hour)
	reads := func(address string) {
		a := act("2026-04001", "2026-03-04", "2026-03-04", add("New Foe"))
		if address != "" {
			a.Amendments[0].Entry.Addresses = []string{address}
		}
		b.acts.documents(a)
	}
	status := func(want diff.CaseStatus) {
		t.Helper()
		if _, got, _ := b.caseOf("New Foe"); got != want {
			t.Errorf("the case is %s, want %s", got, want)
		}
	}
	reads("Elsewhere 5, Minsk, Belarus")
	b.want(b.poll(), differs, "stage published")
	status(diff.Disputed)
	reads("Other 9, Minsk, Belarus")
	b.want(b.poll(), "retracted discrepancy New Foe (revision 1) [the list's text is not the act's]", differs)
	status(diff.Disputed)
	reads("")
	b.want(b.poll(), "retracted discrepancy New Foe (revision 1) [the list's text is not the act's]")
	status(diff.Confirmed)
	reads("Elsewhere 5, Minsk, Belarus")
	b.want(b.poll(), "discrepancy New Foe (revision 2) [the list's text is not the act's]")
	status(diff.Disputed)
}
