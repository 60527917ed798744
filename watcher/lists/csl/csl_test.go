package csl

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
)

// shared reads a file of the reference data, decompressed.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	return require.File(t, "csl/"+name)
}

func parse(t testing.TB, body []byte) map[diff.ListID]diff.Snapshot {
	t.Helper()
	snapshots, err := ParseJSON(bytes.NewReader(body), diff.ReadOptions{AsOf: "2025-03-12"})
	if err != nil {
		t.Fatal(err)
	}
	return byList(snapshots)
}

func byList(snapshots []diff.Snapshot) map[diff.ListID]diff.Snapshot {
	m := map[diff.ListID]diff.Snapshot{}
	for _, s := range snapshots {
		m[s.List] = s
	}
	return m
}

// edit changes the records of the fixture.
func edit(t testing.TB, change func(records []map[string]any) []map[string]any) []byte {
	t.Helper()
	return editBody(t, permute.Fixture(t, "consolidated.json"), change)
}

func editBody(t testing.TB, body []byte, change func(records []map[string]any) []map[string]any) []byte {
	t.Helper()
	var doc struct {
		Total   int              `json:"total,omitempty"`
		Results []map[string]any `json:"results"`
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	doc.Results = change(doc.Results)
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func changes(t testing.TB, before, after map[diff.ListID]diff.Snapshot) []diff.Change {
	t.Helper()
	var out []diff.Change
	for list, s := range after {
		old, ok := before[list]
		if !ok {
			t.Fatalf("%s is new", list)
		}
		c := diff.Compare(old, s)
		if len(c.Problems) > 0 {
			t.Errorf("%s: %v", list, c.Problems)
		}
		out = append(out, c.Changes...)
	}
	return out
}

func TestJSONEntries(t *testing.T) {
	got := parse(t, permute.Fixture(t, "consolidated.json"))
	if len(got) != 5 {
		t.Fatalf("%d lists, want 5", len(got))
	}
	el := got[diff.EntityList]
	if !el.Complete || len(el.Entries) != 3 || len(el.Problems) != 0 {
		t.Fatalf("Entity List: %+v", el)
	}
	want := diff.Entry{
		List: diff.EntityList, Key: "us-bis-entity-list//tarnow-lathe-works-co-ltd", Kind: diff.UnknownKind,
		Country: "CN", Countries: []string{"CN", "HK"}, Name: "Tarnow Lathe Works Co., Ltd.", Aliases: []string{"TLW", "Tarnow Lathe"},
		Addresses:          []string{"No. 5 Canal Road, Suite 2, Wuxi, 214000, CN", "Flat 9, 3/F, Kowloon, HK"},
		LicenseRequirement: "For all items subject to the EAR. (See §744.11 of the EAR).", LicenseReviewPolicy: "Presumption of denial.",
		Citations:  []diff.Citation{{Volume: 84, Page: 54004, Raw: "84 FR 54004"}, {Volume: 85, Page: 34503, Raw: "85 FR 34503"}},
		Attributes: []diff.Attribute{{Type: "start_date", Value: "2019-10-09"}},
	}
	if d := cmp.Diff(want, el.Entries[0]); d != "" {
		t.Error(d)
	}
	keys := []string{el.Entries[1].Key, el.Entries[2].Key}
	slices.Sort(keys)
	if d := cmp.Diff([]string{"us-bis-entity-list//marsholm-optics", "us-bis-entity-list//marsholm-optics#2"}, keys); d != "" {
		t.Error(d)
	}
	person := diff.Entry{
		List: diff.SDN, Key: "us-ofac-sdn/70001", Kind: diff.Person, Country: "RU", Countries: []string{"RU"}, Name: "TARNOW, Ivan",
		Aliases: []string{"TARNOV, Ivan"}, Addresses: []string{"Moscow, RU"}, Programs: []string{"RUSSIA-EO14024"},
		IDs: []diff.ID{{Type: "Passport", Value: "75 1234567, RU"}},
		Attributes: []diff.Attribute{
			{Type: "Gender", Value: "Male"}, {Type: "title", Value: "Director"}, {Type: "birth", Value: "1961-02-03"},
			{Type: "birth_place", Value: "Tver, Russia"}, {Type: "nationality", Value: "RU"}, {Type: "citizenship", Value: "RU"},
		},
	}
	if d := cmp.Diff(person, got[diff.SDN].Entries[0]); d != "" {
		t.Error(d)
	}
	if p := got[diff.SSI].Entries[0].Programs; !slices.Equal(p, []string{"UKRAINE-EO13662", "RUSSIA-EO14024"}) {
		t.Errorf("programs joined in one element: %q", p)
	}
	if v := got[diff.SDN].Entries[1]; v.Kind != diff.Vessel || len(v.Attributes) != 5 {
		t.Errorf("vessel: %+v", v)
	}
	if c := got[diff.DeniedPersons].Entries[0].Citations; len(c) != 2 || c[0].Date != "2002-09-04" || c[1].Date != "2006-07-10" {
		t.Errorf("citations with days: %+v", c)
	}
	if c := got[diff.Nonproliferation].Entries[0].Citations; len(c) != 1 || c[0].Volume != 88 || c[0].Date != "2023-08-08" {
		t.Errorf("citation of an issue: %+v", c)
	}
}

func TestCSVGivesTheSameEntries(t *testing.T) {
	csv, err := ParseCSV(bytes.NewReader(permute.Fixture(t, "consolidated.csv")), diff.ReadOptions{AsOf: "2025-03-12"})
	if err != nil {
		t.Fatal(err)
	}
	// a semicolon and a space inside a name cannot be told from two names, but are no list in a column that holds one value
	if d := cmp.Diff(parse(t, permute.Fixture(t, "consolidated.json")), byList(csv)); d != "" {
		t.Error(d)
	}
	before, after := parse(t, permute.Fixture(t, "consolidated.json")), byList(csv)
	if c := changes(t, before, after); len(c) != 0 {
		t.Errorf("%d changes between the two forms", len(c))
	}
}

func TestRegeneratedIDsAndOrderAreNoChange(t *testing.T) {
	before := parse(t, permute.Fixture(t, "consolidated.json"))
	for name, change := range map[string]func(r []map[string]any) []map[string]any{
		"ids": func(r []map[string]any) []map[string]any {
			for i := range r {
				r[i]["id"] = strings.Repeat("0", i+1)
			}
			return r
		},
		"urls": func(r []map[string]any) []map[string]any {
			for i := range r {
				r[i]["source_list_url"], r[i]["source_information_url"] = "https://elsewhere.example.gov", nil
			}
			return r
		},
		"order": func(r []map[string]any) []map[string]any { slices.Reverse(r); return r },
	} {
		if c := changes(t, before, parse(t, edit(t, change))); len(c) != 0 {
			t.Errorf("new %s: %d changes: %+v", name, len(c), c)
		}
	}
}

func TestAChangedAddressIsOneAmendment(t *testing.T) {
	before := parse(t, permute.Fixture(t, "consolidated.json"))
	for row, country := range []string{"DE", "AE", "DE", "FR", "KZ"} { // also where it moves to another country, and in a group of equals
		after := parse(t, edit(t, func(r []map[string]any) []map[string]any {
			r[row]["addresses"] = []any{map[string]any{"address": "9 New Street", "city": "Newtown", "country": country}}
			return r
		}))
		c := changes(t, before, after)
		if len(c) != 1 || c[0].Change != diff.Amended || !c[0].Substantive {
			t.Errorf("row %d: %d changes, first %+v", row, len(c), c)
		}
	}
}

func TestAVanishedSubListLeavesTheOthersWhole(t *testing.T) {
	before := parse(t, permute.Fixture(t, "consolidated.json"))
	after := parse(t, edit(t, func(r []map[string]any) []map[string]any {
		r = slices.DeleteFunc(r, func(x map[string]any) bool { return strings.Contains(x["source"].(string), "(SSI)") })
		return append(r, map[string]any{"source": r[0]["source"], "name": "Sundal Robotics", "addresses": []any{map[string]any{"country": "CN"}}})
	}))
	if _, shown := after[diff.SSI]; shown {
		t.Error("a snapshot of a list that is not in the file")
	}
	if c := changes(t, before, after); len(c) != 1 || c[0].Change != diff.Added || c[0].Name != "Sundal Robotics" {
		t.Errorf("changes: %+v", c)
	}
}

func TestUnreadableRowsAreProblemsNotRemovals(t *testing.T) {
	many := func(r []map[string]any) []map[string]any { // enough rows that one of them is no reason to refuse
		for i := range 20 {
			r = append(r, map[string]any{"source": r[5]["source"], "name": "VESSEL " + strings.Repeat("I", i+1), "entity_number": "8" + strings.Repeat("0", i)})
		}
		return r
	}
	before := parse(t, edit(t, many))
	after := parse(t, edit(t, func(r []map[string]any) []map[string]any {
		r = many(r)
		delete(r[5], "name") // SUNDAL STAR
		return r
	}))
	if len(after[diff.SDN].Unread) != 1 || len(after[diff.EntityList].Unread) != 0 || !after[diff.SDN].Complete {
		t.Error("the row that cannot be read is one of its own list, which is no less whole")
	}
	for list, s := range after {
		c := diff.Compare(before[list], s)
		if len(c.Changes) != 0 || (len(c.Problems) > 0) != (list == diff.SDN) {
			t.Errorf("%s: changes %+v, problems %v", list, c.Changes, c.Problems)
		}
	}
	first := after[diff.EntityList].Problems
	if len(first) != 1 || first[0].Kind != diff.Unread || !strings.Contains(first[0].Where, "line 1, record 6") {
		t.Errorf("problems: %+v", first)
	}
}

func TestABrokenRecordSpoilsOnlyItself(t *testing.T) {
	var rows []string
	for i := range 30 {
		rows = append(rows, `{"source":"Entity List (EL) - X","name":"Party `+strings.Repeat("I", i+1)+`","addresses":[]}`)
	}
	rows[7] = `{"source":"Entity List (EL) - X","name":Party,"addresses":[{"city":"}]"}]}`
	got := parse(t, []byte("{\"results\":[\n"+strings.Join(rows, ",\n")+"\n]}"))[diff.EntityList]
	if len(got.Entries) != 29 || len(got.Unread) != 1 || len(got.Problems) != 1 || !strings.HasPrefix(got.Problems[0].Where, "line 9, record 8") {
		t.Errorf("%d entries, problems %+v", len(got.Entries), got.Problems)
	}
}

func TestOtherTypesAreReadAllTheSame(t *testing.T) {
	got := parse(t, edit(t, func(r []map[string]any) []map[string]any {
		r[4]["entity_number"], r[4]["programs"], r[4]["gross_tonnage"] = 70001, "RUSSIA-EO14024", 12.5
		r[5]["addresses"], r[5]["standard_order"] = "", true
		return r
	}))[diff.SDN]
	if len(got.Entries) != 2 || !got.Complete || got.Entries[0].Key != "us-ofac-sdn/70001" || !slices.Equal(got.Entries[0].Programs, []string{"RUSSIA-EO14024"}) {
		t.Errorf("got %+v", got)
	}
}

func TestWhatIsNotKnownIsReported(t *testing.T) {
	snapshots, err := ParseJSON(bytes.NewReader(edit(t, func(r []map[string]any) []map[string]any {
		r[0]["moon_phase"], r[1]["moon_phase"] = "full", "new"
		r[8]["source"] = "Lunar List (LUN) - Moon Department"
		return append(r, map[string]any{"source": r[8]["source"], "name": "X"})
	})), diff.ReadOptions{})
	if err != nil || len(snapshots) != 4 {
		t.Fatalf("%d snapshots, %v", len(snapshots), err)
	}
	var texts []string
	for _, p := range snapshots[0].Problems {
		texts = append(texts, string(p.Kind)+": "+p.Text)
	}
	want := []string{
		`unread: the list "Lunar List (LUN) - Moon Department" is not known here; its 2 rows were not read`,
		`source: the field "moon_phase" is new to this program and is kept under that name; it stands there 2 times`,
	}
	kept := diff.Attribute{Type: "moon_phase", Value: "full", Unknown: true}
	if !slices.Contains(snapshots[0].Entries[0].Attributes, kept) {
		t.Errorf("not kept: %+v", snapshots[0].Entries[0].Attributes)
	}
	if d := cmp.Diff(want, texts); d != "" {
		t.Error(d)
	}
}

// What stands beside the records is named, where it is not known; a column without a name, or with that of another, is kept.
func TestNothingIsDroppedWithoutAWord(t *testing.T) {
	body := strings.Replace(string(permute.Fixture(t, "consolidated.json")), "{", `{"moons": [1, 2], "sources_used": [], `, 1)
	p := parse(t, []byte(body))[diff.EntityList].Problems
	want := []diff.Problem{{Kind: diff.SourceSlip, Where: "beside results",
		Text: `the part "moons" is new to this program and was passed over; it stands there 1 times`}}
	if d := cmp.Diff(want, p); d != "" {
		t.Error(d)
	}
	header, rows, _ := strings.Cut(string(permute.Fixture(t, "consolidated.csv")), "\n")
	first, rest, _ := strings.Cut(rows, "\n")
	s, err := ParseCSV(strings.NewReader(header+",,name\n"+first+",full,Nobody\n"+strings.ReplaceAll(rest, "\n", ",,\n")), diff.ReadOptions{})
	if err != nil || len(s[0].Problems) != 2 {
		t.Fatalf("%+v, %v", s, err)
	}
	for _, a := range []diff.Attribute{
		{Type: "column 30", Value: "full", Unknown: true}, {Type: "name (column 31)", Value: "Nobody", Unknown: true},
	} {
		if !slices.Contains(s[0].Entries[0].Attributes, a) {
			t.Errorf("%+v is not kept: %+v", a, s[0].Entries[0].Attributes)
		}
	}
}

func FuzzParseJSON(f *testing.F) {
	f.Add(permute.Fixture(f, "consolidated.json"))
	f.Add([]byte(`[{"source":"(EL)","name":"x"}]`))
	f.Fuzz(func(t *testing.T, body []byte) { permute.Sound(t, body, ParseJSON) })
}

func FuzzParseCSV(f *testing.F) {
	f.Add(permute.Fixture(f, "consolidated.csv"))
	f.Fuzz(func(t *testing.T, body []byte) { permute.Sound(t, body, ParseCSV) })
}
