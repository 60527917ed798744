package watcher_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/store"
	"entitywatch/watcher"
)

func TestEditorialChurnIsStoredAndNotSubstantive(t *testing.T) {
	b := baselined(t)
	s := listOf("2026-03-04", "Old Foe")
	for i := range s.Entries {
		s.Entries[i].LicenseRequirement += "."
	}
	slices.Reverse(s.Entries)
	b.list.lists(s)
	b.want(b.poll())
	all, err := b.db.History(context.Background(), store.HistoryFilter{Editorial: true})
	if err != nil || len(all) != 61 {
		t.Fatalf("%d editorial changes stored, %v, want 61", len(all), err)
	}
	b.want(b.poll())
	entries, _ := b.db.Entries(context.Background(), diff.EntityList, "2026-03-10")
	if len(entries) != 61 || entries[0].LicenseRequirement != "For all items subject to the EAR." {
		t.Errorf("%d entries in force, the first reads %q", len(entries), entries[0].LicenseRequirement)
	}
}

func TestChangeWithoutARuleIsExplainedByALaterAct(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	b.now = b.now.Add(24 * time.Hour)
	b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", add("New Foe")))
	b.want(b.poll(), "stage published", "stage effective")
	b.want(b.poll())
	entries := b.inForce("2026-03-10")
	if n := len(slices.DeleteFunc(entries, func(s string) bool { return s != "New Foe" })); n != 1 {
		t.Errorf("New Foe is in force %d times", n)
	}
	f, found, err := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001"))
	if err != nil || !found || len(f.Acts) != 1 || len(f.Changes) != 2 {
		t.Errorf("case file: %d acts, %d changes, %v, %v", len(f.Acts), len(f.Changes), found, err)
	}
	b.list.lists(listOf("2026-03-05", "Old Foe", "New Foe"))
	b.want(b.poll())
}

func TestRenameByTheListIsOneChange(t *testing.T) {
	b := newBench(t)
	e := entry("Old Foe")
	e.Aliases = []string{"Ancien Ennemi", "Alter Feind"}
	s := listOf("2026-02-27")
	s.Entries = append(s.Entries, e)
	b.list.lists(s)
	b.want(b.poll())
	s = listOf("2026-03-04")
	e.Name, e.Key = "Renamed Foe Holdings", diff.MakeKey(diff.EntityList, e.Country, "Renamed Foe Holdings")
	s.Entries = append(s.Entries, e)
	b.list.lists(s)
	b.want(b.poll(), "renamed Renamed Foe Holdings [without a rule]")
	b.want(b.poll())
	if in := b.inForce("2026-03-10"); slices.Contains(in, "Old Foe") || !slices.Contains(in, "Renamed Foe Holdings") || len(in) != 61 {
		t.Errorf("in force: %d, %q", len(in), in)
	}
}

// other is a snapshot as the second source shows it: the same parties with ids of its own.
func other(s diff.Snapshot) diff.Snapshot {
	s.Entries = slices.Clone(s.Entries)
	for i := range s.Entries {
		s.Entries[i].Citations = nil
	}
	return s
}

func TestSecondSource(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(other(listOf("2026-03-02", "Old Foe")))
	b.want(b.poll())

	// an addition seen here first is unconfirmed; the primary source's agreement is a stage of the same case
	b.second.lists(other(listOf("2026-03-03", "Old Foe", "New Foe")))
	b.want(b.poll(), "added New Foe (unconfirmed)")
	b.want(b.poll())
	if slices.Contains(b.inForce("2026-03-10"), "New Foe") {
		t.Error("an unconfirmed entry is in force")
	}
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	b.want(b.poll(), "stage codified", "note confirmed")
	if !slices.Contains(b.inForce("2026-03-10"), "New Foe") {
		t.Error("a confirmed entry is not in force")
	}
	b.want(b.poll())

	// a removal seen here is only a discrepancy
	b.second.lists(other(listOf("2026-03-04", "New Foe")))
	b.want(b.poll(), "discrepancy Old Foe [another source no longer shows this entry; the list's primary source and its acts do]")
	b.want(b.poll())
	if !slices.Contains(b.inForce("2026-03-10"), "Old Foe") {
		t.Error("a secondary source removed an entry")
	}
}

func TestSecondSourceAfterAnAct(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(other(listOf("2026-03-02", "Old Foe")))
	b.want(b.poll())
	b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", add("New Foe"), remove("Old Foe")))
	b.now = b.now.Add(24 * time.Hour)
	b.want(b.poll(), "added New Foe", "removed Old Foe")
	b.second.lists(other(listOf("2026-03-04", "New Foe")))
	b.want(b.poll(), "stage listed")
	b.list.lists(listOf("2026-03-05", "New Foe"))
	b.want(b.poll(), "stage codified")
	b.want(b.poll())
	if f, _, _ := b.db.CaseFile(context.Background(), diff.ActCaseID("2026-04001")); f.Case.Status != diff.Confirmed {
		t.Errorf("the case is %s", f.Case.Status)
	}
}

func TestListsWithoutActsRemoveAtOnce(t *testing.T) {
	b := newBench(t)
	b.specs[1] = watcher.Spec{Name: "ofac", Kind: "ofac", Source: b.list, Lists: []diff.ListID{diff.SDN}, Primary: []diff.ListID{diff.SDN}}
	b.w = b.watcher(b.db)
	sdn := func(asOf diff.Date, names ...string) diff.Snapshot {
		s := listOf(asOf, names...)
		s.List = diff.SDN
		for i := range s.Entries {
			s.Entries[i].List, s.Entries[i].Key = diff.SDN, fmt.Sprintf("us-ofac-sdn/%s", s.Entries[i].Name)
		}
		return s
	}
	b.list.lists(sdn("2026-03-01", "Old Foe"))
	b.want(b.poll())
	b.list.lists(sdn("2026-03-02"))
	b.want(b.poll(), "removed Old Foe")
	b.want(b.poll())
	b.list.lists(sdn("2026-03-03", "Old Foe"))
	b.want(b.poll(), "added Old Foe")
}

func TestNewsIsStoredOnceAfterABaseline(t *testing.T) {
	b := newBench(t)
	feed := &answers{}
	b.specs = append(b.specs, watcher.Spec{Name: "dw", Kind: "news", Source: feed})
	b.w = b.watcher(b.db)
	item := func(id string) diff.NewsItem {
		return diff.NewsItem{ID: id, Feed: "dw", Title: id, Links: []string{"https://news.example/" + id}}
	}
	feed.reading = diff.Reading{Items: []diff.NewsItem{item("a"), item("b")}}
	b.want(b.poll())
	feed.reading = diff.Reading{Items: []diff.NewsItem{item("b"), item("c")}}
	b.want(b.poll(), "news 1")
	b.want(b.poll())
	items, err := b.db.UnscannedNews(context.Background())
	if err != nil || len(items) != 1 || items[0].ID != "c" || items[0].Links[0] != "https://news.example/c" {
		t.Fatalf("to be searched: %+v, %v", items, err)
	}
	if err := b.db.MarkScanned(context.Background(), b.now, "c"); err != nil {
		t.Fatal(err)
	}
	if items, _ = b.db.UnscannedNews(context.Background()); len(items) != 0 {
		t.Errorf("searched and still there: %+v", items)
	}
	if all, _ := b.db.NewsSince(context.Background(), time.Time{}); len(all) != 3 {
		t.Errorf("%d reports stored, want 3", len(all))
	}
}

func TestProblemsOfASourceAreToldOnce(t *testing.T) {
	b := baselined(t)
	b.list.reading.Problems = []diff.Problem{{Kind: diff.Surprise, Text: "a sub-list that nobody knows"}}
	b.want(b.poll(), "notice problem entity-list")
	b.want(b.poll())
	b.list.reading.Problems[0].Text = "a sub-list that nobody knows (12 of 340)" // the same fault with other numbers, under its place
	b.list.reading.Problems[0].Where = "sub-list"
	b.want(b.poll(), "notice problem entity-list", "notice recovered entity-list")
	b.list.reading.Problems[0].Text = "a sub-list that nobody knows (13 of 341)"
	b.want(b.poll())
	b.list.reading.Problems = nil
	b.want(b.poll(), "notice recovered entity-list")
	b.want(b.poll())
	b.list.reading.Problems = []diff.Problem{{Kind: diff.Surprise, Text: "a sub-list that nobody knows"}}
	b.want(b.poll(), "notice problem entity-list")
}

func TestRenamedSourceKeepsItsBaseline(t *testing.T) {
	b := baselined(t)
	b.specs[1].Name, b.specs[1].Was = "ecfr-part-744", []string{"entity-list"}
	b.w = b.watcher(b.db)
	b.list.lists(listOf("2026-03-03", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	all, err := b.db.Sources(context.Background())
	if err != nil || len(all) != 2 || all[0].Name != "ecfr-part-744" {
		t.Errorf("sources %+v, %v", all, err)
	}
}

func TestDryRunStoresNothing(t *testing.T) {
	b := baselined(t)
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", add("New Foe")))
	for range 2 {
		r, err := b.w.DryRun(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		b.want(lines(r), "added New Foe")
	}
	if got := b.status("register"); got.Polls != 1 {
		t.Errorf("a rehearsal was recorded: %d polls", got.Polls)
	}
	b.want(b.poll(), "added New Foe")
}

func TestPollRefusesUnknownNames(t *testing.T) {
	b := newBench(t)
	if _, err := b.w.Poll(context.Background(), "nobody"); err == nil {
		t.Fatal("an unknown source was polled")
	}
}

func TestPollLooksOnlyAtWhatIsDue(t *testing.T) {
	b := newBench(t)
	s, err := watcher.ParseSchedule("@every 30m", nil)
	if err != nil {
		t.Fatal(err)
	}
	b.specs[0].Schedule = s
	b.w = b.watcher(b.db)
	b.poll()
	b.now = b.now.Add(-50 * time.Minute) // poll turns the clock by an hour: 10 minutes later in all
	b.poll()
	if len(b.acts.seen) != 1 || len(b.list.seen) != 2 {
		t.Errorf("looked %d and %d times, want 1 and 2", len(b.acts.seen), len(b.list.seen))
	}
	b.poll("register")
	if len(b.acts.seen) != 2 {
		t.Error("a named source was not looked at")
	}
}

// "In the eCFR" is said of what the eCFR shows, whichever source is a list's primary one.
func TestOnlyTheECFRCodifies(t *testing.T) {
	for _, c := range []struct {
		kind string
		want diff.Stage
	}{{"csl", diff.Listed}, {"ecfr", diff.Codified}} {
		b := newBench(t)
		b.specs[1].Kind = c.kind
		b.w = b.watcher(b.db)
		b.list.lists(listOf("2026-02-27", "Old Foe")).mark = "good"
		b.want(b.poll())
		b.list.mark = "next"
		b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", add("New Foe")))
		b.want(b.poll(), "added New Foe")
		b.list.lists(listOf("2026-03-05", "Old Foe", "New Foe"))
		b.now = b.now.Add(48 * time.Hour)
		b.want(b.poll(), "stage "+string(c.want), "stage effective")
	}
}
