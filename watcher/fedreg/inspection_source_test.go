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
		if a.Status != diff.ActFiled || a.FiledOn != "2024-03-14" || len(a.Declared) != 1 || len(a.Evidence) != 2 || a.URLs["inspection"] == "" {
			t.Errorf("%s: %+v", n, a)
		}
	}
	if again := g.look(t, src); len(again.Acts) != 0 || g.bodies() != 0 {
		t.Errorf("unchanged: %+v, %d bodies", again, g.bodies())
	}

	g.next(t, 1)
	all = acts(g.look(t, src))
	if a := all["2024-05501"]; len(all) != 2 || a.Status != diff.ActFiled || a.Text == filed.Acts[0].Text {
		t.Errorf("replaced: %+v, want the new typescript read", all)
	}
	if a := all["2024-05502"]; a.Status != diff.ActRevoked || len(a.Problems) == 0 || !strings.Contains(a.Problems[len(a.Problems)-1].Text, "revoked by the agency") {
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
  - {number: "2024-14501", title: Addition to the Entity List, type: Rule, cfr: [{title: 15, part: 744}], published: 2024-07-03, filed_at: 2024-07-02T08:45:00-04:00,
     abstract: "This rule amends the Export Administration Regulations (EAR) by adding one entity to the Entity List, under the destination of Cyprus."}
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
		fmt.Fprint(w, `{"count":1,"results":[{"document_number":"2019-22210","title":"Addition of Certain Entities to the Entity List","type":"Rule",
			"agencies":[{"slug":"industry-and-security-bureau"}],"filed_at":"2019-10-08T16:15:00.000-04:00","publication_date":"2019-10-09","raw_text_url":null}]}`)
	}))
	got := g.look(t, fedreg.NewInspection(g.options()))
	if len(got.Acts) != 1 || got.Acts[0].ReadThis == "" || got.Acts[0].Status != diff.ActFiled || got.Acts[0].FiledOn != "2019-10-08" || len(got.Problems) != 0 {
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
	if want := time.Date(2019, 10, 8, 20, 15, 0, 0, time.UTC); !a.FiledAt.Equal(want) || a.PlannedOn != "2019-10-09" || a.PublishedOn != "" {
		t.Errorf("filed %v, planned %s, published %s", a.FiledAt, a.PlannedOn, a.PublishedOn)
	}
	if len(a.Amendments) != 28 || len(a.Problems) != 0 || a.ReadThis != "" || !strings.HasSuffix(a.SavingsClause, "without a license (NLR).") {
		t.Errorf("%d amendments, problems %v, read this %q, savings clause %q", len(a.Amendments), a.Problems, a.ReadThis, a.SavingsClause)
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
			results = append(results, map[string]any{"document_number": fmt.Sprintf("2024-%05d", i), "title": "Notice", "type": "Notice",
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
