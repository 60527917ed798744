package diff

import (
	"iter"
	"slices"
	"strings"
)

// Field is one field of an Entry that says something about the party: all that is compared, edited, shown and exported
// field by field goes through this table. Keys, identities, problems and Countries are not the list's own words.
type Field struct {
	Name string // in JSON, in rules and in the edits of an amendment
	Word string // for one text of it, before people: "weak alias"

	called  bool // a name that the party goes by
	cut     bool // cut out of one running text by a parser, which may cut elsewhere next time
	shared  bool // a fact that many entries share
	watched bool // a list in which few entries fill it that did is implausible
	derived bool // made by a parser, so that no amendment edits it

	text   func(*Entry) *string // nil where the field is no single text
	list   func(*Entry) *[]string
	differ func(d *fieldDiff, before, after *Entry) // where texts and lists of texts do not differ by the common rule
	same   func(a, b *Entry) bool                   // of fields that are neither texts nor lists of texts
}

// fields are in the order of Entry.
var fields = [...]Field{
	{Name: "parent", Word: "parent", derived: true, text: func(e *Entry) *string { return &e.Parent },
		differ: func(d *fieldDiff, b, a *Entry) { d.text("parent", parentText(b.Parent), parentText(a.Parent)) }},
	{Name: "kind", Word: "kind", derived: true, text: func(e *Entry) *string { return (*string)(&e.Kind) },
		differ: (*fieldDiff).kind},
	{Name: "country", Word: "country", watched: true, text: func(e *Entry) *string { return &e.Country },
		differ: (*fieldDiff).country},
	{Name: "name", Word: "name", watched: true, called: true, cut: true, text: func(e *Entry) *string { return &e.Name },
		differ: (*fieldDiff).name},
	{Name: "aliases", Word: "alias", watched: true, called: true, cut: true, list: func(e *Entry) *[]string { return &e.Aliases }},
	{Name: "weak_aliases", Word: "weak alias", called: true, cut: true,
		list: func(e *Entry) *[]string { return &e.WeakAliases }},
	{Name: "former_names", Word: "former name", called: true, cut: true,
		list: func(e *Entry) *[]string { return &e.FormerNames }},
	{Name: "addresses", Word: "address", watched: true, cut: true, list: func(e *Entry) *[]string { return &e.Addresses }},
	{Name: "license_requirement", Word: "requirement", watched: true, shared: true,
		text: func(e *Entry) *string { return &e.LicenseRequirement }},
	{Name: "license_review_policy", Word: "policy", watched: true, shared: true,
		text: func(e *Entry) *string { return &e.LicenseReviewPolicy }},
	{Name: "footnotes", Word: "footnote", shared: true, list: func(e *Entry) *[]string { return &e.Footnotes },
		differ: func(d *fieldDiff, b, a *Entry) { d.list("footnotes", marks(b.Footnotes), marks(a.Footnotes)) }},
	{Name: "citations", Word: "citation", watched: true, shared: true,
		differ: func(d *fieldDiff, b, a *Entry) { d.citations(b.Citations, a.Citations) },
		same:   func(a, b *Entry) bool { return slices.Equal(a.Citations, b.Citations) }},
	{Name: "programs", Word: "program", watched: true, shared: true, list: func(e *Entry) *[]string { return &e.Programs }},
	{Name: "ids", Word: "identifier", watched: true,
		differ: func(d *fieldDiff, b, a *Entry) { d.list("ids", ids(b.IDs), ids(a.IDs)) },
		same:   func(a, b *Entry) bool { return slices.Equal(a.IDs, b.IDs) }},
	{Name: "attributes", Word: "detail", shared: true,
		differ: func(d *fieldDiff, b, a *Entry) {
			d.list("attributes", attributes(b.Attributes), attributes(a.Attributes))
		},
		same: func(a, b *Entry) bool { return slices.Equal(a.Attributes, b.Attributes) }},
	{Name: "notes", Word: "note", cut: true, shared: true, list: func(e *Entry) *[]string { return &e.Notes }},
	{Name: "remarks", Word: "remark", shared: true, text: func(e *Entry) *string { return &e.Remarks },
		differ: (*fieldDiff).remarks},
	{Name: "printed", Word: "printed form", derived: true, text: func(e *Entry) *string { return &e.Printed },
		differ: (*fieldDiff).printed},
}

// FieldNamed is the field of a name; ok is false where there is none.
func FieldNamed(name string) (f Field, ok bool) {
	i := slices.IndexFunc(fields[:], func(f Field) bool { return f.Name == name })
	if i < 0 {
		return f, false
	}
	return fields[i], true
}

// FieldWord is what people call one text of a field; of what is no field of an Entry, its name in words.
func FieldWord(name string) string {
	if f, ok := FieldNamed(name); ok {
		return f.Word
	}
	return strings.ReplaceAll(name, "_", " ")
}

// Texts are an entry's texts of a field; nil where it has none, or where the field holds more than texts.
func (f Field) Texts(e *Entry) []string {
	switch {
	case f.list != nil:
		return *f.list(e)
	case f.text != nil && *f.text(e) != "":
		return []string{*f.text(e)}
	}
	return nil
}

// compare tells how two entries differ in a field.
func (f *Field) compare(d *fieldDiff, before, after *Entry) {
	switch {
	case f.differ != nil:
		f.differ(d, before, after)
	case f.list != nil:
		d.list(f.Name, texts(*f.list(before)), texts(*f.list(after)))
	default:
		d.text(f.Name, *f.text(before), *f.text(after))
	}
}

// equal reports whether two entries say the same in a field, to the letter.
func (f *Field) equal(a, b *Entry) bool {
	switch {
	case f.list != nil:
		return slices.Equal(*f.list(a), *f.list(b))
	case f.text != nil:
		return *f.text(a) == *f.text(b)
	}
	return f.same(a, b)
}

// listFields are pointers to an entry's lists of texts, Countries first.
func (e *Entry) listFields() []*[]string {
	lists := []*[]string{&e.Countries}
	for i := range fields {
		if fields[i].list != nil {
			lists = append(lists, fields[i].list(e))
		}
	}
	return lists
}

// Names are the names that a party goes by, each with its field: its name first, then aliases, weak aliases and former
// names. Texts that are empty are left out.
func (e *Entry) Names() iter.Seq2[string, string] {
	return e.textsOf(func(f *Field) bool { return f.called })
}

// OtherNames are those but the first.
func (e *Entry) OtherNames() []string { return slices.Concat(e.Aliases, e.WeakAliases, e.FormerNames) }

// textsOf are an entry's texts of some fields, each with its field's name.
func (e *Entry) textsOf(some func(*Field) bool) iter.Seq2[string, string] {
	return func(yield func(field, text string) bool) {
		for i := range fields {
			f := &fields[i]
			if !some(f) {
				continue
			}
			for _, s := range f.Texts(e) {
				if s != "" && !yield(f.Name, s) {
					return
				}
			}
		}
	}
}

func isCut(f *Field) bool { return f.cut }

// fieldIs reports whether the field of a name has a property.
func fieldIs(name string, has func(Field) bool) bool {
	f, ok := FieldNamed(name)
	return ok && has(f)
}
