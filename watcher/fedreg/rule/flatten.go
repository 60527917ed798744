package rule

import (
	"strconv"
	"strings"
)

// itemKind is what an item of a document's body is.
type itemKind int

const (
	instructionItem itemKind = iota // AMDPAR
	headingItem                     // HD
	paragraphItem                   // P, FP
	tableItem                       // GPOTABLE
)

// item is one block of a document's body, in document order.
type item struct {
	kind itemKind
	text string
	page int    // the page on which it begins; 0 where the document does not say
	part string // "15/744" inside REGTEXT; "" outside
	n    *node
}

// flatten lists the blocks of a document's body. Pages run from the page marks; start is the page before the first
// mark.
func flatten(doc *node, start int) []item {
	f := flattener{page: start}
	for _, k := range doc.kids {
		if k.name != "PREAMB" {
			f.walk(k)
		} else {
			f.marks(k)
		}
	}
	return f.items
}

type flattener struct {
	items []item
	page  int
	part  string
}

func (f *flattener) walk(n *node) {
	kind, ok := map[string]itemKind{"AMDPAR": instructionItem, "HD": headingItem, "P": paragraphItem, "FP": paragraphItem,
		"GPOTABLE": tableItem}[n.name]
	switch {
	case n.name == "PRTPAGE":
		f.mark(n)
	case n.name == "REGTEXT":
		f.part = n.attr["TITLE"] + "/" + n.attr["PART"]
		f.each(n)
		f.part = ""
	case ok:
		it := item{kind: kind, page: f.page, part: f.part, n: n}
		if kind != tableItem {
			it.text = n.flat()
		}
		f.items = append(f.items, it)
		f.marks(n)
	default:
		f.each(n)
	}
}

func (f *flattener) each(n *node) {
	for _, k := range n.kids {
		f.walk(k)
	}
}

func (f *flattener) marks(n *node) {
	for _, m := range n.all("PRTPAGE") {
		f.mark(m)
	}
}

func (f *flattener) mark(n *node) {
	if p, err := strconv.Atoi(strings.TrimSpace(n.attr["P"])); err == nil {
		f.page = p
	}
}
