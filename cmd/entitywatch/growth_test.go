package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"entitywatch/internal/damage"
)

// Each list source, through the whole program: a file of three times as many parties is held, the operators hear of it once however often
// it comes, nobody else hears of anything, and the next good answer is told to the operators as well again.
func TestGrowthOfEachListSourceIsHeld(t *testing.T) {
	for _, shape := range damage.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			const parties = 240
			grown := shape.Fixture(parties)
			rows := len(shape.Record.FindAllString(grown, -1)) / parties
			small := grown
			for i := parties - 1; i >= 0; i-- {
				if i%4 != 0 {
					small = shape.Without(small, i*rows)
				}
			}
			up := &datedList{shape: shape.Name, day: time.Now().AddDate(0, 0, -20)}
			host := newUpstream(t, up)
			url, more := host.URL, ""
			switch shape.Name {
			case "ecfr":
				more = ", lists: [us-bis-entity-list]"
			case "un", "uk", "eu":
				url += "/list"
			case "ofac":
				more = ", full_every: 1ms"
			}
			w := newWorld(t)
			file := w.config(t, fmt.Sprintf("operators: [cases]\nfetch: {attempts: 1, rate: 100000}\nrules: [{name: all, send: [mail, trade, team]}]\n"+
				"sources: [{name: list, kind: %s, url: %q, schedule: \"@every 1m\", rate: 100000%s}]\n", shape.Name, url, more))
			looks := func(body string, exit, n int) {
				t.Helper()
				up.body, up.day = body, up.day.AddDate(0, 0, 1)
				for range n {
					entitywatch(t, exit, "poll", "--source", "list", "-c", file)
				}
			}
			looks(small, exitDone, 1)
			entries := func() string { return query(t, w.db(), "SELECT COUNT(*) FROM source_entries") }
			before := entries()
			looks(grown, exitHuman, 3)
			if after := entries(); after != before || before == "0 " {
				t.Errorf("the list has %sentries, and had %s", after, before)
			}
			looks(small, exitDone, 2)
			held, well, others := 0, 0, len(w.mail.all())+len(w.slack.Messages())+len(w.cards.all())
			for _, p := range w.posts.all() {
				switch headline := p.text(t, "headline"); {
				case strings.Contains(headline, "held"):
					held++
					if !strings.Contains(string(p.body), "come at once to 60") {
						t.Errorf("held for another reason: %.600s", p.body)
					}
				case strings.Contains(headline, "recovered"):
					well++
				default:
					t.Errorf("told: %s", headline)
				}
			}
			if held != 1 || well != 1 || others != 0 {
				t.Errorf("%d holds and %d ends are told to the operators, and %d messages to others", held, well, others)
			}
		})
	}
}

// datedList serves one file as the kind of source does, dated as the kind dates it.
type datedList struct {
	shape, body string
	day         time.Time
}

func (l *datedList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	day := l.day.Format(time.DateOnly)
	kind, body := map[string]string{"uk": "text/csv", "csl": "application/json"}[l.shape], l.body
	switch {
	case strings.HasSuffix(r.URL.Path, "/titles.json"):
		kind, body = "application/json", fmt.Sprintf(`{"titles":[{"number":15,"latest_issue_date":%q,"up_to_date_as_of":%q}],"meta":{}}`, day, day)
	case strings.Contains(r.URL.Path, "/versions/"):
		kind, body = "application/json", fmt.Sprintf(`{"content_versions":[{"date":%q,"amendment_date":%q,"issue_date":%q,`+
			`"identifier":"Supplement No. 4 to Part 744","part":"744"}],"meta":{"result_count":"1"}}`, day, day, day)
	case strings.Contains(r.URL.Path, "/changes/history"):
		kind, body = "application/json", `[{"publicationID":500,"datePublished":"2026-03-01T10:30:00.123"}]`
	case strings.HasSuffix(r.URL.Path, "CONSOLIDATED.XML"):
		body = consolidatedXML
	}
	if kind == "" {
		kind = "application/xml"
	}
	w.Header().Set("Content-Type", kind)
	fmt.Fprint(w, body)
}
