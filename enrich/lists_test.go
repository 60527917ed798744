package enrich

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"entitywatch/screen/match"
)

func TestListsAreReadOnceAndFollowTheState(t *testing.T) {
	store := newFakeStore()
	for i := range 50 {
		store.put(*change(i, fmt.Sprintf("Tarvelli Works Division %c%c", 'A'+i/26, 'A'+i%26)).Entry)
	}
	e := newTest(store)
	find := func(name string) int {
		t.Helper()
		lists, err := e.Lists(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(lists.Search(match.Query{Name: name}, 1, 0))
	}
	for range 3 {
		if n := find("Tarvelli Works Division BC"); n != 1 {
			t.Fatalf("%d hits", n)
		}
	}
	store.put(*change(99, "Qorvane Optics").Entry)
	store.drop("ent-28")
	if n := find("Qorvane Optics"); n != 1 {
		t.Errorf("what was added has %d hits", n)
	}
	if n := find("Tarvelli Works Division BC"); n != 0 {
		t.Errorf("what was removed has %d hits", n)
	}
	store.put(*change(99, "Qorvane Lathes").Entry)
	if a, b := find("Qorvane Optics"), find("Qorvane Lathes"); a != 0 || b != 1 {
		t.Errorf("the old name has %d hits, the new one %d", a, b)
	}
	if store.wholes != 1 {
		t.Errorf("the whole state was read %d times", store.wholes)
	}
}

func TestEverybodySharesOneReading(t *testing.T) {
	store := newFakeStore()
	store.put(*change(1, "Tarvelli Works").Entry)
	e := newTest(store, vendors(t, "id,name\n1,Tarvelli Works\n"))
	store.waiting = append(store.waiting, change(2, "Tarvelli Works"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := e.Lists(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := e.Changes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := e.Background(t.Context()); err != nil {
		t.Fatal(err)
	}
	if store.wholes != 1 || len(store.hits["chg-2"]) != 1 {
		t.Errorf("the state was read %d times, hits %v", store.wholes, store.hits)
	}
}

func TestFileThatBreaksLeavesTheLastGoodOneInUse(t *testing.T) {
	store := newFakeStore()
	store.put(*change(7, "Tarvelli Works").Entry)
	file := vendors(t, "id,name\n1,Tarvelli Works\n")
	file.Owners = file.File + ".owners"
	write(t, file.Owners, "id,owner_id,percent\n1,2,150\n")
	e := newTest(store, file)
	told := func(kind string) (n int) {
		for _, notice := range store.notices {
			if notice.Kind == kind && notice.Subject == "Counterparties vendors" {
				n++
			}
		}
		return n
	}
	turn := func() {
		t.Helper()
		if err := e.Background(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	turn()
	if told("problem") != 1 {
		t.Errorf("of the owners row nobody could read, the operators hear %+v", store.notices)
	}
	write(t, file.File, "no such columns\n1\n")
	turn()
	turn()
	store.waiting = append(store.waiting, change(1, "Tarvelli Works"))
	if err := e.Changes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if told("unreadable") != 1 || len(store.hits["chg-1"]) != 1 {
		t.Errorf("broken: told %d times, hits %v", told("unreadable"), store.hits)
	}
	if f := store.files[len(store.files)-1]; f.Broken == "" || f.BrokenSince.IsZero() || f.Parties != 1 || f.ReadAt.IsZero() || f.Unread != 1 {
		t.Errorf("broken: noted %+v", f)
	}
	write(t, file.Owners, "id,owner_id,percent\n1,2,60\n")
	write(t, file.File, "id,name\n1,Tarvelli Works\n2,Tarvelli Works Ltd\n")
	turn()
	if told("recovered") != 1 || told("problem") != 1 {
		t.Errorf("mended: %+v", store.notices)
	}
	if f := store.files[len(store.files)-1]; f.Broken != "" || !f.BrokenSince.IsZero() || f.Parties != 2 || f.Unread != 0 {
		t.Errorf("mended: noted %+v", f)
	}
	newcomers := 0
	for _, n := range store.notices {
		if n.Kind == "counterparties" {
			newcomers++
		}
	}
	if newcomers != 1 {
		t.Errorf("%d notices of newcomers", newcomers)
	}
}

// A restart, or a config read again, comes between the fault and its end: the end is told all the same, and meanwhile that the last good
// reading is gone.
func TestFileThatBrokeBeforeARestartFindsItsEnd(t *testing.T) {
	store := newFakeStore()
	file := vendors(t, "id,name\n1,Tarvelli Works\n")
	told := func() (texts []string) {
		for _, n := range store.notices {
			texts = append(texts, n.Kind+": "+n.Text)
		}
		store.notices = map[string]Notice{}
		return texts
	}
	turn := func(e *Enricher) {
		t.Helper()
		if err := e.Background(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	e := newTest(store, file)
	turn(e)
	write(t, file.File, "no such columns\n1\n")
	turn(e)
	if got := told(); len(got) != 1 || !strings.Contains(got[0], "stays in use: 1 party.") {
		t.Fatalf("broken: %q", got)
	}
	e = newTest(store, file)
	turn(e)
	if got := told(); len(got) != 1 || !strings.Contains(got[0], "Nothing of it is screened") {
		t.Errorf("started again with the broken file: %q", got)
	}
	write(t, file.File, "id,name\n1,Tarvelli Works\n,\n")
	turn(newTest(store, file))
	if got := told(); len(got) != 1 || !strings.HasPrefix(got[0], "problem: 1 row was not read") {
		t.Errorf("mended, but for a row: %q", got)
	}
	write(t, file.File, "id,name\n1,Tarvelli Works\n2,Qorvane Optics\n")
	turn(newTest(store, file))
	if got := told(); len(got) != 1 || !strings.HasPrefix(got[0], "recovered: Every row is read again: the file has 2 parties") {
		t.Errorf("mended: %q", got)
	}
	turn(newTest(store, file))
	if got := told(); len(got) != 0 {
		t.Errorf("nothing happened since: %q", got)
	}
}

// A file that was saved in part is a good file: the operators hear how many parties it lost, after a restart too, and that they are back.
func TestFileThatLosesManyPartiesIsTold(t *testing.T) {
	store := newFakeStore()
	rows := func(n int) string {
		text := "id,name\n"
		for i := range n {
			text += fmt.Sprintf("%d,Party Number %d\n", i, i)
		}
		return text
	}
	file := vendors(t, rows(30))
	e := newTest(store, file)
	turn := func(n int, want ...string) {
		t.Helper()
		write(t, file.File, rows(n))
		if err := e.Background(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, notice := range store.notices {
			got = append(got, notice.Kind+": "+notice.Text)
		}
		store.notices = map[string]Notice{}
		if len(got) != len(want) {
			t.Fatalf("with %d parties: told %q, want %q", n, got, want)
		}
		for i := range want {
			if !strings.HasPrefix(got[i], want[i]) {
				t.Errorf("with %d parties: told %q, want %q", n, got[i], want[i])
			}
		}
	}
	turn(30)
	turn(28)
	turn(12, "fewer: "+file.File+" had 28 parties, and now has 12;")
	turn(13)
	turn(28, "recovered: The file has 28 parties again.")
	e = newTest(store, file)
	turn(9, "fewer: "+file.File+" had 28 parties, and now has 9;")
}

func TestFileThatWasNeverReadIsToldAndReadWhenItComes(t *testing.T) {
	store := newFakeStore()
	file := File{Name: "vendors", File: t.TempDir() + "/vendors.csv", Threshold: 0.9}
	e := newTest(store, file)
	store.waiting = append(store.waiting, change(1, "Tarvelli Works"))
	if err := e.Changes(t.Context()); err != nil || len(store.hits) > 0 {
		t.Errorf("screened against nothing: %v, %v", store.hits, err)
	}
	if len(store.notices) != 1 {
		t.Errorf("the operators hear %+v", store.notices)
	}
	write(t, file.File, "id,name\n1,Tarvelli Works\n")
	if err := e.Background(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := e.Changes(t.Context()); err != nil || len(store.hits["chg-1"]) != 1 {
		t.Errorf("hits %v, %v", store.hits, err)
	}
}
