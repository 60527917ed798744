package fedreg_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/fedreg"
)

func TestParseDocumentReadsARecord(t *testing.T) {
	const record = `{"document_number":"2023–03929","title":"Additions of Entities to the Entity ` +
		`List","type":"Rule","abstract":"The Department of Commerce is amending the Export Administration Regulations ` +
		`(EAR) by adding 10 entities under 13 entries to the Entity ` +
		`List.","effective_on":"2023-02-24","publication_date":"2023-02-27","citation":"88 FR ` +
		`12170","volume":88,"start_page":"12170","end_page":12175,` +
		`"correction_of":"https://www.federalregister.gov/api/v1/documents/2023-00001?publication_date=2023-01-05",` +
		`"agencies":[{"raw_name":"DEPARTMENT OF COMMERCE","name":"Commerce Department"},{"raw_name":"OTHER"}],` +
		`"html_url":"https://x.example/h","full_text_xml_url":null}`
	for name, text := range map[string]string{"record": record, "with a BOM": "\xef\xbb\xbf" + record,
		"one result": `{"count":1,"results":[` + record + `]}`} {
		a, err := fedreg.ParseDocument(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := fmt.Sprintln(a.DocumentNumber, a.Volume, a.StartPage, a.EndPage, a.CorrectionOf, a.EffectiveOn, a.URLs, a.Agencies)
		if want := fmt.Sprintln("2023-03929", 88, 12170, 12175, "2023-00001", "2023-02-24",
			map[string]string{"html": "https://x.example/h"}, []string{"Commerce Department", "OTHER"}); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if c := a.Declared[diff.EntityList]; c.AddedEntities == nil || *c.AddedEntities != 10 || c.AddedEntries == nil ||
			*c.AddedEntries != 13 {
			t.Errorf("%s: declared %+v", name, a.Declared)
		}
	}
}

func TestParseDocumentRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "blank": " \n", "html": "<!DOCTYPE html><html></html>",
		"cut":            `{"document_number":"2023-03929","title":"Addi`,
		"another object": `{"titles":[]}`, "a list": `[1,2]`,
		"several": `{"count":2,"results":[{"document_number":"1"},{"document_number":"2"}]}`,
		"none":    `{"count":0,"results":[]}`,
	} {
		var refused *diff.Refused
		if _, err := fedreg.ParseDocument(strings.NewReader(text)); !errors.As(err, &refused) || refused.Reason == "" {
			t.Errorf("%s: err = %v, want it refused with a reason", name, err)
		}
	}
}

// Real answers of the API.
func TestParseDocumentOnRealRecords(t *testing.T) {
	dir := filepath.Join(require.SharedData(t), "fr-api")
	f, err := os.Open(filepath.Join(dir, "document.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a, err := fedreg.ParseDocument(f)
	got := fmt.Sprintln(err, a.DocumentNumber, a.Citation, a.Volume, a.StartPage, a.EndPage, a.EffectiveOn, a.Declared,
		len(a.Agencies))
	if want := fmt.Sprintln(nil, "2020-17469", "85 FR 48465", 85, 48465, 48467, "2020-08-26", diff.Declared{}, 2); got != want {
		t.Errorf("document.json: %s, want %s", got, want)
	}
	n := 0
	for line := range lines(t, filepath.Join(dir, "abstracts.jsonl")) {
		n++
		if a, err := fedreg.ParseDocument(strings.NewReader(line)); err != nil || a.DocumentNumber == "" ||
			a.PublishedOn == "" {
			t.Errorf("abstract %d: %+v, %v", n, a, err)
		}
	}
	if n != 102 {
		t.Errorf("%d abstracts, want 102", n)
	}
	b, err := os.ReadFile(filepath.Join(dir, "bis_search_2026-09-09_partial.json"))
	if err != nil {
		t.Fatal(err)
	}
	var search struct{ Results []json.RawMessage }
	if err := json.Unmarshal(b, &search); err != nil || len(search.Results) != 3 {
		t.Fatalf("%d results, %v", len(search.Results), err)
	}
	a, err = fedreg.ParseDocument(strings.NewReader(string(search.Results[1])))
	if c := a.Declared[diff.EntityList]; err != nil || c.RemovedEntities == nil || *c.RemovedEntities != 1 {
		t.Errorf("a removal: declared %+v, %v", a.Declared, err)
	}
}

func lines(t *testing.T, path string) func(func(string) bool) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return func(yield func(string) bool) {
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() {
			if !yield(s.Text()) {
				return
			}
		}
		if err := s.Err(); err != nil {
			t.Error(err)
		}
	}
}
