package match_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"entitywatch/internal/screentest"
	"entitywatch/screen/match"
)

func TestSearch(t *testing.T) {
	ix := match.NewIndex(screentest.Parties(), match.Options{})
	for _, c := range []struct {
		query       match.Query
		key, on     string
		least, most float64
		reason      string
	}{
		{match.Query{Name: "SHENZHEN QORVANE MICROSYSTEMS CO LTD"}, "1", "name", 1, 1, "the same name"},
		{match.Query{Name: "Qorvane"}, "1", "alias", 1, 1, "the same name"},
		{match.Query{Name: "Qorvane", Country: "China"}, "1", "alias", 1, 1, "the same country, CN"},
		{match.Query{Name: "Qorvane", Country: "DE"}, "1", "alias", 1, 1, "another country: ours DE, listed CN"},
		{match.Query{Name: "Something Else", Aliases: []string{"Qorvane Microsystems Shenzhen"}}, "1", "alias", 0.9, 0.99,
			"by our alias"},
		{match.Query{Name: "Ostap Tarvelli"}, "2", "name", 0.9, 0.99, "another order"},
		{match.Query{Name: "Остап Тарвелли"}, "2", "name", 0.9, 0.99, "another order"},
		{match.Query{Name: "O. G. Tarvelli"}, "2", "name", 0.85, 0.99, "may stand for"},
		{match.Query{Name: "Ostap Drel"}, "2", "alias", 1, 1, "a former name"},
		{match.Query{Name: "Works 12"}, "3", "alias", 0.9, 1, "weak"},
		{match.Query{Name: "MV Sea Lantern"}, "5", "name", 0.9, 0.99, ""},
		{match.Query{Name: "Anybody",
			Address: "Rm. 1803, 18th Fl., Lucky Mercantile Bldg, 412 Fa Yuen St., Mongkok, Kowloon"}, "4", "address", 0.9, 1,
			"anyone at this address"},
	} {
		hits := ix.Search(c.query, 0.8, 0)
		at := slices.IndexFunc(hits, func(h match.Hit) bool { return h.Key == c.key })
		if at < 0 {
			t.Errorf("%+v: no hit for %s in %+v", c.query, c.key, hits)
			continue
		}
		h := hits[at]
		if h.Score < c.least || h.Score > c.most || h.MatchedOn != c.on ||
			!strings.Contains(strings.Join(h.Reasons, "; "), c.reason) {
			t.Errorf("%+v: %v on %s, %q", c.query, h.Score, h.MatchedOn, h.Reasons)
		}
	}
	for _, q := range []match.Query{
		{Name: "Factory 21"}, {Name: "Factory"}, {Name: "Shenzhen Microsystems Co., Ltd."}, {Name: "Sea Captain"},
		{Name: ""}, {Name: "…"},
		{Name: "Anybody", Address: "Room 1803, Jade Mercantile Building, 7 Nathan Road, Kowloon"}, {Name: "Address 01"},
	} {
		if hits := ix.Search(q, match.DefaultThreshold, 0); len(hits) > 0 {
			t.Errorf("%+v is %+v", q, hits[0])
		}
	}
}

func TestSearchConcurrently(t *testing.T) {
	ix := match.NewIndex(screentest.Parties(), match.Options{})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 50 {
				if hits := ix.Search(match.Query{ID: fmt.Sprint(i), Name: "Qorvane"}, 1, 1); len(hits) != 1 ||
					hits[0].ID != fmt.Sprint(i) {
					t.Errorf("%+v", hits)
				}
			}
		})
	}
	wg.Wait()
}
