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

const began = " [on file when monitoring began]"

func TestActsOnFileWhenMonitoringBegan(t *testing.T) {
	older := act("2026-03001", "2026-02-20", "2026-02-20", add("Older Foe"))
	newer := act("2026-04001", "2026-03-02", "2026-03-02", add("Newer Foe"))
	later := act("2026-03002", "2026-02-20", "2026-04-15", add("Later Foe"))
	for name, order := range map[string][]string{
		"lists first": {"entity-list", "register"}, "acts first": {"register", "entity-list"}, "together": nil,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.list.lists(listOf("2026-02-27", "Older Foe"))
			b.acts.documents(older, newer, later)
			var got []string
			for _, source := range order {
				got = append(got, b.poll(source)...)
			}
			if order == nil {
				got = b.poll()
			}
			slices.Sort(got)
			b.want(got, "added Later Foe"+began, "added Newer Foe"+began)
			b.want(b.poll())
			b.restart()
			b.want(b.poll())
			if slices.Contains(b.inForce("2026-04-14"), "Later Foe") || !slices.Contains(b.inForce("2026-04-15"), "Later Foe") {
				t.Error("the later act is not in force from its effective date")
			}
		})
	}
}

func TestActsWaitWhileTheListCannotBeRead(t *testing.T) {
	b := newBench(t)
	b.list.fails("no answer")
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("Newer Foe"), remove("Standing Company AA")))
	b.want(b.poll(), "notice broken entity-list")
	b.want(b.poll())
	b.list.lists(listOf("2026-02-27"))
	b.want(b.poll(), "added Newer Foe"+began, "removed Standing Company AA"+began, "notice recovered entity-list")
	b.want(b.poll())
}

func TestRereadActTellsWhatChanged(t *testing.T) {
	b := baselined(t)
	first := act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), add("Other Foe"))
	b.acts.documents(first)
	b.want(b.poll(), "added New Foe", "added Other Foe")

	// the pages become known, the layout changes: nobody hears of it
	laidOut := first
	laidOut.Amendments = slices.Clone(first.Amendments)
	e := entry("New Foe")
	e.Citations = []diff.Citation{{Raw: "91 FR 1003, 3/2/26", Volume: 91, Page: 1003, Date: "2026-03-02"}}
	laidOut.Amendments[0].Entry = &e
	b.acts.documents(laidOut)
	b.want(b.poll())

	// another address: those who heard of it must hear that
	moved := laidOut
	moved.Amendments = slices.Clone(laidOut.Amendments)
	e.Addresses = []string{"Elsewhere 5, Minsk, Belarus"}
	moved.Amendments[0].Entry = &e
	b.acts.documents(moved)
	b.want(b.poll(), "added New Foe (revision 1)")
	b.want(b.poll())

	// one instruction is gone, another has come
	other := moved
	other.Amendments = []diff.Amendment{moved.Amendments[0], add("Third Foe")}
	b.acts.documents(other)
	got := b.poll()
	slices.Sort(got)
	b.want(got, "added Third Foe", "retracted added Other Foe (revision 1)")
	b.want(b.poll())
	in := b.inForce("2026-03-02")
	if slices.Contains(in, "Other Foe") || !slices.Contains(in, "Third Foe") || !slices.Contains(in, "New Foe") {
		t.Errorf("in force: %q", in)
	}
	entries, _ := b.db.Entries(context.Background(), diff.EntityList, "2026-03-02")
	for _, e := range entries {
		if e.Name == "New Foe" && (e.Addresses[0] != "Elsewhere 5, Minsk, Belarus" || len(entries) != 63) {
			t.Errorf("New Foe in force: %+v of %d entries", e, len(entries))
		}
	}
}

func TestFiledThenPublishedIsOneCase(t *testing.T) {
	b := baselined(t)
	filed := act("2026-04001", "", "", add("New Foe"))
	filed.Status, filed.FiledOn, filed.PublishedOn = diff.ActFiled, "2026-03-02", "2026-03-04"
	b.acts.documents(filed)
	b.want(b.poll(), "added New Foe")
	published := act("2026-4001", "2026-03-04", "2026-03-04", add("New Foe"))
	b.now = b.now.Add(48 * time.Hour)
	b.acts.documents(published, filed) // public inspection still shows it
	b.want(b.poll(), "stage published", "stage effective")
	b.want(b.poll())
	f, found, err := b.db.CaseFile(context.Background(), diff.ActCaseID("2026–04001"))
	if err != nil || !found || len(f.Acts) != 1 || len(f.Changes) != 1 {
		t.Fatalf("case %+v, %v, %v", f, found, err)
	}
	for _, s := range []diff.Stage{diff.Filed, diff.Published, diff.Effective} {
		if f.Case.Stages[s].IsZero() {
			t.Errorf("the case has no stage %s: %v", s, f.Case.Stages)
		}
	}
	if f.Changes[0].Change.EffectiveOn != "2026-03-04" || f.Changes[0].Change.Stage != diff.Published {
		t.Errorf("the change was not brought up to date: %+v", f.Changes[0].Change)
	}
}

func TestWithdrawnActIsRetracted(t *testing.T) {
	for _, status := range []diff.ActStatus{diff.ActWithdrawn, diff.ActRevoked} {
		t.Run(string(status), func(t *testing.T) {
			b := baselined(t)
			filed := act("2026-04001", "", "", add("New Foe"), remove("Old Foe"))
			filed.Status, filed.FiledOn = diff.ActFiled, "2026-03-02"
			b.acts.documents(filed)
			b.want(b.poll(), "added New Foe", "removed Old Foe")
			b.acts.documents(diff.Act{DocumentNumber: "2026-04001", Status: status})
			got := b.poll()
			slices.Sort(got)
			b.want(got, "note withdrawn", "retracted added New Foe (revision 1)", "retracted removed Old Foe (revision 1)")
			b.want(b.poll())
			if in := b.inForce("2026-03-10"); slices.Contains(in, "New Foe") || !slices.Contains(in, "Old Foe") {
				t.Errorf("in force: %q", in)
			}
			if f, _, _ := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001")); f.Case.Status != diff.Withdrawn {
				t.Errorf("the case is %s", f.Case.Status)
			}
			// it is published after all
			b.acts.documents(act("2026-04001", "2026-03-04", "2026-03-04", add("New Foe"), remove("Old Foe")))
			got = b.poll()
			b.want(got[:2], "added New Foe (revision 2)", "removed Old Foe (revision 2)")
			b.want(b.poll())
			if in := b.inForce("2026-03-10"); !slices.Contains(in, "New Foe") || slices.Contains(in, "Old Foe") {
				t.Errorf("in force: %q", in)
			}
		})
	}
}

// What is printed is law: that it is gone from public inspection, or has no day there any more, takes nothing back.
func TestPublishedActIsNotTakenBackByPublicInspection(t *testing.T) {
	b := baselined(t)
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "added New Foe")
	for _, status := range []diff.ActStatus{diff.ActWithdrawn, diff.ActRevoked} {
		b.acts.documents(diff.Act{DocumentNumber: "2026-04001", Status: status})
		b.want(b.poll())
	}
}

func TestUnknownWithdrawnActIsNothing(t *testing.T) {
	b := baselined(t)
	b.acts.documents(diff.Act{DocumentNumber: "2026-04001", Status: diff.ActRevoked})
	b.want(b.poll())
}

func TestCorrectionTellsThoseWhoHeardTheMistake(t *testing.T) {
	b := baselined(t)
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), add("Wrong Foe")))
	b.want(b.poll(), "added New Foe", "added Wrong Foe")
	e := entry("New Foe")
	e.Aliases = []string{"Nouvel Ennemi"}
	fix := act("C1-2026-04001", "2026-03-06", "2026-03-06",
		diff.Amendment{Action: diff.Revise, List: diff.EntityList, Country: e.Country, Name: "New Foe", Entry: &e, Instruction: "by revising"}, remove("Wrong Foe"))
	fix.CorrectionOf = "2026-04001"
	b.now = b.now.Add(96 * time.Hour)
	b.acts.documents(fix)
	got := b.poll()
	b.want(got, "added New Foe (revision 1) [corrected by C1-2026-04001]", "retracted added Wrong Foe (revision 1)")
	b.want(b.poll())
	if in := b.inForce("2026-03-10"); slices.Contains(in, "Wrong Foe") || !slices.Contains(in, "New Foe") {
		t.Errorf("in force: %q", in)
	}
	f, _, err := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001"))
	if err != nil || len(f.Acts) != 2 {
		t.Errorf("the correction is not in the case: %d acts, %v", len(f.Acts), err)
	}
}

func TestFutureEffectIsAnnouncedOnTheDay(t *testing.T) {
	b := baselined(t)
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-05", remove("Old Foe")))
	b.want(b.poll(), "removed Old Foe")
	if !slices.Contains(b.inForce("2026-03-04"), "Old Foe") || slices.Contains(b.inForce("2026-03-05"), "Old Foe") {
		t.Error("the removal does not count from its effective date")
	}
	b.now = time.Date(2026, 3, 4, 22, 0, 0, 0, time.UTC)
	b.want(b.poll())
	b.restart()
	b.now = time.Date(2026, 3, 4, 23, 30, 0, 0, time.UTC)
	b.want(b.poll(), "stage effective")
	b.want(b.poll())
}

func TestActThatTheListDoesNotShowInTime(t *testing.T) {
	b := baselined(t)
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "added New Foe")
	b.list.lists(listOf("2026-03-06", "Old Foe"))
	b.now = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC) // the fifth business day
	b.want(b.poll())
	b.now = b.now.Add(24 * time.Hour)
	got := b.poll()
	if len(got) != 1 || !strings.HasPrefix(got[0], "discrepancy New Foe [in the act and not on the list") {
		t.Fatalf("told %q", got)
	}
	b.want(b.poll())
	b.list.lists(listOf("2026-03-11", "Old Foe", "New Foe")) // two days late
	b.want(b.poll(), "stage codified")
	if f, _, _ := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001")); f.Case.Status != diff.Confirmed {
		t.Errorf("the case is %s", f.Case.Status)
	}
}

func TestNothingIsOverdueWhileTheListCannotBeRead(t *testing.T) {
	b := baselined(t)
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "added New Foe")
	b.list.fails("no answer")
	b.want(b.poll(), "notice broken entity-list")
	b.now = b.now.Add(30 * 24 * time.Hour)
	b.want(b.poll())
}

func TestListWithAnotherTextThanTheAct(t *testing.T) {
	b := baselined(t)
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "added New Foe")
	s := listOf("2026-03-04", "Old Foe", "New Foe")
	s.Entries[len(s.Entries)-1].LicenseReviewPolicy = "Case-by-case review"
	b.list.lists(s)
	got := b.poll()
	slices.Sort(got)
	b.want(got, "discrepancy New Foe [the list's text is not the act's]", "stage codified")
	b.want(b.poll())
	if f, _, _ := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001")); f.Case.Status != diff.Disputed {
		t.Errorf("the case is %s", f.Case.Status)
	}
}

func TestFiledDocumentThatNeverAppears(t *testing.T) {
	b := baselined(t)
	filed := act("2026-04001", "", "", add("New Foe"))
	filed.Status, filed.FiledOn, filed.PublishedOn = diff.ActFiled, "2026-03-02", "2026-03-04"
	b.acts.documents(filed)
	b.want(b.poll(), "added New Foe")
	b.acts.documents()
	b.now = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
	b.want(b.poll())
	b.now = b.now.Add(24 * time.Hour)
	b.want(b.poll(), "note never_published")
	b.want(b.poll())
	stored, _, err := b.db.ActByNumber(t.Context(), "2026-04001")
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := b.db.CaseFile(t.Context(), stored.Case)
	if err != nil || len(file.Notes) != 1 || !strings.Contains(file.Notes[0].Text, "to be published 2026-03-04") ||
		!strings.Contains(file.Notes[0].Text, "what we told you of it stands") {
		t.Errorf("the note says %+v, %v", file.Notes, err)
	}
}

func TestUnreadableDocumentsAreToldToBeRead(t *testing.T) {
	b := baselined(t)
	b.acts.documents()
	b.want(b.poll())
	order := act("2026-04002", "2026-03-02", "2026-03-02")
	order.ReadThis = "an order denying export privileges names parties"
	half := act("2026-04003", "2026-03-02", "2026-03-02", add("New Foe"))
	half.Problems = []diff.Problem{{Kind: diff.Unread, Text: "an instruction could not be read", Where: "c. Under CHINA, by frobnicating"}}
	irrelevant := act("2026-04004", "2026-03-02", "2026-03-02")
	b.acts.documents(order, half, irrelevant)
	b.want(b.poll(), "added New Foe", "note read_this", "note read_this")
	b.want(b.poll())
	if _, found, _ := b.db.ActByNumber(context.Background(), "2026-04004"); found {
		t.Error("a document that says nothing was stored")
	}
}

func TestListThatNobodyShowsIsStillTold(t *testing.T) {
	b := newBench(t)
	b.specs = b.specs[:1]
	b.w = b.watcher(b.db)
	b.acts.documents(act("2026-03001", "2026-02-20", "2026-02-20", add("Older Foe")))
	b.want(b.poll())
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	b.want(b.poll(), "added New Foe")
	b.want(b.poll())
}

var _ watcher.Source = (*answers)(nil)

// TestNothingIsDisputedThatTheListShows guards against a discrepancy for what a source showed before its act was read, or already reads as
// a later reading of the act does.
func TestNothingIsDisputedThatTheListShows(t *testing.T) {
	b := baselined(t)
	other := entry("Other Foe")
	other.LicenseReviewPolicy = "Case-by-case review"
	s := listOf("2026-03-04", "Old Foe", "New Foe")
	s.Entries = append(s.Entries, other)
	b.acts.documents(act("2026-04002", "2026-03-02", "2026-03-02", add("Other Foe")))
	b.want(b.poll(), "added Other Foe")
	b.list.lists(s)
	b.now = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	got := b.poll()
	slices.Sort(got)
	b.want(got, "added New Foe [without a rule]", "discrepancy Other Foe [the list's text is not the act's]", "stage codified")
	// the act of the one is read at last, and that of the other is printed anew
	reprinted := add("Other Foe")
	printed := other
	reprinted.Entry = &printed
	b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", add("New Foe")), act("2026-04002", "2026-03-02", "2026-03-02", reprinted))
	b.want(b.poll(), "added Other Foe (revision 1)", "stage published", "stage effective")
	b.now = b.now.Add(30 * 24 * time.Hour)
	b.want(b.poll())
	// later edits of the list that no act explains are told: the acts explain nothing twice
	s = listOf("2026-04-04", "Old Foe")
	moved := entry("New Foe")
	moved.Addresses = []string{"Elsewhere 5, Minsk, Belarus"}
	other.Addresses = moved.Addresses
	s.Entries = append(s.Entries, moved, other)
	b.list.lists(s)
	b.want(b.poll(), "amended New Foe [without a rule]", "amended Other Foe [without a rule]")
}
