package ours_test

import (
	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"entitywatch/screen/match"
	"entitywatch/screen/ours"
	"fmt"
	"slices"
	"testing"
)

// TestTouched demands that a change of a few entries finds what screening everything finds.
func TestTouched(t *testing.T) {
	rows := []ours.Counterparty{
		{ID: "a", Name: "Qorvane Ltd"}, {ID: "b", Name: "Ostap Tarveli"}, {ID: "c", Name: "Blue Orchard"},
		{ID: "d", Name: "Qor Vane"},
		{ID: "e", Name: "Nothing", Aliases: []string{"Kuowan Wei"}}, {ID: "f", Name: "Ostaptarvelli"},
		{ID: "g", Name: "Sea Lantern Shipping"},
		{ID: "h", Name: "Somebody", Address: "412 Fa Yuen Street, Room 1803, 18/F, Lucky Mercantile Building, Mong Kok"},
		{ID: "i", Name: "Factory No. 12"},
	}
	cps := ours.NewCounterparties(rows)
	entries := screentest.Parties()
	ix := match.NewIndex(entries, match.Options{})
	want, err := cps.Screen(t.Context(), ix, match.DefaultThreshold, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := cps.Touched(t.Context(), entries, ix.Weights(), match.DefaultThreshold)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 7 {
		t.Errorf("only %d hits", len(want))
	}
	text := func(hits []match.Hit) (out []string) {
		for _, h := range hits {
			out = append(out, fmt.Sprintf("%s %s %v %s %d", h.ID, h.Key, h.Score, h.MatchedOn, h.Counterparty))
		}
		return out
	}
	if !slices.Equal(text(got), text(want)) {
		t.Errorf("touched %q\nscreened %q", text(got), text(want))
	}
}

// TestTouchedReadsRomanisations finds a counterparty that is written in another system than the list writes its name.
func TestTouchedReadsRomanisations(t *testing.T) {
	changed := []diff.Entry{{List: diff.SDN, Key: "pinyin", Kind: diff.Person, Name: "XIAO, Qingcai"}}
	cps := ours.NewCounterparties([]ours.Counterparty{{ID: "a", Name: "Hsiao Ching-tsai"},
		{ID: "b", Name: "Somebody Else"}})
	if hits, err := cps.Touched(t.Context(), changed, nil, match.DefaultThreshold); err != nil || len(hits) != 1 ||
		hits[0].ID != "a" {
		t.Errorf("after a change: %+v, %v", hits, err)
	}
}
