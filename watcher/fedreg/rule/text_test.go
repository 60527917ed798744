package rule

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
)

func TestPublicInspectionBeginning(t *testing.T) {
	const file = "fr/2024-14635_public-inspection_beginning.txt"
	var refused *diff.Refused
	if _, err := ParseText(reference(t, file), diff.ReadOptions{}); !errors.As(err, &refused) {
		t.Errorf("a cut text gives %v, want Refused", err)
	}
	a, err := ParseText(reference(t, file), diff.ReadOptions{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(a.Declared)
	want := `{"us-bis-entity-list":{"added_entries":6,"revised_entities":2,"added_by_country":{"CHINA, PEOPLE'S ` +
		`REPUBLIC OF":2,` +
		`"SOUTH AFRICA":1,"UNITED ARAB EMIRATES":2,"UNITED KINGDOM":1},"revised_by_country":{"CHINA, PEOPLE'S REPUBLIC ` +
		`OF":1,"RUSSIA":1}}}`
	if string(got) != want {
		t.Errorf("declared\n%s\nwant\n%s", got, want)
	}
	if a.Status != diff.ActFiled || a.Title != "Addition of Entities and Revision of Entries on the Entity List" ||
		a.Type != "Rule" ||
		len(a.Agencies) != 2 || len(a.Amendments) != 0 || !diff.NeedsHuman(a.Problems) {
		t.Errorf("act %+v", a)
	}
}

// typed is a typescript in the shape of public inspection, written for this test.
const typed = `BILLING CODE 3510-33-P
DEPARTMENT OF COMMERCE
Bureau of Industry and Security
15 CFR Part 744
[Docket No. 990101-0001]
RIN 0694-AZ00
Additions and Removals of Entities on the Entity List
AGENCY: Bureau of Industry and Security, Department of Commerce.
ACTION: Final rule.
SUMMARY: In this rule, the Bureau of Industry and Security (BIS) amends the Export
Administration Regulations (EAR) by adding three entities under three entries to the Entity List,
under the destinations of China, People’s Republic of (China) (2) and Malta (1). This rule also
removes one entity under the destination of Germany.
DATES: This rule is effective [INSERT DATE OF PUBLICATION IN THE FEDERAL
REGISTER].
SUPPLEMENTARY INFORMATION:
Background
The ERC determined to remove Alpha Werke GmbH from the Entity List.
For the reasons described above, this final rule adds the following three entities to the
Entity List:
China
• Beta Trading Co., Ltd.,
and
• Gamma Research Institute, Department of Very Long
Names.

Malta
• Delta Shipping Ltd.
Savings Clause
Shipments en route aboard a carrier on the date of publication may proceed to that
destination.
Export Control Reform Act of 2018
Words.
PART 744—CONTROL POLICY: END-USER AND END-USE BASED
1. The authority citation for part 744 continues to read as follows:
Authority: 50 U.S.C. 4801-4852.
2. Supplement No. 4 to part 744 is amended:
a. Under CHINA, PEOPLE’S REPUBLIC OF, by adding, in alphabetical order, entries for “Beta
Trading Co., Ltd.” and “Gamma Research Institute, Department of Very Long Names”;

b. Under GERMANY, by removing the entry for “Alpha Werke GmbH”; and
c. Under MALTA, by adding an entry for “Delta Shipping Ltd.”.
The additions read as follows:
Supplement No. 4 to Part 744—Entity List
* * * * *
Country Entity License requirement
CHINA, PEOPLE’S REPUBLIC OF
Beta Trading Co., Ltd., 1. Long Street, Beijing, China
[FR Doc. 2099-00001 Filed: 1/2/2099 8:45 am; Publication Date: 1/5/2099]
`

func TestTypescript(t *testing.T) {
	a, err := ParseText(strings.NewReader(typed), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, am := range a.Amendments {
		got = append(got, fmt.Sprintf("%s %s %s %d", am.Action, am.Country, am.Name, len(am.Problems)))
		if (am.ToCome == "") != (am.Action == diff.Remove) {
			t.Errorf("%s %s: to come %q", am.Action, am.Name, am.ToCome)
		}
	}
	want := []string{"add CHINA, PEOPLE'S REPUBLIC OF Beta Trading Co., Ltd. 0",
		"add CHINA, PEOPLE'S REPUBLIC OF Gamma Research Institute, Department of Very Long Names 0",
		"remove GERMANY Alpha Werke GmbH 0", "add MALTA Delta Shipping Ltd. 0"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if len(a.Problems) != 0 {
		t.Errorf("problems %v", a.Problems)
	}
	if a.EffectiveOn != "2099-01-05" || a.DocumentNumber != "2099-00001" || a.FiledOn != "2099-01-02" ||
		!strings.HasSuffix(a.SavingsClause, "destination.") {
		t.Errorf("act %+v", a)
	}
}

// Parties that are named in the table only cannot be alerted from a typescript: that is for a human.
func TestTypescriptWithoutNames(t *testing.T) {
	unnamed := strings.Replace(typed, "by adding an entry for “Delta Shipping Ltd.”",
		"by adding, in alphabetical order, one Maltese entity", 1)
	unnamed = strings.Replace(unnamed, "Malta\n• Delta Shipping Ltd.\n", "", 1)
	a, err := ParseText(strings.NewReader(unnamed), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(a.Problems, func(p diff.Problem) bool {
		return p.Kind == diff.Unread && strings.Contains(p.Where, "MALTA")
	}) {
		t.Errorf("problems %v, want the instruction for Malta", a.Problems)
	}
}

// The Government Publishing Office's plain text quotes names with grave accents and apostrophes.
func TestTypescriptWithTypewriterQuotes(t *testing.T) {
	a, err := ParseText(strings.NewReader(strings.Replace(typed, "by adding an entry for “Delta Shipping Ltd.”",
		"by adding, in alphabetical order, one Maltese entity, ``Delta Shippers' Co. Ltd.''", 1)), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(a.Amendments, func(am diff.Amendment) bool {
		return am.Action == diff.Add && am.Country == "MALTA" && am.Name == "Delta Shippers' Co. Ltd."
	}) {
		t.Errorf("amendments %+v, want the addition under Malta", a.Amendments)
	}
}

// A savings clause ends where the amendments begin, with a heading between or not.
func TestTypescriptSavingsClauseEnds(t *testing.T) {
	for _, next := range []string{"Export Control Reform Act of 2018\nWords.\n",
		"Accordingly, part 744 of the Export Administration Regulations is\namended as follows:\n", ""} {
		a, err := ParseText(strings.NewReader(strings.Replace(typed, "Export Control Reform Act of 2018\nWords.\n", next,
			1)), diff.ReadOptions{})
		if want := "Shipments en route aboard a carrier on the date of publication may proceed to that " +
			"destination."; err != nil || a.SavingsClause != want {
			t.Errorf("before %.20q: %q, %v", next, a.SavingsClause, err)
		}
	}
}

func TestTypescriptBulletsAlone(t *testing.T) {
	cut := typed[:strings.Index(typed, "PART 744—CONTROL")]
	a, err := ParseText(strings.NewReader(cut), diff.ReadOptions{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Amendments) != 3 || a.Amendments[2].Country != "MALTA" ||
		a.Amendments[1].Name != "Gamma Research Institute, Department of Very Long Names" {
		t.Errorf("amendments %+v", a.Amendments)
	}
	if !diff.NeedsHuman(a.Problems) {
		t.Error("a cut text without a problem")
	}
}

func TestNoTypescript(t *testing.T) {
	for _, s := range []string{"", "  \n", "<html><body>Request Access</body></html>", `{"errors":[]}`, "some text"} {
		var refused *diff.Refused
		if _, err := ParseText(strings.NewReader(s), diff.ReadOptions{Partial: true}); !errors.As(err, &refused) {
			t.Errorf("%q gives %v", s, err)
		}
	}
}

func FuzzParseText(f *testing.F) {
	f.Add(typed)
	f.Fuzz(func(t *testing.T, s string) {
		_, _ = ParseText(strings.NewReader(s), diff.ReadOptions{Partial: true})
	})
}

func FuzzParseXML(f *testing.F) {
	f.Add(`<RULE><PREAMB><SUM><P>adding one entity to the Entity List</P></SUM></PREAMB><REGTEXT TITLE="15" PART="744">` +
		`<AMDPAR>2. Supplement No. 4 to part 744 is amended:</AMDPAR>` +
		`<AMDPAR>a. Under MALTA, by adding an entry for “A”.</AMDPAR><GPOTABLE><ROW><ENT I="01">MALTA</ENT></ROW><ROW>` +
		`<ENT I="22"> </ENT><ENT>A, B Street</ENT>` +
		`<ENT>x</ENT><ENT>y</ENT><ENT>88 FR 1, 1/1/23.</ENT></ROW></GPOTABLE></REGTEXT></RULE>`)
	if file, err := os.Open("../../../../shared/data/fr/2023-03929.xml"); err == nil {
		b, _ := io.ReadAll(file)
		file.Close()
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseXML(strings.NewReader(s), diff.ReadOptions{Partial: true})
		if err == nil {
			CheckDeclared(&a)
		}
	})
}

func TestPlain(t *testing.T) {
	good := map[string]string{
		"as it is": "Line one\nLine two",
		"  <html>\n<head><title>Federal Register</title></head>\n<body><pre>\n[[Page 54002]]\nA &amp; B <a " +
			"href=\"x\">www</a>\n</pre></body></html>": "\n[[Page 54002]]\nA & B www\n",
		"caf\xe9": "café",
	}
	for in, want := range good {
		if in == "as it is" {
			in = want
		}
		if got, err := plain([]byte(in)); err != nil || got != want {
			t.Errorf("plain(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", " \n", "<!DOCTYPE html><html><title>Request Access</title></html>",
		"<html><body><pre>half"} {
		if got, err := plain([]byte(in)); err == nil {
			t.Errorf("plain(%q) = %q, want it refused", in, got)
		}
	}
}
