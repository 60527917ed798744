package match_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"entitywatch/screen/match"
)

const sample = 3000

// hasEntry reports whether an entry is among the hits.
func hasEntry(hits []match.Hit, entry int) bool {
	for _, h := range hits {
		if h.Entry == entry {
			return true
		}
	}
	return false
}

// TestExact demands that every listed name and alias is found as itself.
func TestExact(t *testing.T) {
	entries := screentest.ScreeningList(t)
	ix := match.NewIndex(entries, match.Options{})
	names, owner := screentest.NamesOf(entries)
	found := 0
	for i, n := range names {
		hits := ix.Search(match.Query{Name: n}, 1, 0)
		if hasEntry(hits, owner[i]) {
			found++
		} else if len(names)-found < 30 {
			t.Errorf("%q is not found at score 1", n)
		}
	}
	t.Logf("exact names and aliases at score 1: %d of %d", found, len(names))
	if found < len(names) {
		t.Errorf("%d names are not found at score 1", len(names)-found)
	}
}

// TestOneTypo demands that a name with one typing error is found in the first ten at the default threshold.
func TestOneTypo(t *testing.T) {
	entries := screentest.ScreeningList(t)
	ix := match.NewIndex(entries, match.Options{})
	names, owner := screentest.NamesOf(entries)
	r := rand.New(rand.NewPCG(1, 2))
	tried, found, shown := 0, 0, 0
	for tried < sample {
		i := r.IntN(len(names))
		if screentest.Letters(names[i]) < 8 {
			continue
		}
		tried++
		q := screentest.Mistype(names[i], r)
		if hits := ix.Search(match.Query{Name: q}, match.DefaultThreshold, 10); hasEntry(hits, owner[i]) {
			found++
		} else if shown < 60 {
			shown++
			s := match.Compare(q, names[i])
			t.Logf("missed %q for %q: %v %q (%d hits)", q, names[i], s.Value, s.Reasons, len(hits))
		}
	}
	share := float64(found) / float64(tried)
	t.Logf("one typing error, first ten at %.2f: %.2f %%", match.DefaultThreshold, share*100)
	if share < 0.98 {
		t.Errorf("found %.2f %%, want 98 %%", share*100)
	}
}

// TestEveryWordMistyped demands that persons are found though every longer word is mistyped.
func TestEveryWordMistyped(t *testing.T) {
	entries := screentest.ScreeningList(t)
	ix := match.NewIndex(entries, match.Options{})
	r := rand.New(rand.NewPCG(3, 4))
	tried, found, shown := 0, 0, 0
	for tried < sample {
		i := r.IntN(len(entries))
		if entries[i].Kind != diff.Person {
			continue
		}
		words := strings.Fields(entries[i].Name)
		changed := false
		for k, w := range words {
			if screentest.Letters(w) >= 4 {
				words[k], changed = screentest.Mistype(w, r), true
			}
		}
		if !changed {
			continue
		}
		tried++
		q := strings.Join(words, " ")
		if hits := ix.Search(match.Query{Name: q}, 0.5, 10); hasEntry(hits, i) {
			found++
		} else if shown < 40 {
			shown++
			t.Logf("missed %q for %q: %v (%d hits)", q, entries[i].Name, match.Compare(q, entries[i].Name).Value, len(hits))
		}
	}
	share := float64(found) / float64(tried)
	t.Logf("every word mistyped, first ten at 0.5: %.2f %%", share*100)
	if share < 0.97 {
		t.Errorf("found %.2f %%, want 97 %%", share*100)
	}
}

// TestNotListed bounds how many made-up names reach the default threshold.
func TestNotListed(t *testing.T) {
	entries := screentest.ScreeningList(t)
	ix := match.NewIndex(entries, match.Options{})
	names, _ := screentest.NamesOf(entries)
	listed := map[string]bool{}
	for _, n := range names {
		listed[strings.ToLower(n)] = true
	}
	var r *rand.Rand
	word := func() string {
		for {
			w := strings.Fields(names[r.IntN(len(names))])
			if len(w) > 0 {
				return strings.Trim(w[r.IntN(len(w))], ",.;()\"'")
			}
		}
	}
	recombined := func() string {
		for {
			words := make([]string, 2+r.IntN(3))
			for i := range words {
				words[i] = word()
			}
			if n := strings.Join(words, " "); screentest.Letters(n) >= 6 && !listed[strings.ToLower(n)] {
				return n
			}
		}
	}
	invented := func() string {
		words := make([]string, 2+r.IntN(2))
		for i := range words {
			for range 2 + r.IntN(3) {
				words[i] += string("bcdfghjklmnprstvwz"[r.IntN(18)]) + string("aeiou"[r.IntN(5)])
			}
		}
		return strings.Join(words, " ")
	}
	for _, c := range []struct {
		what string
		make func() string
		most float64
	}{{"recombined words", recombined, 0.03}, {"invented words", invented, 0.002}} {
		for seed := range uint64(5) {
			r = rand.New(rand.NewPCG(5+seed, 6))
			hit := 0
			for range 2000 {
				q := c.make()
				if hits := ix.Search(match.Query{Name: q}, match.DefaultThreshold, 1); len(hits) > 0 {
					if hit++; hit < 70 && seed == 0 {
						t.Logf("%q is %v %q %q", q, hits[0].Score, hits[0].Match, hits[0].Reasons)
					}
				}
			}
			share := float64(hit) / 2000
			t.Logf("2,000 names of %s, seed %d: %.2f %% reach the threshold", c.what, 5+seed, share*100)
			if share > c.most {
				t.Errorf("%s: %.2f %%, want at most %.1f %%", c.what, share*100, c.most*100)
			}
		}
	}
}
