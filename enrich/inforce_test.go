package enrich_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/screen/match"
	"entitywatch/screen/mention"
	"entitywatch/screen/ours"
)

// invented is a list of n parties of made-up words.
func invented(n int, r *rand.Rand) []diff.Entry {
	parts := strings.Fields("tar vel lin qor van sto mar shol sun dal mi kro nov gre pol zan rub tek fil dur")
	word := func() string {
		return parts[r.IntN(len(parts))] + parts[r.IntN(len(parts))] + parts[r.IntN(len(parts))]
	}
	out := make([]diff.Entry, n)
	for i := range out {
		out[i] = diff.Entry{
			List: diff.EntityList, Key: fmt.Sprint("k", i), EntryID: fmt.Sprint("ent-", i), Country: "IRAN", Name: word() +
				" " + word() + " Works Ltd",
			Aliases: []string{word()},
		}
	}
	return out
}

// hitKeys are the keys of hits with their scores, in order.
func hitKeys(l ours.Listed, hits []match.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, fmt.Sprintf("%s %.2f %s", h.Key, h.Score, l.Entry(h.Entry).Name))
	}
	slices.Sort(out)
	return out
}

// namedIn are the keys of all entries that a text names.
func namedIn(l *enrich.Lists, text string) []string {
	var out []string
	for _, m := range l.Scan(text, mention.ScanOptions{}) {
		out = append(append(out, m.Key), m.Also...)
	}
	slices.Sort(out)
	return out
}

// TestListsThatMovedAnswerLikeListsMadeAnew moves a few entries at a time and compares with an index of what is left.
func TestListsThatMovedAnswerLikeListsMadeAnew(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	entries := invented(400, r)
	fresh := invented(800, rand.New(rand.NewPCG(5, 6)))
	lists := enrich.NewLists(slices.Clone(entries))
	for round := range 12 {
		var changed, was []diff.Entry
		var ids []string
		for range 5 {
			i := r.IntN(len(entries))
			switch r.IntN(3) {
			case 0: // removed
				was, ids = append(was, entries[i]), append(ids, entries[i].EntryID)
				entries = slices.Delete(entries, i, i+1)
			case 1: // renamed
				if slices.ContainsFunc(changed, func(e diff.Entry) bool { return e.EntryID == entries[i].EntryID }) {
					continue
				}
				was = append(was, entries[i])
				entries[i].Name = fresh[r.IntN(len(fresh))].Name
				changed = append(changed, entries[i])
			default: // added
				e := fresh[r.IntN(len(fresh))]
				e.EntryID, e.Key = fmt.Sprint("new-", round, "-", len(entries)), fmt.Sprint("n", round, "-", len(entries))
				entries, changed = append(entries, e), append(changed, e)
			}
		}
		changed = slices.DeleteFunc(changed, func(e diff.Entry) bool { return slices.Contains(ids, e.EntryID) })
		lists = lists.With(changed, ids...)
		anew := enrich.NewLists(slices.Clone(entries))
		if lists.Len() != len(entries) {
			t.Fatalf("%d entries, want %d", lists.Len(), len(entries))
		}
		for _, e := range slices.Concat(entries[:40], changed, was, fresh[:20]) {
			q := match.Query{Name: e.Name}
			if a, b := hitKeys(lists, lists.Search(q, 0.99, 0)), hitKeys(anew, anew.Search(q, 0.99, 0)); !slices.Equal(a, b) {
				t.Fatalf("round %d, %q: %v, made anew %v", round, e.Name, a, b)
			}
			text := "A report on " + e.Name + " of Iran."
			if a, b := namedIn(lists, text), namedIn(anew, text); !slices.Equal(a, b) {
				t.Fatalf("round %d, %q: %v is found in a text, made anew %v", round, e.Name, a, b)
			}
		}
	}
	compact := lists.Compact()
	if compact.Changed() != 0 || compact.Len() != len(entries) {
		t.Errorf("compact: %d changed of %d", compact.Changed(), compact.Len())
	}
	if m := compact.Scan("A report on "+strings.ToUpper(entries[len(entries)-1].Name)+" today.",
		mention.ScanOptions{}); len(m) == 0 {
		t.Errorf("%q is not found in a text", entries[len(entries)-1].Name)
	}
}

func TestListsGiveTheBestOfBothParts(t *testing.T) {
	entry := func(id, name string) diff.Entry { return diff.Entry{List: diff.SDN, Key: id, EntryID: id, Name: name} }
	lists := enrich.NewLists([]diff.Entry{entry("1", "Tarvelli Works"), entry("2", "Tarvelli Warks"),
		entry("3", "Sundal")})
	lists = lists.With([]diff.Entry{entry("4", "Tarvelli Works")}, "1")
	hits := lists.Search(match.Query{Name: "Tarvelli Works"}, 0.8, 1)
	if len(hits) != 1 || hits[0].Key != "4" {
		t.Errorf("hits %+v", hits)
	}
	if all := lists.Search(match.Query{Name: "Tarvelli Works"}, 0.8, 0); len(all) != 2 || all[0].Score < all[1].Score {
		t.Errorf("all hits %+v", all)
	}
}

// TestWhatIsGoneHidesNothing has more parties gone that come before the one that remains than hits are asked for.
func TestWhatIsGoneHidesNothing(t *testing.T) {
	var entries []diff.Entry
	var ids []string
	for i := range 9 {
		id := strconv.Itoa(i)
		entries, ids = append(entries, diff.Entry{List: diff.SDN, Key: id, EntryID: id, Name: "Tarvelli Works"}),
			append(ids, id)
	}
	entries = append(entries, diff.Entry{List: diff.SDN, Key: "left", EntryID: "left", Name: "Tarvelli Warks"})
	lists := enrich.NewLists(entries).With(nil, ids...)
	if hits := lists.Search(match.Query{Name: "Tarvelli Works"}, 0.8, 2); len(hits) != 1 || hits[0].Key != "left" {
		t.Errorf("hits %+v", hits)
	}
}

func TestNewcomersAreWhatAnEarlierFileDoesNotHave(t *testing.T) {
	read := func(text string) *ours.Counterparties {
		c, _, err := ours.ReadCounterparties(strings.NewReader(text), ours.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	before := read("id,name\n1,Tarvelli\n2,Qorvane\n2,Qorvane Two\n3,Sundal\n")
	after := read("id,name\n3,Sundal\n2,Qorvane Two\n2,Qorvane\n1,Tarvelli Works\n4,Marshol\n")
	var got []string
	for _, i := range after.Newcomers(before) {
		got = append(got, after.At(i).Name)
	}
	if !slices.Equal(got, []string{"Tarvelli Works", "Marshol"}) {
		t.Errorf("newcomers %q", got)
	}
}

func TestWhatIsGoneIsFoundInNoText(t *testing.T) {
	entry := func(id, name string) diff.Entry {
		return diff.Entry{List: diff.SDN, Key: id, EntryID: id, Name: name, Country: "IRAN", Kind: diff.Organization}
	}
	lists := enrich.NewLists([]diff.Entry{entry("1", "Tarvelli Quorvan Works Ltd"),
		entry("2", "Sundal Kronov Trading Ltd")})
	text := "Sanctions were imposed on TARVELLI QUORVAN WORKS LTD of Iran and on SUNDAL KRONOV TRADING LTD, and on " +
		"Mikrofil Zandek Works Ltd."
	if got := namedIn(lists, text); !slices.Equal(got, []string{"1", "2"}) {
		t.Fatalf("before: %v", got)
	}
	lists = lists.With([]diff.Entry{entry("3", "Mikrofil Zandek Works Ltd")}, "1")
	if got := namedIn(lists, text); !slices.Equal(got, []string{"2", "3"}) {
		t.Errorf("after: %v", got)
	}
}
