package lawtext

import "strings"

// fold writes a word in lower case without the punctuation around it into b, which has room for the longest word that any of the
// lists below knows; a longer word folds to nothing. With stops, full stops inside it go too: "L.L.C." is "llc".
func fold(word string, stops bool, b []byte) []byte {
	word = strings.TrimSuffix(strings.TrimPrefix(word, "“"), "”")
	for len(word) > 0 && punctuation(word[0]) {
		word = word[1:]
	}
	for len(word) > 0 && punctuation(word[len(word)-1]) {
		word = word[:len(word)-1]
	}
	for i := range len(word) {
		c := word[i]
		if c == '.' && stops {
			continue
		}
		if len(b) == cap(b) {
			return nil
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
	}
	return b
}

func punctuation(c byte) bool {
	switch c {
	case '.', ',', ';', ':', '(', ')', '\'', '"':
		return true
	}
	return false
}

// corporateForm reports whether a word is a form of company, as it stands behind the comma of a name.
func corporateForm(word string) bool {
	var b [16]byte
	switch string(fold(word, true, b[:0])) {
	case "ltd", "limited", "llc", "inc", "incorporated", "corp", "corporation", "co", "company", "plc", "llp", "lp",
		"jsc", "ojsc", "cjsc", "pjsc", "pao", "oao", "ooo", "zao", "ao", "fgup", "fsue", "too", "oju", "npo", "npp", "aooi", "pllc",
		"gmbh", "ag", "kg", "ug", "bv", "nv", "sa", "sas", "sarl", "sal", "srl", "spa", "sl", "sro", "spol", "doo", "eood", "ood", "ead", "lda",
		"oy", "oyj", "ab", "as", "a/s", "aps", "oü", "ou", "uab", "sia", "kft", "zrt", "ltda", "cv", "sab", "de", "pty", "pvt", "pte", "bhd", "sdn",
		"fze", "fzc", "fzco", "fz-llc", "fzllc", "dmcc", "dwc-llc", "est", "wll", "spc", "jlt", "fz", "psc", "saoc", "saog",
		"jr", "sr", "ii", "iii", "tic", "san", "sti", "aş", "kgaa", "cokg", "ehf", "pt", "tbk", "joint-stock", "gk", "kk", "fzo":
		return true
	}
	return false
}

// partWord reports whether a word names an organization or a part of one.
func partWord(word string) bool {
	var b [16]byte
	switch string(fold(word, false, b[:0])) {
	case "institute", "institutes", "department", "subsidiary", "branch", "faculty", "academy", "bureau",
		"corporation", "company", "enterprise", "laboratory", "laboratories", "division", "limited", "ltd", "agency", "ministry",
		"directorate", "concern", "bureaus", "institution", "association", "organization", "organisation", "subsidiaries",
		"jsc", "ojsc", "pjsc", "oao", "ooo", "zao", "llc", "fgup", "inc", "co", "corp", "research", "importers",
		"exporters":
		return true
	}
	return false
}

// addressStart reports whether a word begins an address.
func addressStart(word string) bool {
	var b [16]byte
	switch string(fold(word, false, b[:0])) {
	case "room", "rm", "rooms", "unit", "units", "flat", "floor", "suite", "office", "offices", "building", "bldg", "block", "shop", "p.o", "po", "pob",
		"box", "plot", "street", "house", "level", "apt", "apartment", "warehouse", "villa", "ul", "ulitsa", "no", "nos", "post", "postal",
		"c/o", "address", "lot", "tower", "gate", "sector", "shed", "kv", "dom", "str", "prospekt", "prospect", "blk", "workshop",
		"showroom", "store", "door", "g/f", "mailbox", "phase", "courtyard", "hall", "factory", "km", "pgt", "ulica", "d", "der", "flat/rm", "mezzanine":
		return true
	}
	return false
}

// addressWord reports whether a word is one of addresses, wherever it stands in them.
func addressWord(word string) bool {
	var b [16]byte
	switch string(fold(word, false, b[:0])) {
	case "street", "st", "str", "road", "rd", "avenue", "ave", "lane", "boulevard", "blvd", "house", "building", "bldg", "district", "city",
		"tower", "floor", "square", "highway", "drive", "park", "zone", "plaza", "centre", "center", "caddesi", "cad", "mah", "mahallesi", "sokak",
		"box", "ulitsa", "ul", "embankment", "shosse", "prospekt", "town", "village", "county", "province", "airport", "port", "estate":
		return true
	}
	return addressStart(word)
}

// ambiguousForm reports whether a word that corporateForm takes also stands in names of persons and places ("De Castro Street").
func ambiguousForm(word string) bool {
	var b [16]byte
	switch string(fold(word, true, b[:0])) {
	case "jr", "sr", "ii", "iii", "de", "ag", "as", "ab", "san", "pt", "ao", "sa", "est", "tic", "ug", "ou", "sl", "gk", "kk", "co", "too", "sal", "spa", "sti":
		return true
	}
	return false
}

// organizationWord reports whether a word stands in names of organizations only.
func organizationWord(word string) bool {
	var b [16]byte
	switch string(fold(word, false, b[:0])) {
	case "university", "college", "technology", "technologies", "electronics", "industries", "industrial", "group", "holding", "holdings", "international", "systems",
		"services", "center", "centre", "plant", "works", "research", "engineering", "enterprises", "airlines", "bank", "school", "army",
		"logistics", "trade", "trading", "solutions", "networks", "aviation", "airline", "manufacturing", "semiconductor", "police", "establishment",
		"committee", "commission", "administration", "shipyard", "foundation", "society", "council":
		return true
	}
	return false
}
