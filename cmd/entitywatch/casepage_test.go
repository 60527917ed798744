package main

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/store"
)

// The link "Open Case" of every alert leads to this page.
func TestCasePageShowsTheCaseAndChangesNothing(t *testing.T) {
	dir := t.TempDir()
	file, db := filepath.Join(dir, "c.yaml"), filepath.Join(dir, "demo.db")
	ours := "id,name\nV-7,Hangzhou Hikvision Digital Technology Co Ltd\n"
	text := "public_url: https://watch.example.com\ncounterparties: [{name: vendors, file: ours.csv}]\n" +
		"rules: [{name: all, send: [console], acknowledge: {within: 4h, escalate: [console]}}]\n"
	for name, content := range map[string]string{file: text, filepath.Join(dir, "ours.csv"): ours} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr strings.Builder
	code := run(t.Context(), []string{"demo", "-c", file, "--db", db}, func(string) string { return "" }, strings.NewReader(""), &stdout, &stderr)
	if code != exitDone && code != exitHuman {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	c, err := config.Load(file, config.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	c.Database = db
	e, err := build(t.Context(), c, parts{stdout: &strings.Builder{}, log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	all, err := e.db.History(t.Context(), store.HistoryFilter{Kinds: []diff.ChangeKind{diff.Added}})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d changes, %v", len(all), err)
	}
	before, _, err := e.db.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page := func(method, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		e.pages().ServeHTTP(w, httptest.NewRequest(method, "http://watch.example.com"+path, nil))
		return w
	}
	w := page("GET", "/cases/"+all[0].Change.Case)
	if out := os.Getenv("ENTITYWATCH_PAGE"); out != "" { // to look at it
		if err := os.WriteFile(out, w.Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{
		"Aksu District Public Security Bureau", "28 added", "2019-22210", `">Federal Register</a>`, "V-7", "vendors", "Who was told when", "console", "Acknowledged",
		"on public inspection", "in the eCFR", "entitywatch ack", "noindex",
	} {
		if w.Code != 200 || !strings.Contains(strings.ToLower(w.Body.String()), strings.ToLower(want)) {
			t.Errorf("%d: the page lacks %q", w.Code, want)
		}
	}
	if strings.Contains(w.Body.String(), "<script") {
		t.Error("the page has a script")
	}
	if w := page("GET", "/cases/case_none"); w.Code != 404 || !strings.Contains(w.Body.String(), "no such Case") {
		t.Errorf("an unknown Case: %d", w.Code)
	}
	if w := page("POST", "/cases/"+all[0].Change.Case); w.Code != 405 {
		t.Errorf("POST: %d", w.Code)
	}
	if after, _, err := e.db.VerifyAudit(t.Context()); after != before || err != nil {
		t.Errorf("looking changed something: %d records, then %d, %v", before, after, err)
	}
}
