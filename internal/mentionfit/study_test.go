package main

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"entitywatch/internal/require"
	"entitywatch/screen/mention"
)

func corpusOf(t *testing.T) *corpus {
	t.Helper()
	c, err := readCorpus(require.SharedData(t), filepath.Join("..", "..", "screen", "mention", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestBuiltInWeightsOnLabeledTexts holds the weights as they are to the labeled texts: the part that they never saw, and all of them.
func TestBuiltInWeightsOnLabeledTexts(t *testing.T) {
	c := corpusOf(t)
	s := &study{c: c, mentions: map[string]map[bool]int{}}
	sc := mention.NewScanner(c.entries, mention.ScanOptions{})
	var briefs, articles tally
	for p := range parts {
		b, a := s.measureBriefs(t.Output(), sc, p), s.measureArticles(t.Output(), sc, p)
		if p == 0 {
			t.Logf("kept back: briefs: %v; articles: %v", b, a)
			if b.falseTexts*100 > b.texts || b.missed > 0 {
				t.Error("want a false mention in at most 1 brief in 100 of those kept back, and no right one lost")
			}
		}
		briefs.add(b)
		articles.add(a)
	}
	t.Logf("all: briefs: %v\nall: articles: %v", briefs, articles)
	if briefs.falseTexts*100 > briefs.texts || briefs.missed > 0 {
		t.Error("want a false mention in at most 1 brief in 100, and no right one lost")
	}
	if articles.wrong*33 > articles.right || articles.missed*20 > articles.right+articles.missed {
		t.Error("want precision 0.97 and recall 0.95 on articles")
	}
}

// TestWeightsAreWhatTheTextsGive fits the features of the file anew: nobody has changed a weight by hand, and what the package reads of names
// has not moved away from what they were fitted on.
func TestWeightsAreWhatTheTextsGive(t *testing.T) {
	s := newStudy(corpusOf(t))
	file, err := os.ReadFile(filepath.Join("..", "..", "screen", "mention", "weights.txt"))
	if err != nil {
		t.Fatal(err)
	}
	chosen, want := map[string]rule{}, map[string]float64{}
	for _, line := range regexp.MustCompile(`(?m)^([a-z-]+) (-?[0-9.]+)$`).FindAllStringSubmatch(string(file), -1) {
		v, err := strconv.ParseFloat(line[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		chosen[line[1]], want[line[1]] = rules[line[1]], v
	}
	if len(chosen) < 20 {
		t.Fatalf("only %d weights", len(chosen))
	}
	const near = 0.3 // log-odds: no name passes the threshold for less than its own evidence
	for name, v := range fit(s.without(0), chosen) {
		if math.Abs(v-want[name]) > near {
			t.Errorf("%s weighs %.3f in the file, the texts give %.3f: run go run ./internal/mentionfit -write", name, want[name], v)
		}
	}
}
