package mention

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"entitywatch/diff"
	"entitywatch/screen/match"
	"entitywatch/screen/names"
)

// kinds are one rune of each sort that the reading of texts tells apart, found by looking at all of Unicode.
func kinds() []rune {
	type sort struct {
		letter, number, mark, upper, joins, ascii, silent bool
		script                                            names.Script
		gap                                               gap
	}
	seen := map[sort]bool{}
	var out []rune
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := sort{
			unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), unicode.IsUpper(r),
			len(names.Fold("a"+string(r)+"b")) == 1, r < utf8.RuneSelf,
			names.IsWordRune(r) && len(names.Fold(string(r))) == 0, names.ScriptOf(r), gapOfRune(r),
		}
		if !seen[s] {
			seen[s] = true
			out = append(out, r)
		}
	}
	return append(out, '.', '(', ')', '（', '）', '&', ',', 's', 'S', 'ʻ', 'ʼ', 'ʹ', 'ـ', utf8.RuneError)
}

// TestEveryPairOfRunesIsRead reads all pairs of runes of different sorts, between words and alone, as names, as
// addresses and in texts.
func TestEveryPairOfRunesIsRead(t *testing.T) {
	entries := []diff.Entry{{List: diff.EntityList, Key: "1", Name: "Tarvelli Works",
		Aliases: []string{"ʼ", "طهران ـ موسكو"}, Country: "IRAN"}}
	ix, sc := match.NewIndex(entries, match.Options{}), NewScanner(entries, ScanOptions{})
	runes := kinds()
	if len(runes) < 60 {
		t.Fatalf("%d sorts of runes only", len(runes))
	}
	for _, a := range runes {
		for _, b := range runes {
			pair := string(a) + string(b)
			for _, text := range []string{pair, "Tarvelli" + pair + "Works", "Tarvelli " + pair + " Works"} {
				name := strings.Clone(text)
				ix.Search(match.Query{Name: name, Address: name}, 0.8, 1)
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
		match.NewIndex([]diff.Entry{{Name: text}}, match.Options{}).Search(match.Query{Name: text}, 0.8, 0)
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"Hawaiʻ i", "طهران ـ موسكو", "ʼ ʻ ʹ",
		"BIS adds Tarvelli Works, Qorvane & Co. to the list.\n", "中国工商银行", "Тарвелли"} {
		f.Add(s)
	}
	entries := []diff.Entry{
		{List: diff.EntityList, Key: "1", Name: "Tarvelli Works", Aliases: []string{"Тарвелли", "塔维利工厂", "ʼ"},
			Country: "IRAN"},
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
