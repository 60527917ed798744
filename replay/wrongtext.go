package replay

import (
	"regexp"
	"slices"
	"strings"
)

// served is the document whose text is served under a document's address: itself, or what a trouble makes of it.
func (q query) served(d *Document) *Document {
	wrong := *d
	switch q.do {
	case "stub":
		wrong.Abstract, wrong.Background, wrong.SavingsClause, wrong.Amend = "", nil, "", nil
	case "shortened":
		wrong.Amend = nil
		for _, a := range d.Amend {
			a.Add, a.Revise, a.Remove, a.Words = half(a.Add), half(a.Revise), half(a.Remove), half(a.Words)
			if len(a.Add)+len(a.Revise)+len(a.Remove)+len(a.Words) > 0 {
				wrong.Amend = append(wrong.Amend, a)
			}
		}
	case "other":
		wrong.Number, wrong.Title, wrong.Amend = "2000-00001", "Addition of an Entity to the Entity List", nil
		for _, a := range d.Amend {
			a.Add, a.Revise, a.Remove, a.Words = []Entry{{Name: "Another Rule's Party", Addresses: []string{"1 Other Road"},
				Requirement: "For all items subject to the EAR.", Policy: "Presumption of denial"}}, nil, nil, nil
			wrong.Amend = []Amendment{a}
		}
	}
	return &wrong
}

// half is the first half of what there is, and nothing of one.
func half[T any](all []T) []T { return slices.Clip(all[:len(all)/2]) }

var innerVowel = regexp.MustCompile(`(\p{L})[aeo](\p{L})`)

// text is the body of a document's text after the publisher's edits, and after what a trouble does to its letters.
func (q query) text(s string, edits []Edit) []byte {
	s = edited(s, edits)
	if q.do == "lost" { // in what is named in quotation marks and rows, which is where it hurts; the markup stays well-formed
		s = betweenMarks(s, func(t string) string { return innerVowel.ReplaceAllString(t, "${1}?${2}") })
	}
	return []byte(s)
}

// betweenMarks changes the text between the tags of rows of a table.
func betweenMarks(s string, change func(string) string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<ENT")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		cell, after, _ := strings.Cut(rest, "</ENT>")
		attr, text, _ := strings.Cut(cell, ">")
		b.WriteString("<ENT" + attr + ">" + change(text) + "</ENT>")
		s = after
	}
}

// agencies are the agencies of a document, under their former or their new slugs.
func (q query) agencies(d *Document) []map[string]any {
	out := agencies(d)
	if q.do != "moved" {
		return out
	}
	for _, a := range out {
		if a["slug"] == "industry-and-security-bureau" {
			a["slug"], a["name"] = "bureau-of-industry-and-security", a["raw_name"]
		}
	}
	return out
}
