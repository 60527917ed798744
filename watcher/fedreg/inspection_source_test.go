package fedreg_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fedreg"
)

func acts(r diff.Reading) map[string]diff.Act {
	out := map[string]diff.Act{}
	for _, a := range r.Acts {
		out[a.DocumentNumber] = a
	}
	return out
}

func TestFilingsFromInspectionToTheirEnds(t *testing.T) {
	g := play(t, "withdrawn-filing")
	src := fedreg.NewInspection(g.options())
	if got := g.look(t, src); len(got.Acts)+len(got.Problems) != 0 {
		t.Fatalf("before anything was filed: %+v", got)
	}
	g.next(t, 1)
	filed := g.look(t, src)
	all := acts(filed)
	if len(all) != 3 || len(filed.Problems) != 0 {
		t.Fatalf("filed: %+v", filed)
	}
	for n, a := range all {
		if a.Status != diff.ActFiled || a.FiledOn != "2024-03-14" || len(a.Declared) != 1 || len(a.Evidence) != 2 ||
			a.URLs["inspection"] == "" {
			t.Errorf("%s: %+v", n, a)
		}
	}
	if again := g.look(t, src); len(again.Acts) != 0 || g.bodies() != 0 {
		t.Errorf("unchanged: %+v, %d bodies", again, g.bodies())
	}
	followFilings(t, g, src, filed)
}

// followFilings looks at the scenario's filings until one is replaced, one revoked, one gone and one published.
func followFilings(t *testing.T, g *stage, src reader, filed diff.Reading) {
	t.Helper()
	g.next(t, 1)
	all := acts(g.look(t, src))
	if a := all["2024-05501"]; len(all) != 2 || a.Status != diff.ActFiled || a.Text == filed.Acts[0].Text {
		t.Errorf("replaced: %+v, want the new typescript read", all)
	}
	if a := all["2024-05502"]; a.Status != diff.ActRevoked || len(a.Problems) == 0 ||
		!strings.Contains(a.Problems[len(a.Problems)-1].Text, "revoked by the agency") {
		t.Errorf("revoked: %+v", a)
	}

	g.next(t, 1)
	for _, g.ahead = range []time.Duration{0, 5 * time.Minute, 10 * time.Minute, 2 * time.Hour} {
		if got := g.look(t, src); len(got.Acts) != 0 {
			t.Errorf("gone for %v: %+v, want several looks over hours to agree first", g.ahead, got.Acts)
		}
	}
	g.ahead = 3 * time.Hour
	all = acts(g.look(t, src))
	if a := all["2024-05501"]; len(all) != 1 || a.Status != diff.ActWithdrawn || a.FiledOn != "2024-03-14" {
		t.Errorf("withdrawn: %+v", all)
	}

	g.next(t, 1)
	for _, after := range []time.Duration{0, 10 * time.Minute, 48 * time.Hour} {
		g.ahead = after
		if got := g.look(t, src); len(got.Acts)+len(got.Problems) != 0 {
			t.Errorf("published under another padding, %v later: %+v, want nothing said", after, got)
		}
	}
}

// A filing that neither stays nor appears on its day is withdrawn, but not before that day is over.
func TestAFilingThatNeverAppears(t *testing.T) {
	g := playText(t, `
documents:
  - {number: "2024-14501", title: Addition to the Entity List, type: Rule, cfr: [{title: 15, part: 744}],
     published: 2024-07-03, filed_at: 2024-07-02T08:45:00-04:00,
     abstract: "This rule amends the Export Administration Regulations (EAR) by adding one entity to the Entity List,
       under the destination of Cyprus."}
states:
  - {at: 2024-07-02T14:00:00Z, ecfr: {as_of: 2024-06-28}, inspect: ["2024-14501"]}
  - {at: 2024-07-03T14:00:00Z, withdraw: ["2024-14501"]}
`)
	src := fedreg.NewInspection(g.options())
	if got := g.look(t, src); len(got.Acts) != 1 {
		t.Fatalf("filed: %+v", got)
	}
	g.next(t, 1)
	for _, after := range []time.Duration{0, time.Hour, 8 * time.Hour} {
		g.ahead = after
		if got := g.look(t, src); len(got.Acts) != 0 {
			t.Errorf("on its day, %v later: %+v", after, got.Acts)
		}
	}
	g.ahead = 24 * time.Hour
	if got := g.look(t, src); len(got.Acts) != 1 || got.Acts[0].Status != diff.ActWithdrawn {
		t.Errorf("the day after: %+v, want it withdrawn", got.Acts)
	}
	g.ahead = 25 * time.Hour
	if got := g.look(t, src); len(got.Acts) != 0 {
		t.Errorf("later: %+v, want it said once", got.Acts)
	}
}

// Where the text is not there, the record is the earliest notice.
func TestAFilingWithoutTextIsSaidAtOnce(t *testing.T) {
	g := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"count":1,"results":[{"document_number":"2019-22210",
			"title":"Addition of Certain Entities to the Entity List","type":"Rule",
			"agencies":[{"slug":"industry-and-security-bureau"}],"filed_at":"2019-10-08T16:15:00.000-04:00",
			"publication_date":"2019-10-09","raw_text_url":null}]}`)
	}))
	got := g.look(t, fedreg.NewInspection(g.options()))
	if len(got.Acts) != 1 || got.Acts[0].ReadThis == "" || got.Acts[0].Status != diff.ActFiled ||
		got.Acts[0].FiledOn != "2019-10-08" || len(got.Problems) != 0 {
		t.Errorf("filed without text: %+v", got)
	}
}

// The seed case as filed: every name, the instant of filing, the day announced, and nothing that a human must look at.
func TestTheSeedCaseAsFiled(t *testing.T) {
	g := play(t, "xinjiang-2019")
	g.next(t, 2)
	src := fedreg.NewInspection(g.options())
	got := g.look(t, src)
	if len(got.Acts) != 1 || len(got.Problems) != 0 {
		t.Fatalf("%d acts, problems %v", len(got.Acts), got.Problems)
	}
	a := got.Acts[0]
	if want := time.Date(2019, 10, 8, 20, 15, 0, 0, time.UTC); !a.FiledAt.Equal(want) || a.PlannedOn != "2019-10-09" ||
		a.PublishedOn != "" {
		t.Errorf("filed %v, planned %s, published %s", a.FiledAt, a.PlannedOn, a.PublishedOn)
	}
	if len(a.Amendments) != 28 || len(a.Problems) != 0 || a.ReadThis != "" ||
		!strings.HasSuffix(a.SavingsClause, "without a license (NLR).") {
		t.Errorf("%d amendments, problems %v, read this %q, savings clause %q", len(a.Amendments), a.Problems, a.ReadThis,
			a.SavingsClause)
	}
	g.next(t, 1)
	g.ahead = time.Hour
	if got := g.look(t, src); len(got.Acts)+len(got.Problems) != 0 {
		t.Errorf("after publication: %+v, want nothing", got)
	}
}

// Half an answer must not take filings back.
func TestHalfAnInspectionAnswerIsRefused(t *testing.T) {
	var shown, count int
	g := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "current.json") {
			http.NotFound(w, r)
			return
		}
		results := []any{}
		for i := range shown {
			results = append(results, map[string]any{"document_number": fmt.Sprintf("2024-%05d", i), "title": "Notice",
				"type":     "Notice",
				"agencies": []any{map[string]any{"slug": "industry-and-security-bureau"}}, "publication_date": "2024-07-05"})
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"count": count, "results": results})
	}))
	src := fedreg.NewInspection(g.options())
	shown, count = 40, 40
	g.look(t, src)
	for _, tc := range []struct{ shown, count int }{{19, 19}, {0, 0}, {39, 40}} {
		shown, count = tc.shown, tc.count
		if _, err := src.Read(t.Context(), g.client.Begin(g.cursor)); err == nil {
			t.Errorf("%d of %d filings passed after 40", shown, count)
		}
	}
	g.ahead = 20 * time.Hour
	shown, count = 15, 15
	g.look(t, src) // another day: filings have left
}

// board is public inspection as a test sets it up: what the list shows, and which filings have a record of their own.
type board struct {
	shown []map[string]any
	own   map[string]map[string]any
	down  bool // nothing but the list is answered
}

func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch path := r.URL.Path; {
	case strings.HasSuffix(path, "current.json"):
		json.NewEncoder(w).Encode(map[string]any{"count": len(b.shown), "results": b.shown})
	case b.down && strings.HasSuffix(path, ".json"):
		w.WriteHeader(http.StatusForbidden)
	case strings.Contains(path, "/public-inspection-documents/"):
		number := strings.TrimSuffix(path[strings.LastIndex(path, "/")+1:], ".json")
		if own := b.own[number]; own != nil {
			json.NewEncoder(w).Encode(own)
			return
		}
		http.NotFound(w, r)
	case strings.Contains(path, "/documents/"):
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprintf(w, "BILLING CODE 3510-33-P\nDEPARTMENT OF COMMERCE\n15 CFR Part 744\nAddition to the Entity "+
			"List\nAGENCY: Bureau of Industry and Security.\nACTION: Final rule.\n"+
			"SUMMARY: This rule amends the Export Administration Regulations (EAR) by adding one entity to the Entity List, "+
			"under the destination of Cyprus.\n"+
			"[FR Doc. %s Filed: 7/2/2024 8:45 am; Publication Date: 7/5/2024]\n", strings.TrimPrefix(path, "/text/"))
	}
}

func (b *board) file(base, number, agency, day string) map[string]any {
	f := map[string]any{"document_number": number, "title": "Addition to the Entity List", "type": "Rule",
		"filed_at": "2024-07-02T08:45:00.000-04:00",
		"agencies": []any{map[string]any{"slug": agency}}, "publication_date": day, "raw_text_url": base + "/text/" + number}
	b.shown = append(b.shown, f)
	return f
}

func inspect(t *testing.T) (*board, *stage, reader, map[string]any) {
	t.Helper()
	b := &board{own: map[string]map[string]any{}}
	g := serve(t, b)
	base := strings.TrimSuffix(g.url, "/api/v1")
	ours := b.file(base, "2024-14501", "industry-and-security-bureau", "2024-07-05")
	for i := range 30 {
		b.file(base, fmt.Sprintf("2024-2%04d", i), "coast-guard", "2024-07-08")
	}
	src := fedreg.NewInspection(g.options())
	if got := g.look(t, src); len(got.Acts) != 1 || got.Acts[0].Status != diff.ActFiled || len(got.Problems) != 0 {
		t.Fatalf("filed: %+v", got)
	}
	return b, g, src, ours
}

// However long an answer lacks filings that are still to come, or a filing whose own record stands, nothing is
// withdrawn; what else it holds is read, and the operators hear why.
func TestFilingIsNotWithdrawnByAPartOfAnAnswer(t *testing.T) {
	for name, less := range map[string]func(b *board, ours map[string]any){
		"half, on another day":    func(b *board, _ map[string]any) { b.shown = b.shown[16:] },
		"nothing, on another day": func(b *board, _ map[string]any) { b.shown = nil },
		"its own record stands":   func(b *board, ours map[string]any) { b.shown, b.own["2024-14501"] = b.shown[1:], ours },
		"a page in the place of its own record": func(b *board, _ map[string]any) {
			b.shown, b.own["2024-14501"] = b.shown[1:], map[string]any{"errors": "busy"}
		},
		"nothing can be looked up": func(b *board, _ map[string]any) { b.shown, b.down = b.shown[1:], true },
		"revoked, and nothing can be looked up": func(b *board, ours map[string]any) {
			ours["publication_date"], b.down = nil, true
		},
		"another agency, by its own words": func(b *board, ours map[string]any) {
			ours["agencies"] = []any{map[string]any{"slug": "commerce-bureau-of-exports"}}
		},
		"no word about its day": func(_ *board, ours map[string]any) { delete(ours, "publication_date") },
		"its day is null in the list only": func(b *board, ours map[string]any) {
			b.own["2024-14501"] = map[string]any{"document_number": "2024-14501", "publication_date": "2024-07-05"}
			ours["publication_date"] = nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, g, src, ours := inspect(t)
			less(b, ours)
			problems := 0
			for hours := 20; hours < 28; hours++ {
				g.ahead = time.Duration(hours) * time.Hour
				got := g.look(t, src)
				problems += len(got.Problems)
				for _, a := range got.Acts {
					if a.Status != diff.ActFiled {
						t.Errorf("%d hours later it is %s", hours, a.Status)
					}
				}
			}
			quiet := strings.HasPrefix(name, "another") || strings.HasPrefix(name, "no word")
			if quiet != (problems == 0) {
				t.Errorf("%d problems were named", problems)
			}
		})
	}
}

// What cannot be looked up of one filing keeps no other from being told.
func TestNewFilingIsToldWhileAnotherCannotBeLookedUp(t *testing.T) {
	b, g, src, _ := inspect(t)
	b.shown, b.down = b.shown[1:], true
	b.file(strings.TrimSuffix(g.url, "/api/v1"), "2024-14777", "industry-and-security-bureau", "2024-07-05")
	g.ahead = 4 * time.Hour
	if got := g.look(t, src); len(got.Acts) != 1 || got.Acts[0].DocumentNumber != "2024-14777" || len(got.Problems) == 0 {
		t.Errorf("%+v", got)
	}
}

// The publisher's word is believed at once: no day of publication, in the list and in the filing's own record. So is a
// filing that several whole answers over hours lack and that has no record any more.
func TestFilingIsWithdrawnByItsPublisherOrByHours(t *testing.T) {
	_, g, src, ours := inspect(t)
	ours["publication_date"], ours["editorial_note"] = nil, "withdrawn by the agency"
	g.ahead = time.Hour
	if got := g.look(t, src); len(got.Acts) != 1 || got.Acts[0].Status != diff.ActRevoked {
		t.Errorf("revoked: %+v", got)
	}
	b, g, src, _ := inspect(t)
	b.shown = b.shown[1:]
	var at []time.Duration
	for _, g.ahead = range []time.Duration{time.Minute, 2 * time.Minute, 20 * time.Minute, 2 * time.Hour, 4 * time.Hour,
		5 * time.Hour} {
		for _, a := range g.look(t, src).Acts {
			if a.Status == diff.ActWithdrawn {
				at = append(at, g.ahead)
			}
		}
	}
	if len(at) != 1 || at[0] != 4*time.Hour {
		t.Errorf("withdrawn %v after it was gone, want once, after hours", at)
	}
}

// An answer in which no filing has a day of publication is none.
func TestAnswerWithoutAnyDayIsRefused(t *testing.T) {
	b, g, src, _ := inspect(t)
	for _, f := range b.shown {
		f["publication_date"] = nil
	}
	g.ahead = time.Hour
	if _, err := src.Read(t.Context(), g.client.Begin(g.cursor)); err == nil ||
		!strings.Contains(err.Error(), "no filing") {
		t.Errorf("read with %v", err)
	}
}
