package rule

import (
	"errors"
	"io"
	"maps"
	"strings"
	"testing"

	"entitywatch/diff"
)

// TestWholeDay reads an issue in which no rule concerns our lists: 13 rules, 7 proposed rules, 75 notices and a
// proclamation.
func TestWholeDay(t *testing.T) {
	acts, err := ParseIssue(reference(t, "fr/issue_2024-02-12.xml.gz"), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]int{}
	effective := 0
	for _, a := range acts {
		types[a.Type]++
		if len(a.Amendments)+len(a.Problems)+len(a.Declared) > 0 || a.ReadThis != "" {
			t.Errorf("%s %q: %d amendments, %v, %v, %q", a.DocumentNumber, a.Title, len(a.Amendments), a.Declared, a.Problems,
				a.ReadThis)
		}
		if a.PublishedOn != "2024-02-12" || a.DocumentNumber == "" || len(a.Agencies) == 0 &&
			a.Type != "Presidential Document" {
			t.Errorf("%q: %s, published %q, by %v", a.Title, a.DocumentNumber, a.PublishedOn, a.Agencies)
		}
		if a.Type == "Rule" && a.EffectiveOn != "" {
			effective++
		}
	}
	if !maps.Equal(types, map[string]int{"Rule": 13, "Proposed Rule": 7, "Notice": 75, "Presidential Document": 1}) {
		t.Errorf("types %v", types)
	}
	if effective < 11 {
		t.Errorf("%d of 13 rules have an effective date", effective)
	}
}

func TestRefusedXML(t *testing.T) {
	whole := `<RULE><PREAMB><SUBJECT>Something</SUBJECT></PREAMB><FRDOC>[FR Doc. 2023-00001 Filed 2-24-23]</FRDOC></RULE>`
	for _, c := range []struct {
		source        string
		strict, loose bool // refused
	}{
		{"", true, true}, {" \n ", true, true}, {"<!DOCTYPE html><html><title>Request Access</title></html>", true, true},
		{"<html><body>no</body></html>", true, true}, {"AGENCY: text", true, true}, {"{}", true, true},
		{"<DIV5><HEAD>x</HEAD></DIV5>", true, true},
		{whole, false, false}, {whole[:60], true, false}, {"<FEDREG></FEDREG>", true, true}, {whole + whole, true, true},
	} {
		for i, refuse := range []bool{c.strict, c.loose} {
			_, err := ParseXML(strings.NewReader(c.source), diff.ReadOptions{Partial: i == 1})
			var refused *diff.Refused
			if errors.As(err, &refused) != refuse {
				t.Errorf("partial %v: %.40q gives %v", i == 1, c.source, err)
			}
		}
	}
	a, err := ParseXML(strings.NewReader(whole[:60]), diff.ReadOptions{Partial: true})
	if err != nil || !diff.NeedsHuman(a.Problems) || a.Title != "Something" {
		t.Errorf("a cut document: %+v, %v", a, err)
	}
	if _, err := ParseXML(io.MultiReader(strings.NewReader("<RULE>"), failing{}), diff.ReadOptions{}); err == nil {
		t.Error("a failing reader gives no error")
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }
