package watcher_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/store"
	"entitywatch/watcher"
)

// readsAll is a store of which every entry is read and sought, whatever is at hand.
type readsAll struct{ *store.DB }

func (s readsAll) Commit(ctx context.Context, l watcher.Lease, f func(watcher.Tx) (watcher.SourceState, error)) error {
	return s.DB.Commit(ctx, l, func(tx watcher.Tx) (watcher.SourceState, error) { return f(txAll{tx}) })
}

type txAll struct{ watcher.Tx }

func (t txAll) SourceEntries(source string, list diff.ListID, _ *diff.Rows) ([]watcher.SourceEntry, error) {
	return t.Tx.SourceEntries(source, list, nil)
}

func (t txAll) InForce(list diff.ListID, on diff.Date, _ *diff.Sought) ([]watcher.VersionRef, error) {
	return t.Tx.InForce(list, on, nil)
}

func (t txAll) VersionEntries(of []watcher.VersionRef, _ *diff.Rows) ([]diff.Entry, error) {
	return t.Tx.VersionEntries(of, nil)
}

// editor makes of a list what its publisher, or another author, could make of it.
type editor struct {
	*rand.Rand
	n int
}

func (d *editor) edit(list diff.ListID, entries []diff.Entry) []diff.Entry {
	out := slices.Clone(entries)
	for range d.IntN(5) {
		i := d.IntN(len(out))
		e := out[i]
		d.n++
		switch d.IntN(12) {
		case 0:
			out = slices.Delete(out, i, i+1)
			continue
		case 1:
			e.Name, e.Key = fmt.Sprintf("Newcomer %d", d.n), keyLike(e, d.n)
			e.Aliases, e.Addresses, e.IDs = nil, nil, nil
			out = append(out, e)
			continue
		case 2:
			out = append(out, e) // a twin
			continue
		case 3:
			e.Key = keyLike(e, d.n) // under another key
		case 4:
			e.Aliases = append(slices.Clone(e.Aliases), fmt.Sprintf("Alias %d", d.n))
		case 5:
			e.Addresses = append(slices.Clone(e.Addresses), fmt.Sprintf("%d New Road, Minsk", d.n))
		case 6:
			e.Name = e.Name + " Holding"
		case 7:
			e.Name = strings.ToUpper(e.Name) + "."
		case 8:
			e.Remarks = fmt.Sprintf("Remark %d", d.n)
		case 9:
			e.Problems = []diff.Problem{{Kind: diff.SourceSlip, Text: "misprinted"}}
		case 10:
			e.Country, e.Countries = "BELARUS", []string{"BY"}
		case 11:
			e.Attributes = append(slices.Clone(e.Attributes), diff.Attribute{Type: "new field", Value: "x", Unknown: true})
		}
		out[i] = e
	}
	d.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i := range out {
		out[i].Key, _, _ = strings.Cut(out[i].Key, "#")
	}
	diff.NumberKeys(out)
	return out
}

// keyLike is a new key of the kind that an entry has.
func keyLike(e diff.Entry, n int) string {
	if diff.HasSourceID(e.Key) {
		return diff.MakeIDKey(e.List, fmt.Sprint("n", n))
	}
	return diff.MakeKey(e.List, e.Country, fmt.Sprint("Newcomer ", n))
}

// TestReadingOnlyWhatIsTouchedTellsTheSame lets two polling halves look at random editions of a list of each kind, by its primary source and
// by another: one reads only what was touched, the other all. Whatever they tell, hold, store and chain must be the same to the letter.
func TestReadingOnlyWhatIsTouchedTellsTheSame(t *testing.T) {
	for _, shape := range damage.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			list, parse := listed(shape.Name)
			all, err := parse(shape.Fixture(60), "2026-08-01")
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(all, func(s diff.Snapshot) bool { return s.List == list })
			for seed := range uint64(6) {
				looksAlike(t, list, all[at], &editor{Rand: rand.New(rand.NewPCG(seed, 7))}, 8)
			}
		})
	}
}

// TestReadingOnlyWhatIsTouchedTellsTheSameOfRealLists is the same over two real Entity Lists, and the screening list beside them.
func TestReadingOnlyWhatIsTouchedTellsTheSameOfRealLists(t *testing.T) {
	looksAlike(t, diff.EntityList, part744(t, "2026-03-25")[0], &editor{Rand: rand.New(rand.NewPCG(3, 9))}, 3, part744(t, "2026-07-18")[0])
}

// looksAlike plays editions of a list to both halves; the given ones come first.
func looksAlike(t *testing.T, list diff.ListID, s diff.Snapshot, d *editor, rounds int, given ...diff.Snapshot) {
	t.Helper()
	touched, whole := halves(t, list), halves(t, list)
	whole.w = whole.watcher(readsAll{whole.db})
	show := func(a, b *answers, s diff.Snapshot) {
		a.lists(s)
		b.lists(s)
	}
	show(touched.list, whole.list, s)
	for round := range rounds {
		if round < len(given) {
			s = given[round]
			show(touched.list, whole.list, s)
		} else if round > 0 {
			s.Entries = d.edit(list, s.Entries)
			s.Evidence = []diff.Evidence{{SHA256: fmt.Sprint(round), URL: "https://list.example/"}}
			if d.IntN(4) == 0 {
				s.Unread = []diff.UnreadRecord{diff.UnreadOf(s.Entries[d.IntN(len(s.Entries))].Key, fmt.Sprint(d.n))}
			}
			show(touched.list, whole.list, s)
		}
		if d.IntN(2) == 0 || round == 0 {
			other := s
			other.Entries = d.edit(list, s.Entries)
			show(touched.second, whole.second, other)
		}
		if diff := cmp.Diff(whole.poll(), touched.poll()); diff != "" {
			t.Fatalf("round %d (-all +touched):\n%s", round, diff)
		}
		a, b := contents(whole), contents(touched)
		for _, x := range [][2][]string{{a.told, b.told}, {a.state, b.state}, {a.audit, b.audit}} {
			if diff := cmp.Diff(x[0], x[1]); diff != "" {
				t.Fatalf("round %d (-all +touched):\n%s", round, diff)
			}
		}
	}
}

func halves(t *testing.T, list diff.ListID) *bench {
	b := newBench(t)
	b.specs[1].Lists, b.specs[1].Primary = []diff.ListID{list}, []diff.ListID{list}
	b.specs = append(b.specs, watcher.Spec{Name: "screening-list", Kind: "csl", Source: b.second, Lists: []diff.ListID{list}})
	b.now = time.Date(2026, 8, 3, 9, 0, 0, 0, time.UTC)
	b.restart()
	return b
}
