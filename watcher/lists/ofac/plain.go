package ofac

import (
	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// plainNoise are the elements of the plain schema that tell nothing of a party.
var plainNoise = map[string]bool{"uid": true, "mainEntry": true}

// plain maps an sdnEntry of SDN.XML or CONSOLIDATED.XML.
func (f *xmlFile) plain(n *records.Node, where string) {
	e := diff.Entry{
		Key: n.Get("uid"), Kind: kindOf(n.Get("sdnType")), Name: records.Join(", ", n.Get("lastName"), n.Get("firstName")),
		Programs: n.Texts("programList", "program"), Remarks: n.Get("remarks"),
	}
	for _, a := range n.All("akaList", "aka") {
		addName(&e, a.Get("type"), a.Get("category") == "weak", records.Join(", ", a.Get("lastName"), a.Get("firstName")))
	}
	for _, a := range n.All("addressList", "address") {
		country := a.Get("country")
		if text := records.Join(", ", a.Get("address1"), a.Get("address2"), a.Get("address3"), a.Get("city"),
			a.Get("stateOrProvince"),
			a.Get("postalCode"), country); text != "" {
			e.Addresses = append(e.Addresses, text)
		}
		addCountry(&e, country)
	}
	facts := plainIDs(&e, n)
	records.AddFact(&e, "title", n.Get("title"))
	for _, path := range []struct{ list, item, value, fact string }{
		{"dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "birth"},
		{"placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "birth_place"},
		{"nationalityList", "nationality", "country", "nationality"},
		{"citizenshipList", "citizenship", "country", "citizenship"},
	} {
		for _, v := range n.Texts(path.list, path.item, path.value) {
			records.AddFact(&e, path.fact, v)
		}
	}
	if v := n.Kid("vesselInfo"); v != nil {
		records.AddFact(&e, "call_sign", v.Get("callSign"))
		records.AddFact(&e, "vessel_type", v.Get("vesselType"))
		records.AddFact(&e, "tonnage", v.Get("tonnage"))
		records.AddFact(&e, "gross_registered_tonnage", v.Get("grossRegisteredTonnage"))
		records.AddFact(&e, "vessel_flag", v.Get("vesselFlag"))
		records.AddFact(&e, "vessel_owner", v.Get("vesselOwner"))
	}
	e.Attributes = append(e.Attributes, f.Unasked(n, plainNoise, where)...)
	f.keep(e, nil, facts, n, where)
}

// plainIDs maps the idList, in which facts stand among identifiers, and gives the types.
func plainIDs(e *diff.Entry, n *records.Node) []string {
	var facts []string
	for _, id := range n.All("idList", "id") {
		kind := id.Get("idType")
		facts = append(facts, kind)
		value := records.Join(", ", id.Get("idNumber"), id.Get("idCountry"))
		if d := id.Get("issueDate"); d != "" {
			value = records.Join(", ", value, "issued "+d)
		}
		if d := id.Get("expirationDate"); d != "" {
			value = records.Join(", ", value, "expires "+d)
		}
		addID(e, kind, value)
	}
	return facts
}

// addID adds an identifier, or another fact that stands among them.
func addID(e *diff.Entry, kind, value string) {
	if records.IsIdentifier(kind) {
		e.IDs = append(e.IDs, diff.ID{Type: kind, Value: value})
		return
	}
	e.Attributes = append(e.Attributes, diff.Attribute{Type: kind, Value: value})
}
