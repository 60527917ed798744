package watcher_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/store"
	"entitywatch/watcher"
)

func inDoubt(a diff.Act, why string) diff.Act {
	a.Doubt = why
	return a
}

// A doubtful text takes nothing back and cuts nothing short, whatever else it says; what it adds is told.
func TestDoubtfulReadingTakesNothingBack(t *testing.T) {
	full := add("New Foe")
	full.Entry.Aliases = []string{"Nouvel Ennemi"}
	whole := act("2026-04001", "2026-03-02", "2026-03-02", full, add("Other Foe"), remove("Old Foe"))
	cut := act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), add("Third Foe"))
	empty := act("2026-04001", "2026-03-02", "2026-03-02")
	unread := empty
	unread.ReadThis = "its text cannot be read"
	cases := map[string]struct {
		reading diff.Act
		want    []string
		end     []string
	}{
		"cut":      {inDoubt(cut, "its text is cut"), []string{"added Third Foe", "notice held register"}, []string{"retracted added Third Foe (revision 1)", "notice recovered register"}},
		"damaged":  {inDoubt(cut, diff.Damaged), []string{"notice held register"}, []string{"notice recovered register"}},
		"empty":    {empty, []string{"notice held register"}, []string{"notice recovered register"}},
		"unread":   {unread, []string{"note read_this"}, nil},
		"dateless": {func() diff.Act { a := whole; a.EffectiveOn, a.PublishedOn = "", ""; return a }(), nil, nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			b.acts.documents(whole)
			b.want(b.poll(), "added New Foe", "added Other Foe", "removed Old Foe")
			b.acts.documents(tc.reading)
			got := b.poll()
			slices.Sort(got)
			b.want(got, tc.want...)
			b.want(b.poll())
			b.restart()
			b.now = b.now.Add(48 * time.Hour)
			b.want(b.poll())
			if in := b.inForce("2026-03-03"); !slices.Contains(in, "New Foe") || !slices.Contains(in, "Other Foe") || slices.Contains(in, "Old Foe") {
				t.Errorf("in force: %q", in)
			}
			b.acts.documents(whole)
			b.want(b.poll(), tc.end...)
			b.want(b.poll())
			if f, _, err := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001")); err != nil || f.Acts[0].Held != nil {
				t.Errorf("still held: %+v, %v", f.Acts[0].Held, err)
			}
		})
	}
}

// A text that is held is listed among what is held, until it is believed again.
func TestHeldReadingIsListed(t *testing.T) {
	whole := act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), add("Other Foe"))
	cut := act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"))
	b := baselined(t)
	held := func() []store.Hold {
		b.poll()
		all, err := b.db.Holds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	b.acts.documents(whole)
	if all := held(); len(all) != 0 {
		t.Errorf("held before anything was doubtful: %+v", all)
	}
	b.acts.documents(inDoubt(cut, "its text is cut"))
	if all := held(); len(all) != 1 || all[0].Act != "2026-04001" || all[0].Source != "register" || all[0].Reason != "its text is cut" {
		t.Errorf("held: %+v", all)
	}
	b.acts.documents(whole)
	if all := held(); len(all) != 0 {
		t.Errorf("still held: %+v", all)
	}
}

// A text that states no numbers of its own may take back what it leaves out, once it has been given for hours; one that
// contradicts itself never may, and a whole one may at once.
func TestUncountedReadingIsBelievedAfterHours(t *testing.T) {
	one := act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"))
	both := act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe"), add("Other Foe"))
	for why, want := range map[string][]string{
		"":                  {"retracted added Other Foe (revision 1)"},
		diff.Uncounted:      {"notice held register", "", "", "retracted added Other Foe (revision 1)"},
		"its text is cut":   {"notice held register", "", "", "", "", ""},
		"it states 2 and 1": {"notice held register", "", "", "", "", ""},
	} {
		t.Run(why, func(t *testing.T) {
			b := baselined(t)
			b.acts.documents(both)
			b.want(b.poll(), "added New Foe", "added Other Foe")
			b.acts.documents(inDoubt(one, why))
			for i, w := range want {
				got := b.poll()
				if len(got) > 1 && got[1] == "notice recovered register" {
					got = got[:1]
				}
				if len(got) == 0 {
					got = []string{""}
				}
				if len(got) != 1 || got[0] != w {
					t.Errorf("look %d told %q, want %q", i, got, w)
				}
			}
		})
	}
}

// What was withdrawn and holds after all is told in full again, with the retraction that is void, and so is a document
// that only a person can read; and withdrawn once more, it is taken back once more.
func TestWithdrawalThatIsVoidIsTakenBackInFull(t *testing.T) {
	filed := func(a diff.Act) diff.Act {
		a.Status, a.FiledOn, a.PublishedOn, a.EffectiveOn = diff.ActFiled, "2026-03-02", "", ""
		return a
	}
	order := act("2026-04002", "2026-03-02", "2026-03-02")
	order.ReadThis = "an order denying export privileges"
	b := baselined(t)
	b.acts.documents()
	b.want(b.poll())
	rule := act("2026-04001", "", "", add("New Foe"), remove("Old Foe"))
	b.acts.documents(filed(rule), filed(order))
	b.want(b.poll(), "added New Foe", "removed Old Foe", "note read_this")
	gone := []diff.Act{{DocumentNumber: "2026-04001", Status: diff.ActWithdrawn}, {DocumentNumber: "2026-04002", Status: diff.ActRevoked}}
	for round := range 2 {
		b.acts.documents(gone...)
		got := b.poll()
		slices.Sort(got)
		if len(got) != 4 || got[0] != "note withdrawn" || got[1] != "note withdrawn" {
			t.Fatalf("withdrawn, round %d: %q", round, got)
		}
		b.want(b.poll())
		b.acts.documents(filed(rule), filed(order))
		got = b.poll()
		slices.Sort(got)
		if len(got) != 5 || got[1] != "note read_this" || got[2] != "note reinstated" || got[3] != "note reinstated" {
			t.Fatalf("filed again, round %d: %q", round, got)
		}
		b.want(b.poll())
	}
	all, err := b.db.History(context.Background(), store.HistoryFilter{Act: "2026-04001"})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d changes, %v", len(all), err)
	}
	for _, c := range all {
		if r := c.Change.Reinstatement; r == nil || r.Reason == "" || r.At.IsZero() || c.Change.Revision != 4 {
			t.Errorf("%s: revision %d, reinstatement %+v", c.Change.Name, c.Change.Revision, r)
		}
	}
	if f, _, _ := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001")); f.Case.Status != diff.Open {
		t.Errorf("the case is %s", f.Case.Status)
	}
}

// A correction says what was told, what is right, and which document corrects which; an earlier correction, and a later
// reading of the corrected document, do not undo it.
func TestCorrectionSaysWhatItPutRight(t *testing.T) {
	b := baselined(t)
	wrong := act("2026-04001", "2026-03-02", "2026-03-02", adding(reading("New Foe", "a")), add("Wrong Foe"), remove("Old Foe"))
	b.acts.documents(wrong)
	b.want(b.poll(), "added New Foe", "added Wrong Foe", "removed Old Foe")
	fix := act("C1-2026-04001", "2026-03-03", "2026-03-03", revising(reading("New Foe", "b")), remove("Wrong Foe"), add("Old Foe"))
	fix.CorrectionOf = "2026-04001"
	b.acts.documents(fix)
	got := b.poll()
	slices.Sort(got)
	b.want(got, "added New Foe (revision 1) [corrected by C1-2026-04001]", "retracted added Wrong Foe (revision 1)", "retracted removed Old Foe (revision 1)")
	for name, want := range map[string][2]string{"New Foe": {"a", "b"}, "Wrong Foe": {"Presumption of denial", ""}, "Old Foe": {"", "Presumption of denial"}} {
		x := b.told(name).Correction
		if x == nil || x.By != "C1-2026-04001" || x.Of != "2026-04001" || policy(x.Before) != want[0] || policy(x.After) != want[1] {
			t.Errorf("%s: %+v", name, x)
		}
	}
	again := act("C2-2026-04001", "2026-03-04", "2026-03-04", revising(reading("New Foe", "c")), add("Wrong Foe"))
	again.CorrectionOf = "C1-2026-04001"
	b.acts.documents(again)
	got = b.poll()
	slices.Sort(got)
	b.want(got, "added New Foe (revision 2) [corrected by C2-2026-04001]", "added Wrong Foe (revision 2) [corrected by C2-2026-04001]")
	wrong.SavingsClause = "read anew"
	b.acts.documents(wrong)
	b.want(b.poll())
	in := b.inForce("2026-03-10")
	if !slices.Contains(in, "Old Foe") || !slices.Contains(in, "Wrong Foe") || !slices.Contains(in, "New Foe") {
		t.Errorf("in force: %q", in)
	}
}

// told is the Change of a party by the corrected act, as it was told last.
func (b *bench) told(name string) diff.Change {
	b.t.Helper()
	all, err := b.db.History(context.Background(), store.HistoryFilter{Act: "2026-04001"})
	if err != nil {
		b.t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(c watcher.StoredChange) bool { return c.Change.Name == name })
	if i < 0 {
		b.t.Fatalf("nothing of %s", name)
	}
	return all[i].Change
}

func policy(e *diff.Entry) string {
	if e == nil {
		return ""
	}
	return e.LicenseReviewPolicy
}

// A document published on the very day of the baseline is told, unless the list shows it.
func TestWhatAppearedOnTheDayOfTheBaselineIsTold(t *testing.T) {
	order := act("2026-04002", "2026-03-02", "2026-03-02")
	order.ReadThis = "an order denying export privileges"
	older := act("2026-04003", "2026-02-27", "2026-02-27")
	older.ReadThis = "an older order"
	shown := act("2026-04004", "2026-03-02", "2026-03-02", add("Old Foe"))
	unshown := act("2026-04005", "2026-03-02", "2026-03-02", add("New Foe"))
	for name, sources := range map[string][]string{"lists first": {"entity-list", "register"}, "acts first": {"register", "entity-list"}} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.list.lists(listOf("2026-03-02", "Old Foe"))
			b.acts.documents(order, older, shown, unshown)
			got := append(b.poll(sources[0]), b.poll(sources[1])...)
			slices.Sort(got)
			b.want(got, "added New Foe"+began, "note read_this")
			b.want(b.poll())
		})
	}
}
