package match

import (
	"slices"
	"testing"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// TestASearchDoesNotDependOnTheOneBefore: what is remembered of a word after a search for a company, in whose name
// nobody's short name stands, is what a search for a person needs.
func TestASearchDoesNotDependOnTheOneBefore(t *testing.T) {
	ix := NewIndex([]diff.Entry{
		{List: diff.SDN, Key: "1", Kind: diff.Person, Name: "Ahmad Tarvelli"},
		{List: diff.SDN, Key: "2", Name: "Quorvane Works Ltd"},
	}, Options{})
	nears := func(s *searcher) []near {
		tok := s.token(names.Part{Text: "ahmed", Canon: "ahmed", Role: names.CommonName})
		return slices.Clone(s.nears(&tok))
	}
	used := newSearcher(ix)
	if hits := used.search(t.Context(), &Query{Name: "Quorvane Works Limited"}, 0.5, 0); len(hits) != 1 {
		t.Fatalf("%d hits", len(hits))
	}
	if got, want := nears(used), nears(newSearcher(ix)); !slices.Equal(got, want) || len(got) == 0 {
		t.Errorf("after a search for a company %v, before any %v", got, want)
	}
}
