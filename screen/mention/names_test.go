package mention_test

import (
	"strings"
	"testing"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"entitywatch/screen/mention"
)

// plainly is a sentence around a name that says nothing of it.
func plainly(name string) string { return "Officials spoke of " + name + " on Tuesday." }

// TestVerbatimNamesGiveThemselves demands that a full name of the Entity List, in a plain sentence, gives the entry
// that bears it.
func TestVerbatimNamesGiveThemselves(t *testing.T) {
	entries := screentest.EntityList(t)
	sc := mention.NewScanner(entries, mention.ScanOptions{})
	tried, right := 0, 0
	for _, e := range entries {
		if e.Kind == diff.Address {
			continue
		}
		tried++
		found := false
		for _, m := range sc.Scan(plainly(e.Name)) {
			found = found || m.Name == e.Name
		}
		if found {
			right++
		}
	}
	share := float64(right) / float64(tried)
	t.Logf("%d of %d names give themselves: %.1f %%", right, tried, share*100)
	if share < 0.98 {
		t.Errorf("%.1f %%, want 98 %%", share*100)
	}
}

// TestPersonsAreFoundByGivenAndFamilyName demands that persons of the screening list are found as texts write them, in
// a plain sentence.
func TestPersonsAreFoundByGivenAndFamilyName(t *testing.T) {
	entries := screentest.ScreeningList(t)
	sc := mention.NewScanner(entries, mention.ScanOptions{})
	tried, all, first := 0, 0, 0
	for _, e := range entries {
		family, given, cut := strings.Cut(e.Name, ",")
		if e.Kind != diff.Person || !cut {
			continue
		}
		tried++
		family, given = cases.Title(language.English).String(family),
			cases.Title(language.English).String(strings.TrimSpace(given))
		if finds(sc, e, given+" "+family) {
			all++
		}
		if finds(sc, e, strings.Fields(given)[0]+" "+family) {
			first++
		}
	}
	share := func(n int) float64 { return float64(n) / float64(tried) * 100 }
	t.Logf("%d persons: with all given names %.1f %%, with the first %.1f %%", tried, share(all), share(first))
	if share(all) < 95 || share(first) < 85 {
		t.Errorf("with all given names %.1f %% (want 95), with the first %.1f %% (want 85)", share(all), share(first))
	}
}

func finds(sc *mention.Scanner, e diff.Entry, name string) bool {
	for _, m := range sc.Scan(plainly(name)) {
		if m.Key == e.Key || m.Name == e.Name {
			return true
		}
	}
	return false
}
