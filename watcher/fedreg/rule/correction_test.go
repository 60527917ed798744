package rule

import (
	"strings"
	"testing"

	"entitywatch/diff"
)

func TestCorrections(t *testing.T) {
	corrections := `<SUPLINF><P>In FR Doc. 2022–03029, appearing on page 8180 in the Federal Register of Monday, ` +
		`February 14, 2022, the following corrections are made:</P>` +
		`<HD SOURCE="HD1">Supplement No. 4 to Part 744 [Corrected]</HD><AMDPAR>1. On page 8184, in the table, under ` +
		`BRAZIL, the entry for “Alpha” is corrected to read as follows:</AMDPAR>` +
		`<GPOTABLE COLS="5"><ROW><ENT I="01">BRAZIL</ENT></ROW></GPOTABLE></SUPLINF><FRDOC>[FR Doc. 2022-07643 Filed ` +
		`4-8-22; 8:45 am]</FRDOC>`
	for _, c := range []struct{ name, source string }{
		{"as a rule", `<RULE><PREAMB><SUBJECT>Addition of Certain Entities to the Entity List; Correction</SUBJECT><ACT>` +
			`<P>Final rule; correction.</P></ACT></PREAMB>` + corrections + `</RULE>`},
		{"as a correction", `<CORRECT><PREAMB><SUBJECT>Addition of Certain Entities to the Entity List</SUBJECT></PREAMB>` +
			corrections + `</CORRECT>`},
	} {
		a, err := ParseXML(strings.NewReader(c.source), diff.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if a.CorrectionOf != "2022-03029" || len(a.Amendments) != 0 || !diff.NeedsHuman(a.Problems) {
			t.Errorf("%s: corrects %q, %d amendments, %v", c.name, a.CorrectionOf, len(a.Amendments), a.Problems)
		}
	}
	other := `<CORRECT><PREAMB><SUBJECT>Airworthiness</SUBJECT></PREAMB><P>In rule document 2024-00001 appearing on ` +
		`page 1, the date should read “May 1”.</P></CORRECT>`
	a, err := ParseXML(strings.NewReader(other), diff.ReadOptions{})
	if err != nil || a.CorrectionOf != "2024-00001" || len(a.Problems) > 0 {
		t.Errorf("another agency's correction: %+v, %v", a, err)
	}
}

func TestProposed(t *testing.T) {
	source := strings.ReplaceAll(ruleOf([]string{intro, "a. Under MALTA, by removing the entry for “Alpha Ltd.”."}, ""),
		"RULE>", "PRORULE>")
	a, err := ParseXML(strings.NewReader(source), diff.ReadOptions{})
	if err != nil || len(a.Amendments) != 0 || a.ReadThis == "" {
		t.Errorf("a proposed rule: %+v, %v", a, err)
	}
}

func TestEffectiveDates(t *testing.T) {
	for _, c := range []struct {
		text     string
		want     diff.Date
		problems int
	}{
		{"This rule is effective February 24, 2023.", "2023-02-24", 0},
		{"Effective Date: This rule is effective on Oct. 9, 2019.", "2019-10-09", 0},
		{"This rule is effective on publication in the Federal Register.", "2023-02-27", 0},
		{"This rule is effective [INSERT DATE OF PUBLICATION IN THE FEDERAL REGISTER].", "2023-02-27", 0},
		{"This rule is effective upon the date of publication.", "2023-02-27", 0},
		{"This rule is effective June 12, 2024, except for amendatory instruction 14, which is effective September 16, " +
			"2024.", "2024-06-12", 1},
		{"Comments must be received by March 1, 2024.", "", 0},
		{"The effective date is June 12, 2024. Comments are due July 1, 2024.", "2024-06-12", 0},
		{"", "", 0},
	} {
		got, problems := effectiveDate(c.text, "2023-02-27")
		if got != c.want || len(problems) != c.problems {
			t.Errorf("%q: %q, %v", c.text, got, problems)
		}
	}
}

func TestResolveCitations(t *testing.T) {
	source := strings.Replace(ruleOf([]string{intro, "a. Under MALTA, by revising the entry for “Alpha Ltd.”."},
		heading("MALTA")+entry("Alpha Ltd.")), `<PRTPAGE P="101"/>`, "", 1)
	a, err := ParseXML(strings.NewReader(source), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c := a.Amendments[0].Entry.Citations
	if len(c) != 2 || c[0].Page != 100 || c[0].Volume != 80 || c[1].Page != 0 || c[1].Volume != 88 ||
		c[1].Date != "2023-02-27" {
		t.Fatalf("citations %+v", c)
	}
	a.StartPage, a.EndPage = 12170, 12175 // the API's record knows the pages
	resolveCitations(&a)
	if c[1].Page != 12170 || a.Citation != "88 FR 12170" || c[0].Page != 100 {
		t.Errorf("citations %+v of %s", c, a.Citation)
	}
}

func TestSavingsClauseWithoutHeading(t *testing.T) {
	const clause = "Shipments of items that were en route aboard a carrier on March 1, 2023, may proceed to that " +
		"destination until March 31, 2023."
	source := strings.Replace(ruleOf([]string{intro}, ""), "<SUPLINF>",
		"<SUPLINF><P>Words.</P><P>"+clause+"</P><P>Words.</P>", 1)
	if a, err := ParseXML(strings.NewReader(source), diff.ReadOptions{}); err != nil || a.SavingsClause != clause {
		t.Errorf("savings clause %q, %v", a.SavingsClause, err)
	}
}

func TestPlaceholderInWords(t *testing.T) {
	a, err := ParseXML(strings.NewReader(ruleOf([]string{"2. Supplement No. 6 to part 744 is amended under MALTA by " +
		"adding an entry for “Alpha Ltd.”."}, heading("MALTA")+entry3("Alpha Ltd."))), diff.ReadOptions{})
	if err != nil || len(a.Amendments) != 1 {
		t.Fatal(err, a.Amendments)
	}
	if c := a.Amendments[0].Entry.Citations[0]; c.Volume != 88 || c.Page != 101 || c.Date != "2023-02-27" ||
		a.PublishedOn != "2023-02-27" {
		t.Errorf("citation %+v, published %s", c, a.PublishedOn)
	}
}
