package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// corrections say which document corrects which, once each: "2024-14102 (89 FR 53302, effective
// 2024-06-26) corrects 2024-13310".
func corrections(pc PendingCase, items []Item) []string {
	var out []string
	for _, it := range items {
		x := it.Change.Correction
		if x == nil {
			continue
		}
		s := x.By
		if a := pc.correcting(x.By); a != nil {
			s += ofCorrection(a)
		}
		s += " corrects " + x.Of
		if x.By == x.Of {
			s = "the text of " + x.Of + " was changed by its publisher"
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// ofCorrection is where a correcting document stands, and since when its words are in force: the day of effect that stands with the
// parties is that of the document which it corrects.
func ofCorrection(a *diff.Act) string {
	parts := []string{a.Citation}
	if a.EffectiveOn != "" {
		parts = append(parts, "effective "+string(a.EffectiveOn))
	}
	if parts = nonEmpty(parts); len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// correcting is the act of that number among those that correct the Case's own; nil where it is not known.
func (pc PendingCase) correcting(number string) *diff.Act {
	for i := range pc.Corrections {
		if diff.FoldDocumentNumber(pc.Corrections[i].DocumentNumber) == diff.FoldDocumentNumber(number) {
			return &pc.Corrections[i]
		}
	}
	return nil
}

// correctionLinks lead to the documents that correct the Items.
func correctionLinks(pc PendingCase, items []Item) []Link {
	var out []Link
	for _, it := range items {
		if it.Change.Correction == nil {
			continue
		}
		a := pc.correcting(it.Change.Correction.By)
		if a == nil {
			continue
		}
		urls := webAddresses(a.URLs)
		l := Link{"correction", "Correction " + a.DocumentNumber, cmp.Or(urls["html"], urls["pdf"], urls["inspection"])}
		if l.URL != "" && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// onlyCorrections reports whether all that is told puts right what was told before.
func onlyCorrections(items []Item) bool { return correctionHeadline(changesOf(items)) != "" }

// correctionLines say what was told before and what is right. That the entry now cites the correction goes without
// saying.
func correctionLines(x *diff.Correction) (f lines) {
	switch {
	case x.Before != nil && x.After != nil:
		for _, d := range swaps(x.Fields) {
			if d.Substantive && d.Field != "citations" {
				f.add(diff.FieldWord(d.Field), cmp.Or(d.Before, "(nothing)")+" → "+cmp.Or(d.After, "(nothing)"))
			}
		}
		return f
	case x.Before != nil:
		f.add("told before", "that it is on the list as "+x.Before.Name)
		f.add("right is", "it is not on the list")
	default:
		f.add("told before", "that it is not on the list")
		f.add("right is", "it is on the list")
	}
	return f
}

// correctionHeadline is "CORRECTED: Entity List: Shiyan Gyroscope Works Co., Ltd. (China): address", or how many there
// are and where. It is empty where not all Changes are corrections.
func correctionHeadline(changes []diff.Change) string {
	if len(changes) == 0 || slices.ContainsFunc(changes, func(c diff.Change) bool { return c.Correction == nil }) {
		return ""
	}
	if len(changes) == 1 {
		return "CORRECTED: " + correctedParty(changes[0])
	}
	byCountry := map[string]int{}
	var lists []string
	for _, c := range changes {
		byCountry[CountryName(c.Country)]++
		if t := c.List.Title(); !slices.Contains(lists, t) {
			lists = append(lists, t)
		}
	}
	return fmt.Sprintf("CORRECTED: %s: %d parties", strings.Join(lists, ", "), len(changes)) + where(byCountry)
}

func correctedParty(c diff.Change) string {
	s := c.List.Title() + ": " + quoted(Clean(c.Name), maxName)
	if c.Country != "" {
		s += " (" + CountryName(c.Country) + ")"
	}
	var words []string
	for _, f := range c.Correction.Fields {
		if w := diff.FieldWord(f.Field); f.Substantive && f.Field != "citations" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) > 0 {
		s += ": " + strings.Join(words, ", ")
	}
	return s
}
