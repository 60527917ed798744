package eu

import (
	"io"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// noise are the elements and attributes that tell nothing of a party.
var noise = map[string]bool{
	"regulationSummary": true, "publicationUrl": true, "@logicalId": true, "@regulationLanguage": true,
	"@nameLanguage": true,
	"@globalFileId": true, "@organisationType": true, "@regulationType": true, "@classificationCode": true,
	// parts of what is taken whole, and codes of what is taken by name
	"@firstName": true, "@middleName": true, "@lastName": true, "@dayOfMonth": true, "@monthOfYear": true,
	"@identificationTypeCode": true, "@entryIntoForceDate": true, "@asAtListingTime": true,
}

// file is the list as it is read.
type file struct{ records.List }

// Parse reads the list as one Snapshot. Its errors are *diff.Refused or the reader's.
func Parse(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	f := &file{records.List{
		ID: diff.EUFSF, Source: "eu", Title: "the EU's list", Record: "entity", Number: "logicalId", AsOf: o.AsOf,
	}}
	err := f.ReadXML(r, records.Doc{
		Roots: []string{"export"}, Root: f.root,
		On: map[string]func(*records.Node, string){"export/sanctionEntity": f.entity},
	}, o.Partial)
	if err != nil {
		return nil, err
	}
	return []diff.Snapshot{f.Snapshot()}, nil
}

func (f *file) root(s records.Start) error {
	f.Date(lawtext.StampDate(s.Attr("generationDate")))
	return nil
}

// entity maps a sanctionEntity.
func (f *file) entity(n *records.Node, where string) {
	id := n.Attr("logicalId")
	e := diff.Entry{List: diff.EUFSF, Key: diff.MakeIDKey(diff.EUFSF, id),
		Kind: records.KindOf(n.Kid("subjectType").Attr("code"))}
	addID(&e, "EU reference number", n.Attr("euReferenceNumber"))
	addID(&e, "UN reference number", n.Attr("unitedNationId"))
	fact(&e, "designation_date", n.Attr("designationDate"))
	fact(&e, "designation_details", n.Attr("designationDetails"))
	e.Remarks = strings.Join(n.Texts("remark"), "; ")
	for _, r := range n.All("regulation") {
		if p := r.Attr("programme"); p != "" {
			e.Programs = records.Once(e.Programs, p)
		}
		fact(&e, "regulation", records.Join(", ", r.Attr("numberTitle"), r.Attr("publicationDate")))
		note(&e, "", r)
	}
	names := n.All("nameAlias")
	for _, a := range names {
		name(&e, a)
	}
	if len(names) > 0 && nameIn(names[0]) == "" {
		e.Name = "" // an alias in the place of a name that is lost would be told as a new name
	}
	for _, c := range n.All("citizenship") {
		fact(&e, "citizenship", noted(records.Join(", ", c.Attr("region"), country(nil, c)), c))
	}
	for _, b := range n.All("birthdate") {
		birth(&e, b)
	}
	for _, a := range n.All("address") {
		address(&e, a)
	}
	for _, i := range n.All("identification") {
		identification(&e, i)
	}
	e.Attributes = append(e.Attributes, f.Unasked(n, noise, where)...)
	f.Keep(e, id, n, where)
}

// name takes the first name as the entry's, the others as aliases, and what each says of the party's functions.
func name(e *diff.Entry, a *records.Node) {
	whole := nameIn(a)
	weak := a.Attr("strong") == "false"
	switch {
	case whole == "":
	case e.Name == "":
		e.Name = whole
	case weak:
		e.WeakAliases = append(e.WeakAliases, whole)
	default:
		e.Aliases = append(e.Aliases, whole)
	}
	fact(e, "function", a.Attr("function"))
	fact(e, "title", a.Attr("title"))
	fact(e, "gender", a.Attr("gender"))
	note(e, whole, a)
}

// nameIn is the whole name in a nameAlias, "" where it has none.
func nameIn(a *records.Node) string {
	if whole := a.Attr("wholeName"); whole != "" {
		return whole
	}
	return records.Join(" ", a.Attr("firstName"), a.Attr("middleName"), a.Attr("lastName"))
}

func birth(e *diff.Entry, b *records.Node) {
	date := b.Attr("birthdate")
	if date == "" {
		date = b.Attr("year")
	}
	b.Attr("year")
	if from, to := b.Attr("yearRangeFrom"), b.Attr("yearRangeTo"); from != "" || to != "" {
		date = records.Join(", ", date, "between "+records.Join(" and ", from, to))
	}
	if b.Attr("circa") == "true" {
		date = records.Join(" ", "circa", date)
	}
	if c := b.Attr("calendarType"); c != "" && c != "GREGORIAN" {
		date = records.Join(" ", date, "("+strings.ToLower(c)+" calendar)")
	}
	fact(e, "birth", date)
	city := strings.Trim(b.Attr("city"), "-")
	fact(e, "birth_place", records.Join(", ", b.Attr("place"), city, b.Attr("zipCode"), b.Attr("region"), country(nil, b)))
	note(e, "birth", b)
}

func address(e *diff.Entry, a *records.Node) {
	box := a.Attr("poBox")
	if box != "" {
		box = "PO Box " + box
	}
	for _, c := range a.All("contactInfo") {
		fact(e, strings.ToLower(c.Attr("key")), c.Attr("value"))
	}
	text := records.Join(", ", a.Attr("street"), box, a.Attr("place"), a.Attr("city"), a.Attr("zipCode"),
		a.Attr("region"), country(e, a))
	if text = noted(text, a); text != "" {
		e.Addresses = append(e.Addresses, text)
	}
}

func identification(e *diff.Entry, i *records.Node) {
	number := i.Attr("number")
	if l := i.Attr("latinNumber"); l != "" && l != number {
		number = records.Join(", ", number, l)
	}
	value := records.Join(", ", number, i.Attr("region"), country(nil, i))
	for _, p := range []struct{ attr, word string }{
		{"nameOnDocument", "name "}, {"issuedBy", "issued by "}, {"issueDate", "issued "}, {"validFrom", "valid from "},
		{"validTo", "valid to "},
	} {
		if v := i.Attr(p.attr); v != "" {
			value = records.Join(", ", value, p.word+v)
		}
	}
	for _, p := range []struct{ attr, word string }{
		{"diplomatic", "diplomatic"}, {"knownExpired", "expired"}, {"knownFalse", "false"}, {"reportedLost", "reported lost"},
		{"revokedByIssuer", "revoked"},
	} {
		if i.Attr(p.attr) == "true" {
			value = records.Join(", ", value, p.word)
		}
	}
	addID(e, i.Attr("identificationTypeDescription"), noted(value, i))
}

// country is the name of a part's country. With an entry, its code counts for the entry.
func country(e *diff.Entry, n *records.Node) string {
	code, text := n.Attr("countryIso2Code"), n.Attr("countryDescription")
	if text == "UNKNOWN" {
		return ""
	}
	if e != nil && len(code) == 2 && code != "00" {
		records.AddCountry(&e.Countries, code)
	}
	return text
}

func addID(e *diff.Entry, kind, value string) {
	if value != "" {
		e.IDs = append(e.IDs, diff.ID{Type: kind, Value: value})
	}
}

func fact(e *diff.Entry, kind, value string) {
	if value != "" {
		e.Attributes = records.Once(e.Attributes, diff.Attribute{Type: kind, Value: value})
	}
}

// note keeps the remarks of a part.
func note(e *diff.Entry, about string, n *records.Node) {
	for _, r := range n.Texts("remark") {
		e.Notes = append(e.Notes, records.Join(": ", about, r))
	}
}

func noted(text string, n *records.Node) string {
	return records.Noted(text, strings.Join(n.Texts("remark"), "; "))
}
