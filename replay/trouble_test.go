package replay_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"entitywatch/replay"
)

const troubledScenario = `
lists: {us-bis-entity-list: [{under: GERMANY, entries: [{name: A, addresses: [Köln]}, {name: B, addresses: [Bonn]}, {name: C, addresses: [Ulm]}, {name: D, addresses: [Kiel]}]}]}
states:
  - {at: 2024-07-01T14:00:00Z, ecfr: {as_of: 2024-06-28}}
  - {at: 2024-07-02T14:00:00Z, trouble: {ecfr: TROUBLE}}
`

// Each way to misbehave, as a client meets it.
func TestTroubles(t *testing.T) {
	cases := []struct {
		name, trouble string
		check         func(t *testing.T, r *http.Response, body string, err error, whole string)
	}{
		{"429", `{do: status, status: 429, retry_after: "2"}`, func(t *testing.T, r *http.Response, _ string, _ error, _ string) {
			if r.StatusCode != 429 || r.Header.Get("Retry-After") != "2" {
				t.Errorf("status %d, Retry-After %q", r.StatusCode, r.Header.Get("Retry-After"))
			}
		}},
		{"empty", `{do: empty}`, func(t *testing.T, r *http.Response, body string, err error, _ string) {
			if r.StatusCode != 200 || body != "" || err != nil {
				t.Errorf("%d %q %v", r.StatusCode, body, err)
			}
		}},
		{"html", `{do: html}`, func(t *testing.T, r *http.Response, body string, _ error, _ string) {
			if r.StatusCode != 200 || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") || !strings.Contains(body, "Request Access") {
				t.Errorf("%d %v", r.StatusCode, r.Header)
			}
		}},
		{"html-lie", `{do: html-lie}`, func(t *testing.T, r *http.Response, body string, _ error, _ string) {
			if r.Header.Get("Content-Type") != "application/xml" || !strings.Contains(body, "<html") {
				t.Errorf("%v", r.Header)
			}
		}},
		{"cut", `{do: cut}`, func(t *testing.T, _ *http.Response, body string, err error, whole string) {
			if err == nil || len(body) >= len(whole) {
				t.Errorf("%d of %d bytes, %v; want a cut body", len(body), len(whole), err)
			}
		}},
		{"truncated", `{do: truncated}`, func(t *testing.T, _ *http.Response, body string, err error, whole string) {
			if err != nil || len(body) != len(whole)/2 {
				t.Errorf("%d of %d bytes, %v; want half, unnoticed by HTTP", len(body), len(whole), err)
			}
		}},
		{"half", `{do: half}`, func(t *testing.T, _ *http.Response, body string, err error, whole string) {
			wellFormed(t, "half a list", body)
			if n, of := strings.Count(body, "<TR>"), strings.Count(whole, "<TR>"); n >= of-1 {
				t.Errorf("%d of %d rows", n, of)
			}
		}},
		{"slow", `{do: slow}`, func(t *testing.T, _ *http.Response, body string, err error, whole string) {
			if err != nil || body != whole {
				t.Errorf("%d of %d bytes, %v", len(body), len(whole), err)
			}
		}},
		{"charset", `{do: charset}`, func(t *testing.T, r *http.Response, body string, _ error, whole string) {
			if !strings.Contains(r.Header.Get("Content-Type"), "iso-8859-1") || body != whole {
				t.Errorf("%v", r.Header)
			}
		}},
		{"reset", `{do: reset}`, func(t *testing.T, r *http.Response, _ string, err error, _ string) {
			if r != nil || err == nil {
				t.Errorf("answered %v, %v", r, err)
			}
		}},
		{"elsewhere", `{do: empty, path: titles}`, func(t *testing.T, _ *http.Response, body string, _ error, whole string) {
			if body != whole {
				t.Error("trouble of another path")
			}
		}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			s, err := replay.Parse("x", []byte(strings.Replace(troubledScenario, "TROUBLE", tc.trouble, 1)))
			if err != nil {
				t.Fatal(err)
			}
			v, err := replay.NewServer(s)
			if err != nil {
				t.Fatal(err)
			}
			srv := httptest.NewServer(v)
			defer srv.Close()
			url := srv.URL + "/api/versioner/v1/full/2024-06-28/title-15.xml?part=744"
			_, whole := fetch(t, url)
			forward(t, v, 1)
			r, err := http.Get(url)
			if err != nil {
				tc.check(t, nil, "", err, whole)
				return
			}
			defer r.Body.Close()
			b, err := io.ReadAll(r.Body)
			tc.check(t, r, string(b), err, whole)
		})
	}
}

func TestTroubleEndsAfterItsTimes(t *testing.T) {
	v, url := start(t, "broken-source")
	forward(t, v, 7)
	search := url + "/api/v1/documents.json?order=newest&per_page=20"
	if status, _ := fetch(t, search); status != 429 {
		t.Errorf("first: status %d, want 429", status)
	}
	if n := fetchJSON(t, search)["count"]; n != 1.0 {
		t.Errorf("then: %v documents, want 1", n)
	}
}

// Layouts are editorial only: the letters and digits of every row stay the same.
func TestLayoutsDifferInLayoutOnly(t *testing.T) {
	v, url := start(t, "editorial-churn")
	seen := map[string]bool{}
	var letters string
	for _, day := range []string{"2026-03-25", "2026-07-18", "2026-07-23"} {
		_, full := fetch(t, url+"/api/versioner/v1/full/"+day+"/title-15.xml?part=744")
		if seen[full] {
			t.Errorf("%s is the same as an earlier one, byte for byte", day)
		}
		seen[full] = true
		got := onlyLetters(full)
		if letters != "" && got != letters {
			t.Errorf("%s: a letter or digit changed", day)
		}
		letters = got
		v.Next()
	}
}

// onlyLetters drops markup, references to dashes and quotes, and everything that is no letter or digit.
func onlyLetters(s string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(s, "<") {
		_, text, _ := strings.Cut(part, ">")
		for _, ref := range []string{"&#x2014;", "&#x201C;", "&#x201D;", "&#x2019;", "&#xA7;", "&amp;"} {
			text = strings.ReplaceAll(text, ref, "")
		}
		for _, r := range text {
			if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
