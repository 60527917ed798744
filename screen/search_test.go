package screen_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"entitywatch/diff"
	"entitywatch/screen"
)

// listed are made-up entries for the tests of searching.
func listed() []diff.Entry {
	return []diff.Entry{
		{List: diff.EntityList, Key: "1", Name: "Shenzhen Qorvane Microsystems Co., Ltd.", Aliases: []string{"Qorvane", "Kuowan Wei"}, Country: "CHINA, PEOPLE'S REPUBLIC OF", Countries: []string{"CN"}},
		{List: diff.SDN, Key: "2", Name: "TARVELLI, Ostap Grigorievich", Kind: diff.Person, FormerNames: []string{"Ostap Drel"}},
		{List: diff.EntityList, Key: "3", Name: "Factory 12", WeakAliases: []string{"Works XII"}},
		{List: diff.EntityList, Key: "4", Name: "Address 01", Kind: diff.Address, Addresses: []string{"Room 1803, 18/F, Lucky Mercantile Building, 412 Fa Yuen Street, Mong Kok, Hong Kong"}, LicenseRequirement: "For all items"},
		{List: diff.SDN, Key: "5", Name: "SEA LANTERN", Kind: diff.Vessel},
	}
}

func TestSearch(t *testing.T) {
	ix := screen.NewIndex(listed(), screen.Options{})
	for _, c := range []struct {
		query       screen.Query
		key, on     string
		least, most float64
		reason      string
	}{
		{screen.Query{Name: "SHENZHEN QORVANE MICROSYSTEMS CO LTD"}, "1", "name", 1, 1, "the same name"},
		{screen.Query{Name: "Qorvane"}, "1", "alias", 1, 1, "the same name"},
		{screen.Query{Name: "Qorvane", Country: "China"}, "1", "alias", 1, 1, "the same country, CN"},
		{screen.Query{Name: "Qorvane", Country: "DE"}, "1", "alias", 1, 1, "another country: ours DE, listed CN"},
		{screen.Query{Name: "Something Else", Aliases: []string{"Qorvane Microsystems Shenzhen"}}, "1", "alias", 0.9, 0.99, "by our alias"},
		{screen.Query{Name: "Ostap Tarvelli"}, "2", "name", 0.9, 0.99, "another order"},
		{screen.Query{Name: "Остап Тарвелли"}, "2", "name", 0.9, 0.99, "another order"},
		{screen.Query{Name: "O. G. Tarvelli"}, "2", "name", 0.85, 0.99, "may stand for"},
		{screen.Query{Name: "Ostap Drel"}, "2", "alias", 1, 1, "a former name"},
		{screen.Query{Name: "Works 12"}, "3", "alias", 0.9, 1, "weak"},
		{screen.Query{Name: "MV Sea Lantern"}, "5", "name", 0.9, 0.99, ""},
		{screen.Query{Name: "Anybody", Address: "Rm. 1803, 18th Fl., Lucky Mercantile Bldg, 412 Fa Yuen St., Mongkok, Kowloon"}, "4", "address", 0.9, 1, "anyone at this address"},
	} {
		hits := ix.Search(c.query, 0.8, 0)
		at := slices.IndexFunc(hits, func(h screen.Hit) bool { return h.Key == c.key })
		if at < 0 {
			t.Errorf("%+v: no hit for %s in %+v", c.query, c.key, hits)
			continue
		}
		h := hits[at]
		if h.Score < c.least || h.Score > c.most || h.MatchedOn != c.on || !strings.Contains(strings.Join(h.Reasons, "; "), c.reason) {
			t.Errorf("%+v: %v on %s, %q", c.query, h.Score, h.MatchedOn, h.Reasons)
		}
	}
	for _, q := range []screen.Query{
		{Name: "Factory 21"}, {Name: "Factory"}, {Name: "Shenzhen Microsystems Co., Ltd."}, {Name: "Sea Captain"}, {Name: ""}, {Name: "…"},
		{Name: "Anybody", Address: "Room 1803, Jade Mercantile Building, 7 Nathan Road, Kowloon"}, {Name: "Address 01"},
	} {
		if hits := ix.Search(q, screen.DefaultThreshold, 0); len(hits) > 0 {
			t.Errorf("%+v is %+v", q, hits[0])
		}
	}
}

func TestSearchConcurrently(t *testing.T) {
	ix := screen.NewIndex(listed(), screen.Options{})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 50 {
				if hits := ix.Search(screen.Query{ID: fmt.Sprint(i), Name: "Qorvane"}, 1, 1); len(hits) != 1 || hits[0].ID != fmt.Sprint(i) {
					t.Errorf("%+v", hits)
				}
			}
		})
	}
	wg.Wait()
}

// TestTouched demands that a change of a few entries finds what screening everything finds.
func TestTouched(t *testing.T) {
	rows := []screen.Counterparty{
		{ID: "a", Name: "Qorvane Ltd"}, {ID: "b", Name: "Ostap Tarveli"}, {ID: "c", Name: "Blue Orchard"}, {ID: "d", Name: "Qor Vane"},
		{ID: "e", Name: "Nothing", Aliases: []string{"Kuowan Wei"}}, {ID: "f", Name: "Ostaptarvelli"}, {ID: "g", Name: "Sea Lantern Shipping"},
		{ID: "h", Name: "Somebody", Address: "412 Fa Yuen Street, Room 1803, 18/F, Lucky Mercantile Building, Mong Kok"}, {ID: "i", Name: "Factory No. 12"},
	}
	cps := screen.NewCounterparties(rows)
	entries := listed()
	ix := screen.NewIndex(entries, screen.Options{})
	want, err := cps.Screen(t.Context(), ix, screen.DefaultThreshold, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := cps.Touched(t.Context(), entries, ix.Weights(), screen.DefaultThreshold)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 7 {
		t.Errorf("only %d hits", len(want))
	}
	text := func(hits []screen.Hit) (out []string) {
		for _, h := range hits {
			out = append(out, fmt.Sprintf("%s %s %v %s %d", h.ID, h.Key, h.Score, h.MatchedOn, h.Counterparty))
		}
		return out
	}
	if !slices.Equal(text(got), text(want)) {
		t.Errorf("touched %q\nscreened %q", text(got), text(want))
	}
}
