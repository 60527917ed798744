package ecfr_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"bytes"
	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/ecfr"
)

func part744(t testing.TB, day string) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join(require.SharedData(t), "ecfr", "part-744_"+day+".xml.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func snapshot(t testing.TB, day string, list diff.ListID) diff.Snapshot {
	t.Helper()
	all, err := ecfr.Parse(bytes.NewReader(part744(t, day)), diff.ReadOptions{AsOf: diff.Date(day)}, list)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		list                  diff.ListID
		rows, countries, kids int
	}{
		{diff.EntityList, 3411, 91, 0},
		{diff.UnverifiedList, 186, 0, 0},
		{diff.MilitaryEndUserList, 70, 0, 0},
	} {
		s := snapshot(t, "2026-03-25", c.list)
		heads := map[string]bool{}
		kids, addr := 0, 0
		probs := map[string]int{}
		for _, e := range s.Entries {
			heads[e.Country] = true
			if e.Parent != "" {
				kids++
			}
			if e.Kind == diff.Address {
				addr++
			}
			for _, p := range e.Problems {
				probs[string(p.Kind)]++
				t.Log(e.Name, p)
			}
		}
		t.Log(c.list, s.Rows, len(s.Entries), len(heads), kids, addr, probs, s.Problems)
	}
}
