package rule

import (
	"slices"
	"strings"

	"entitywatch/diff"
)

// prefixIndex finds the texts that begin with a name, without comparing each with each. Texts are in normal form.
type prefixIndex []placedText

type placedText struct {
	text string
	at   int
}

// indexTexts indexes n texts; text gives each in normal form.
func indexTexts(n int, text func(i int) string) prefixIndex {
	x := make(prefixIndex, n)
	for i := range x {
		x[i].text, x[i].at = text(i), i
	}
	slices.SortStableFunc(x, func(a, b placedText) int { return strings.Compare(a.text, b.text) })
	return x
}

// beginning are the places of the texts that begin with a name, in their order.
func (x prefixIndex) beginning(name string) (out []int) {
	if name == "" {
		return nil
	}
	from, _ := slices.BinarySearchFunc(x, name, func(l placedText, t string) int { return strings.Compare(l.text, t) })
	for _, l := range x[from:] {
		if !strings.HasPrefix(l.text, name) {
			break
		}
		out = append(out, l.at)
	}
	slices.Sort(out)
	return out
}

// rowIndex finds the rows that an instruction may name.
type rowIndex struct {
	rows   []*row
	byName map[string][]*row // by the normal form of the entry's name, and of an address entry's number
	lines  prefixIndex       // the first lines of the parties
}

func indexRows(rows []*row) *rowIndex {
	x := &rowIndex{rows: rows, byName: map[string][]*row{}}
	for _, r := range rows {
		if len(r.entries) == 0 {
			continue
		}
		e := &r.entries[0]
		n := diff.Normalise(e.Name)
		x.byName[n] = append(x.byName[n], r)
		if number := diff.Normalise(e.Remarks); e.Kind == diff.Address && number != "" && number != n {
			x.byName[number] = append(x.byName[number], r)
		}
	}
	x.lines = indexTexts(len(rows), func(i int) string {
		return diff.Normalise(strings.Join(rows[i].party[:min(1, len(rows[i].party))], ""))
	})
	return x
}

// named are the rows of the instruction's name, in their order.
func (x *rowIndex) named(o *op) []*row { return x.byName[diff.Normalise(o.name)] }

// beginning are the rows whose party begins with the instruction's name, in their order.
func (x *rowIndex) beginning(o *op) (out []*row) {
	for _, at := range x.lines.beginning(diff.Normalise(o.name)) {
		out = append(out, x.rows[at])
	}
	return out
}
