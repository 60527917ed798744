package un

import (
	"io"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// file is the list as it is read.
type file struct{ records.List }

// Parse reads the list as one Snapshot. Its errors are *diff.Refused or the reader's.
func Parse(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	f := &file{records.List{
		ID: diff.UNSC, Source: "un", Title: "the UN's list", Record: "record", Number: "reference number", AsOf: o.AsOf,
	}}
	halves := map[diff.Kind]bool{}
	half := func(kind diff.Kind) func(*records.Node, string) {
		return func(n *records.Node, where string) {
			halves[kind] = true
			f.record(n, where, kind)
		}
	}
	err := f.ReadXML(r, records.Doc{
		Roots: []string{"CONSOLIDATED_LIST"}, Root: f.root,
		Enter: []string{"CONSOLIDATED_LIST/INDIVIDUALS", "CONSOLIDATED_LIST/ENTITIES"},
		On: map[string]func(*records.Node, string){
			"CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL": half(diff.Person),
			"CONSOLIDATED_LIST/ENTITIES/ENTITY":        half(diff.Organization),
		},
	}, o.Partial)
	if err != nil {
		return nil, err
	}
	if len(halves) < 2 && f.Whole {
		f.Whole, f.Lacks = false, "it has no individuals or no entities at all"
		f.Note(diff.Surprise, "", "the list has no individuals or no entities at all")
	}
	return []diff.Snapshot{f.Snapshot()}, nil
}

func (f *file) root(s records.Start) error {
	f.Date(lawtext.StampDate(s.Attr("dateGenerated")))
	return nil
}

// noise are the elements that tell nothing of a party.
var noise = map[string]bool{
	"DATAID": true, "VERSIONNUM": true, "SORT_KEY": true, "SORT_KEY_LAST_MOD": true, "LIST_TYPE": true,
	"LAST_DAY_UPDATED": true,
}

// record maps an INDIVIDUAL or an ENTITY; the names of their parts differ only in their beginning.
func (f *file) record(n *records.Node, where string, kind diff.Kind) {
	id := n.Get("REFERENCE_NUMBER")
	e := diff.Entry{
		List: diff.UNSC, Key: diff.MakeIDKey(diff.UNSC, id), Kind: kind,
		Name:    records.Join(" ", n.Get("FIRST_NAME"), n.Get("SECOND_NAME"), n.Get("THIRD_NAME"), n.Get("FOURTH_NAME")),
		Aliases: n.Texts("NAME_ORIGINAL_SCRIPT"), Programs: n.Texts("UN_LIST_TYPE"), Remarks: n.Get("COMMENTS1"),
	}
	prefix := n.Name + "_"
	for _, a := range n.All(prefix + "ALIAS") {
		alias(&e, a)
	}
	for _, a := range n.All(prefix + "ADDRESS") {
		country := a.Get("COUNTRY")
		text := records.Join(", ", a.Get("STREET"), a.Get("CITY"), a.Get("STATE_PROVINCE"), a.Get("ZIP_CODE"), country)
		if text = records.Noted(text, a.Get("NOTE")); text != "" {
			e.Addresses = append(e.Addresses, text)
		}
		addCountry(&e, country)
	}
	for _, d := range n.All(prefix + "DOCUMENT") {
		document(&e, d)
	}
	facts(&e, n, prefix)
	e.Attributes = append(e.Attributes, f.Unasked(n, noise, where)...)
	f.Keep(e, id, n, where)
}

// alias takes a name by its quality, and what is said of the party under it as a note.
func alias(e *diff.Entry, a *records.Node) {
	name, quality := a.Get("ALIAS_NAME"), strings.ToLower(a.Get("QUALITY"))
	born := records.Join(", ", a.Get("DATE_OF_BIRTH"), a.Get("CITY_OF_BIRTH"), a.Get("COUNTRY_OF_BIRTH"))
	switch {
	case name == "":
	case strings.HasPrefix(quality, "f"):
		e.FormerNames = append(e.FormerNames, name)
	case quality == "low":
		e.WeakAliases = append(e.WeakAliases, name)
	default:
		e.Aliases = append(e.Aliases, name)
	}
	if born != "" {
		born = "born " + born
	}
	if note := records.Join("; ", born, a.Get("NOTE")); note != "" {
		e.Notes = append(e.Notes, records.Join(": ", name, note))
	}
}

func document(e *diff.Entry, d *records.Node) {
	value := records.Join(", ", d.Get("NUMBER"), d.Get("ISSUING_COUNTRY"))
	if issued := records.Join(", ", d.Get("DATE_OF_ISSUE"), d.Get("CITY_OF_ISSUE"),
		d.Get("COUNTRY_OF_ISSUE")); issued != "" {
		value = records.Join(", ", value, "issued "+issued)
	}
	kind := records.Join(", ", d.Get("TYPE_OF_DOCUMENT"), d.Get("TYPE_OF_DOCUMENT2"))
	if value = records.Noted(value, d.Get("NOTE")); value != "" || kind != "" {
		e.IDs = append(e.IDs, diff.ID{Type: kind, Value: value})
	}
}

func facts(e *diff.Entry, n *records.Node, prefix string) {
	add := func(kind string, values ...string) {
		for _, v := range values {
			records.AddFact(e, kind, v)
		}
	}
	add("listed_on", n.Get("LISTED_ON"))
	add("gender", n.Get("GENDER"))
	add("title", n.Texts("TITLE", "VALUE")...)
	add("designation", n.Texts("DESIGNATION", "VALUE")...)
	add("nationality", n.Texts("NATIONALITY", "VALUE")...)
	add("submitted_by", n.Get("SUBMITTED_BY"))
	add("submitted_on", n.Get("SUBMITTED_ON"))
	for _, d := range n.All(prefix + "DATE_OF_BIRTH") {
		add("birth", birth(d))
	}
	for _, p := range n.All(prefix + "PLACE_OF_BIRTH") {
		add("birth_place", records.Noted(records.Join(", ", p.Get("STREET"), p.Get("CITY"), p.Get("STATE_PROVINCE"),
			p.Get("COUNTRY")), p.Get("NOTE")))
	}
}

// birth is a date, a year, or two years between which it lies.
func birth(d *records.Node) string {
	kind := strings.ToLower(d.Get("TYPE_OF_DATE"))
	text := records.Join(", ", d.Get("DATE"), d.Get("YEAR"))
	if from, to := d.Get("FROM_YEAR"), d.Get("TO_YEAR"); from != "" || to != "" {
		text = records.Join(", ", text, records.Join(" and ", from, to))
	}
	if kind != "" && kind != "exact" && text != "" {
		text = kind + " " + text
	}
	return records.Noted(text, d.Get("NOTE"))
}

func addCountry(e *diff.Entry, name string) {
	code, _ := diff.CountryCode(name)
	records.AddCountry(&e.Countries, code)
}
