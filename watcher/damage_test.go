package watcher_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
	"entitywatch/watcher/lists/eu"
	"entitywatch/watcher/lists/ofac"
	"entitywatch/watcher/lists/uk"
	"entitywatch/watcher/lists/un"
)

// listed is the list that a shape shows, and how it is read.
func listed(shape string) (diff.ListID, func(string, diff.Date) ([]diff.Snapshot, error)) {
	with := func(parse func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error)) func(string, diff.Date) ([]diff.Snapshot, error) {
		return func(file string, day diff.Date) ([]diff.Snapshot, error) {
			return parse(strings.NewReader(file), diff.ReadOptions{AsOf: day})
		}
	}
	switch shape {
	case "ecfr":
		return diff.EntityList, with(func(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
			return ecfr.Parse(r, o)
		})
	case "ofac":
		return diff.SDN, with(ofac.ParseXML)
	case "un":
		return diff.UNSC, with(un.Parse)
	case "uk":
		return diff.UKSanctions, with(uk.Parse)
	case "eu":
		return diff.EUFSF, with(eu.Parse)
	}
	return diff.SDN, with(csl.ParseJSON)
}

// feed is a bench whose list source shows files of one shape.
type feed struct {
	*bench
	shape damage.Shape
	list  diff.ListID
	parse func(string, diff.Date) ([]diff.Snapshot, error)
}

func newFeed(t *testing.T, shape damage.Shape, list diff.ListID) *feed {
	f := &feed{bench: newBench(t), shape: shape, list: list}
	_, f.parse = listed(shape.Name)
	f.specs[1].Lists, f.specs[1].Primary = []diff.ListID{list}, []diff.ListID{list}
	f.specs[1].Plausible = diff.BuiltIn(list)
	f.specs[1].Plausible.MinEntries = 0
	f.now = time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)
	f.restart()
	return f
}

// shows has the source answer with a file. What the parser refuses is a failure of the source, as in a real look.
func (f *feed) shows(file string) {
	all, err := f.parse(file, "2026-08-01")
	if err != nil {
		f.bench.list.put(diff.Reading{}, err)
		return
	}
	for _, s := range all {
		if s.List == f.list {
			f.bench.list.lists(s)
			return
		}
	}
	f.bench.list.lists(diff.Snapshot{List: f.list, Complete: true})
}

// cells damages a file in every way, and asserts of each: nothing is believed of it, the operators are told once, and the next good answer
// says that it is well again and nothing else.
func (f *feed) cells(t *testing.T, good string, kinds []damage.Kind) (tried int) {
	f.t = t
	f.shows(good)
	f.want(f.poll())
	state := f.inForceOf(f.list)
	for _, k := range kinds {
		bad, means := k.Do(f.shape, good)
		if !means || f.touches(good, bad) < 3 { // one or two entries are a publisher's slip
			continue
		}
		tried++
		t.Run(k.Name, func(t *testing.T) {
			f.t = t
			f.shows(bad)
			got := f.poll()
			if len(got) != 1 || got[0] != "notice held entity-list" && got[0] != "notice broken entity-list" {
				t.Fatalf("told %.600q", got)
			}
			if got[0] == "notice held entity-list" && f.heldReason() == "" {
				t.Error("held without a reason")
			}
			t.Logf("%s", f.heldReason())
			f.want(f.poll())
			f.shows(good)
			f.want(f.poll(), "notice recovered entity-list")
			if f.inForceOf(f.list) != state {
				t.Error("the state in force is another one")
			}
		})
	}
	f.t = t
	return tried
}

// touches is how many entries differ in substance between two files; a file that is refused differs in all.
func (f *feed) touches(good, bad string) (n int) {
	of := func(file string) (out diff.Snapshot) {
		all, _ := f.parse(file, "2026-08-01")
		for _, s := range all {
			if s.List == f.list {
				out = s
			}
		}
		return out
	}
	b := of(bad)
	if len(b.Entries) == 0 {
		return len(good)
	}
	for _, c := range diff.Compare(of(good), b).Changes {
		if c.Substantive {
			n++
		}
	}
	return n
}

func (b *bench) inForceOf(list diff.ListID) string {
	b.t.Helper()
	var names []string
	s, err := b.db.Entries(b.t.Context(), list, "2026-09-01")
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range s {
		names = append(names, e.EntryID+e.Name)
	}
	return strings.Join(names, "\n")
}

// TestEachDamageOverEachSourceIsHeldAndToldOnce is the matrix of damages over fixtures in the sources' shapes.
func TestEachDamageOverEachSourceIsHeldAndToldOnce(t *testing.T) {
	for _, shape := range damage.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			list, _ := listed(shape.Name)
			f := newFeed(t, shape, list)
			good := shape.Fixture(60)
			if n := f.cells(t, good, damage.Kinds()); n < 15 {
				t.Errorf("only %d damages were tried", n)
			}
			f.shows(shape.Without(good, 25)) // and the true change behind them all is told
			want := "removed"
			if list.ActGoverned() {
				want = "notice missing"
			}
			if got := f.poll(); len(got) != 1 || !strings.HasPrefix(got[0], want) {
				t.Errorf("told %q, want one thing that is %s", got, want)
			}
		})
	}
}

func readAll(t *testing.T, name string) string {
	t.Helper()
	b, err := io.ReadAll(read(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestEachDamageOverRealFilesIsHeldAndToldOnce is the same over real files.
func TestEachDamageOverRealFilesIsHeldAndToldOnce(t *testing.T) {
	require.SharedData(t)
	shapes := map[string]damage.Shape{}
	for _, s := range damage.Shapes() {
		shapes[s.Name] = s
	}
	for _, c := range []struct {
		shape, file string
		list        diff.ListID
		every       int // of the kinds of damage, for the time that large files take
		least       int
	}{
		{"un", "un/un_2026-02-27.xml.gz", diff.UNSC, 11, 6},
		{"ecfr", "ecfr/part-744_2026-07-18.xml.gz", diff.EntityList, 29, 3},
		{"ecfr", "ecfr/part-744_2026-07-18.xml.gz", diff.UnverifiedList, 11, 4},
		{"ofac", "ofac/consolidated_2025-05.xml.gz", diff.SSI, 7, 5},
		{"csl", "csl/consolidated_2026-07-31_reshaped.json.gz", diff.EntityList, 47, 2},
	} {
		t.Run(c.shape+" "+string(c.list), func(t *testing.T) {
			var kinds []damage.Kind
			for i, k := range damage.Kinds() {
				if i%c.every == 0 {
					kinds = append(kinds, k)
				}
			}
			if n := newFeed(t, shapes[c.shape], c.list).cells(t, readAll(t, c.file), kinds); n < c.least {
				t.Errorf("only %d damages were tried", n)
			}
		})
	}
}
