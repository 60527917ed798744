package match

import (
	"entitywatch/diff"
	"testing"
)

func FuzzNames(f *testing.F) {
	for _, s := range []string{"Hawaiʻ i", "طهران ـ موسكو", "ʼ ʻ ʹ", "Shenzhen Qorvane Co., Ltd.", "S.p.A. ОАО 中国工商",
		"Room 1, 2/F, O'Neill's St"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			t.Skip()
		}
		entries := []diff.Entry{{List: diff.SDN, Key: "1", Name: s, Aliases: []string{s + " Ltd"}, Addresses: []string{s},
			Country: s}}
		NewIndex(entries, Options{}).Search(Query{Name: s, Address: s, Country: s}, 0.5, 3)
	})
}
