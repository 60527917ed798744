package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/ecfr"
)

// configured are the configs that an admin starts from: the built-in one, and the one that init writes.
func configured(t *testing.T) map[string]*config.Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "entitywatch.yaml")
	if err := os.WriteFile(file, config.Sample, 0o600); err != nil {
		t.Fatal(err)
	}
	written, err := config.Load(file, config.Checks{Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*config.Config{"built in": config.Default(), "of init": written}
}

func ecfrOf(t *testing.T, c *config.Config) config.Source {
	t.Helper()
	for _, s := range c.Sources {
		if s.Kind == "ecfr" {
			return s
		}
	}
	t.Fatal("no eCFR among the sources")
	return config.Source{}
}

// TestStartingConfigsAcceptEveryListOfPart744 takes the real part 744: 3,411 rows of the Entity List, 186 of the Unverified List and 70 of
// the Military End-User List.
func TestStartingConfigsAcceptEveryListOfPart744(t *testing.T) {
	file, err := os.ReadFile(filepath.Join(require.SharedData(t), "ecfr/part-744_2026-07-18.xml.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	all, err := ecfr.Parse(bytes.NewReader(doc), diff.ReadOptions{AsOf: "2026-07-18"})
	if err != nil || len(all) != 3 {
		t.Fatalf("%d lists, %v", len(all), err)
	}
	for name, c := range configured(t) {
		by := limits(ecfrOf(t, c))
		for _, s := range all {
			if doubts := diff.CheckPlausible(nil, s, by[s.List]); len(doubts) > 0 {
				t.Errorf("the config %s holds %s: %v", name, s.List, doubts)
			}
			s.Entries = s.Entries[:len(s.Entries)/3]
			if len(diff.CheckPlausible(nil, s, by[s.List])) == 0 {
				t.Errorf("the config %s believes a third of %s", name, s.List)
			}
		}
	}
}

func TestLimitsAreByList(t *testing.T) {
	source := func(yaml string) config.Source {
		t.Helper()
		file := filepath.Join(t.TempDir(), "c.yaml")
		if err := os.WriteFile(file, []byte("sources:\n  - "+yaml+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(file, config.Checks{Getenv: os.Getenv})
		if err != nil {
			t.Fatal(err)
		}
		return c.Sources[0]
	}
	for name, c := range map[string]struct {
		yaml string
		list diff.ListID
		want diff.Plausible
	}{
		"built in":              {"{name: a, kind: ecfr}", diff.UnverifiedList, diff.BuiltIn(diff.UnverifiedList)},
		"main list":             {"{name: a, kind: ecfr, plausible: {min_entries: 3300, max_shrink: 1%}}", diff.EntityList, diff.Plausible{MinEntries: 3300, MaxShrink: 0.01}},
		"another list":          {"{name: a, kind: ecfr, plausible: {min_entries: 3300, max_shrink: 1%}}", diff.MilitaryEndUserList, diff.Plausible{MinEntries: 50, MaxShrink: 0.01}},
		"main list of several":  {"{name: a, kind: csl, plausible: {min_entries: 15000}}", diff.SDN, diff.Plausible{MinEntries: 15000, MaxShrink: 0.05}},
		"other list of several": {"{name: a, kind: csl, plausible: {min_entries: 15000}}", diff.EntityList, diff.BuiltIn(diff.EntityList)},
		"one list":              {"{name: a, kind: ofac, plausible: {lists: [{list: us-ofac-mbs, min_entries: 30, max_growth: 5%, max_edited: 4%}]}}", diff.MBS, diff.Plausible{MinEntries: 30, MaxShrink: 0.20, MaxGrowth: 0.05, MaxEdited: 0.04}},
		"a mirror":              {"{name: a, kind: un, url: \"http://127.0.0.1:1/un.xml\"}", diff.UNSC, diff.Plausible{MaxShrink: 0.05}},
		"the publisher":         {"{name: a, kind: eu, url: \"https://webgate.ec.europa.eu/fsd/content?token=x\"}", diff.EUFSF, diff.BuiltIn(diff.EUFSF)},
	} {
		if got := limits(source(c.yaml))[c.list]; got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
