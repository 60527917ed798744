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

const doubted = "discrepancy Old Foe [another source no longer shows this entry; the list's primary source and its acts do]"

// caseOf is the only case that has Changes of a party, and how it stands.
func (b *bench) caseOf(name string) (id string, status diff.CaseStatus, changes int) {
	b.t.Helper()
	all, err := b.db.History(context.Background(), store.HistoryFilter{})
	if err != nil {
		b.t.Fatal(err)
	}
	cases := map[string]bool{}
	for _, c := range all {
		if c.Change.Name == name {
			f, found, err := b.db.CaseFile(context.Background(), c.Change.Case)
			if err != nil || !found {
				b.t.Fatalf("case of %s: %v", name, err)
			}
			id, status = f.Case.ID, f.Case.Status
			cases[id] = true
			changes++
		}
	}
	if len(cases) != 1 {
		b.t.Fatalf("%s has Changes in %d cases", name, len(cases))
	}
	return id, status, changes
}

func TestPrimaryConfirmsADoubtfulRemovalInItsCase(t *testing.T) {
	b := newBench(t)
	sdn := func(asOf diff.Date, names ...string) diff.Snapshot {
		s := listOf(asOf, names...)
		s.List = diff.SDN
		for i := range s.Entries {
			s.Entries[i].List, s.Entries[i].Key = diff.SDN, fmt.Sprintf("us-ofac-sdn/%s", s.Entries[i].Name)
		}
		return s
	}
	third := &answers{}
	b.specs[1] = watcher.Spec{Name: "ofac", Kind: "ofac", Source: b.list, Lists: []diff.ListID{diff.SDN}, Primary: []diff.ListID{diff.SDN}}
	b.specs = append(b.specs, watcher.Spec{Name: "screening-list", Kind: "csl", Source: b.second, Lists: []diff.ListID{diff.SDN}},
		watcher.Spec{Name: "mirror", Kind: "csl", Source: third, Lists: []diff.ListID{diff.SDN}})
	b.w = b.watcher(b.db)
	for _, a := range []*answers{b.list, b.second, third} {
		a.lists(sdn("2026-03-01", "Old Foe", "Other Foe"))
	}
	b.want(b.poll())
	b.second.lists(sdn("2026-03-02", "Other Foe"))
	b.want(b.poll(), doubted)
	third.lists(sdn("2026-03-02", "Other Foe"))
	b.want(b.poll()) // the same doubt, not a second one

	amended := sdn("2026-03-03", "Old Foe", "Other Foe")
	amended.Entries[60].Aliases = []string{"Alter Feind"}
	b.list.lists(amended)
	b.want(b.poll(), "amended Old Foe") // which is not what was doubtful
	doubt, _, _ := b.latest("Old Foe", diff.Discrepancy)
	if now, _, _ := b.latest("Old Foe", diff.Amended); now == doubt {
		t.Error("an amendment was filed under a doubtful removal")
	}

	b.list.lists(sdn("2026-03-04", "Other Foe"))
	b.want(b.poll(), "removed Old Foe")
	b.want(b.poll())
	id, status, unconfirmed := b.latest("Old Foe", diff.Removed)
	if id != doubt || status != diff.Confirmed || unconfirmed {
		t.Errorf("removed in case %s (%s), the doubt was in %s", id, status, doubt)
	}
}

// latest is the case of the newest Change of a kind that a party has.
func (b *bench) latest(name string, kind diff.ChangeKind) (id string, status diff.CaseStatus, unconfirmed bool) {
	b.t.Helper()
	all, err := b.db.History(context.Background(), store.HistoryFilter{})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range all {
		if c.Change.Name != name || c.Change.Change != kind {
			continue
		}
		f, found, err := b.db.CaseFile(context.Background(), c.Change.Case)
		if err != nil || !found {
			b.t.Fatalf("case of %s: %v", name, err)
		}
		return f.Case.ID, f.Case.Status, c.Change.Unconfirmed
	}
	b.t.Fatalf("nothing of the kind %s for %s", kind, name)
	return id, status, unconfirmed
}

func TestAnActConfirmsADoubtfulRemovalInItsCase(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(other(listOf("2026-03-02", "Old Foe")))
	b.want(b.poll())
	b.second.lists(other(listOf("2026-03-03")))
	b.want(b.poll(), doubted)
	b.now = b.now.Add(24 * time.Hour)
	b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", remove("Old Foe")))
	b.want(b.poll(), "removed Old Foe", "stage published", "stage effective")
	if _, _, n := b.caseOf("Old Foe"); n != 2 {
		t.Errorf("%d changes", n)
	}
	b.list.lists(listOf("2026-03-05"))
	b.want(b.poll(), "stage codified")
	if _, status, _ := b.caseOf("Old Foe"); status != diff.Confirmed {
		t.Errorf("the case is %s", status)
	}
	b.want(b.poll())
}

func TestAPersonConfirmsADoubtfulRemovalInItsCase(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(other(listOf("2026-03-02", "Old Foe")))
	b.want(b.poll())
	b.second.lists(other(listOf("2026-03-03")))
	b.want(b.poll(), doubted)
	b.list.lists(listOf("2026-03-04"))
	b.want(b.poll(), "notice missing entity-list")
	holds, err := b.db.Holds(context.Background())
	if err != nil || len(holds) != 1 {
		t.Fatalf("holds %v, %v", holds, err)
	}
	if _, found, err := b.w.ReleaseEntry(context.Background(), holds[0].Entry.EntryID, "ada"); err != nil || !found {
		t.Fatalf("released: %v, %v", found, err)
	}
	if _, _, n := b.caseOf("Old Foe"); n != 2 {
		t.Errorf("%d changes", n)
	}
	b.want(b.poll())
}

func TestAnActConfirmsAnUnconfirmedAddition(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(other(listOf("2026-03-02", "Old Foe")))
	b.want(b.poll())
	b.second.lists(other(listOf("2026-03-03", "Old Foe", "New Foe")))
	b.want(b.poll(), "added New Foe (unconfirmed)")
	b.now = b.now.Add(24 * time.Hour)
	b.acts.documents(act("2026-04001", "2026-03-03", "2026-03-03", add("New Foe")))
	b.want(b.poll(), "stage published", "stage effective", "note confirmed")
	b.want(b.poll())
	b.list.lists(listOf("2026-03-05", "Old Foe", "New Foe"))
	b.want(b.poll(), "stage codified")
	if _, status, _ := b.caseOf("New Foe"); status != diff.Confirmed {
		t.Errorf("the case is %s", status)
	}
}

// A secondary source's wording binds nobody: where the primary source words an addition differently, it is confirmed all the same.
func TestPrimaryConfirmsAnAdditionInItsOwnWords(t *testing.T) {
	b := baselined(t)
	b.withSecond()
	b.second.lists(other(listOf("2026-03-02", "Old Foe")))
	b.want(b.poll())
	s := other(listOf("2026-03-03", "Old Foe", "New Foe"))
	s.Entries[61].Addresses, s.Entries[61].LicenseRequirement = []string{"Beijing, CN"}, ""
	b.second.lists(s)
	b.want(b.poll(), "added New Foe (unconfirmed)")
	b.list.lists(listOf("2026-03-04", "Old Foe", "New Foe"))
	b.want(b.poll(), "stage codified", "note confirmed")
	if _, status, _ := b.caseOf("New Foe"); status != diff.Confirmed {
		t.Errorf("the case is %s", status)
	}
	all, _ := b.db.Entries(context.Background(), diff.EntityList, "2026-03-10")
	i := slices.IndexFunc(all, func(e diff.Entry) bool { return e.Name == "New Foe" })
	if i < 0 || all[i].LicenseRequirement == "" {
		t.Errorf("the primary source's text is not in force")
	}
}
