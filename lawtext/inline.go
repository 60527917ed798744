package lawtext

import "strings"

// readNames reads what stands before the aliases: the name, and names in parentheses or behind markers. With withAddress the text
// goes on with the address, which is returned.
func (d *draft) readNames(text string, withAddress bool) (address string) {
	m, ok := nextMarker(text, 0)
	if !ok {
		if withAddress {
			d.Name, address = cutName(text)
			return address
		}
		d.Name = trimName(text)
		return ""
	}
	before := strings.TrimRight(text[:m.start], " ,;")
	if strings.HasSuffix(before, "(") {
		open := len(before) - 1
		if end := closing(text, open); end > 0 {
			d.Name = trimName(before[:open])
			d.readMarkedText(text[m.start:end])
			return d.afterParenthesis(text[end+1:], withAddress)
		}
		before = before[:open]
	}
	d.Name = trimName(before)
	if !withAddress {
		d.readMarked(text, m)
		return ""
	}
	return d.readInline(text, m)
}

func (d *draft) readMarkedText(text string) {
	if m, ok := nextMarker(text, 0); ok {
		d.readMarked(text, m)
	}
}

// afterParenthesis reads on behind "NAME (a.k.a., …)".
func (d *draft) afterParenthesis(rest string, withAddress bool) string {
	if m, ok := nextMarker(rest, 0); ok && strings.Trim(rest[:m.start], " ,;(") == "" {
		if withAddress {
			return d.readInline(rest, m)
		}
		d.readMarked(rest, m)
		return ""
	}
	if withAddress {
		return strings.TrimLeft(rest, " ,;.\n")
	}
	if rest = trimName(rest); rest != "" { // "NAME (f.k.a., …), Branch", a.k.a., the following …
		d.Name += " " + rest
	}
	return ""
}

// readInline reads "a.k.a., A, a.k.a., B, C, ADDRESS" from the marker m on. The last chunk runs into the address.
func (d *draft) readInline(text string, m marker) (address string) {
	for {
		next, more := nextMarker(text, m.end)
		if !more {
			names, address := cutInline(text[m.end:])
			d.addNames(names, m.former, true)
			return address
		}
		d.addNames(strings.Trim(text[m.end:next.start], " (,;\n"), m.former, false)
		m = next
	}
}

// cutInline cuts "A, B, ADDRESS": the names end before the first segment that looks like an address, or else behind the first.
func cutInline(s string) (names, address string) {
	first, rest := cutName(s)
	if rest == "" {
		return first, ""
	}
	cut := len(s) - len(rest)
	if i := strings.Index(s, rest); i >= 0 {
		cut = i
	}
	for at := cut; ; {
		next, width := nextCut(s, at)
		if next < 0 {
			break
		}
		if segment := s[at:next]; startsLikeAddress(segment) || hasDigit(segment) || endsWithCountry(segment) || hasAddressWord(segment) && !center(segment) {
			return strings.TrimRight(s[:at], " ,;\n"), s[at:]
		}
		if s[next] == '\n' {
			return s[:next], s[next+1:]
		}
		at = next + width
	}
	if segments := strings.Count(rest, ","); segments >= 2 && endsWithCountry(rest) { // "A, B, London, United Kingdom"
		i := strings.LastIndexByte(s, ',')
		i = strings.LastIndexByte(s[:i], ',')
		return s[:i], s[i+1:]
	}
	return s[:cut], rest
}

// center reports whether a segment names a center, which may be a party ("Centre d'Etudes Tarvelli (CET)").
func center(s string) bool {
	low := strings.ToLower(s)
	return strings.Contains(low, "centre") || strings.Contains(low, "center")
}

// looksLikeAddress reports whether a segment between commas is part of an address.
func looksLikeAddress(s string) bool {
	return startsLikeAddress(s) || hasDigit(s) || endsWithCountry(s) || hasAddressWord(s)
}
