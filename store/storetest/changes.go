package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/store"
	"entitywatch/watcher"
)

func acts(t *testing.T, r *rig) {
	e := full("a")
	n := 28
	want := watcher.StoredAct{Case: "case_1", Source: "fr", Fingerprint: "f", Revision: 2, Standing: watcher.Applied, SeenAt: r.now, UpdatedAt: r.now.Add(1e3),
		Withdrawals: 1, Held: &watcher.HeldReading{Since: r.now, Why: "cut", Fingerprint: "g", SameSince: r.now, Looks: 2, Less: 3},
		Act: diff.Act{DocumentNumber: "2019-02210", Citation: "84 FR 54002", Volume: 84, StartPage: 54002, EndPage: 54009, Title: "T", Type: "Rule", Agencies: []string{"BIS"},
			FiledOn: "2019-10-08", PublishedOn: "2019-10-09", EffectiveOn: "2019-10-09", CorrectionOf: "2019-1", URLs: map[string]string{"html": "u"}, SavingsClause: "s",
			Status: diff.ActPublished, Declared: diff.Declared{diff.EntityList: {AddedEntities: &n, AddedByCountry: map[string]int{"CHINA": 28}}}, ReadThis: "r",
			Problems: []diff.Problem{{Kind: diff.Unread, Text: "t"}}, Text: "print", Evidence: []diff.Evidence{{SHA256: "aa", URL: "u", FetchedAt: r.now}},
			Amendments: []diff.Amendment{{Action: diff.Add, List: diff.EntityList, Country: "CHINA", Name: "a", Entry: &e, Edits: []diff.Edit{{Field: "name", Op: diff.EditReplace, Value: "v", Old: "o"}},
				Instruction: "by adding", Problems: []diff.Problem{}}}}}
	r.do(func(tx watcher.Tx) error { r.must(openCase(tx, "case_1")); return tx.SaveAct(want) })
	r.do(func(tx watcher.Tx) error {
		for _, number := range []string{"2019-02210", "2019–2210", " 2019-2210"} {
			got, found, err := tx.Act(number)
			if d := cmp.Diff(want, got); d != "" || !found || err != nil {
				t.Errorf("act %q: %v, %v (-want +got):\n%s", number, found, err, d)
			}
		}
		if _, found, err := tx.Act("2019-2211"); found || err != nil {
			t.Errorf("an unknown act: %v, %v", found, err)
		}
		return nil
	})
	count := func(want string) {
		t.Helper()
		r.do(func(tx watcher.Tx) error {
			applied, err := tx.ActsOf(watcher.Applied)
			r.must(err)
			due, err := tx.ActsTakingEffect("2019-10-09")
			r.must(err)
			early, err := tx.ActsTakingEffect("2019-10-08")
			r.must(err)
			filed, err := tx.ActsFiled()
			r.must(err)
			of, err := tx.ActsOfCase("case_1")
			r.must(err)
			if got := fmt.Sprint(len(applied), len(due), len(early), len(filed), len(of)); got != want {
				t.Errorf("applied, taking effect, too early, filed, of the case: %s, want %s", got, want)
			}
			return nil
		})
	}
	count("1 1 0 0 1")
	r.do(func(tx watcher.Tx) error {
		_, err := tx.AddStage(watcher.StageMark{Case: "case_1", Stage: diff.Effective, At: r.now, RecordedAt: r.now})
		return err
	})
	count("1 0 0 0 1")
	want.Act.Status, want.Act.DocumentNumber = diff.ActFiled, "2019-2210"
	r.do(func(tx watcher.Tx) error { return tx.SaveAct(want) })
	count("1 0 0 1 1")
	want.Standing = watcher.Waiting
	r.do(func(tx watcher.Tx) error { return tx.SaveAct(want) })
	count("0 0 0 0 1")
}

// change is a Change with everything that is stored of it.
func (r *rig) change(id string, edit func(*diff.Change)) watcher.StoredChange {
	e := full(id)
	c := diff.Change{ID: id, Change: diff.Added, Substantive: true, List: diff.EntityList, Key: e.Key, EntryID: e.EntryID, Country: e.Country, Name: e.Name,
		Entry: &e, After: &e, Fields: []diff.FieldChange{}, Act: "2019-02210", Case: "case_1", Source: "fr", Stage: diff.Published, EffectiveOn: "2019-10-09", DetectedAt: r.now,
		Evidence: []diff.Evidence{{SHA256: "aa", URL: "u", FetchedAt: r.now}}, Problems: []diff.Problem{{Kind: diff.Surprise, Text: "t"}}, Instruction: "by adding", Note: "n"}
	if edit != nil {
		edit(&c)
	}
	return watcher.StoredChange{Change: c, RecordedAt: r.now}
}

func (r *rig) put(all ...watcher.StoredChange) {
	r.Helper()
	r.do(func(tx watcher.Tx) error {
		r.must(openCase(tx, "case_1"))
		for _, c := range all {
			r.must(tx.AddChange(c))
		}
		return nil
	})
}

func changes(t *testing.T, r *rig) {
	first := r.change("a", nil)
	second := r.change("a", func(c *diff.Change) { c.Revision, c.Name = 1, "renamed" })
	second.Supersedes, second.RecordedAt = "a@0", r.now.Add(time.Hour)
	gone := r.change("b", func(c *diff.Change) { c.Revision = 1 })
	gone.Retracted = "withdrawn"
	silent := r.change("c", nil)
	silent.Silent = true
	r.put(first, r.change("b", nil), gone, silent, second)
	r.do(func(tx watcher.Tx) error {
		got, found, err := tx.Change("a")
		if d := cmp.Diff(second, got); d != "" || !found || err != nil {
			t.Errorf("%v, %v (-want +got):\n%s", found, err, d)
		}
		if c, _, _ := tx.Change("c"); c.RoutedAt.IsZero() {
			t.Error("a silent change waits to be told")
		}
		of, err := tx.ChangesOfAct("2019–2210")
		r.must(err)
		ofCase, err := tx.ChangesOfCase("case_1")
		r.must(err)
		ofList, err := tx.ChangesOfList(diff.EntityList, r.now.Add(time.Minute))
		r.must(err)
		all, err := tx.ChangesOfList(diff.EntityList, time.Time{})
		r.must(err)
		if got := fmt.Sprint(ids(of), ids(ofCase), ids(ofList), ids(all)); got != "[b c a] [b c a] [a] [c a]" {
			t.Errorf("of the act, the case, the list lately and ever: %s", got)
		}
		refreshed := second.Change
		refreshed.Stage, refreshed.EffectiveOn = diff.Codified, "2019-10-10"
		r.must(tx.RefreshChange(refreshed))
		got, _, err = tx.Change("a")
		if got.Change.Stage != diff.Codified || got.Change.Revision != 1 || got.Supersedes != "a@0" || err != nil {
			t.Errorf("refreshed: %+v, %v", got, err)
		}
		return nil
	})
	revisions, err := r.store.Revisions(r.ctx(), "a")
	if err != nil || len(revisions) != 2 || revisions[0].Change.Name != "a" || revisions[1].Change.Name != "renamed" {
		t.Errorf("revisions %+v, %v", revisions, err)
	}
}

func ids(all []watcher.StoredChange) (ids []string) {
	for _, c := range all {
		ids = append(ids, c.Change.ID)
	}
	return ids
}

func takenBack(t *testing.T, r *rig) {
	shown := func(id string, edit func(*diff.Change)) (told, gone watcher.StoredChange) {
		told = r.change(id, func(c *diff.Change) {
			c.Act, c.Source = "", "csl"
			if edit != nil {
				edit(c)
			}
		})
		gone = told
		gone.Change.Revision, gone.Retracted = 1, "no longer shown"
		return told, gone
	}
	told, gone := shown("gone", nil)
	void, between := shown("void", nil)
	again := void
	again.Change.Revision = 2
	foreign, foreignGone := shown("foreign", func(c *diff.Change) { c.Source = "ofac" })
	amended, amendedGone := shown("amended", func(c *diff.Change) { c.Change = diff.Amended })
	r.put(told, gone, void, between, again, foreign, foreignGone, amended, amendedGone)
	r.do(func(tx watcher.Tx) error {
		all, err := tx.TakenBack(diff.EntityList, "csl", r.now)
		r.must(err)
		later, err := tx.TakenBack(diff.EntityList, "csl", r.now.Add(time.Hour))
		if got := fmt.Sprint(ids(all), ids(later)); got != "[gone] []" {
			t.Errorf("taken back ever and lately: %s", got)
		}
		return err
	})
}

func sightings(t *testing.T, r *rig) {
	own := r.change("own", func(c *diff.Change) { c.Act, c.Source = "", "ecfr" })
	foreign := r.change("foreign", func(c *diff.Change) { c.Act, c.Source = "", "csl" })
	wrong := r.change("wrong", func(c *diff.Change) { c.Change = diff.Discrepancy })
	gone := r.change("gone", func(c *diff.Change) { c.Revision = 1 })
	gone.Retracted = "withdrawn"
	r.put(r.change("act", nil), own, foreign, wrong, r.change("gone", nil), gone)
	see := func(want string) {
		t.Helper()
		r.do(func(tx watcher.Tx) error {
			ecfr, err := tx.UnseenChanges(diff.EntityList, "ecfr")
			r.must(err)
			csl, err := tx.UnseenChanges(diff.EntityList, "csl")
			r.must(err)
			unshown, err := tx.UnshownChanges()
			r.must(err)
			if got := fmt.Sprint(ids(ecfr), ids(csl), ids(unshown)); got != want {
				t.Errorf("unseen by ecfr, by csl, unshown: %s, want %s", got, want)
			}
			return nil
		})
	}
	see("[act foreign wrong] [act own wrong] [act]")
	r.do(func(tx watcher.Tx) error { r.must(tx.Sight("act", "csl", r.now)); return tx.Sight("act", "csl", r.now) })
	see("[act foreign wrong] [own wrong] [act]")
	r.do(func(tx watcher.Tx) error { r.must(tx.Unsight("act")); return tx.Unsight("nobody") })
	see("[act foreign wrong] [act own wrong] [act]")
	r.do(func(tx watcher.Tx) error { return tx.Sight("act", "csl", r.now) })
	r.do(func(tx watcher.Tx) error { r.must(tx.Sight("act", "ecfr", r.now)); return tx.MarkShown("act", r.now) })
	see("[foreign wrong] [own wrong] []")
	r.do(func(tx watcher.Tx) error {
		r.must(tx.MarkShown("act", r.now.Add(time.Hour)))
		c, _, err := tx.Change("act")
		if !c.ShownAt.Equal(r.now) {
			t.Errorf("shown at %s, want the first time %s", c.ShownAt, r.now)
		}
		return err
	})
}

func history(t *testing.T, r *rig) {
	old := r.change("old", func(c *diff.Change) {
		c.Name, c.List, c.Act, c.Source, c.Case = "Hikvision Old", diff.SDN, "", "ofac", "case_2"
	})
	old.RecordedAt = r.now.Add(-48 * time.Hour)
	editorial := r.change("editorial", func(c *diff.Change) { c.Substantive, c.Change = false, diff.Amended })
	r.do(func(tx watcher.Tx) error { return openCase(tx, "case_2") })
	again := r.change("new", func(c *diff.Change) { c.Revision = 1 })
	again.RecordedAt = r.now.Add(time.Hour)
	r.put(old, r.change("new", nil), editorial, r.change("removed", func(c *diff.Change) { c.Change = diff.Removed }), again)
	for name, c := range map[string]struct {
		f    store.HistoryFilter
		want string
	}{
		"all":       {store.HistoryFilter{}, "[old removed new]"},
		"editorial": {store.HistoryFilter{Editorial: true}, "[old editorial removed new]"},
		"revisions": {store.HistoryFilter{Revisions: true}, "[old new removed new]"},
		"list":      {store.HistoryFilter{Lists: []diff.ListID{diff.SDN, diff.UNSC}}, "[old]"},
		"kind":      {store.HistoryFilter{Kinds: []diff.ChangeKind{diff.Removed}}, "[removed]"},
		"source":    {store.HistoryFilter{Source: "ofac"}, "[old]"},
		"act":       {store.HistoryFilter{Act: "2019-2210"}, "[removed new]"},
		"case":      {store.HistoryFilter{Case: "case_2"}, "[old]"},
		"name":      {store.HistoryFilter{Name: "hikVISION"}, "[old]"},
		"no joker":  {store.HistoryFilter{Name: "%"}, "[]"},
		"entry":     {store.HistoryFilter{Entry: "ent_removed"}, "[removed]"},
		"key":       {store.HistoryFilter{Entry: full("removed").Key}, "[removed]"},
		"since":     {store.HistoryFilter{Since: r.now}, "[removed new]"},
		"before":    {store.HistoryFilter{Before: r.now}, "[old]"},
		"newest":    {store.HistoryFilter{Limit: 1}, "[new]"},
		"both":      {store.HistoryFilter{Limit: 2, Lists: []diff.ListID{diff.EntityList}}, "[removed new]"},
	} {
		got, err := r.store.History(r.ctx(), c.f)
		if fmt.Sprint(ids(got)) != c.want || err != nil {
			t.Errorf("%s: %v, %v, want %s", name, ids(got), err, c.want)
		}
	}
}

func cases(t *testing.T, r *rig) {
	want := diff.Case{ID: "case_1", Title: "T", Status: diff.Open, Act: "2019-2210", Source: "fr", Problems: []diff.Problem{{Kind: diff.Unread, Text: "t"}},
		OpenedAt: r.now, Version: 1, Stages: map[diff.Stage]time.Time{}}
	r.do(func(tx watcher.Tx) error { return tx.SaveCase(want) })
	read := func() diff.Case {
		f, found, err := r.store.CaseFile(r.ctx(), "case_1")
		if !found || err != nil {
			t.Fatalf("the case: %v, %v", found, err)
		}
		return f.Case
	}
	if d := cmp.Diff(want, read()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	var added []bool
	for _, at := range []time.Time{r.now, r.now.Add(time.Hour)} {
		r.do(func(tx watcher.Tx) error {
			ok, err := tx.AddStage(watcher.StageMark{Case: "case_1", Stage: diff.Filed, At: at, Source: "fr", RecordedAt: r.now})
			added = append(added, ok)
			return err
		})
	}
	want.Stages[diff.Filed], want.Status, want.Version = r.now, diff.Confirmed, 2
	r.do(func(tx watcher.Tx) error { return tx.SaveCase(want) })
	if d := cmp.Diff(want, read()); d != "" || !slices.Equal(added, []bool{true, false}) {
		t.Errorf("stages added %v (-want +got):\n%s", added, d)
	}
	added = nil
	for range 2 {
		r.do(func(tx watcher.Tx) error {
			ok, err := tx.AddCaseNote(watcher.CaseNote{ID: "note_1", Case: "case_1", Kind: "read_this", Lists: []diff.ListID{diff.EntityList}, Text: "x", At: r.now})
			added = append(added, ok)
			return err
		})
	}
	f, _, err := r.store.CaseFile(r.ctx(), "case_1")
	if err != nil || len(f.Notes) != 1 || f.Notes[0].Lists[0] != diff.EntityList || !slices.Equal(added, []bool{true, false}) {
		t.Errorf("notes %+v, added %v, %v", f.Notes, added, err)
	}
	r.do(func(tx watcher.Tx) error {
		r.must(openCase(tx, "case_0"))
		merged := diff.Case{ID: "case_0", MergedInto: "case_1", Status: diff.Open, OpenedAt: r.now}
		r.must(tx.SaveCase(merged))
		return tx.AddChange(r.change("m", func(c *diff.Change) { c.Case = "case_0" }))
	})
	f, found, err := r.store.CaseFile(r.ctx(), "case_0")
	if err != nil || !found || f.Case.ID != "case_1" || len(f.Changes) != 1 {
		t.Errorf("a merged case leads to %q with %d changes, %v, %v", f.Case.ID, len(f.Changes), found, err)
	}
	r.do(func(tx watcher.Tx) error { // and where that one is merged, to where it goes
		r.must(openCase(tx, "case_2"))
		return tx.SaveCase(diff.Case{ID: "case_1", MergedInto: "case_2", Status: diff.Open, OpenedAt: r.now})
	})
	if f, _, err = r.store.CaseFile(r.ctx(), "case_0"); err != nil || f.Case.ID != "case_2" || f.Case.MergedInto != "" {
		t.Errorf("a case that was merged twice leads to %q, merged into %q, %v", f.Case.ID, f.Case.MergedInto, err)
	}
}
