package match_test

import (
	"compress/gzip"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/internal/screentest"
	"entitywatch/screen/match"
)

// companyNames are the names of listed companies by their id, nearly all of them innocent.
func companyNames(t testing.TB) (ids, names []string) {
	t.Helper()
	f, err := os.Open(filepath.Join(require.SharedData(t), "names", "companies.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		ids, names = append(ids, r[0]), append(names, r[1])
	}
	return ids, names
}

// reallyListed are the companies of companies.csv.gz that a person found to be listed under their name, or to be the
// parent or a part of a listed party of that name, by their ids: all in China.
var reallyListed = strings.Fields("fd-SHH#5324 fd-SHH#5222 fd-SHH#5138 fd-SHH#5072 fd-SHH#5068 fd-HKG#4424 " +
	"fd-HKG#4348 fd-SHZ#5042 fd-SHH#5238 " +
	"fd-SHH#5198 fd-SHZ#4898")

// atThresholds are the thresholds at which recall and false alarms are stated together.
var atThresholds = []float64{0.80, 0.85, 0.87, 0.90}

// lookUp returns for each query the best score of a wanted entry (any, where want is nil) among the first n hits.
func lookUp(t *testing.T, ix *match.Index, queries []string, want []int, n int) []float64 {
	t.Helper()
	best := make([]float64, len(queries))
	hits, err := ix.SearchAll(t.Context(), len(queries), func(i int) match.Query {
		return match.Query{Name: queries[i]}
	}, 0.8, n, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hits {
		if i := h.Counterparty; want == nil || want[i] == h.Entry {
			best[i] = max(best[i], h.Score)
		}
	}
	return best
}

// shareAt is how many of the scores reach a threshold, in per cent.
func shareAt(scores []float64, threshold float64) float64 {
	n := 0
	for _, s := range scores {
		if s >= threshold {
			n++
		}
	}
	return 100 * float64(n) / float64(len(scores))
}

// TestFalseAlarmsBesideRecall bounds the false alarms among real names of companies at the default threshold, against
// all lists, and states beside it what is found at the same threshold.
func TestFalseAlarmsBesideRecall(t *testing.T) {
	entries := slices.Concat(screentest.ScreeningList(t), screentest.EntityList(t))
	ix := match.NewIndex(entries, match.Options{})
	ids, names := companyNames(t)
	var innocent []string
	for i, n := range names {
		if !slices.Contains(reallyListed, ids[i]) {
			innocent = append(innocent, n)
		}
	}
	alarms := lookUp(t, ix, innocent, nil, 1)
	r := rand.New(rand.NewPCG(21, 22))
	typo, typoOf := queriesOf(entries, 2000, func(n string, k diff.Kind) string { return screentest.Mistype(n, r) })
	every, everyOf := queriesOf(entries, 2000, func(n string, k diff.Kind) string { return everyWord(n, k, r) })
	order, orderOf := queriesOf(entries, 2000, func(n string, k diff.Kind) string { return shuffled(n, r) })
	found := map[string][]float64{
		"one typing error":             lookUp(t, ix, typo, typoOf, 10),
		"persons, every word mistyped": lookUp(t, ix, every, everyOf, 10),
		"words in any order":           lookUp(t, ix, order, orderOf, 10),
	}
	for _, at := range atThresholds {
		t.Logf("at %.2f: false alarms %.2f %%; one typing error %.1f %%, persons with every word mistyped %.1f %%, words "+
			"in any order %.1f %%", at,
			shareAt(alarms, at), shareAt(found["one typing error"], at), shareAt(found["persons, every word mistyped"], at),
			shareAt(found["words in any order"], at))
	}
	alone := lookUp(t, match.NewIndex(screentest.ScreeningList(t), match.Options{}), innocent, nil, 1)
	for lists, scores := range map[string][]float64{"all lists": alarms, "the screening list alone": alone} {
		if got := shareAt(scores, match.DefaultThreshold); got > 0.5 {
			t.Errorf("%.2f %% of innocent companies are false alarms against %s at the default threshold, want at most 0.5 %%",
				got, lists)
		}
	}
	for what, least := range map[string]float64{"one typing error": 97.5, "persons, every word mistyped": 96,
		"words in any order": 99.3} {
		if got := shareAt(found[what], match.DefaultThreshold); got < least {
			t.Errorf("%s: %.1f %% are found at the default threshold, want %.1f %%", what, got, least)
		}
	}
}

// queriesOf draws n names of entries and changes them; a name that change answers with "" is left out.
func queriesOf(entries []diff.Entry, n int, change func(string, diff.Kind) string) (queries []string, owners []int) {
	names, owner := screentest.NamesOf(entries)
	r := rand.New(rand.NewPCG(23, 24))
	for len(queries) < n {
		i := r.IntN(len(names))
		if screentest.Letters(names[i]) < 8 {
			continue
		}
		if q := change(names[i], entries[owner[i]].Kind); q != "" {
			queries, owners = append(queries, q), append(owners, owner[i])
		}
	}
	return queries, owners
}

func everyWord(n string, k diff.Kind, r *rand.Rand) string {
	if k != diff.Person {
		return ""
	}
	words := strings.Fields(n)
	if len(words) < 2 {
		return ""
	}
	for i, w := range words {
		if screentest.Letters(w) >= 4 {
			words[i] = screentest.Mistype(w, r)
		}
	}
	return strings.Join(words, " ")
}

func shuffled(n string, r *rand.Rand) string {
	words := strings.Fields(n)
	if len(words) < 2 {
		return ""
	}
	r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return strings.Join(words, " ")
}
