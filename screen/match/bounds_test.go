package match

import (
	"context"
	"fmt"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"entitywatch/screen/names"
)

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

func TestSearchOfAnEndlessNameIsBounded(t *testing.T) {
	ix := NewIndex([]diff.Entry{{List: diff.EntityList, Key: "1", Name: "Tarvelli Works", Country: "IRAN"}}, Options{})
	for what, name := range screentest.Endless(187_000) {
		if p := readAddress(name); len(p.words)+len(p.numbers) > names.MaxName {
			t.Errorf("%s: %d words of an address were read", what, len(p.words))
		}
		ix.Search(Query{Name: name, Address: name}, 0.8, 1)
	}
}
