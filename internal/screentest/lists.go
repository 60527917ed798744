// Package screentest holds what the tests of the packages of screen share: the reference lists, slips of the hand, and
// what a run costs.
package screentest

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
)

// loaded keeps the parsed reference lists, which several tests use.
var loaded struct {
	csl, ecfr sync.Once
	cslList   []diff.Entry
	ecfrList  []diff.Entry
}

// ScreeningList is the whole Consolidated Screening List.
func ScreeningList(t testing.TB) []diff.Entry {
	t.Helper()
	path := filepath.Join(require.SharedData(t), "csl", "consolidated_2026-07-31_reshaped.json.gz")
	loaded.csl.Do(func() {
		loaded.cslList = readList(t, path, func(f *gzip.Reader) ([]diff.Snapshot, error) {
			return csl.ParseJSON(f, diff.ReadOptions{})
		})
	})
	return loaded.cslList
}

// EntityList is the Entity List of one day.
func EntityList(t testing.TB) []diff.Entry {
	t.Helper()
	path := filepath.Join(require.SharedData(t), "ecfr", "part-744_2026-03-25.xml.gz")
	loaded.ecfr.Do(func() {
		loaded.ecfrList = readList(t, path, func(f *gzip.Reader) ([]diff.Snapshot, error) {
			return ecfr.Parse(f, diff.ReadOptions{}, diff.EntityList)
		})
	})
	return loaded.ecfrList
}

func readList(t testing.TB, path string, parse func(*gzip.Reader) ([]diff.Snapshot, error)) []diff.Entry {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	snaps, err := parse(z)
	if err != nil {
		t.Fatal(err)
	}
	var out []diff.Entry
	for _, s := range snaps {
		out = append(out, s.Entries...)
	}
	return out
}
