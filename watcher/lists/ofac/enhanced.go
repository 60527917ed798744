package ofac

import (
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// enhancedNoise are the elements and attributes of the enhanced schema that tell nothing of a party: numbers of rows,
// and parts whose whole is given beside them.
var enhancedNoise = map[string]bool{
	"versionId": true, "valueRefId": true, "identityId": true, "isPrimary": true, "nameParts": true, "valueDate": true,
	"formattedFirstName": true, "formattedLastName": true, "script": true, "reliability": true,
	"@id": true, "@refId": true, "@featureTypeId": true, "@datePublished": true, "@nameId": true,
	"@nameTranslationId": true,
	"@entityId":          true, "@featureVersionId": true, "@action": true, "@oldValue": true,
}

// publication reads what the export says of itself: its day, and what it was narrowed to.
func (f *xmlFile) publication(n *records.Node) {
	f.Date(lawtext.StampDate(n.Get("dataAsOf")))
	for _, list := range n.Texts("filters", "sanctionsLists", "sanctionsList") {
		if _, known := namedLists[strings.ToLower(list)]; !known && strings.ToLower(list) != umbrella {
			f.Note(diff.Unread, "publicationInfo", "the list %q is not known here", list)
		}
	}
	if f.filtered = n.Texts("filters", "sanctionsPrograms", "sanctionsProgram"); len(f.filtered) > 0 {
		f.Note(diff.SourceSlip, "publicationInfo", "the export holds only the programs %s: that a party is not in it "+
			"means nothing",
			strings.Join(f.filtered, ", "))
	}
}

// entity maps an entity of the enhanced schema.
func (f *xmlFile) entity(n *records.Node, where string) {
	e := enhancedEntry(n)
	on := listsNamed(n, func(name string) {
		f.Note(diff.Unread, where, "entity %s is on the list %q, which is not known here", e.Key, name)
	})
	e.Attributes = append(e.Attributes, f.Unasked(n, enhancedNoise, where)...)
	if len(on) == 0 {
		f.Rows++
		f.Miss(n.Unread("", e.Key), where, "entity %s cannot be read: it is on no list that is known here", e.Key)
		return
	}
	f.keep(e, on, nil, n, where)
}

// listsNamed are the lists that an entity says it is on.
func listsNamed(n *records.Node, strange func(name string)) []diff.ListID {
	var out []diff.ListID
	for _, name := range n.Texts("sanctionsLists", "sanctionsList") {
		id, ok := namedLists[strings.ToLower(name)]
		switch {
		case ok:
			out = append(out, id)
		case strings.ToLower(name) != umbrella:
			strange(name)
		}
	}
	return out
}

// enhancedEntry maps all that an entity element holds. Its key is the bare number.
func enhancedEntry(n *records.Node) diff.Entry {
	info := n.Kid("generalInfo")
	e := diff.Entry{
		Key: n.Attr("id"), Kind: kindOf(info.Get("entityType")), Programs: n.Texts("sanctionsPrograms", "sanctionsProgram"),
		Remarks: info.Get("remarks"),
	}
	records.AddFact(&e, "title", info.Get("title"))
	for _, name := range n.All("names", "name") {
		enhancedName(&e, name)
	}
	for _, a := range n.All("addresses", "address") {
		enhancedAddress(&e, a)
	}
	for _, feature := range n.All("features", "feature") {
		addFeature(&e, feature.Get("type"), feature.Get("value"))
	}
	for _, doc := range n.All("identityDocuments", "identityDocument") {
		enhancedDocument(&e, doc)
	}
	for _, rel := range n.All("relationships", "relationship") {
		records.AddFact(&e, rel.Get("type"), records.Join(", ", rel.Get("relatedEntity"), rel.Get("quality")))
	}
	for _, v := range n.Texts("legalAuthorities", "legalAuthority") {
		records.AddFact(&e, "legal_authority", v)
	}
	for _, v := range n.Texts("sanctionsTypes", "sanctionsType") {
		records.AddFact(&e, "sanctions_type", v)
	}
	return e
}

// enhancedName takes a name with its translations: the primary name's primary one is the entry's name, the others are
// aliases.
func enhancedName(e *diff.Entry, name *records.Node) {
	primary, kind, weak := name.Get("isPrimary") == "true", name.Get("aliasType"), name.Get("isLowQuality") == "true"
	for _, t := range name.All("translations", "translation") {
		full := t.Get("formattedFullName")
		if full == "" {
			full = records.Join(", ", t.Get("formattedLastName"), t.Get("formattedFirstName"))
		}
		if primary && e.Name == "" && t.Get("isPrimary") != "false" {
			e.Name = full
			continue
		}
		addName(e, kind, weak, full)
	}
}

func enhancedAddress(e *diff.Entry, a *records.Node) {
	country := a.Get("country")
	for _, t := range a.All("translations", "translation") {
		var parts []string
		for _, p := range t.All("addressParts", "addressPart") {
			p.Get("type")
			parts = append(parts, p.Get("value"))
		}
		if text := records.Join(", ", append(parts, country)...); text != "" {
			e.Addresses = append(e.Addresses, text)
		}
	}
	if len(a.All("translations", "translation")) == 0 && country != "" {
		e.Addresses = append(e.Addresses, country)
	}
	addCountry(e, country)
}

// featureFacts are the features that other files give under names of their own.
var featureFacts = map[string]string{
	"Birthdate": "birth", "Place of Birth": "birth_place", "Nationality Country": "nationality",
	"Citizenship Country": "citizenship",
	"Vessel Call Sign":    "call_sign", "VESSEL TYPE": "vessel_type", "Vessel Flag": "vessel_flag",
	"Vessel Owner":   "vessel_owner",
	"Vessel Tonnage": "tonnage", "Vessel Gross Registered Tonnage": "gross_registered_tonnage",
}

func addFeature(e *diff.Entry, kind, value string) {
	if fact, ok := featureFacts[kind]; ok {
		kind = fact
	} else if records.IsIdentifier(kind) && strings.HasPrefix(kind, "Digital Currency") {
		e.IDs = append(e.IDs, diff.ID{Type: kind, Value: value})
		return
	}
	records.AddFact(e, kind, value)
}

func enhancedDocument(e *diff.Entry, doc *records.Node) {
	value := records.Join(", ", doc.Get("documentNumber"), doc.Get("issuingCountry"), doc.Get("issuingLocation"))
	doc.Get("name") // the holder's name as the entity's own names give it
	for _, date := range []struct{ element, word string }{{"issueDate", "issued "}, {"expirationDate", "expires "}} {
		if d := documentDate(doc.Kid(date.element)); d != "" {
			value = records.Join(", ", value, date.word+d)
		}
	}
	if doc.Get("isValid") == "false" {
		value = records.Join(", ", value, "not valid")
	}
	value = records.Join(", ", append([]string{value}, doc.Texts("idFeatures", "idFeature")...)...)
	addID(e, doc.Get("type"), value)
}

// documentDate is a day, or the range that an uncertain date is given as.
func documentDate(n *records.Node) string {
	if n == nil {
		return ""
	}
	n.Get("isApproximate")
	n.Get("isDateRange")
	from, to := n.Get("fromDateBegin"), n.Get("toDateEnd")
	n.Get("fromDateEnd")
	n.Get("toDateBegin")
	if from == to {
		return from
	}
	return from + " to " + to
}
