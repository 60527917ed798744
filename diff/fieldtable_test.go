package diff

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Every field of Entry is in the table, or is not of the list's own words.
func TestEveryFieldOfAnEntryIsInTheTable(t *testing.T) {
	ours := []string{"list", "key", "entry_id", "within", "countries", "problems"}
	entry := reflect.TypeFor[Entry]()
	var names []string
	for i := range entry.NumField() {
		name, _, _ := strings.Cut(entry.Field(i).Tag.Get("json"), ",")
		if !slices.Contains(ours, name) {
			names = append(names, name)
		}
	}
	var table []string
	for _, f := range fields {
		table = append(table, f.Name)
		if f.Word == "" || f.text == nil && f.list == nil && (f.differ == nil || f.same == nil) {
			t.Errorf("%s: no word, or nothing to compare it by", f.Name)
		}
	}
	if !slices.Equal(table, names) {
		t.Errorf("the table has %v,\nan Entry %v", table, names)
	}
}

// full is an entry that says something in every field.
func full() Entry {
	return Entry{
		List: EntityList, Key: "k", Parent: "Parent", Kind: Organization, Country: "CHINA", Name: "Name One",
		Aliases: []string{"Alias One"}, WeakAliases: []string{"Weak One"}, FormerNames: []string{"Former One"},
		Addresses: []string{"Road 1"}, LicenseRequirement: "All items", LicenseReviewPolicy: "Presumption of denial",
		Footnotes: []string{"3"}, Citations: []Citation{{Volume: 84, Page: 1, Date: "2019-01-01", Raw: "84 FR 1, 1/1/19"}},
		Programs: []string{"P1"}, IDs: []ID{{"imo", "1"}}, Attributes: []Attribute{{Type: "flag", Value: "X"}},
		Notes: []string{"See one."}, Remarks: "Remark one", Printed: "p1",
	}
}

// A difference in any one field is told under its name, is seen by sameFields, and changes the fingerprint.
func TestEachFieldIsComparedAndPrinted(t *testing.T) {
	change := map[string]func(*Entry){
		"ids":        func(e *Entry) { e.IDs[0].Value = "2" },
		"citations":  func(e *Entry) { e.Citations[0].Page = 2; e.Citations[0].Raw = "84 FR 2, 1/1/19" },
		"attributes": func(e *Entry) { e.Attributes[0].Value = "Y" },
		"kind":       func(e *Entry) { e.Kind = Person },
		"country":    func(e *Entry) { e.Country = "IRAN" },
	}
	for _, f := range fields {
		before, after := full(), full()
		switch {
		case change[f.Name] != nil:
			change[f.Name](&after)
		case f.list != nil:
			(*f.list(&after))[0] += " other"
		default:
			*f.text(&after) += " other"
		}
		got := CompareEntries(before, after)
		if len(got) == 0 || slices.ContainsFunc(got, func(c FieldChange) bool { return c.Field != f.Name }) {
			t.Errorf("%s: told as %+v", f.Name, got)
		}
		if sameFields(&before, &after) || before.Print() == after.Print() {
			t.Errorf("%s: a difference is not seen", f.Name)
		}
	}
}

// What a table's row says of a field is what its users do with it.
func TestPropertiesOfFields(t *testing.T) {
	e := full()
	var names []string
	for field, text := range e.Names() {
		names = append(names, field+" "+text)
	}
	if want := []string{"name Name One", "aliases Alias One", "weak_aliases Weak One", "former_names Former One"}; !slices.Equal(names, want) {
		t.Errorf("names %v", names)
	}
	for name := range e.Names() {
		if name == "name" {
			break // an iterator that is left early ends
		}
	}
	for _, name := range []string{"parent", "kind", "printed"} {
		if x, problems := Edited(e, []Edit{{Field: name, Op: EditReplace, Value: "x"}}); len(problems) != 1 || problems[0].Kind != Unread ||
			len(CompareEntries(e, x)) != 0 {
			t.Errorf("an amendment edits %s: %+v", name, problems)
		}
	}
	if filled := Facts(Snapshot{Entries: []Entry{e, {Name: "…"}}}).Filled; len(filled) != 9 || filled["name"] != 1 || filled["ids"] != 1 {
		t.Errorf("filled %v", filled)
	}
	if FieldWord("weak_aliases") != "weak alias" || FieldWord("no_such") != "no such" {
		t.Error("words")
	}
	if f, _ := FieldNamed("ids"); f.Texts(&e) != nil {
		t.Error("identifiers are no texts")
	}
}
