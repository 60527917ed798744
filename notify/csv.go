package notify

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"entitywatch/diff"
)

// csvFields are the columns that come from the entry itself.
var csvFields = []string{
	"aliases", "weak_aliases", "former_names", "addresses", "license_requirement", "license_review_policy",
}

// CSV is the full list of a message's parties, one a row, for a spreadsheet. A cell that a spreadsheet would take for a formula begins
// with an apostrophe.
func CSV(items []Item) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write(slices.Concat([]string{"change", "list", "country", "name"}, csvFields,
		[]string{"effective_on", "act", "change_id", "amended", "ours"}))
	for it := range each(items) {
		c := it.Change
		e := entryOf(c)
		row := []string{string(c.Change), string(c.List), c.Country, c.Name}
		for _, name := range csvFields {
			f, _ := diff.FieldNamed(name)
			row = append(row, cell(f.Texts(&e)))
		}
		row = append(row, string(c.EffectiveOn), c.Act, c.ID, amended(it), ours(it.Hits))
		for i, s := range row {
			row[i] = guard(Clean(s))
		}
		w.Write(row)
	}
	w.Flush() // a bytes.Buffer never fails
	return b.Bytes()
}

// each gives an Item for every entry of an edit that is told as one.
func each(items []Item) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, it := range items {
			if it.Mass == nil {
				if !yield(it) {
					return
				}
				continue
			}
			for _, m := range it.Mass.Entries {
				one := it
				one.Change.ID, one.Change.Name, one.Change.Country, one.Mass, one.Hits = m.Change, m.Name, m.Country, nil, m.Hits
				if !yield(one) {
					return
				}
			}
		}
	}
}

func cell(values []string) string { return strings.Join(values, " | ") }

// ours are the counterparties that a party touches: "vendors V-7: Foo GmbH, 95%".
func ours(hits []Hit) string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = fmt.Sprintf("%s %s: %s, %.0f%%", h.Counterparties, h.ID, h.Name, 100*h.Score)
	}
	return cell(out)
}

func amended(it Item) string {
	var out []string
	for _, l := range fieldLines(it.Change.Fields, "") {
		out = append(out, l.Label+": "+cell(l.Values))
	}
	return strings.Join(out, " ; ")
}

// guard keeps a spreadsheet from reading a text as a formula. Some take a sign in its full-width form, too, and skip what is no letter.
func guard(s string) string {
	for _, r := range s {
		switch {
		case strings.ContainsRune("=+-@|%＝＋－＠｜％−﹢﹣﹦﹫", r):
			return "'" + s
		case unicode.IsSpace(r) || !unicode.IsPrint(r):
			continue
		}
		break
	}
	return s
}

func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '.' {
			return r
		}
		return '-'
	}, s)
}
