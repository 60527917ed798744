package replay_test

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"entitywatch/replay"
	"entitywatch/testdata"
)

// start plays a scenario on a real socket.
func start(t *testing.T, name string) (*replay.Server, string) {
	t.Helper()
	s, err := replay.Load(testdata.Scenarios(), name)
	if err != nil {
		t.Fatal(err)
	}
	v, err := replay.NewServer(s)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(v)
	t.Cleanup(srv.Close)
	return v, srv.URL
}

func forward(t *testing.T, v *replay.Server, n int) {
	t.Helper()
	for range n {
		if !v.Next() {
			t.Fatal("the scenario ended early")
		}
	}
}

func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

func fetchJSON(t *testing.T, url string) map[string]any {
	t.Helper()
	status, body := fetch(t, url)
	var v map[string]any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%s: status %d: %v", url, status, err)
	}
	return v
}

func wellFormed(t *testing.T, what, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s is not well-formed: %v", what, err)
		}
	}
}

// Every scenario can be played from its first to its last state, and what it renders on the way is well-formed.
func TestEveryScenarioPlays(t *testing.T) {
	names := replay.Names(testdata.Scenarios())
	if len(names) < 3 {
		t.Fatalf("scenarios: %v", names)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			v, url := start(t, name)
			for {
				if !troubled(v) {
					_, body := fetch(t, url+"/api/versioner/v1/titles.json")
					if !strings.Contains(body, `"number":15`) {
						t.Errorf("no title 15 in %.80s", body)
					}
					status, full := fetch(t, url+"/api/versioner/v1/full/"+latest(v)+"/title-15.xml?part=744")
					if status != 200 {
						t.Errorf("part 744: status %d", status)
					}
					wellFormed(t, "part 744", full)
				}
				if !v.Next() {
					break
				}
			}
			if !v.Done() {
				t.Error("not done at the end")
			}
			for _, d := range v.Scenario().Documents {
				wellFormed(t, d.Number, replay.RenderRule(d))
				if text := replay.RenderText(d, false); strings.ContainsAny(text, "<>") {
					t.Errorf("markup in the typescript of %s", d.Number)
				}
			}
		})
	}
}

// latest is the newest as-of date up to the state.
func latest(v *replay.Server) string {
	i, _, _ := v.State()
	day := ""
	for _, st := range v.Scenario().States[:i+1] {
		if st.ECFR != nil {
			day = string(st.ECFR.AsOf)
		}
	}
	return day
}

func troubled(v *replay.Server) bool {
	i, _, _ := v.State()
	return len(v.Scenario().States[i].Bad) > 0
}

func TestSeedCaseMovesThroughItsStages(t *testing.T) {
	v, url := start(t, "xinjiang-2019")
	search := url + "/api/v1/documents.json?conditions[agencies][]=industry-and-security-bureau&order=newest&per_page=100"
	inspection := url + "/api/v1/public-inspection-documents/current.json"
	if n := fetchJSON(t, search)["count"]; n != 1.0 {
		t.Errorf("documents at first: %v, want the older one", n)
	}
	if n := fetchJSON(t, inspection)["count"]; n != 0.0 {
		t.Errorf("on inspection at first: %v", n)
	}
	_, before := fetch(t, url+"/api/versioner/v1/full/2019-10-02/title-15.xml?part=744")
	forward(t, v, 2)
	rec := fetchJSON(t, inspection)["results"].([]any)[0].(map[string]any)
	if rec["document_number"] != "2019-22210" || rec["filing_type"] != "special" {
		t.Errorf("filing = %v", rec)
	}
	if rec["publication_date"] != "2019-10-09" || rec["filed_at"] != "2019-10-08T16:15:00.000-04:00" {
		t.Errorf("filing = %v", rec)
	}
	if _, text := fetch(t, rec["raw_text_url"].(string)); !strings.Contains(text, "[FR Doc. 2019-22210 Filed: 10/8/2019 4:15 pm; Publication Date: 10/9/2019]") {
		t.Errorf("typescript ends %q", text[max(0, len(text)-200):])
	}
	forward(t, v, 1)
	if n := fetchJSON(t, inspection)["count"]; n != 0.0 {
		t.Errorf("on inspection after publication: %v", n)
	}
	doc := fetchJSON(t, url+"/api/v1/documents/2019-22210.json")
	_, rule := fetch(t, doc["full_text_xml_url"].(string))
	wellFormed(t, "the rule", rule)
	if n := strings.Count(rule, "84 FR [INSERT FR PAGE NUMBER AND 10/9/2019]."); n != 28 {
		t.Errorf("%d rows in the rule, want 28", n)
	}
	forward(t, v, 1)
	_, after := fetch(t, url+"/api/versioner/v1/full/2019-10-09/title-15.xml?part=744")
	if n := strings.Count(after, "84 FR 54004, 10/9/19."); n != 28 || strings.Contains(before, "Hikvision") {
		t.Errorf("%d rows codified, want 28 more than before", n)
	}
	if _, old := fetch(t, url+"/api/versioner/v1/full/2019-10-02/title-15.xml?part=744"); old != before {
		t.Error("an earlier date shows another text than it did then")
	}
	if status, _ := fetch(t, url+"/api/versioner/v1/full/2019-10-12/title-15.xml?part=744"); status != 404 {
		t.Errorf("a date after the as-of date: status %d, want 404", status)
	}
	if status, _ := fetch(t, url+"/api/versioner/v1/full/current/title-15.xml?part=744"); status != 400 {
		t.Errorf("current: status %d, want it refused", status)
	}
	if !v.Done() || v.Next() {
		t.Error("not at the end")
	}
}

func TestConditionalAndGzip(t *testing.T) {
	_, url := start(t, "xinjiang-2019")
	ask := func(etag string) *http.Response {
		req, err := http.NewRequest("GET", url+"/api/versioner/v1/titles.json", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", "gzip")
		if etag != "" {
			req.Header.Set("If-None-Match", etag)
		}
		r, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Body.Close() })
		return r
	}
	r := ask("")
	if r.Header.Get("ETag") == "" || r.Header.Get("Last-Modified") == "" {
		t.Errorf("header = %v", r.Header)
	}
	if r.Header.Get("Content-Encoding") == "gzip" {
		if _, err := gzip.NewReader(r.Body); err != nil {
			t.Error(err)
		}
	}
	if again := ask(r.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("with the ETag: status %d, want 304", again.StatusCode)
	}
}

// The API's lies about paging, as the real one tells them.
func TestPagingLies(t *testing.T) {
	v, url := start(t, "xinjiang-2019")
	forward(t, v, 3)
	search := url + "/api/v1/documents.json?order=oldest&fields[]=document_number&fields[]=no_such_field"
	first := func(q string) (string, float64) {
		a := fetchJSON(t, search+q)
		r, _ := a["results"].([]any)
		if len(r) == 0 {
			return "", a["total_pages"].(float64)
		}
		rec := r[0].(map[string]any)
		if len(rec) != 1 {
			t.Errorf("fields = %v, want the unknown one dropped", rec)
		}
		return rec["document_number"].(string), a["total_pages"].(float64)
	}
	if n, pages := first("&per_page=1"); n != "2019-17920" || pages != 1 {
		t.Errorf("per_page=1: %s of %v pages, want it taken as 20", n, pages)
	}
	if n, _ := first("&per_page=2&page=51"); n != "2019-17920" {
		t.Errorf("page=51: %s, want page 1 again", n)
	}
	if n, _ := first("&per_page=2&page=2"); n != "" {
		t.Errorf("page=2 of one: %s, want nothing", n)
	}
	if n, _ := first("&conditions[publication_date][gte]=2019-10-01"); n != "2019-22210" {
		t.Errorf("by date: %s", n)
	}
	if status, body := fetch(t, search+"&conditions[colour]=red"); status != 400 || !strings.Contains(body, "errors") {
		t.Errorf("unknown condition: %d %s", status, body)
	}
	if got := fetchJSON(t, url+"/api/v1/documents/2019-22210,2019-99999.json")["errors"]; got == nil {
		t.Error("a document that does not exist is not reported")
	}
}

func TestControl(t *testing.T) {
	v, url := start(t, "editorial-churn")
	for {
		r, err := http.Post(url+"/replay/next", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode == http.StatusGone {
			break
		}
	}
	if !v.Done() || fetchJSON(t, url+"/replay/state")["done"] != true {
		t.Error("not done after the last state")
	}
}

func TestBadScenariosAreRefused(t *testing.T) {
	cases := map[string]string{
		"unknown key":       "title: x\nstats: []",
		"no states":         "title: x",
		"no first issue":    "states: [{at: 2019-10-04T14:00:00Z}]",
		"time goes back":    "states: [{at: 2019-10-04T14:00:00Z, ecfr: {as_of: 2019-10-01}}, {at: 2019-10-03T14:00:00Z}]",
		"unknown document":  "states: [{at: 2019-10-04T14:00:00Z, ecfr: {as_of: 2019-10-01}, publish: ['2019-1']}]",
		"unknown trouble":   "states: [{at: 2019-10-04T14:00:00Z, ecfr: {as_of: 2019-10-01}, trouble: {ecfr: {do: sulk}}}]",
		"status that works": "states: [{at: 2019-10-04T14:00:00Z, ecfr: {as_of: 2019-10-01}, trouble: {ecfr: {do: status, status: 200}}}]",
	}
	for name, text := range cases {
		if _, err := replay.Parse("x", []byte(text)); err == nil {
			t.Errorf("%s passed", name)
		}
	}
	if _, err := replay.Load(testdata.Scenarios(), "no-such"); err == nil || !strings.Contains(err.Error(), "xinjiang-2019") {
		t.Errorf("unknown scenario: %v, want the names of those there are", err)
	}
	var _ fs.FS = testdata.Scenarios()
}
