package screen

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"entitywatch/diff"
)

// endless are names as nobody has them, one for each way in which the reading of a name once grew with the square of its length.
func endless(bytes int) map[string]string {
	out := map[string]string{}
	for what, unit := range map[string]string{
		"words": "Tarvelli Works ", "legal forms that are words elsewhere": "co ", "abbreviation": "a.", "titles": "dr ", "initials": "b & ",
		"one word": "x", "one word of Han": "塔", "brackets": "((", "numbers": "twenty one ", "apostrophes": "ʼ", "joint stock": "joint stok ",
	} {
		out[what] = strings.Repeat(unit, bytes/len(unit)+1)[:bytes]
	}
	return out
}

func TestWhatIsReadOfANameIsBounded(t *testing.T) {
	ix := NewIndex([]diff.Entry{{List: diff.EntityList, Key: "1", Name: "Tarvelli Works", Country: "IRAN"}}, Options{})
	for what, name := range endless(187_000) {
		r := newReader()
		if r.read(name); len(r.words) > maxName || len(r.out.parts) > maxName {
			t.Errorf("%s: %d words were read", what, len(r.words))
		}
		if p := readAddress(name); len(p.words)+len(p.numbers) > maxName {
			t.Errorf("%s: %d words of an address were read", what, len(p.words))
		}
		ix.Search(Query{Name: name, Address: name}, 0.8, 1)
	}
	long := "Tarvelli Works" + strings.Repeat(" and nobody else", 20)
	if r := newReader().read(long); len(r.parts) < 30 {
		t.Errorf("of a name of %d bytes %d words were read", len(long), len(r.parts))
	}
}

// TestReadingGrowsWithTheText bounds what reading allocates by the length of the text: a word that was copied with each of its letters
// took gigabytes.
func TestReadingGrowsWithTheText(t *testing.T) {
	sc := NewScanner([]diff.Entry{{List: diff.EntityList, Key: "1", Name: "Tarvelli Works", Aliases: []string{"塔维利"}}}, ScanOptions{})
	for what, text := range endless(200_000) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		sc.Scan(text)
		runtime.ReadMemStats(&after)
		if n := (after.TotalAlloc - before.TotalAlloc) / uint64(len(text)); n > 1000 {
			t.Errorf("%s: %d bytes are allocated for each byte of text", what, n)
		}
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	ix := NewIndex([]diff.Entry{{List: diff.EntityList, Key: "1", Name: "Tarvelli Works"}}, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	asked := 0
	aliases := make([]string, 8000)
	for i := range aliases {
		aliases[i] = fmt.Sprintf("Tarvelli Works %d", i)
	}
	hits, err := ix.SearchAll(ctx, 400, func(int) Query {
		asked++ // all 400 are one batch of one goroutine
		cancel()
		return Query{Name: "Tarvelli Works", Aliases: aliases}
	}, 0.5, 0, nil)
	if err == nil || asked != 1 || len(hits) > 0 {
		t.Errorf("%d queries were read after the end, with %d hits and the error %v", asked, len(hits), err)
	}
}
