package lawtext

import (
	"strings"

	"entitywatch/diff"
)

// finish makes parties of the drafts.
func (r *reader) finish() Party {
	for _, d := range r.parties {
		d.finish()
	}
	main := &r.parties[0].Party
	if len(r.shared) > 0 {
		text, notes := takeNotes(strings.Join(r.shared, "\n"))
		main.Notes = append(main.Notes, notes...)
		for _, d := range r.parties {
			d.Addresses = append(d.Addresses, splitAddresses(text)...)
		}
	}
	if last := r.cur(); len(r.parties) > 1 && len(main.Addresses) == 0 && len(last.Addresses) > 0 && len(last.tail) > 0 {
		// the address behind the last part is the whole entry's, which has no other
		main.Addresses = last.Addresses
	}
	for _, d := range r.parties[1:] {
		main.Parts = append(main.Parts, d.Party)
	}
	if n := main.PartsStated; n >= 0 && n != len(main.Parts) {
		r.parties[0].problem(diff.SourceSlip, "the text states %d parties inside the entry, %d are listed", n, len(main.Parts))
	}
	if main.Name == "" && !main.Reserved {
		r.parties[0].problem(diff.Unread, "no name could be read")
	}
	return *main
}

// finish reads head, items and tail of one draft.
func (d *draft) finish() {
	head, notes := takeNotes(d.head)
	d.Notes = append(d.Notes, notes...)
	d.Reserved = strings.EqualFold(strings.Trim(head, " .[]"), "reserved") && strings.Contains(head, "[")
	if d.Reserved {
		return
	}
	var address string
	if d.intro {
		d.readNames(head, false)
	} else {
		address = d.readNames(head, true)
	}
	tail, notes := takeNotes(strings.Join(d.tail, "\n"))
	d.Notes = append(d.Notes, notes...)
	if address != "" {
		tail = address + "\n" + tail
	}
	if !d.intro && address != "" && len(d.items) > 0 { // nothing announced aliases: a dash that goes on with the address
		tail, d.items = tail+"\n"+strings.Join(d.items, "\n"), nil
	}
	d.readItems(strings.TrimSpace(tail) == "", &tail)
	d.Addresses = splitAddresses(tail)
	if d.intro && d.Declared >= 0 && d.Declared != len(d.items) {
		d.problem(diff.SourceSlip, "the text states %d aliases, %d are listed", d.Declared, len(d.items))
	}
}

// readItems reads the alias lines. An address inside one of them is moved to the tail.
func (d *draft) readItems(noAddress bool, tail *string) {
	for i, item := range d.items {
		item, notes := takeNotes(item)
		d.Notes = append(d.Notes, notes...)
		item, address := d.cutItem(trimItem(item), i == len(d.items)-1 && noAddress)
		if address != "" {
			*tail = address + "\n" + *tail
		}
		for _, alias := range splitItem(item) {
			if hasPrefixFold(alias, "any ") { // "any nuclear-related entities, institutes or centers located in Sarov"
				d.Notes = append(d.Notes, alias)
				continue
			}
			d.readAlias(alias)
		}
	}
}

// splitItem splits two aliases in one bullet, "Quorva Air Works; QAW". What an "and" joins ("Arbor Telecom; and Technology") is one.
func splitItem(item string) []string {
	var all []string
	for piece := range strings.SplitSeq(item, ";") {
		piece = strings.TrimSpace(piece)
		rest, joined := strings.CutPrefix(piece, "and ")
		if joined && len(all) > 0 && !hasPrefixFold(rest, "any ") {
			all[len(all)-1] += " and " + trimItem(rest)
			continue
		}
		rest = trimItem(rest)
		if hasPrefixFold(rest, "any ") {
			all = append(all, rest)
			continue
		}
		if a, b, ok := strings.Cut(rest, " or "); ok && alike(a, b) { // "Quorva Infrared or Quorva IR"
			all, rest = append(all, a), b
		}
		if rest != "" {
			all = append(all, rest)
		}
	}
	return all
}

// cutItem takes the address out of an alias line. likely says that it is the last line and the entry has no other address.
func (d *draft) cutItem(item string, likely bool) (alias, address string) {
	if before, rest, ok := strings.Cut(item, "(Address: "); ok {
		address, rest, _ = strings.Cut(rest, ")")
		return before + rest, address
	}
	if before, rest, ok := strings.Cut(item, ", to include the following"); ok { // "… subordinate. ADDRESS"
		_, rest, _ = strings.Cut(rest, ". ")
		return before, rest
	}
	if likely {
		if name, address, ok := sentenceCut(item); ok {
			return name, address
		}
	}
	if name, address := cutName(item); address != "" && insideAlias(address, likely) {
		return name, address
	}
	return item, ""
}

// insideAlias reports whether what a cut leaves of an alias is an address: beyond doubt, or likely and the entry has no other.
func insideAlias(address string, likely bool) bool {
	country := endsWithCountry(address)
	if startsLikeAddress(address) && (country || likely) {
		return true
	}
	return likely && country && (hasDigit(address) || strings.Count(address, ",") > 0)
}

func trimItem(s string) string {
	s = strings.TrimRight(s, " ;,")
	for _, and := range [...]string{"and", "or", "And"} {
		if before, ok := strings.CutSuffix(s, " "+and); ok {
			s = before
		}
	}
	return strings.TrimRight(s, " ;,")
}

// readAlias reads one alias, which may hold further ones: "A, a.k.a., B", "A (f.k.a., B)".
func (d *draft) readAlias(text string) {
	m, ok := nextMarker(text, 0)
	if !ok {
		if name := trimName(text); name != "" {
			d.Aliases = append(d.Aliases, name)
		}
		return
	}
	if name := trimName(strings.TrimRight(text[:m.start], " (,;")); name != "" {
		d.Aliases = append(d.Aliases, name)
	}
	d.readMarked(text, m)
}

// readMarked reads the names behind markers up to the end of the text.
func (d *draft) readMarked(text string, m marker) {
	_, several := nextMarker(text, m.end)
	single := !several // with a marker for each name, commas belong to the names
	for ok := true; ok; {
		next, more := nextMarker(text, m.end)
		end := len(text)
		if more {
			end = next.start
		}
		d.addNames(strings.Trim(text[m.end:end], " (,;\n"), m.former, !more && single)
		m, ok = next, more
	}
}

// addNames adds the names of one chunk behind a marker: separated by semicolons, or by commas and an "and".
func (d *draft) addNames(chunk string, former, commas bool) {
	chunk = unbalanced(chunk)
	for _, name := range splitNames(chunk, commas) {
		if name = trimName(name); name == "" {
			continue
		}
		if former {
			d.FormerNames = append(d.FormerNames, name)
		} else {
			d.Aliases = append(d.Aliases, name)
		}
	}
}

// unbalanced drops a closing parenthesis at the end that nothing in the chunk opens.
func unbalanced(s string) string {
	for strings.HasSuffix(strings.TrimRight(s, ". "), ")") && strings.Count(s, ")") > strings.Count(s, "(") {
		s = strings.TrimRight(s, ". ")
		s = s[:len(s)-1]
	}
	return s
}

// splitNames splits "A; B; and C" and, with commas, "A, B and C"; a comma before a corporate form or inside a part's name separates nothing.
func splitNames(s string, commas bool) []string {
	if strings.Contains(s, ";") {
		var all []string
		for name := range strings.SplitSeq(s, ";") {
			all = append(all, strings.TrimPrefix(strings.TrimSpace(name), "and "))
		}
		return all
	}
	if !commas {
		return []string{s}
	}
	var all []string
	start := 0
	for at := 0; ; {
		i, width := nextCut(s, at)
		if i < 0 {
			break
		}
		at = i + width
		if rest := strings.TrimSpace(s[at:]); !corporateForm(firstOf(rest)) && rest != "" {
			all = append(all, s[start:i])
			start = at
		}
	}
	last := s[start:]
	if a, b, ok := strings.Cut(last, " and "); ok && (len(all) > 0 || alike(a, b)) {
		return append(all, a, b)
	}
	return append(all, last)
}

// alike reports whether both sides of an "and" look like names of one party: as long as each other, or with a first word in common.
func alike(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return len(x) > 1 && len(x) == len(y) || len(x) > 0 && len(y) > 0 && x[0] == y[0]
}
