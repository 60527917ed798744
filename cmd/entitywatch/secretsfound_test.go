package main

import (
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/config"
)

// The secrets of a config, each of which would be found by its text.
const (
	feedPassword = "n3wsPassw0rd"
	feedPath     = "/p/quiet-path-words/feed.xml"
	feedKey      = "brief9key"
	unKey        = "unk3yvalue"
	euPath       = "/files/t0ken4eu/full.xml"
	botToken     = "xoxb-777-botvalue"
	smtpPassword = "m4il+p/ss w0rd"
	hookPath     = "/hooks/T0HOOK77/B0HOOK77"
	apiToken     = "api-t0ken-value"
	beatPath     = "/ping/be4t-k3y-words"
	proxyPass    = "pr0xy+p4ss/w"
)

// found are the secrets that a text shows, in any of the forms in which they are repeated.
func found(text string) (out []string) {
	for _, s := range []string{
		feedPassword, feedPath, feedKey, unKey, "t0ken4eu", botToken, smtpPassword, "T0HOOK77", hookKey, apiToken, "be4t-k3y-words", proxyPass,
	} {
		forms := []string{s, url.PathEscape(s), url.QueryEscape(s), strings.ReplaceAll(s, " ", "%20"), strings.ReplaceAll(s, "/", `\/`)}
		for skip := range 3 { // as it stands in base64 behind any text
			b := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", skip) + s))
			forms = append(forms, b[(skip*8+5)/6:(skip+len(s))*8/6])
		}
		for _, f := range forms {
			if strings.Contains(text, f) {
				out = append(out, s+" as "+f)
			}
		}
	}
	return out
}

// showsNone asserts that no secret stands in a text, in any form.
func showsNone(t *testing.T, what, text string) {
	t.Helper()
	for _, f := range found(text) {
		at := strings.Index(text, f[strings.LastIndex(f, " as ")+4:])
		t.Errorf("%s shows %s: …%q…", what, f, text[max(0, at-80):min(len(text), at+80)])
	}
}

// contents is every value of every table, and the files as they lie on the disk.
func contents(t *testing.T, path string) string {
	t.Helper()
	var all strings.Builder
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	names, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for names.Next() {
		var n string
		if err := names.Scan(&n); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, n)
	}
	for _, table := range tables {
		rows, err := db.Query(`SELECT * FROM "` + table + `"`)
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				fmt.Fprintf(&all, "%s ", v)
			}
		}
		rows.Close()
	}
	files, _ := filepath.Glob(path + "*")
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}

func testEngine(t *testing.T, file string) *engine {
	t.Helper()
	c, err := config.Load(file, config.Checks{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := build(t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// evidence is every stored body, unpacked.
func evidence(t *testing.T, file string) string {
	t.Helper()
	e := testEngine(t, file)
	var all strings.Builder
	seen := 0
	for sha := range strings.FieldsSeq(query(t, e.config.Database, `SELECT sha256 FROM blobs`)) {
		body, found, err := e.db.Blob(t.Context(), sha)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		seen++
		all.Write(body)
	}
	if seen < 3 {
		t.Errorf("%d bodies are kept, too few to test with", seen)
	}
	return all.String()
}

func query(t *testing.T, path, q string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out strings.Builder
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out.WriteString(s + " ")
	}
	return out.String()
}

// pagesOf are the pages of the daemon, one after the other.
func pagesOf(t *testing.T, file string) string {
	t.Helper()
	e := testEngine(t, file)
	var all strings.Builder
	for _, path := range []string{"/", "/healthz", "/metrics", "/cases/none"} {
		w := httptest.NewRecorder()
		e.pages().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
		all.Write(w.Body.Bytes())
	}
	if !strings.Contains(all.String(), "un") {
		t.Error("the pages show no source")
	}
	return all.String()
}
