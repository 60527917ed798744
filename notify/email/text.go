package email

import (
	"strings"
	"unicode/utf8"

	"entitywatch/notify"
)

// width is where the text part breaks its lines: what every mail program shows without breaking it again.
const width = 76

// plainText writes the part that must be complete on its own.
func plainText(v view) string {
	var b strings.Builder
	wrap(&b, "", "", v.Title)
	b.WriteString(strings.Repeat("=", min(width, utf8.RuneCountInString(v.Title))) + "\n")
	wrap(&b, "", "", v.Lead)
	for _, bl := range v.Blocks {
		b.WriteString("\n")
		head := bl.Title
		if bl.Tone == alarm {
			head = "!! " + head
		}
		wrap(&b, "", "", head)
		b.WriteString(strings.Repeat("-", min(width, utf8.RuneCountInString(head))) + "\n")
		writeBlock(&b, bl)
	}
	b.WriteString("\n-- \n") // the signature mark that mail programs know
	wrap(&b, "", "", v.Foot)
	if v.Unsubscribe != "" {
		b.WriteString("Unsubscribe: " + v.Unsubscribe + "\n")
	}
	return b.String()
}

func writeBlock(b *strings.Builder, bl block) {
	for _, t := range bl.Texts {
		wrap(b, "* ", "  ", t)
	}
	writeLines(b, "", bl.Facts)
	for i, p := range bl.Parties {
		if i > 0 || len(bl.Facts)+len(bl.Texts) > 0 {
			b.WriteString("\n")
		}
		wrap(b, "* ", "  ", p.Name)
		writeLines(b, "  ", p.Lines)
	}
	for _, l := range bl.Links {
		wrap(b, "* ", "  ", l.Label)
		if l.URL != "" {
			b.WriteString("  " + l.URL + "\n") // never broken: a broken address cannot be clicked
		}
	}
}

func writeLines(b *strings.Builder, indent string, lines []notify.Line) {
	for _, l := range lines {
		if len(l.Values) == 1 {
			wrap(b, indent+l.Label+": ", indent+"  ", l.Values[0])
			continue
		}
		b.WriteString(indent + l.Label + ":\n")
		for _, v := range l.Values {
			wrap(b, indent+"  - ", indent+"    ", v)
		}
	}
}

// wrap writes a text with breaks between words; a word longer than the line stays whole.
func wrap(b *strings.Builder, first, next, text string) {
	if text == "" {
		return
	}
	line, used := first, false
	for word := range strings.FieldsSeq(text) {
		switch {
		case !used:
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			b.WriteString(line + "\n")
			line = next + word
		default:
			line += " " + word
		}
		used = true
	}
	b.WriteString(line + "\n")
}
