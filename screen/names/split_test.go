package names

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestEveryWordAdvances takes each letter, digit and mark of Unicode, alone and before and behind what may stop a word.
func TestEveryWordAdvances(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !IsWordRune(r) {
			continue
		}
		for _, text := range []string{string(r), string(r) + " ", string(r) + "'", string(r) + "漢", string(r) + "(x"} {
			if words, next := takeWord(text, 0, false, nil); next < utf8.RuneLen(r) || next > len(text) || len(words) > 8 {
				t.Fatalf("takeWord(%q) went on to byte %d with %d words", text, next, len(words))
			}
		}
	}
}

func FuzzSplitWords(f *testing.F) {
	for _, s := range []string{"Hawaiʻ i", "طهران ـ موسكو", "ʼ ʻ ʹ", "Shenzhen Qorvane Co., Ltd.", "S.p.A. ОАО 中国工商",
		"Room 1, 2/F, O'Neill's St"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, w := range Split(s, nil) {
			if w.Text == "" || w.Start >= w.End || w.End > len(s) {
				t.Fatalf("%q: the word %+v", s, w)
			}
		}
	})
}
