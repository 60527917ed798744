package watcher_test

import (
	"io"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/ecfr"
	"entitywatch/watcher/lists/ofac"
	"entitywatch/watcher/lists/uk"
	"entitywatch/watcher/lists/un"
)

// TestReferenceHistoriesAreNotTreatedAlike measures one rule alone, that entries are edited in one mechanical way, on every real pair of
// files of one source, years apart ones too: how often it would hold what a publisher did. It prints each time that it would.
func TestReferenceHistoriesAreNotTreatedAlike(t *testing.T) {
	require.SharedData(t)
	wide := diff.Plausible{MaxShrink: 1, MaxGrowth: 100, MaxRenamed: 1, MaxEdited: 1, MaxUnread: 1, MaxFillDrop: 1}
	pairs, fired := 0, map[string]bool{}
	for _, c := range []struct {
		parse func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error)
		files []string
	}{
		{func(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) { return ecfr.Parse(r, o) },
			[]string{"ecfr/part-744_2026-03-25.xml.gz", "ecfr/part-744_2026-07-18.xml.gz"}},
		{ofac.ParseSDNCSV, []string{"ofac/sdn_2021-07-07/sdn.csv.gz", "ofac/sdn_2023-10-03.csv.gz", "ofac/sdn_2023-11-02.csv.gz",
			"ofac/sdn_2023-12-01.csv.gz", "ofac/sdn_2024-01-11.csv.gz", "ofac/sdn_2024-02-01.csv.gz", "ofac/sdn_2024-03-04.csv.gz"}},
		{ofac.ParseConsolidatedXML, []string{"ofac/consolidated_2020-04.xml.gz", "ofac/consolidated_2022-03-24.xml.gz",
			"ofac/consolidated_2024-09.xml.gz", "ofac/consolidated_2025-03-28.xml.gz", "ofac/consolidated_2025-05.xml.gz"}},
		{un.Parse, []string{"un/un_2025-04-19.xml.gz", "un/un_2025-11-20.xml.gz", "un/un_2026-02-27.xml.gz"}},
		{uk.Parse, []string{"uk/ofsi_conlist_2018-04-13.csv.gz", "uk/ofsi_conlist_2020-04-27.csv.gz"}},
	} {
		last := map[diff.ListID]diff.Snapshot{}
		for _, file := range c.files {
			all, err := c.parse(read(t, file), diff.ReadOptions{AsOf: "2026-07-31", Partial: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all {
				old, known := last[s.List]
				last[s.List] = s
				if !known {
					continue
				}
				found := diff.Compare(old, s).Changes
				var news []diff.Change
				for _, change := range found {
					if change.Substantive {
						news = append(news, change)
					}
				}
				pairs++
				for _, doubt := range diff.CheckDifference(diff.Difference{Old: old, New: s, Found: found, News: news}, wide) {
					t.Logf("%s, to %s, %d changes: %s: %s", s.List, file, len(news), doubt.Check, doubt.Reason)
					if doubt.Check == "edited" {
						fired[string(s.List)+" "+file] = true
					}
				}
			}
		}
	}
	t.Logf("%d pairs, %d of them would be held", pairs, len(fired))
	for where := range fired {
		t.Errorf("%s would be held", where)
	}
}
