package screen

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
)

// TestEveryWordAdvances takes each letter, digit and mark of Unicode, alone and before and behind what may stop a word.
func TestEveryWordAdvances(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !isWordRune(r) {
			continue
		}
		for _, text := range []string{string(r), string(r) + " ", string(r) + "'", string(r) + "漢", string(r) + "(x"} {
			if words, next := takeWord(text, 0, false, nil); next < utf8.RuneLen(r) || next > len(text) || len(words) > 8 {
				t.Fatalf("takeWord(%q) went on to byte %d with %d words", text, next, len(words))
			}
		}
	}
}

// kinds are one rune of each sort that the reading of texts tells apart, found by looking at all of Unicode.
func kinds() []rune {
	type sort struct {
		letter, number, mark, upper, apostrophe, ascii, silent bool
		script                                                 script
		gap                                                    gap
	}
	seen := map[sort]bool{}
	var out []rune
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := sort{
			unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), unicode.IsUpper(r), isApostrophe(r), r < utf8.RuneSelf,
			isWordRune(r) && foldWord(string(r), 1<<scriptOf(r)) == "", scriptOf(r), gapOfRune(r),
		}
		if !seen[s] {
			seen[s] = true
			out = append(out, r)
		}
	}
	return append(out, '.', '(', ')', '（', '）', '&', ',', 's', 'S', 'ʻ', 'ʼ', 'ʹ', 'ـ', utf8.RuneError)
}

// TestEveryPairOfRunesIsRead reads all pairs of runes of different sorts, between words and alone, as names, as addresses and in texts.
func TestEveryPairOfRunesIsRead(t *testing.T) {
	entries := []diff.Entry{{List: diff.EntityList, Key: "1", Name: "Tarvelli Works", Aliases: []string{"ʼ", "طهران ـ موسكو"}, Country: "IRAN"}}
	ix, sc := NewIndex(entries, Options{}), NewScanner(entries, ScanOptions{})
	runes := kinds()
	if len(runes) < 60 {
		t.Fatalf("%d sorts of runes only", len(runes))
	}
	for _, a := range runes {
		for _, b := range runes {
			pair := string(a) + string(b)
			for _, text := range []string{pair, "Tarvelli" + pair + "Works", "Tarvelli " + pair + " Works"} {
				name := strings.Clone(text)
				ix.Search(Query{Name: name, Address: name}, 0.8, 1)
				for _, m := range sc.Scan(text) {
					if m.Start < 0 || m.End > len(text) || m.Start >= m.End {
						t.Fatalf("%q: a mention at %d–%d", text, m.Start, m.End)
					}
				}
			}
		}
	}
	for _, text := range []string{"Hawaiʻ i", "طهران ـ موسكو", "ʹ", "ʼ ʻ ʹ", "ʼ漢ʼ字ʼ", "Oʼ ʼs", "ـ"} {
		sc.Scan(text)
		NewScanner([]diff.Entry{{Name: text}}, ScanOptions{}).Scan(text)
		NewIndex([]diff.Entry{{Name: text}}, Options{}).Search(Query{Name: text}, 0.8, 0)
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"Hawaiʻ i", "طهران ـ موسكو", "ʼ ʻ ʹ", "Shenzhen Qorvane Co., Ltd.", "S.p.A. ОАО 中国工商", "Room 1, 2/F, O'Neill's St"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			t.Skip()
		}
		for _, w := range splitWords(s, nil) {
			if w.s == "" || w.start >= w.end || w.end > len(s) {
				t.Fatalf("%q: the word %+v", s, w)
			}
		}
		entries := []diff.Entry{{List: diff.SDN, Key: "1", Name: s, Aliases: []string{s + " Ltd"}, Addresses: []string{s}, Country: s}}
		NewIndex(entries, Options{}).Search(Query{Name: s, Address: s, Country: s}, 0.5, 3)
	})
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"Hawaiʻ i", "طهران ـ موسكو", "ʼ ʻ ʹ", "BIS adds Tarvelli Works, Qorvane & Co. to the list.\n", "中国工商银行", "Тарвелли"} {
		f.Add(s)
	}
	entries := []diff.Entry{
		{List: diff.EntityList, Key: "1", Name: "Tarvelli Works", Aliases: []string{"Тарвелли", "塔维利工厂", "ʼ"}, Country: "IRAN"},
		{List: diff.SDN, Key: "2", Name: "QORVANE, Ostap", Kind: diff.Person},
	}
	sc := NewScanner(entries, ScanOptions{Every: true})
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<16 {
			t.Skip()
		}
		for _, m := range sc.Scan(s) {
			if m.Start < 0 || m.Start >= m.End || m.End > len(s) {
				t.Fatalf("%q: a mention at %d–%d", s, m.Start, m.End)
			}
		}
	})
}
