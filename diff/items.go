package diff

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// item is one element of a list field: as it is shown, and as it is compared.
type item struct{ text, fold string }

// list tells the items that only one side has. Equal texts are paired first, then texts with the same fold.
func (d *fieldDiff) list(field string, before, after []item) {
	before, after = dropPairs(before, after)
	if len(before) == 0 && len(after) == 0 {
		return
	}
	for _, b := range before {
		if i := findFold(after, b.fold); i >= 0 {
			d.rewritten(field, b, after[i])
			after = append(after[:i:i], after[i+1:]...)
			continue
		}
		d.add(field, b.text, "", true)
	}
	for _, a := range after {
		d.add(field, "", a.text, true)
	}
}

// rewritten tells two items with one fold: editorial, unless a break moved between digits. Citations with one fold were read as the
// same volume, page and date, however they are written.
func (d *fieldDiff) rewritten(field string, b, a item) {
	if field != "citations" && numbersMoved(b.text, a.text) {
		d.add(field, b.text, "", true)
		d.add(field, "", a.text, true)
		return
	}
	d.add(field, b.text, a.text, false)
}

// dropPairs removes what both sides have to the letter, and what repeats one of those or one of its own side. A citation's letters stay the
// same where another version of the program reads another day out of them, and that is no news.
func dropPairs(before, after []item) (b, a []item) {
	var both []item
	for _, x := range before {
		if hasText(after, x.text) {
			both = append(both, x)
		}
	}
	return unique(alone(before, both)), unique(alone(after, both))
}

func alone(items, both []item) (out []item) {
	for _, x := range items {
		if findFold(both, x.fold) < 0 && !hasText(both, x.text) {
			out = append(out, x)
		}
	}
	return out
}

func unique(items []item) []item {
	out := items[:0:0]
	for _, x := range items {
		if x.text != "" && findFold(out, x.fold) < 0 {
			out = append(out, x)
		}
	}
	return out
}

func hasText(items []item, text string) bool {
	for _, x := range items {
		if x.text == text {
			return true
		}
	}
	return false
}

func findFold(items []item, fold string) int {
	for i, x := range items {
		if x.fold == fold {
			return i
		}
	}
	return -1
}

func texts(list []string) []item {
	items := make([]item, len(list))
	for i, s := range list {
		items[i] = item{s, letters(s)}
	}
	return items
}

// marks are footnote marks: a dagger has no letter, and yet it says which footnote applies.
func marks(list []string) []item {
	items := make([]item, len(list))
	for i, s := range list {
		s = strings.TrimSpace(s)
		items[i] = item{s, s}
	}
	return items
}

func citations(list []Citation) []item {
	items := make([]item, len(list))
	for i, c := range list {
		items[i] = item{citationText(c), citationFold(c)}
	}
	return items
}

// citationText is a citation as a reader is shown it: as the source writes it, and where a placeholder stands there ("88 FR [INSERT FR PAGE
// NUMBER AND 2/27/2023].") and page and day are known, with those: "88 FR 12171, 2/27/23.".
func citationText(c Citation) string {
	if !strings.Contains(c.Raw, "[INSERT") || c.Volume == 0 || c.Page == 0 || c.Date == "" {
		return c.Raw
	}
	return fmt.Sprintf("%d FR %d, %s.", c.Volume, c.Page, c.Date.Time().Format("1/2/06"))
}

// written are the letters of citations, in their order, without what parts them.
func written(list []Citation) string {
	var b strings.Builder
	for _, c := range list {
		b.WriteString(citationText(c))
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }), "")
}

func cited(list []Citation, c Citation) bool {
	return slices.ContainsFunc(list, func(o Citation) bool { return citationFold(o) == citationFold(c) })
}

// resolved reports whether one citation is the placeholder of the other: the same volume, the same day where both know it, and a page
// that only one of them has.
func resolved(a, b Citation) bool {
	placeholder := strings.Contains(a.Raw+b.Raw, "[INSERT")
	return placeholder && a.Volume != 0 && a.Volume == b.Volume && (a.Page == 0 || b.Page == 0 || a.Page == b.Page) && (a.Date == "" || b.Date == "" || a.Date == b.Date)
}

func citationFold(c Citation) string {
	if c.Volume != 0 && c.Page != 0 && c.Date != "" {
		return fmt.Sprintf("%d FR %d %s", c.Volume, c.Page, c.Date)
	}
	return letters(c.Raw)
}

func ids(list []ID) []item {
	items := make([]item, len(list))
	for i, x := range list {
		items[i] = typed(x.Type, x.Value)
	}
	return items
}

func attributes(list []Attribute) []item {
	items := make([]item, len(list))
	for i, x := range list {
		items[i] = typed(x.Type, x.Value)
	}
	return items
}

func typed(kind, value string) item {
	text := value
	if kind != "" {
		text = kind + ": " + value
	}
	return item{text, letters(kind) + ":" + letters(value)}
}
