package summary

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
)

// TestDeclaredOfSummaries reads the summaries of real rules of 1999 to 2026 whose numbers a person wrote down beside
// them.
func TestDeclaredOfSummaries(t *testing.T) {
	sc := bufio.NewScanner(bytes.NewReader(require.File(t, "fr-api/summaries.jsonl")))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var d struct {
			Number   string `json:"document_number"`
			Title    string
			Abstract string
			Truth    map[diff.ListID]map[string]any
		}
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		got, problems := Read(d.Title, d.Abstract)
		var flat map[diff.ListID]map[string]any
		raw, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &flat); err != nil {
			t.Fatal(err)
		}
		for list, want := range d.Truth {
			if _, either := want["_any"]; either {
				continue // a field of oil and gas is, or is not, an entity
			}
			// what the table does not say of a country, the text may: "these eleven entities will be listed under China"
			for key, value := range want {
				w, _ := json.Marshal(value)
				g, _ := json.Marshal(flat[list][key])
				if string(w) != string(g) && !strings.EqualFold(string(w), string(g)) {
					t.Errorf("%s: %s of the %s: got %s, want %s", d.Number, key, list.Title(), g, w)
				}
			}
			for key := range flat[list] {
				if _, ok := want[key]; !ok && !strings.HasSuffix(key, "_by_country") {
					t.Errorf("%s: %s of the %s is not stated: %v", d.Number, key, list.Title(), flat[list][key])
				}
			}
		}
		for _, list := range slices.Sorted(maps.Keys(flat)) {
			if d.Truth[list] == nil {
				t.Errorf("%s: invented: %v", d.Number, flat[list])
			}
		}
		for _, p := range problems {
			t.Logf("%s: %s", d.Number, p.Text)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("BIS amends the EAR by adding 10 entities under 13 entries to the Entity List under the destinations of " +
		"Canada (2), China (5).")
	f.Add("removing a total of one hundred and four persons from the UVL, including 27 under the destination of China")
	f.Fuzz(func(t *testing.T, s string) { Read("", s) })
}
