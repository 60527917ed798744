package un

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// file is one list as it is read.
type file struct {
	log     records.Log
	entries []diff.Entry
	seen    map[string]bool
	asOf    diff.Date
	dated   bool // asOf is the file's own
}

// Parse reads the list as one Snapshot. Its errors are *diff.Refused or the reader's.
func Parse(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	body, err := records.Open(r)
	if err != nil {
		return nil, fmt.Errorf("un: %w", err)
	}
	f := &file{seen: map[string]bool{}, asOf: o.AsOf}
	halves := map[string]bool{}
	whole, err := records.Doc{
		Name: "the UN's list", Roots: []string{"CONSOLIDATED_LIST"}, Root: f.root,
		Enter: []string{"CONSOLIDATED_LIST/INDIVIDUALS", "CONSOLIDATED_LIST/ENTITIES"},
		On: map[string]func(*records.Node, string){
			"CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL": func(n *records.Node, where string) {
				halves["individuals"] = true
				f.record(n, where, diff.Person)
			},
			"CONSOLIDATED_LIST/ENTITIES/ENTITY": func(n *records.Node, where string) {
				halves["entities"] = true
				f.record(n, where, diff.Organization)
			},
		},
	}.Walk(body, &f.log, o.Partial)
	if err == nil {
		err = f.log.Verdict("the UN's list", o.Partial)
	}
	if err != nil {
		return nil, fmt.Errorf("un: %w", err)
	}
	lacks := ""
	if len(halves) < 2 && whole {
		whole, lacks = false, "it has no individuals or no entities at all"
		f.log.Note(diff.Surprise, "", "the list has no individuals or no entities at all")
	}
	diff.NumberKeys(f.entries)
	return []diff.Snapshot{{
		List: diff.UNSC, AsOf: f.asOf, Undated: !f.dated, Lacks: lacks, Complete: whole, Entries: f.entries, Rows: f.log.Rows,
		Unread:   f.log.Hidden,
		Problems: f.log.Problems(),
	}}, nil
}

func (f *file) root(s records.Start) error {
	if d, ok := lawtext.StampDate(s.Attr("dateGenerated")); ok {
		f.asOf, f.dated = d, true
	}
	return nil
}

// noise are the elements that tell nothing of a party.
var noise = map[string]bool{
	"DATAID": true, "VERSIONNUM": true, "SORT_KEY": true, "SORT_KEY_LAST_MOD": true, "LIST_TYPE": true, "LAST_DAY_UPDATED": true,
}

// record maps an INDIVIDUAL or an ENTITY; the names of their parts differ only in their beginning.
func (f *file) record(n *records.Node, where string, kind diff.Kind) {
	f.log.Rows++
	id := n.Get("REFERENCE_NUMBER")
	e := diff.Entry{
		List: diff.UNSC, Key: diff.MakeIDKey(diff.UNSC, id), Kind: kind,
		Name:    join(" ", n.Get("FIRST_NAME"), n.Get("SECOND_NAME"), n.Get("THIRD_NAME"), n.Get("FOURTH_NAME")),
		Aliases: n.Texts("NAME_ORIGINAL_SCRIPT"), Programs: n.Texts("UN_LIST_TYPE"), Remarks: n.Get("COMMENTS1"),
	}
	prefix := n.Name + "_"
	for _, a := range n.All(prefix + "ALIAS") {
		alias(&e, a)
	}
	for _, a := range n.All(prefix + "ADDRESS") {
		country := a.Get("COUNTRY")
		text := join(", ", a.Get("STREET"), a.Get("CITY"), a.Get("STATE_PROVINCE"), a.Get("ZIP_CODE"), country)
		if text = noted(text, a.Get("NOTE")); text != "" {
			e.Addresses = append(e.Addresses, text)
		}
		addCountry(&e, country)
	}
	for _, d := range n.All(prefix + "DOCUMENT") {
		document(&e, d)
	}
	facts(&e, n, prefix)
	e.Attributes = append(e.Attributes, f.log.Unasked(n, noise, where)...)
	f.keep(e, id, n, where)
}

func (f *file) keep(e diff.Entry, id string, n *records.Node, where string) {
	if id == "" || e.Name == "" {
		f.log.Miss(n.Unread(diff.UNSC, id), where, "the record cannot be read: it has no reference number or no name")
		return
	}
	if f.seen[e.Key] {
		f.log.Note(diff.SourceSlip, where, "the reference number %s stands more than once; each record counts as a party of its own", id)
	}
	f.seen[e.Key] = true
	f.entries = append(f.entries, e)
}

// alias takes a name by its quality, and what is said of the party under it as a note.
func alias(e *diff.Entry, a *records.Node) {
	name, quality := a.Get("ALIAS_NAME"), strings.ToLower(a.Get("QUALITY"))
	born := join(", ", a.Get("DATE_OF_BIRTH"), a.Get("CITY_OF_BIRTH"), a.Get("COUNTRY_OF_BIRTH"))
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
	if note := join("; ", born, a.Get("NOTE")); note != "" {
		e.Notes = append(e.Notes, join(": ", name, note))
	}
}

func document(e *diff.Entry, d *records.Node) {
	value := join(", ", d.Get("NUMBER"), d.Get("ISSUING_COUNTRY"))
	if issued := join(", ", d.Get("DATE_OF_ISSUE"), d.Get("CITY_OF_ISSUE"), d.Get("COUNTRY_OF_ISSUE")); issued != "" {
		value = join(", ", value, "issued "+issued)
	}
	kind := join(", ", d.Get("TYPE_OF_DOCUMENT"), d.Get("TYPE_OF_DOCUMENT2"))
	if value = noted(value, d.Get("NOTE")); value != "" || kind != "" {
		e.IDs = append(e.IDs, diff.ID{Type: kind, Value: value})
	}
}

func facts(e *diff.Entry, n *records.Node, prefix string) {
	add := func(kind string, values ...string) {
		for _, v := range values {
			if v != "" {
				e.Attributes = append(e.Attributes, diff.Attribute{Type: kind, Value: v})
			}
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
		add("birth_place", noted(join(", ", p.Get("STREET"), p.Get("CITY"), p.Get("STATE_PROVINCE"), p.Get("COUNTRY")), p.Get("NOTE")))
	}
}

// birth is a date, a year, or two years between which it lies.
func birth(d *records.Node) string {
	kind := strings.ToLower(d.Get("TYPE_OF_DATE"))
	text := join(", ", d.Get("DATE"), d.Get("YEAR"))
	if from, to := d.Get("FROM_YEAR"), d.Get("TO_YEAR"); from != "" || to != "" {
		text = join(", ", text, join(" and ", from, to))
	}
	if kind != "" && kind != "exact" && text != "" {
		text = kind + " " + text
	}
	return noted(text, d.Get("NOTE"))
}

func noted(text, note string) string {
	if note == "" {
		return text
	}
	return join(" ", text, "("+note+")")
}

func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

func addCountry(e *diff.Entry, name string) {
	if code, ok := diff.CountryCode(name); ok {
		if i, has := slices.BinarySearch(e.Countries, code); !has {
			e.Countries = slices.Insert(e.Countries, i, code)
		}
	}
}
