package watcher_test

import (
	"io"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
	"entitywatch/watcher/lists/ofac"
	"entitywatch/watcher/lists/un"
)

// TestRealHistoryIsNotHeld compares real files of one source, days to years apart, with nothing known of any act: what publishers really
// did is believed, with the built-in limits of each list. The eCFR's two files differ editorially in hundreds of rows.
func TestRealHistoryIsNotHeld(t *testing.T) {
	require.SharedData(t)
	part744 := func(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) { return ecfr.Parse(r, o) }
	slips := map[string]int{"un/un_2025-11-20.xml.gz": 1} // an Arabic name with replacement characters
	for _, c := range []struct {
		parse func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error)
		files []string
	}{
		{part744, []string{"ecfr/part-744_2026-03-25.xml.gz", "ecfr/part-744_2026-07-18.xml.gz"}},
		{ofac.ParseSDNCSV, []string{"ofac/sdn_2023-10-03.csv.gz", "ofac/sdn_2023-11-02.csv.gz", "ofac/sdn_2023-12-01.csv.gz",
			"ofac/sdn_2024-01-11.csv.gz", "ofac/sdn_2024-02-01.csv.gz", "ofac/sdn_2024-03-04.csv.gz"}},
		{ofac.ParseConsolidatedXML, []string{"ofac/consolidated_2024-09.xml.gz", "ofac/consolidated_2025-03-28.xml.gz", "ofac/consolidated_2025-05.xml.gz"}},
		{un.Parse, []string{"un/un_2025-04-19.xml.gz", "un/un_2025-11-20.xml.gz", "un/un_2026-02-27.xml.gz"}},
		{csl.ParseJSON, []string{"csl/consolidated_2026-07-31_reshaped.json.gz"}},
	} {
		last := map[diff.ListID]diff.Snapshot{}
		for _, file := range c.files {
			all, err := c.parse(read(t, file), diff.ReadOptions{AsOf: "2026-07-31"})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all {
				old, known := last[s.List]
				last[s.List] = s
				p := diff.BuiltIn(s.List)
				if !known {
					for _, doubt := range diff.CheckPlausible(nil, s, p) {
						t.Errorf("%s: a first look is held: %s", file, doubt.Reason)
					}
					continue
				}
				facts := diff.Facts(old)
				seen := diff.Compare(old, s)
				if _, kept := diff.Repair(old, s, seen); len(kept) != slips[file] {
					t.Errorf("%s: kept as damaged: %q", file, kept)
				}
				found := seen.Changes
				var news []diff.Change
				for _, change := range found {
					if change.Substantive {
						news = append(news, change)
					}
				}
				doubts := append(diff.CheckPlausible(&facts, s, p), diff.CheckDifference(diff.Difference{Old: old, New: s, Found: found, News: news}, p)...)
				for _, doubt := range doubts {
					t.Errorf("%s: %d changes are held: %s", file, len(news), doubt.Reason)
				}
			}
		}
	}
}
