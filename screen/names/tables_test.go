package names

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryNicknameMatters demands of each word that it can be met in a name and links it to another.
func TestEveryNicknameMatters(t *testing.T) {
	groups := parseNicknames(table("nicknames.txt"))
	for line := range strings.Lines(table("nicknames.txt")) {
		words := strings.Fields(line)
		for i, w := range words {
			if f := Fold(w); len(f) != 1 || f[0] != w {
				t.Errorf("%q cannot be met: it is read as %q", w, f)
			}
			if len(words) < 2 || slices.Index(words, w) != i {
				t.Errorf("%q: the word %q links nothing", strings.TrimSpace(line), w)
			}
			if other := words[(i+1)%len(words)]; !OneGroup(groups[w], groups[other]) {
				t.Errorf("%q and %q are not linked", w, other)
			}
		}
	}
}

// TestEverySyllableOfWadeGilesMatters demands that each row can be met and leads to syllables of Hanyu Pinyin.
func TestEverySyllableOfWadeGilesMatters(t *testing.T) {
	pinyin := map[string]bool{}
	for _, s := range thePinyin().syllables {
		pinyin[s] = true
		pinyin[strings.ReplaceAll(s, "v", "u")] = true
	}
	r := theRomanisation()
	for w, readings := range r.readings {
		if got := r.cut(w); len(got) != 1 || got[0] != w || len(readings) == 0 {
			t.Errorf("%q is read as %q", w, got)
		}
		for _, p := range readings {
			if !pinyin[p] {
				t.Errorf("%q: %q is no syllable", w, p)
			}
		}
		if q := Respellings("Hsueh " + w + "-hsueh"); !slices.Contains(q, "xue "+readings[0]+" xue") {
			t.Errorf("%q gives %q", w, q)
		}
	}
	for _, text := range []string{"", "Hsi", "Tarvelli Works", "Xi Minglan", "Kim Jong Rok", "Li Na",
		"Hsueh Hsueh Hsueh Hsueh Hsueh", strings.Repeat("hsi ", 5000)} {
		if got := Respellings(text); got != nil {
			t.Errorf("%.20q is read as %q", text, got)
		}
	}
}

// TestEveryHanVariantMatters demands that each row gives another character, which stands for itself.
func TestEveryHanVariantMatters(t *testing.T) {
	variants := theHanVariants()
	if len(variants) < 3000 {
		t.Fatalf("only %d", len(variants))
	}
	for r, simple := range variants {
		if _, chain := variants[simple]; chain || r == simple || ScriptOf(r) != Han || ScriptOf(simple) != Han ||
			hanOf(string(r)) != string(simple) {
			t.Errorf("%c is read as %c", r, simple)
		}
	}
}

// TestEveryOrdinaryWordStandsOnce: a word of the table of ordinary words is in one row only.
func TestEveryOrdinaryWordStandsOnce(t *testing.T) {
	rows := 0
	for line := range strings.Lines(table("ordinary.txt")) {
		rows += len(strings.Fields(line)) - 1
	}
	words := theOrdinary()
	if rows != len(words) || rows < 30_000 {
		t.Fatalf("%d rows, %d words", rows, len(words))
	}
}
