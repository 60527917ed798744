package fedreg_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"entitywatch/diff"
	"entitywatch/watcher/fedreg"
)

// liar is a search that lies about its pages as the API does: beyond most results it silently begins at page 1 again.
type liar struct {
	days  map[diff.Date]int // documents a day
	most  int               // results that the API can page through
	twist func(answer map[string]any)
	asked int
}

func (l *liar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.asked++
	q := r.URL.Query()
	from, to := diff.Date(q.Get("conditions[publication_date][gte]")),
		diff.Date(q.Get("conditions[publication_date][lte]"))
	var all []any
	for day := diff.Date("2024-01-01"); day < "2024-07-04"; day = day.AddDays(1) {
		for i := range l.days[day] {
			if day >= from && (to == "" || day <= to) {
				all = append(all, map[string]any{"document_number": fmt.Sprintf("%s-%05d", day, i),
					"title": "Order Denying Export Privileges", "type": "Notice", "publication_date": day})
			}
		}
	}
	size, _ := strconv.Atoi(q.Get("per_page"))
	page := max(1, atoi(q.Get("page")))
	if (page-1)*size >= l.most {
		page = 1
	}
	count := len(all)
	answer := map[string]any{"count": min(count, l.most), "total_pages": (min(count, l.most) + size - 1) / size,
		"results": all[min(count, (page-1)*size):min(count, page*size)]}
	if l.twist != nil {
		l.twist(answer)
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(answer)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func TestNothingIsLostBehindThePaging(t *testing.T) {
	cases := map[string]map[diff.Date]int{
		"few":                   {"2024-07-01": 3, "2024-05-01": 2},
		"several pages":         {"2024-06-10": 700, "2024-06-20": 600, "2024-07-02": 500},
		"pages in a single day": {"2024-07-01": 2500},
		"more than can be paged": func() map[diff.Date]int {
			days := map[diff.Date]int{}
			for day := diff.Date("2024-06-20"); day <= "2024-07-02"; day = day.AddDays(1) {
				days[day] = 950
			}
			return days
		}(),
	}
	for name, days := range cases {
		t.Run(name, func(t *testing.T) {
			want := 0
			for _, n := range days {
				want += n
			}
			got := serveLook(t, &liar{days: days, most: 10000})
			seen := map[string]bool{}
			for _, a := range got.Acts {
				seen[a.DocumentNumber] = true
			}
			if len(seen) != want || len(got.Acts) != want {
				t.Errorf("%d documents, %d distinct; want %d", len(got.Acts), len(seen), want)
			}
		})
	}
}

func serveLook(t *testing.T, h http.Handler) diff.Reading {
	t.Helper()
	g := serve(t, h)
	return g.look(t, fedreg.NewRegister(g.options()))
}

func TestImplausibleSearchesAreRefused(t *testing.T) {
	cases := map[string]func(map[string]any){
		"count without results": func(a map[string]any) { delete(a, "results") },
		"no count":              func(a map[string]any) { delete(a, "count") },
		"fewer than counted": func(a map[string]any) {
			a["count"] = 2
			a["total_pages"] = 1
			a["results"] = a["results"].([]any)[:1]
		},
		"the same one twice": func(a map[string]any) { r := a["results"].([]any); a["results"] = []any{r[0], r[0], r[2]} },
		"no number": func(a map[string]any) {
			delete(a["results"].([]any)[0].(map[string]any), "document_number")
		},
		"errors": func(a map[string]any) { clear(a); a["errors"] = map[string]string{"agencies": "unknown"} },
	}
	for name, twist := range cases {
		t.Run(name, func(t *testing.T) {
			h := &liar{days: map[diff.Date]int{"2024-07-02": 3}, most: 10000}
			h.twist = func(a map[string]any) {
				if r, _ := a["results"].([]any); len(r) > 0 {
					twist(a)
				}
			}
			g := serve(t, h)
			s := g.client.Begin(g.cursor)
			_, err := fedreg.NewRegister(g.options()).Read(t.Context(), s)
			var refused *diff.Refused
			if !errors.As(err, &refused) {
				t.Errorf("err = %v, want it refused", err)
			}
		})
	}
}

func TestAChallengePageIsRefused(t *testing.T) {
	g := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!DOCTYPE html><html><head><title>Request Access</title></head></html>")
	}))
	for name, src := range map[string]reader{"register": fedreg.NewRegister(g.options()),
		"inspection": fedreg.NewInspection(g.options())} {
		_, err := src.Read(t.Context(), g.client.Begin(g.cursor))
		var refused *diff.Refused
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
}
