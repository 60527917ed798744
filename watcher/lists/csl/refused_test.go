package csl

import (
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
)

func TestRefused(t *testing.T) {
	json, csv := string(permute.Fixture(t, "consolidated.json")), string(permute.Fixture(t, "consolidated.csv"))
	for _, tt := range []struct {
		name, body, reason string
		csv                bool
	}{
		{"empty", "", "empty", false},
		{"HTML", "<!DOCTYPE html><html><title>Request Access</title></html>", "HTML", false},
		{"other JSON", `{"data":[]}`, "results", false},
		{"no record", `{"results":[]}`, "no readable record", false},
		{"text", "hello", "not JSON", false},
		{"gzip", "\x1f\x8b\x08\x00", "compressed", false},
		{"no list that is known", `{"results":[{"source":"Lunar List (LUN)","name":"X"}]}`, "no list", false},
		{"too many bad records", `{"results":[{"source":"Entity List (EL)","name":"X"},{"source":"Entity List (EL)"}]}`, "1 of 2", false},
		{"cut at the end", json[:len(json)-2], "cut", false},
		{"empty", "", "empty", true},
		{"HTML", "\n <html><body>403</body></html>", "HTML", true},
		{"no header", "a,b\n1,2\n", "header", true},
		{"only the header", csv[:strings.Index(csv, "\n")+1], "no readable record", true},
		{"cut in the last row", csv[:len(csv)-20], "cut", true},
		{"cut behind a cell", csv[:strings.LastIndex(csv, ",")], "cut", true},
	} {
		if tt.csv {
			permute.Refused(t, tt.name+" (CSV)", tt.body, tt.reason, ParseCSV)
		} else {
			permute.Refused(t, tt.name, tt.body, tt.reason, ParseJSON)
		}
	}
}

// Every beginning of a JSON file is a cut file, wherever it was cut.
func TestEveryCutIsSeen(t *testing.T) {
	permute.Cuts(t, permute.Fixture(t, "consolidated.json"), 7, ParseJSON)
}

func TestPartialCSV(t *testing.T) {
	csv := string(permute.Fixture(t, "consolidated.csv"))
	header, rows, _ := strings.Cut(csv, "\n")
	glued := header + "\n" + header + "\n" + rows + rows[:strings.Index(rows, "\n")-40]
	snapshots, err := ParseCSV(strings.NewReader(glued), diff.ReadOptions{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, p := range snapshots[0].Problems {
		texts = append(texts, p.Text)
	}
	if len(texts) != 2 || !strings.Contains(texts[0], "header") || !strings.Contains(texts[1], "cut") || !diff.NeedsHuman(snapshots[0].Problems) {
		t.Errorf("problems: %q", texts)
	}
	if len(snapshots) != 5 || snapshots[0].Complete {
		t.Errorf("%d snapshots", len(snapshots))
	}
	if s, err := ParseCSV(strings.NewReader(header+"\n"+header+"\n"+rows), diff.ReadOptions{}); err != nil || !s[0].Complete || diff.NeedsHuman(s[0].Problems) {
		t.Errorf("a header that stands again in a whole file is only noted: %v, %v", s, err)
	}
}
