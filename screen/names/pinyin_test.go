package names

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

var updatePinyin = flag.Bool("update-pinyin", false, "write tables/pinyin.txt anew from the dictionary of go-pinyin")

// TestPinyinIsTheDictionarys compares the table with the dictionary that it was made of, for all of Unicode.
func TestPinyinIsTheDictionarys(t *testing.T) {
	args := pinyin.NewArgs()
	bySyllable := map[string][]rune{}
	want := map[rune]string{}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if p := pinyin.SinglePinyin(r, args); len(p) > 0 {
			s := strings.ReplaceAll(p[0], "ü", "v")
			want[r], bySyllable[s] = s, append(bySyllable[s], r)
		}
	}
	if *updatePinyin {
		old, err := os.ReadFile("tables/pinyin.txt")
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for line := range strings.Lines(string(old)) { // the head stays
			if strings.HasPrefix(line, "#") {
				b.WriteString(line)
			}
		}
		for _, s := range slices.Sorted(maps.Keys(bySyllable)) {
			fmt.Fprintf(&b, "%s %s\n", s, string(bySyllable[s]))
		}
		if err := os.WriteFile("tables/pinyin.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip("written")
	}
	if len(want) < 40_000 {
		t.Fatalf("the dictionary has %d characters", len(want))
	}
	table := thePinyin()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got := table.of(r); got != want[r] {
			t.Fatalf("%c (%U) is %q, want %q", r, r, got, want[r])
		}
	}
}
