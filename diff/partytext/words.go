package partytext

import "strings"

// corporateForm reports whether a word is a form of company, as it stands behind the comma of a name.
func corporateForm(word string) bool {
	word = strings.Trim(word, ",;:()'\"“”")
	var b [16]byte
	n := 0
	for i := range len(word) {
		if word[i] == '.' {
			continue
		}
		if n == len(b) {
			return false
		}
		b[n] = word[i]
		if b[n] >= 'A' && b[n] <= 'Z' {
			b[n] |= 0x20
		}
		n++
	}
	switch string(b[:n]) {
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

// partWord reports whether a word names an organisation or a part of one.
func partWord(low string) bool {
	switch low {
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
func addressStart(low string) bool {
	switch low {
	case "room", "rm", "rooms", "unit", "units", "flat", "floor", "suite", "office", "offices", "building", "bldg", "block", "shop", "p.o", "po", "pob",
		"box", "plot", "street", "house", "level", "apt", "apartment", "warehouse", "villa", "ul", "ulitsa", "no", "nos", "post", "postal",
		"c/o", "address", "lot", "tower", "gate", "sector", "shed", "kv", "dom", "str", "prospekt", "prospect", "blk", "workshop",
		"showroom", "store", "door", "g/f", "mailbox", "phase", "courtyard", "hall", "factory", "km", "pgt", "ulica", "d", "der", "flat/rm", "mezzanine":
		return true
	}
	return false
}

// addressWord reports whether a word is one of addresses, wherever it stands in them.
func addressWord(low string) bool {
	switch low {
	case "street", "st", "str", "road", "rd", "avenue", "ave", "lane", "boulevard", "blvd", "house", "building", "bldg", "district", "city",
		"tower", "floor", "square", "highway", "drive", "park", "zone", "plaza", "centre", "center", "caddesi", "cad", "mah", "mahallesi", "sokak",
		"box", "ulitsa", "ul", "embankment", "shosse", "prospekt", "town", "village", "county", "province", "airport", "port", "estate":
		return true
	}
	return addressStart(low)
}

// ambiguousForm reports whether a word that corporateForm takes also stands in names of persons and places ("De Castro Street").
func ambiguousForm(word string) bool {
	switch strings.ToLower(strings.ReplaceAll(strings.Trim(word, ",()"), ".", "")) {
	case "jr", "sr", "ii", "iii", "de", "ag", "as", "ab", "san", "pt", "ao", "sa", "est", "tic", "ug", "ou", "sl", "gk", "kk", "co", "too", "sal", "spa", "sti":
		return true
	}
	return false
}

// organizationWord reports whether a word stands in names of organisations only.
func organizationWord(word string) bool {
	switch strings.ToLower(strings.Trim(word, ".,;'\"“”()")) {
	case "university", "college", "technology", "technologies", "electronics", "industries", "industrial", "group", "holding", "holdings", "international", "systems",
		"services", "center", "centre", "plant", "works", "research", "engineering", "enterprises", "airlines", "bank", "school", "army",
		"logistics", "trade", "trading", "solutions", "networks", "aviation", "airline", "manufacturing", "semiconductor", "police", "establishment",
		"committee", "commission", "administration", "shipyard", "foundation", "society", "council":
		return true
	}
	return false
}
