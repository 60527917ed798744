package notify

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Trim is a message whose head, and of a digest the heads of whose Cases, fit one part: where one does not, its texts are cut until it does.
// That takes a head that no source has had so far. Parties are left as they are.
func Trim(m Message, l Limits) Message {
	if l.Weigh == nil {
		l.Weigh = utf8.RuneCountInString
	}
	if m.Digest == nil {
		cutUntil(&m.Short, func() bool { return l.fits(headWeight(m, l), 0) })
		m.Items = shortHeadings(m.Items, l)
		return m
	}
	r := *m.Digest
	r.Cases = slices.Clone(r.Cases)
	for i := range r.Cases {
		c := &r.Cases[i]
		cutUntil(&c.Short, func() bool { return l.fits(2*caseHeadWeight(*c, l), 0) })
	}
	m.Digest = &r
	cutUntil(&m.Short, func() bool { return l.fits(headWeight(m, l)+reportWeight(m, l), 0) })
	return m
}

// maxHeading is how many characters of a list's heading are shown: the longest country's has some 40.
const maxHeading = 100

// shortHeadings cuts the headings that parties stand under, which each part repeats.
func shortHeadings(items []Item, l Limits) []Item {
	if l.Size == 0 || !slices.ContainsFunc(items, func(it Item) bool { return len(it.Change.Country) > maxHeading }) {
		return items
	}
	items = slices.Clone(items)
	for i := range items {
		items[i].Change.Country = quoted(Clean(items[i].Change.Country), maxHeading)
	}
	return items
}

// cutUntil halves how many characters the texts of a head have until it fits, or nothing more can be gained.
func cutUntil(short *int, fits func() bool) {
	for most := 2000; most >= 15 && !fits(); most /= 2 {
		*short = most
	}
}

// cut cuts each text of sections to so many characters, and their lists to what twenty of them take; where most is 0, nothing. A cut address
// leads nowhere, so one that is too long is left out. Parties are divided, never cut.
func cut(all []Section, most int) []Section {
	for i := range all {
		if s := &all[i]; most > 0 && s.Kind != SecParties {
			s.cut(most)
		}
	}
	return all
}

func (s *Section) cut(most int) {
	left := 0
	s.Texts, s.Facts, s.Links = cutEach(s.Texts, most), cutLines(s.Facts, most), cutLinks(s.Links, most)
	s.Stories, left = few(s.Stories, most)
	if left > 0 {
		s.Texts = append(s.Texts, fmt.Sprintf("and %d more", left))
	}
	for i, n := range s.Stories {
		s.Stories[i] = Story{Title: quoted(n.Title, most), About: quoted(n.About, most), Lines: cutLines(n.Lines, most)}
		if u := cutLinks([]Link{{URL: n.URL}}, most); len(u) > 0 {
			s.Stories[i].URL = n.URL
		}
	}
	s.Contents, left = few(slices.Clone(s.Contents), most) // they are the digest's own
	for i, c := range s.Contents {
		cases, _ := few(c.Cases, most)
		s.Contents[i] = Contents{quoted(c.Text, most), cases}
	}
	if left > 0 {
		s.Contents = append(s.Contents, Contents{Text: fmt.Sprintf("and %d more", left)})
	}
}

// few are the first of a list, as many as such texts leave room for, and how many are left.
func few[T any](all []T, most int) ([]T, int) {
	n := min(len(all), max(most/40, min(most/10, 5)))
	if n == len(all)-1 {
		n++ // "and 1 more" takes as much room as the one
	}
	return all[:n:n], len(all) - n
}

func cutEach(all []string, most int) []string {
	out, left := few(slices.Clone(all), most)
	for i, s := range out {
		out[i] = quoted(s, most)
	}
	if left > 0 {
		out = append(out, fmt.Sprintf("and %d more", left))
	}
	return out
}

func cutLines(all []Line, most int) []Line {
	out := slices.Clone(all)
	for i, l := range out {
		out[i].Values = cutEach(l.Values, most)
	}
	return out
}

func cutLinks(all []Link, most int) []Link {
	return slices.DeleteFunc(slices.Clone(all), func(l Link) bool { return len(l.URL) > min(max(2*most, 300), mostAddress) })
}
