package rule

import (
	"fmt"
	"strings"
	"testing"

	"entitywatch/diff"
)

// manyParties is a rule with one instruction for n parties, whose rows have names of their own where other is set.
func manyParties(n int, other, reversed bool) string {
	var names, rows strings.Builder
	for i := range n {
		fmt.Fprintf(&names, "“Party Number %d Trading Co., Ltd.”; ", i)
		j, word := i, "Party"
		if reversed {
			j = n - 1 - i
		}
		if other {
			word = "Firma"
		}
		fmt.Fprintf(&rows, `<ROW><ENT I="22"> </ENT><ENT>%s Number %d Trading Co., Ltd., %d Long Road, Town, Canada.</ENT>`+
			`<ENT>For all items subject to the EAR.</ENT><ENT>Presumption of denial</ENT><ENT>88 FR 12171, 2/27/23.</ENT>`+
			`</ROW>`, word, j, j)
	}
	return republishing("2. In supplement no. 4 to part 744, under CANADA, by adding in alphabetical order, entries "+
		"for "+names.String(), "",
		`<GPOTABLE COLS="5"><ROW><ENT I="01">CANADA</ENT></ROW>`+rows.String()+`</GPOTABLE>`)
}

// TestManyPartiesInOneInstruction: each finds its row whatever their order, and where no row has its name, that is a
// problem of each.
func TestManyPartiesInOneInstruction(t *testing.T) {
	const n = 2000
	for _, c := range []struct {
		other, reversed             bool
		amendments, without, orphan int
	}{{false, false, n, 0, 0}, {false, true, n, 0, 0}, {true, false, 2 * n, n, n}} {
		act, err := ParseXML(strings.NewReader(manyParties(n, c.other, c.reversed)), diff.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		without := 0
		for _, a := range act.Amendments {
			if a.Entry == nil {
				without++
			}
		}
		if len(act.Amendments) != c.amendments || without != c.without || len(act.Problems) != c.orphan {
			t.Errorf("%+v: %d amendments, %d without a row, %d problems", c, len(act.Amendments), without, len(act.Problems))
		}
	}
}

// BenchmarkManyParties states what a further party costs: eight times as many should cost about eight times as much.
func BenchmarkManyParties(b *testing.B) {
	for _, n := range []int{1000, 8000} {
		for _, other := range []bool{false, true} {
			text := manyParties(n, other, true)
			b.Run(fmt.Sprintf("n=%d/other=%v", n, other), func(b *testing.B) {
				for b.Loop() {
					if _, err := ParseXML(strings.NewReader(text), diff.ReadOptions{}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/party")
			})
		}
	}
}
