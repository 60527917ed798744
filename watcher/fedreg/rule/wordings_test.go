package rule

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"entitywatch/diff"
)

// ruleOf is a rule on part 744 with these instructions and table rows, and nothing that could confirm or deny them.
func ruleOf(instructions []string, rows string) string {
	var b strings.Builder
	b.WriteString(`<RULE><PREAMB><SUBJECT>A rule</SUBJECT></PREAMB><SUPLINF><PRTPAGE P="101"/><REGTEXT TITLE="15" ` +
		`PART="744">`)
	for _, i := range instructions {
		b.WriteString("<AMDPAR>" + i + "</AMDPAR>\n")
	}
	if rows != "" {
		b.WriteString(`<GPOTABLE COLS="5">` + rows + `</GPOTABLE>`)
	}
	b.WriteString(`</REGTEXT></SUPLINF><FRDOC>[FR Doc. 2099-00001 Filed 1-2-99; 8:45 am]</FRDOC></RULE>`)
	return b.String()
}

func heading(c string) string { return `<ROW><ENT I="01">` + c + `</ENT></ROW>` }

func entry(name string) string {
	return `<ROW><ENT I="22"> </ENT><ENT>` + name + `, a.k.a., the following one alias:<LI>—` + name[:3] +
		`.</LI><LI>1 Long Street, Old Town.</LI></ENT>` +
		`<ENT>For all items subject to the EAR.<SU>4</SU></ENT><ENT>Presumption of denial.</ENT><ENT>80 FR 100, 3/2/15. ` +
		`88 FR [INSERT FR PAGE NUMBER AND 2/27/2023].</ENT></ROW>`
}

func entry3(name string) string {
	return `<ROW><ENT I="22"> </ENT><ENT>` + name +
		`, 1 Long Street, Old Town</ENT><ENT>88 FR [INSERT FR PAGE NUMBER AND February 27, 2023].</ENT></ROW>`
}

const intro = "2. Supplement No. 4 to part 744 is amended:"

var wordings = []struct {
	name         string
	instructions []string
	rows         string
	want         []string // action country name [edits]
	problems     []diff.ProblemKind
}{
	{"inherited country", []string{intro, "a. Under CHINA, PEOPLE'S REPUBLIC OF:",
		"i. By revising the entries for “Alpha Ltd.” and “Beta Ltd.”;",
		"ii. By adding, in alphabetical order, an entry for “Gamma Co., Ltd.”; and",
		"iii. By removing the entry for “Delta Inc.”; and", "b. Under MALTA, by removing “Epsilon”."},
		heading("CHINA, PEOPLE'S REPUBLIC OF") + entry("Alpha Ltd.") + entry("Beta Ltd.") + entry("Gamma Co., Ltd."),
		[]string{"revise CHINA, PEOPLE'S REPUBLIC OF Alpha Ltd.", "revise CHINA, PEOPLE'S REPUBLIC OF Beta Ltd.",
			"add CHINA, PEOPLE'S REPUBLIC OF Gamma Co., Ltd.",
			"remove CHINA, PEOPLE'S REPUBLIC OF Delta Inc.", "remove MALTA Epsilon"}, nil},
	{"in one sentence", []string{"2. Supplement No. 4 to part 744 is amended under CHINA, PEOPLE'S REPUBLIC OF, by " +
		"adding in alphabetical order entries for “Alpha Ltd.” and “Beta Ltd.” to read as follows:"},
		heading("CHINA, PEOPLE'S REPUBLIC OF") + entry("Alpha Ltd.") + entry("Beta Ltd."),
		[]string{"add CHINA, PEOPLE'S REPUBLIC OF Alpha Ltd.", "add CHINA, PEOPLE'S REPUBLIC OF Beta Ltd."}, nil},
	{"amend by", []string{"2. Amend supplement no. 4 to part 744 by removing the entry under TURKEY for “Alpha Ltd.”."},
		"", []string{"remove TURKEY Alpha Ltd."}, nil},
	{"two verbs in a clause", []string{intro,
		"a. Under MALTA, by adding an entry for “Alpha Ltd.” and removing the entries for “Beta Ltd.” and “Gamma Ltd.”."},
		heading("MALTA") + entry("Alpha Ltd."), []string{"add MALTA Alpha Ltd.", "remove MALTA Beta Ltd.",
			"remove MALTA Gamma Ltd."}, nil},
	{"passive", []string{intro, "a. The entries for “Alpha Ltd.” and “Beta Ltd.” under MALTA are removed."}, "",
		[]string{"remove MALTA Alpha Ltd.", "remove MALTA Beta Ltd."}, nil},
	{"old additions", []string{intro, "a. By adding under Afghanistan, in alphabetical order, two Afghan entities; and",
		"b. By removing under Germany, the German entity: “Alpha GmbH, 1 Long Street, Berlin, Germany”."},
		heading("AFGHANISTAN") + entry("Beta Ltd.") + entry("Gamma Ltd."),
		[]string{"add_or_revise AFGHANISTAN Beta Ltd.", "add_or_revise AFGHANISTAN Gamma Ltd.",
			"remove GERMANY Alpha GmbH"}, nil},
	{"old additions, another number", []string{intro,
		"a. By adding under Afghanistan, in alphabetical order, three Afghan entities."},
		heading("AFGHANISTAN") + entry("Beta Ltd.") + entry("Gamma Ltd."),
		[]string{"add_or_revise AFGHANISTAN Beta Ltd.", "add_or_revise AFGHANISTAN Gamma Ltd."},
		[]diff.ProblemKind{diff.Surprise}},
	{"following entities",
		[]string{"2. Supplement No. 4 to part 744 is amended by adding, in alphabetical order, the following entities " +
			"under CHINA, PEOPLE'S REPUBLIC OF:"},
		heading("CHINA, PEOPLE'S REPUBLIC OF") + entry("Alpha Ltd."),
		[]string{"add_or_revise CHINA, PEOPLE'S REPUBLIC OF Alpha Ltd."}, nil},
	{"a new heading", []string{intro,
		"a. By adding, in alphabetical order, a heading for MALTA and an entry for “Alpha Ltd.”;",
		"b. By removing the heading for PERU and the entry for “Beta Ltd.”; and", "c. By removing the heading PANAMA."},
		heading("MALTA") + entry("Alpha Ltd."), []string{"add MALTA Alpha Ltd.", "remove PERU Beta Ltd."}, nil},
	{"headings in other words", []string{intro,
		"a. By adding, in alphabetical order, the heading “MALTA” and an entry for “Alpha Ltd.”; and",
		"b. By adding, in alphabetical order, a heading PERU and one entry for “Beta Ltd.” and two entries for “Gamma " +
			"Ltd.” and “Delta Ltd.”."},
		heading("MALTA") + entry("Alpha Ltd.") + heading("PERU") + entry("Beta Ltd.") + entry("Gamma Ltd.") +
			entry("Delta Ltd."),
		[]string{"add MALTA Alpha Ltd.", "add PERU Beta Ltd.", "add PERU Gamma Ltd.", "add PERU Delta Ltd."}, nil},
	{"marks of other kinds", []string{intro, "a. Under CHINA, PEOPLE'S REPUBLIC OF:",
		"(1) Add, in alphabetical order, an entry for “Alpha Ltd.”;", "(2) Revise the entry for “Beta Ltd.”; and",
		"(3) Remove “Gamma Ltd.”."}, heading("CHINA, PEOPLE'S REPUBLIC OF") + entry("Alpha Ltd.") + entry("Beta Ltd."),
		[]string{"add CHINA, PEOPLE'S REPUBLIC OF Alpha Ltd.", "revise CHINA, PEOPLE'S REPUBLIC OF Beta Ltd.",
			"remove CHINA, PEOPLE'S REPUBLIC OF Gamma Ltd."}, nil},
	{"removed and added in its place", []string{intro,
		"a. Under MALTA, by removing the entry for “Alpha Ltd.” and adding in its place an entry for “Beta Ltd.”."},
		heading("MALTA") + entry("Beta Ltd."), []string{"remove MALTA Alpha Ltd.", "add MALTA Beta Ltd."}, nil},
	{"no country", []string{intro, "a. By removing the entry for “Alpha Ltd.”; and",
		"b. By adding an entry for “Beta Ltd.”."}, heading("MALTA") + entry("Beta Ltd."),
		[]string{"remove  Alpha Ltd.", "add MALTA Beta Ltd."}, []diff.ProblemKind{diff.Unread}},
	{"an address of its own", []string{intro,
		"a. Under MALTA, by adding an entry for “Address 01” and removing the entry for “Address 02”."},
		heading("MALTA") + "<ROW><ENT I=\"22\"> </ENT><ENT>Address 01, 1 Long Street, Valletta, Malta.</ENT><ENT>All " +
			"items.</ENT><ENT>Denial</ENT><ENT>88 FR 1, 2/27/2023.</ENT></ROW>",
		[]string{"add MALTA Address 01 -> 1 Long Street, Valletta, Malta", "remove MALTA Address 02"}, nil},
	{"names before countries",
		[]string{"2. Supplement No. 6 to part 744 is amended by removing the following entries: “Alpha Ltd.” under " +
			"CHINA, PEOPLE'S REPUBLIC OF; and “Beta FZE” and “Gamma FZE” under UNITED ARAB EMIRATES."}, "",
		[]string{"remove CHINA, PEOPLE'S REPUBLIC OF Alpha Ltd.", "remove UNITED ARAB EMIRATES Beta FZE",
			"remove UNITED ARAB EMIRATES Gamma FZE"}, nil},
	{"within an entry nothing else is removed", []string{intro,
		"a. Under MALTA, in the entry for “Alpha Ltd.”, by removing “One” and adding in its place “Two” in the “Entity” " +
			"column."}, "",
		nil, []diff.ProblemKind{diff.Unread}},
	{"revised to remove and to add", []string{intro,
		"a. Under MALTA, by revising the entry for “Alpha Ltd.” to remove the alias “x” and to add the alias “y”."}, "",
		[]string{"edit MALTA Alpha Ltd. aliases-x aliases+y"}, nil},
	{"several columns of several entries", []string{intro,
		"a. Under MALTA, by revising the “License requirement” and “License review policy” columns for the entries for " +
			"“Alpha Ltd.” and “Beta Ltd.”."},
		heading("MALTA") + entry("Alpha Ltd.") + entry("Beta Ltd."),
		[]string{"edit MALTA Alpha Ltd. license_requirement=For all items subject to the EAR. " +
			"license_review_policy=Presumption of denial.",
			"edit MALTA Beta Ltd. license_requirement=For all items subject to the EAR. license_review_policy=Presumption " +
				"of denial."}, nil},
	{"fields before the entry", []string{intro,
		"a. For MALTA, by revising the license requirement column in the entries for “Alpha Ltd.” and “Beta Ltd.” to " +
			"read “All items”; and",
		"b. Under PERU, by correcting the name “Alhpa” to read “Alpha” in the entry for “Alhpa Ltd.”."}, "",
		[]string{"edit MALTA Alpha Ltd. license_requirement=All items",
			"edit MALTA Beta Ltd. license_requirement=All items", "edit PERU Alhpa Ltd. name=Alpha Ltd."}, nil},
	{"an alias of nobody", []string{intro, "a. Under MALTA, by removing the alias “One”."}, "", nil,
		[]diff.ProblemKind{diff.Unread}},
	{"three columns", []string{"2. Supplement No. 6 to part 744 is amended under TURKEY by adding an entry for “Alpha " +
		"Ltd.”."}, heading("TURKEY") + entry3("Alpha Ltd."),
		[]string{"add TÜRKIYE Alpha Ltd."}, nil},
	{"redesignated", []string{intro, "a. By redesignating the heading for TURKEY as TÜRKIYE."}, "", nil,
		[]diff.ProblemKind{diff.Unread}},
	{"fields", []string{intro, "a. Under MALTA:",
		"i. In the entry for “Alpha Ltd.”, by removing the aliases “One” and “Two”, and by adding the address “9 Short " +
			"Street, Valletta”;",
		"ii. In the entry for “Beta Ltd.”, by revising the “License review policy” column to read “Presumption of denial”;",
		"iii. By removing from the entry for “Gamma Ltd.” the address “3 Wide Street”; and",
		"iv. In the entry for “Delta Ltd.”, by adding footnote 4 and removing footnote 1."}, "",
		[]string{"edit MALTA Alpha Ltd. aliases-One aliases-Two addresses+9 Short Street, Valletta",
			"edit MALTA Beta Ltd. license_review_policy=Presumption of denial",
			"edit MALTA Gamma Ltd. addresses-3 Wide Street", "edit MALTA Delta Ltd. footnotes+4 footnotes-1"}, nil},
	{"a column, its text in the table", []string{intro,
		"a. Under MALTA, in the entry for “Alpha Ltd.”, by revising the “License requirement” column."},
		heading("MALTA") + entry("Alpha Ltd."),
		[]string{"edit MALTA Alpha Ltd. license_requirement=For all items subject to the EAR."}, nil},
	{"a column without its text", []string{intro,
		"a. Under MALTA, in the entry for “Alpha Ltd.”, by revising the “License requirement” column."}, "",
		[]string{"edit MALTA Alpha Ltd."}, []diff.ProblemKind{diff.Unread}},
	{"revised by adding", []string{intro,
		"a. Under MALTA, by revising the entry for “Alpha Ltd.” by adding two aliases and one address."},
		heading("MALTA") + entry("Alpha Ltd."), []string{"revise MALTA Alpha Ltd."}, nil},
	{"renamed, told by an alias", []string{intro, "a. Under MALTA, by revising the entry for “Alp”."}, heading("MALTA") +
		entry("Alpha Ltd."), []string{"revise MALTA Alp -> Alpha Ltd."}, nil},
	{"renamed, told by nothing", []string{intro, "a. Under MALTA, by revising the entry for “Omega”."},
		heading("MALTA") + entry("Alpha Ltd."), []string{"revise MALTA Omega -> Alpha Ltd."},
		[]diff.ProblemKind{diff.Surprise}},
	{"nested quotes", []string{intro, "a. Under RUSSIA, by removing the entries for “OOO “Kvant”” and “Beta Ltd.”."}, "",
		[]string{"remove RUSSIA OOO “Kvant”", "remove RUSSIA Beta Ltd."}, nil},
	{"a quote that does not close", []string{intro, "a. Under RUSSIA, by removing the entries for “Alpha; “Beta Ltd.”."},
		"", []string{"remove RUSSIA Beta Ltd."}, []diff.ProblemKind{diff.Unread}},
	{"other lists", []string{"2. Supplement No. 6 to part 744 is amended:",
		"a. Under TÜRKIYE, by removing the entry for “Alpha Ltd.”; and",
		"b. Under TURKEY, by removing the entry for “Beta Ltd.”.",
		"3. Supplement No. 7 to part 744 is amended under VENEZUELA by removing “Gamma Ltd.”."}, "",
		[]string{"remove TÜRKIYE Alpha Ltd.", "remove TÜRKIYE Beta Ltd.", "remove VENEZUELA Gamma Ltd."}, nil},
	{"several in one paragraph",
		[]string{"2. Supplement No. 4 to part 744 is amended: a. Under MALTA, by removing the entry for “Alpha Ltd.”; " +
			"and b. Under PERU, by removing “Beta Ltd.”."}, "",
		[]string{"remove MALTA Alpha Ltd.", "remove PERU Beta Ltd."}, nil},
	{"not on a list", []string{"1. The authority citation for 15 CFR part 744 continues to read as follows:",
		"2. Section 744.11 is amended by revising paragraph (a) and adding an entry for “x” to the table;",
		"3. Supplement No. 2 to part 744 is amended by removing “5A992”.",
		"4. Supplement No. 4 to part 744 is amended by revising the introductory text to read as follows:",
		"5. In § 744.16, remove “supplement no. 4 to part 744” and add in its place “this part”."}, "", nil, nil},
	{"sections that name a supplement of this part",
		[]string{"2. Section 744.16 is amended by revising the reference to supplement no. 4 to this part in paragraph (b);",
			"3. Section 744.21 is amended:", "a. By revising the last sentence of paragraph (b), on supplement no. 7 to this part; and",
			"b. By adding entities listed in supplement no. 4 to this part to paragraph (c)."}, "", nil, nil},
	{"the part named above", []string{"2. Part 744 is amended as follows:", "a. In supplement no. 4, under MALTA, by removing “Alpha Ltd.”."}, "",
		[]string{"remove MALTA Alpha Ltd."}, nil},
	{"a wording nobody foresaw", []string{intro, "a. Under MALTA, the listing of Alpha Ltd. shall henceforth be void."},
		"", nil, []diff.ProblemKind{diff.Unread}},
	{"a verb nobody foresaw", []string{intro, "a. Under MALTA, by striking the entry for “Alpha Ltd.”."}, "", nil,
		[]diff.ProblemKind{diff.Unread, diff.Unread}},
	{"an unknown list", []string{"2. Supplement No. 9 to part 744 is amended:",
		"a. Under MALTA, by removing the entry for “Alpha Ltd.”."}, "", nil, []diff.ProblemKind{diff.Unread}},
	{"a footnote of the list", []string{intro, "a. By revising footnote 3."}, "", nil, []diff.ProblemKind{diff.Unread}},
	{"a gap", []string{intro, "a. Under MALTA, by removing “Alpha Ltd.”;", "c. Under PERU, by removing “Beta Ltd.”."},
		"", []string{"remove MALTA Alpha Ltd.", "remove PERU Beta Ltd."}, []diff.ProblemKind{diff.Surprise}},
	{"the last is missing", []string{intro, "a. Under MALTA, by removing “Alpha Ltd.”; and"}, "",
		[]string{"remove MALTA Alpha Ltd."}, []diff.ProblemKind{diff.Surprise}},
	{"a row that nobody names", []string{intro, "a. Under MALTA, by adding an entry for “Alpha Ltd.”."},
		heading("MALTA") + entry("Alpha Ltd.") + entry("Beta Ltd."),
		[]string{"add MALTA Alpha Ltd.", "add_or_revise MALTA Beta Ltd."}, []diff.ProblemKind{diff.Unread, diff.Unread}},
	{"a name without a row", []string{intro, "a. Under MALTA, by adding an entry for “Alpha Ltd.”."}, "",
		[]string{"add MALTA Alpha Ltd."}, []diff.ProblemKind{diff.Unread}},
}

func TestWordings(t *testing.T) {
	for _, c := range wordings {
		t.Run(c.name, func(t *testing.T) {
			a, err := ParseXML(strings.NewReader(ruleOf(c.instructions, c.rows)), diff.ReadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			problems := a.Problems
			for _, am := range a.Amendments {
				got = append(got, short(am))
				problems = append(problems, am.Problems...)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
			var kinds []diff.ProblemKind
			for _, p := range problems {
				kinds = append(kinds, p.Kind)
			}
			if fmt.Sprint(kinds) != fmt.Sprint(c.problems) {
				t.Errorf("problems %v, want kinds %v", problems, c.problems)
			}
		})
	}
}

// short is an amendment on one line.
func short(am diff.Amendment) string {
	s := fmt.Sprintf("%s %s %s", am.Action, am.Country, am.Name)
	if am.Entry != nil && am.Entry.Name != am.Name {
		s += " -> " + am.Entry.Name
	}
	for _, e := range am.Edits {
		s += " " + e.Field + map[diff.EditOp]string{diff.EditAdd: "+", diff.EditRemove: "-", diff.EditReplace: "="}[e.Op] +
			e.Value
	}
	return s
}

func TestSummaryAgainstInstructions(t *testing.T) {
	const summary = `<SUM><P>BIS amends the EAR by removing one entity from the Entity List under the destination of ` +
		`Malta.</P></SUM>`
	with := func(instructions ...string) string {
		return strings.Replace(ruleOf(instructions, ""), "</SUBJECT>", "</SUBJECT>"+summary, 1)
	}
	for _, c := range []struct {
		name, source string
		problems     int
	}{
		{"as stated", with(intro, "a. Under MALTA, by removing the entry for “Alpha Ltd.”."), 0},
		{"not at all", with(), 1},
		{"only elsewhere", with("1. Section 744.11 is amended by revising paragraph (a)."), 1},
		{"under another country", with(intro, "a. Under PERU, by removing the entry for “Alpha Ltd.”."), 2},
		{"on another list", with("2. Supplement No. 6 to part 744 is amended under MALTA by removing the entry for “Alpha " +
			"Ltd.”."), 2},
		{"once too often", with(intro, "a. Under MALTA, by removing the entries for “Alpha Ltd.” and “Beta Ltd.”."), 1},
	} {
		a, err := ParseXML(strings.NewReader(c.source), diff.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(a.Problems); got != c.problems && !(c.problems > 0 && got > 0) ||
			!diff.NeedsHuman(a.Problems) != (c.problems == 0) {
			t.Errorf("%s: problems %v, want %d", c.name, a.Problems, c.problems)
		}
	}
}

// TestProblemsStandInOneOrder: the same text must give the same act in every reading, or it looks edited.
func TestProblemsStandInOneOrder(t *testing.T) {
	const summary = `<SUM><P>BIS amends the EAR by adding eight entities to the Entity List under the destinations of ` +
		`Malta (3), Peru (2), ` +
		`Iceland (2), and Togo (2), and by removing six entities from the Unverified List under Chad (4), Fiji (2), and ` +
		`Kenya (1).</P></SUM>`
	instructions := []string{intro,
		"a. Under FRANCE, by adding an entry for “Alpha Ltd.”; under SPAIN, by adding an entry for “Beta Ltd.”; and " +
			"under ITALY, by adding an entry for “Gamma Ltd.”."}
	source := strings.Replace(ruleOf(instructions, ""), "</SUBJECT>", "</SUBJECT>"+summary, 1)
	source = strings.Replace(source, "<SUPLINF>",
		"<SUPLINF><P>This rule adds the following entity:</P><P>MALTA</P><P>• Delta Ltd.</P>"+
			"<P>This rule removes the following entity:</P><P>PERU</P><P>• Zeta Ltd.</P><P>This rule revises the following "+
			"entry:</P><P>CHAD</P>"+
			"<P>• Eta Ltd.</P>", 1)
	first, err := ParseXML(strings.NewReader(source), diff.ReadOptions{})
	if err != nil || len(first.Problems) < 8 {
		t.Fatalf("%v, problems %v", err, first.Problems)
	}
	for range 20 {
		if a, _ := ParseXML(strings.NewReader(source), diff.ReadOptions{}); !reflect.DeepEqual(a, first) {
			t.Fatalf("read again, it gives\n%v\nand not\n%v", a.Problems, first.Problems)
		}
	}
}

// TestPartsInsideARow: the parties named inside an added entry are added with it, under their parent, and not counted
// by the act.
func TestPartsInsideARow(t *testing.T) {
	row := `<ROW><ENT I="22"> </ENT><ENT>Alpha Group, a.k.a., the following one alias:<LI>—AG.</LI><LI>1 Long Street, ` +
		`Beijing, China.</LI></ENT><ENT>All items.</ENT><ENT>Denial</ENT>` +
		`<ENT>88 FR [INSERT FR PAGE NUMBER AND 2/27/2023].</ENT></ROW><ROW><ENT I="22"> </ENT><ENT>Affiliated ` +
		`entities:<LI><E T="03">Beta Works Co., Ltd.,</E> 2 Long Street, Beijing, China.</LI></ENT></ROW>`
	source := ruleOf([]string{intro, "a. Under CHINA, PEOPLE'S REPUBLIC OF, by adding an entry for “Alpha Group”."},
		heading("CHINA, PEOPLE'S REPUBLIC OF")+row)
	source = strings.Replace(source, "</SUBJECT>",
		"</SUBJECT><SUM><P>BIS is adding one entity to the Entity List under the EAR, under the destination of "+
			"China.</P></SUM>", 1)
	a, err := ParseXML(strings.NewReader(source), diff.ReadOptions{})
	if err != nil || len(a.Problems) > 0 || len(a.Amendments) != 2 {
		t.Fatalf("%v, %d amendments, problems %v", err, len(a.Amendments), a.Problems)
	}
	group, part := a.Amendments[0], a.Amendments[1]
	if group.Name != "Alpha Group" || part.Name != "Beta Works Co., Ltd." || part.Action != diff.Add ||
		part.Entry.Parent != group.Entry.Key {
		t.Errorf("%+v\n%+v", group, part)
	}
}
