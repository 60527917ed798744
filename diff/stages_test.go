package diff

import (
	"slices"
	"testing"
	"time"
)

func day(s string) time.Time { return Date(s).Time() }

func TestBusinessDays(t *testing.T) {
	cases := []struct {
		from Date
		n    int
		want Date
	}{
		{"2026-03-02", 5, "2026-03-09"}, // Monday to Monday
		{"2026-03-06", 1, "2026-03-09"}, // over a weekend
		{"2025-12-24", 1, "2025-12-26"}, // Christmas
		{"2026-06-18", 1, "2026-06-22"}, // Juneteenth on a Friday, and a weekend
		{"2026-07-02", 1, "2026-07-06"}, // the Fourth, observed on a Friday
		{"2024-11-25", 5, "2024-12-03"}, // Thanksgiving
		{"2026-03-07", 0, "2026-03-07"},
		{"", 5, ""},
	}
	for _, c := range cases {
		if got := AddBusinessDays(c.from, c.n); got != c.want {
			t.Errorf("%s and %d days: %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if got := DueDate("2023-02-27", "2023-02-24"); got != "2023-03-06" {
		t.Errorf("due %s", got)
	}
}

func TestOverdue(t *testing.T) {
	applied := Apply(state(entry("CHINA", "Beta")), act(instruct(Add, entry("CHINA", "Alpha")), strike(entry("CHINA", "Beta"))))
	due := func(Change) Date { return "2026-03-12" }
	if got := Overdue(applied.Changes, due, "2026-03-12"); len(got) != 0 {
		t.Errorf("on the day it is due: %v", got)
	}
	got := Overdue(applied.Changes, due, "2026-03-13")
	if len(got) != 2 || got[0].Change != Discrepancy || got[0].ID == applied.Changes[0].ID || got[0].Case != applied.Changes[0].Case || got[0].Act == "" {
		t.Fatalf("told %+v", got)
	}
	if got[0].Note == got[1].Note {
		t.Error("an addition and a removal that do not appear read alike")
	}
	if again := Overdue(got, due, "2026-04-01"); len(again) != 0 {
		t.Error("a discrepancy is overdue itself")
	}
}

func TestStagesAreASet(t *testing.T) {
	c := Case{}
	for _, s := range []struct {
		stage   Stage
		at      string
		changed bool
	}{
		{Codified, "2023-03-01", true}, {Effective, "2023-02-24", true}, {Published, "2023-02-27", true}, {Codified, "2023-03-02", false},
		{Filed, "2023-02-24", true}, {Effective, "2023-02-24", false}, {Effective, "2023-03-24", true}, {Codified, "2023-02-28", true}, {Reported, "", false},
	} {
		before := c.Stages
		n := len(before)
		var changed bool
		c, changed = c.WithStage(s.stage, day(s.at))
		if changed != s.changed {
			t.Errorf("%s at %s: changed is %v", s.stage, s.at, changed)
		}
		if len(before) != n {
			t.Error("the old set was written to")
		}
	}
	want := []Lead{{Filed, Published, 72 * time.Hour}, {Published, Effective, 25 * 24 * time.Hour}, {Effective, Codified, -24 * 24 * time.Hour}}
	if got := c.Leads(); !slices.Equal(got, want) {
		t.Errorf("leads %v, want %v", got, want)
	}
}

func TestCaseStatus(t *testing.T) {
	cases := []struct {
		from CaseStatus
		e    CaseEvent
		to   CaseStatus
	}{
		{Open, Agreed, Confirmed}, {Open, Contradict, Disputed}, {Disputed, Agreed, Confirmed}, {Confirmed, Contradict, Disputed},
		{Confirmed, TakenBack, Withdrawn}, {Withdrawn, Agreed, Withdrawn}, {Withdrawn, Contradict, Withdrawn}, {Withdrawn, FiledAnew, Open},
		{Confirmed, FiledAnew, Confirmed}, {"", FiledAnew, Open},
	}
	for _, c := range cases {
		if got := c.from.After(c.e); got != c.to {
			t.Errorf("%s after %s is %s, want %s", c.from, c.e, got, c.to)
		}
	}
}

func TestMerge(t *testing.T) {
	news := Case{ID: "n", Status: Open, OpenedAt: day("2019-10-07"), Stages: map[Stage]time.Time{Reported: day("2019-10-07"), Published: day("2019-10-08")}}
	law := Case{ID: "a", Act: "2019-22210", Status: Confirmed, OpenedAt: day("2019-10-09"), Stages: map[Stage]time.Time{Published: day("2019-10-09")}}
	for _, pair := range [][2]Case{{news, law}, {law, news}} {
		remains, gone := Merge(pair[0], pair[1])
		if remains.ID != "a" || gone.ID != "n" || gone.MergedInto != "a" || remains.Status != Confirmed {
			t.Fatalf("remains %+v, gone %+v", remains, gone)
		}
		if !remains.Stages[Reported].Equal(day("2019-10-07")) || !remains.Stages[Published].Equal(day("2019-10-09")) || !remains.OpenedAt.Equal(day("2019-10-07")) {
			t.Errorf("stages %v, opened %v", remains.Stages, remains.OpenedAt)
		}
	}
}

func TestGroupMass(t *testing.T) {
	var a, b []Entry
	for i, e := range bigList(60) {
		e.Programs = []string{"OLD"}
		a = append(a, e)
		switch {
		case i < 45:
			e.Programs = []string{"NEW"}
		case i < 50:
			e.Programs = []string{"OTHER"}
		case i == 50:
			e.Programs = []string{"NEW"}
			e.LicenseReviewPolicy = "Case-by-case review"
		}
		b = append(b, e)
	}
	b = append(b, entry("CHINA", "Somebody New"))
	changes := Compare(snap("2026-01-01", a...), snap("2026-02-01", b...)).Changes
	at := func(i int) *Change { return &changes[i] }
	masses := GroupMass(len(changes), at, 10)
	if len(masses) != 1 || len(masses[0].Members) != 45 || masses[0].List != EntityList || len(masses[0].Fields) != 2 {
		t.Fatalf("%d masses", len(masses))
	}
	for _, m := range masses[0].Members {
		if c := changes[m]; c.Change != Amended || c.After.Programs[0] != "NEW" || c.After.LicenseReviewPolicy != changes[0].After.LicenseReviewPolicy {
			t.Errorf("%s is one of them: %+v", c.Name, c.Fields)
		}
	}
	if masses := GroupMass(len(changes), at, 45); len(masses) != 0 {
		t.Error("45 are more than 45")
	}
}
