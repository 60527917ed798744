package diff

import (
	"slices"
	"testing"
)

// differences writes field changes shortly: "+" is substantive, "~" editorial.
func differences(fields []FieldChange) (out []string) {
	for _, f := range fields {
		mark := "~"
		if f.Substantive {
			mark = "+"
		}
		out = append(out, mark+f.Field+": "+f.Before+" > "+f.After)
	}
	return out
}

// The punctuation of a row's running text is noticed where no field shows it, and only there.
func TestPrintedForm(t *testing.T) {
	e := Entry{Name: "Alpha Works", Aliases: []string{"Alpha"}, Printed: "a"}
	f := e
	f.Printed = "b"
	if got := differences(CompareEntries(e, f)); !slices.Equal(got, []string{"~printed: a > b"}) {
		t.Errorf("another print: %q", got)
	}
	f.Aliases = []string{"ALPHA"}
	if got := differences(CompareEntries(e, f)); !slices.Equal(got, []string{"~aliases: Alpha > ALPHA"}) {
		t.Errorf("another print that a field shows: %q", got)
	}
	f = e
	f.Printed = ""
	if got := CompareEntries(e, f); len(got) != 0 {
		t.Errorf("a text that was not printed by this source: %q", differences(got))
	}
}

// A later version of the program may read a day out of a citation where an earlier one read none, or another. What a source writes is the
// same, and nobody is told.
func TestCitationReadAnewIsNoChange(t *testing.T) {
	const raw = "44 FR 123, 3/4/79"
	readings := []Citation{{Raw: raw}, {Volume: 44, Page: 123, Raw: raw}, {Volume: 44, Page: 123, Date: "1979-03-04", Raw: raw},
		{Volume: 44, Page: 123, Date: "2079-03-04", Raw: raw}}
	for _, b := range readings {
		for _, a := range readings {
			if got := CompareEntries(Entry{Name: "A", Citations: []Citation{b}}, Entry{Name: "A", Citations: []Citation{a}}); len(got) > 0 {
				t.Errorf("%+v, then %+v: %+v", b, a, got)
			}
		}
	}
	cut := []Citation{{Volume: 67, Page: 56530, Raw: "67 FR 56530"}, {Raw: "(9/4/02)"}, {Volume: 68, Page: 1089, Raw: "68 FR 1089"}}
	whole := []Citation{{Volume: 67, Page: 56530, Date: "2002-09-04", Raw: "67 FR 56530 (9/4/02)"}, cut[2]}
	if got := CompareEntries(Entry{Name: "A", Citations: cut}, Entry{Name: "A", Citations: whole}); len(got) > 0 {
		t.Errorf("cut elsewhere: %+v", got)
	}
	if got := CompareEntries(Entry{Name: "A", Citations: cut}, Entry{Name: "A", Citations: whole[:1]}); len(got) == 0 {
		t.Error("a citation goes unnoticed")
	}
}

// A placeholder's page is no news, and readers are shown the page where it is known.
func TestPlaceholderCitations(t *testing.T) {
	const raw = "88 FR [INSERT FR PAGE NUMBER AND 2/27/2023]"
	old := Citation{Volume: 88, Page: 900, Date: "2023-01-05", Raw: "88 FR 900, 1/5/23."}
	real := Citation{Volume: 88, Page: 12171, Date: "2023-02-27", Raw: "88 FR 12171, 2/27/23"}
	known := Citation{Volume: 88, Page: 12171, Date: "2023-02-27", Raw: raw}
	open := Citation{Volume: 88, Date: "2023-02-27", Raw: raw}
	bare := Citation{Raw: raw}
	cases := []struct {
		name          string
		before, after []Citation
		want          []string
	}{
		{"its page set", []Citation{old, open}, []Citation{old, known}, []string{"~citations: " + raw + " > 88 FR 12171, 2/27/23."}},
		{"the list's wording", []Citation{old, known}, []Citation{old, real}, []string{"~citations: 88 FR 12171, 2/27/23. > 88 FR 12171, 2/27/23"}},
		{"the list's page", []Citation{open}, []Citation{real}, []string{"~citations: " + raw + " > 88 FR 12171, 2/27/23"}},
		{"a new citation, resolved", []Citation{old}, []Citation{old, known}, []string{"+citations:  > 88 FR 12171, 2/27/23."}},
		{"another day", []Citation{old}, []Citation{open}, []string{"+citations: 88 FR 900, 1/5/23. > ", "+citations:  > " + raw}},
		{"nothing known of it", []Citation{{Raw: "."}}, []Citation{bare}, []string{"+citations: . > ", "+citations:  > " + raw}},
	}
	for _, tc := range cases {
		got := differences(CompareEntries(Entry{Name: "A", Citations: tc.before}, Entry{Name: "A", Citations: tc.after}))
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

// TestEditorialRule is docs/EDITORIAL.md as a table.
func TestEditorialRule(t *testing.T) {
	base := func() Entry {
		e := alias(entry("CHINA", "Alpha Co., Ltd.", "1 A Road, Beijing", "2 B Road, Shanghai"), "AC Group", "Alpha Works")
		e.FormerNames, e.Footnotes, e.Notes = []string{"Old Alpha"}, []string{"3"}, []string{"See alternate address under Hong Kong."}
		e.Programs, e.IDs = []string{"IRAN", "SDGT"}, []ID{{"Passport", "A 123"}}
		e.Remarks = "Linked to: Beta."
		return e
	}
	cases := []struct {
		name string
		edit func(*Entry)
		want []string
	}{
		{"nothing", func(*Entry) {}, nil},
		{"the order of items", func(e *Entry) { slices.Reverse(e.Aliases); slices.Reverse(e.Addresses); slices.Reverse(e.Programs) }, nil},
		{"problems, keys, derived countries", func(e *Entry) {
			e.Problems, e.Key, e.Countries, e.EntryID, e.Within = []Problem{{Text: "x"}}, "k", []string{"HK"}, "id", true
		}, nil},
		{"punctuation of a name", func(e *Entry) { e.Name = "ALPHA CO LTD" }, []string{"~name: Alpha Co., Ltd. > ALPHA CO LTD"}},
		{"a letter of a name", func(e *Entry) { e.Name = "Alpho Co., Ltd." }, []string{"+name: Alpha Co., Ltd. > Alpho Co., Ltd."}},
		{"an alias added", func(e *Entry) { e.Aliases = append(e.Aliases, "New") }, []string{"+aliases:  > New"}},
		{"an alias removed", func(e *Entry) { e.Aliases = e.Aliases[:1] }, []string{"+aliases: Alpha Works > "}},
		{"an alias twice", func(e *Entry) { e.Aliases = append(e.Aliases, "AC  group") }, nil},
		{"an alias in quotes", func(e *Entry) { e.Aliases = []string{"“AC Group”", "Alpha Works"} }, []string{"~aliases: AC Group > “AC Group”"}},
		{"an alias made a weak one", func(e *Entry) { e.Aliases, e.WeakAliases = e.Aliases[:1], []string{"Alpha Works"} },
			[]string{"+aliases: Alpha Works > ", "+weak_aliases:  > Alpha Works"}},
		{"a former name added", func(e *Entry) { e.FormerNames = append(e.FormerNames, "Older Alpha") }, []string{"+former_names:  > Older Alpha"}},
		{"an address changed", func(e *Entry) { e.Addresses = []string{"3 A Road, Beijing", "2 B Road, Shanghai"} },
			[]string{"+addresses: 1 A Road, Beijing > ", "+addresses:  > 3 A Road, Beijing"}},
		{"a number that wanders", func(e *Entry) { e.Addresses = []string{"1 A Road, Beijing", "2 B Road, Shanghai", "1 23 C"} }, []string{"+addresses:  > 1 23 C"}},
		{"two addresses written as one", func(e *Entry) { e.Addresses = []string{"2 B Road, Shanghai, 1 A Road, Beijing"} },
			[]string{"~addresses: 1 A Road, Beijing > ", "~addresses: 2 B Road, Shanghai > ", "~addresses:  > 2 B Road, Shanghai, 1 A Road, Beijing"}},
		{"an address cut into an alias", func(e *Entry) {
			e.Aliases, e.Addresses = append(e.Aliases, "Beijing"), []string{"1 A Road", "2 B Road, Shanghai"}
		}, []string{"~aliases:  > Beijing", "~addresses: 1 A Road, Beijing > ", "~addresses:  > 1 A Road"}},
		{"a requirement's full stop", func(e *Entry) { e.LicenseRequirement = "For all items subject to the EAR. (See §744.11 of the EAR)." },
			[]string{"~license_requirement: For all items subject to the EAR. (See § 744.11 of the EAR) > For all items subject to the EAR. (See §744.11 of the EAR)."}},
		{"a requirement's number", func(e *Entry) { e.LicenseRequirement = "For all items subject to the EAR. (See § 744.21 of the EAR)" },
			[]string{"+license_requirement: For all items subject to the EAR. (See § 744.11 of the EAR) > For all items subject to the EAR. (See § 744.21 of the EAR)"}},
		{"a policy", func(e *Entry) { e.LicenseReviewPolicy = "" }, []string{"+license_review_policy: Presumption of denial > "}},
		{"a footnote", func(e *Entry) { e.Footnotes = []string{"3", "†"} }, []string{"+footnotes:  > †"}},
		{"another footnote", func(e *Entry) { e.Footnotes = []string{"4"} }, []string{"+footnotes: 3 > ", "+footnotes:  > 4"}},
		{"a citation added", func(e *Entry) { e.Citations = append(e.Citations, Citation{Raw: "91 FR 1, 3/1/26"}) }, []string{"+citations:  > 91 FR 1, 3/1/26"}},
		{"a citation written otherwise", func(e *Entry) {
			e.Citations = []Citation{{Raw: "84 FR 54004, 10/09/2019.", Volume: 84, Page: 54004, Date: "2019-10-09"}}
		},
			[]string{"~citations: 84 FR 54004, 10/9/19 > 84 FR 54004, 10/09/2019."}},
		{"a program", func(e *Entry) { e.Programs = []string{"IRAN"} }, []string{"+programs: SDGT > "}},
		{"an id's spacing", func(e *Entry) { e.IDs = []ID{{"Passport", "A123"}} }, []string{"~ids: Passport: A 123 > Passport: A123"}},
		{"an id's digit", func(e *Entry) { e.IDs = []ID{{"Passport", "A 124"}} }, []string{"+ids: Passport: A 123 > ", "+ids:  > Passport: A 124"}},
		{"an attribute", func(e *Entry) { e.Attributes = []Attribute{{Type: "Gender", Value: "Male"}} }, []string{"+attributes:  > Gender: Male"}},
		{"a note", func(e *Entry) { e.Notes = nil }, []string{"+notes: See alternate address under Hong Kong. > "}},
		{"remarks", func(e *Entry) { e.Remarks = "Linked To: Beta" }, []string{"~remarks: Linked to: Beta. > Linked To: Beta"}},
		{"a country's other name", func(e *Entry) { e.Country = "CHINA, PEOPLE'S REPUBLIC OF" }, []string{"~country: CHINA > CHINA, PEOPLE'S REPUBLIC OF"}},
		{"another country", func(e *Entry) { e.Country = "RUSSIA" }, []string{"+country: CHINA > RUSSIA"}},
		{"a kind seen at last", func(e *Entry) { e.Kind = Organization }, []string{"~kind:  > organization"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			after := base()
			c.edit(&after)
			if got := differences(CompareEntries(base(), after)); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestKindOfAListWithIDs(t *testing.T) {
	a := Entry{List: SDN, Key: MakeIDKey(SDN, "1"), Name: "X", Kind: Vessel}
	b := a
	b.Kind = UnknownKind
	if got := differences(CompareEntries(a, b)); !slices.Equal(got, []string{"+kind: vessel > "}) {
		t.Errorf("got %q", got)
	}
}

func TestAddressEntriesAreNotTheirNumbers(t *testing.T) {
	a := entry("CHINA", "Address 01", "Flat B, Kowloon")
	a.Kind, a.Key = Address, MakeKey(EntityList, "CHINA", a.Addresses[0])
	b := a
	b.Name = "Address 02"
	c := Compare(snap("2026-01-01", a), snap("2026-02-01", b)).Changes
	if len(c) != 1 || c[0].Substantive || c[0].Change != Amended {
		t.Errorf("a renumbered address: %v", c)
	}
	a.Remarks, b.Name, b.Remarks = "Address 01", a.Name, "Address 02" // where the eCFR's parser keeps the number
	if c := Compare(snap("2026-01-01", a), snap("2026-02-01", b)).Changes; len(c) != 1 || c[0].Substantive {
		t.Errorf("an address renumbered in its remarks: %v", c)
	}
	b.Addresses, b.Name = []string{"Flat C, Kowloon"}, "Address 01"
	b.Key = MakeKey(EntityList, "CHINA", b.Addresses[0])
	if got := tales(Compare(snap("2026-01-01", a), snap("2026-02-01", b)).Changes); !slices.Equal(got, []string{"added CHINA Address 01", "removed CHINA Address 01"}) {
		t.Errorf("another address under the same number: %q", got)
	}
}

func TestAMovedParentIsNoAmendmentOfItsChildren(t *testing.T) {
	parent, child := alias(entry("CHINA", "Alpha", "1 A Road"), "AG", "Alpha Group"), entry("CHINA", "Alpha Institute")
	child.Parent = parent.Key
	p2, c2 := parent, child
	p2.Name, p2.Key = "Omega", MakeKey(EntityList, "CHINA", "Omega")
	c2.Parent = p2.Key
	if got := tales(Compare(snap("2026-01-01", parent, child), snap("2026-02-01", p2, c2)).Changes); !slices.Equal(got, []string{"renamed CHINA Omega"}) {
		t.Errorf("told %q", got)
	}
}
