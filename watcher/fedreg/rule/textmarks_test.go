package rule

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
)

// gpoText is a printed rule as the Government Publishing Office serves it as text: its own head, a mark at each page,
// the document's end.
const gpoText = `[Federal Register Volume 89, Number 128 (Wednesday, July 3, 2024)]
[Rules and Regulations]
[Pages 55001-55003]
From the Federal Register Online via the Government Publishing Office [www.gpo.gov]
[FR Doc No: 2024-14501]


=======================================================================
-----------------------------------------------------------------------

DEPARTMENT OF COMMERCE

Bureau of Industry and Security

15 CFR Part 744

[Docket No. 240626-0176]
RIN 0694-AJ70


Addition of an Entity to the Entity List

AGENCY: Bureau of Industry and Security, Department of Commerce.

[[Page 55002]]


ACTION: Final rule.

-----------------------------------------------------------------------

SUMMARY: This rule amends the Export Administration Regulations (EAR) by adding one
entity to the Entity List, under the destination of Cyprus.

DATES: This rule is effective July 3, 2024.

SUPPLEMENTARY INFORMATION: 

Background

    The rule corrects nothing in FR Doc. 2013-16962, which is another one.
`

const gpoEnd = "\n[FR Doc. 2024-14501 Filed 7-2-24; 8:45 am]\nBILLING CODE 3510-33-P\n"

// The number at the head of GPO's text is not the end of the document; only its own mark is.
func TestHeadOfPrintedTextIsNotItsEnd(t *testing.T) {
	page := func(text string) string {
		return "<html>\n<head>\n<title>Federal Register</title>\n</head>\n<body><pre>" +
			strings.ReplaceAll(text, "www.gpo.gov", `<a href="http://www.gpo.gov">www.gpo.gov</a>`) +
			"</pre></body>\n</html>"
	}
	for name, text := range map[string]string{"text": gpoText, "page": page(gpoText), "another's end": gpoText +
		"see [FR Doc. 2013-16962] for that\n" + strings.Repeat("and so on\n", 60)} {
		if _, err := ParseText(strings.NewReader(text), diff.ReadOptions{}); err == nil ||
			!strings.Contains(err.Error(), "cut") {
			t.Errorf("%s without an end: %v, want it refused as cut", name, err)
		}
		a, err := ParseText(strings.NewReader(text), diff.ReadOptions{Partial: true})
		if err != nil || a.Doubt != cutOff || a.DocumentNumber != "2024-14501" {
			t.Errorf("%s without an end, partly: %v, doubt %q, number %q", name, err, a.Doubt, a.DocumentNumber)
		}
	}
	for name, text := range map[string]string{"text": gpoText + gpoEnd, "page": page(gpoText + gpoEnd),
		"upper case": strings.NewReplacer("<pre>", "<PRE>", "</pre>", "</PRE>").Replace(page(gpoText + gpoEnd))} {
		a, err := ParseText(strings.NewReader(text), diff.ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := fmt.Sprintln(a.DocumentNumber, a.FiledOn, a.PublishedOn, a.Status, a.Volume, a.StartPage, a.EndPage,
			a.EffectiveOn, a.Type, a.Title, a.Agencies, len(a.Declared))
		want := fmt.Sprintln("2024-14501", "2024-07-02", "2024-07-03", diff.ActPublished, 89, 55001, 55003,
			"2024-07-03", "Rule", "Addition of an Entity to the Entity List",
			[]string{"DEPARTMENT OF COMMERCE", "Bureau of Industry and Security"}, 1)
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// The first document of an issue's section has the section's head in its text, which names no agency.
func TestHeadOfASectionIsNotTheDocuments(t *testing.T) {
	rule := strings.Repeat("=", 71) + "\n"
	text := strings.Replace(gpoText, rule,
		rule+"Rules and Regulations\n                                Federal Register\n________________________\n\n"+
			"This section of the FEDERAL REGISTER contains regulatory documents \nhaving general applicability and legal "+
			"effect, most of which are keyed \n\n"+rule, 1)
	a, err := ParseText(strings.NewReader(text+gpoEnd), diff.ReadOptions{})
	if err != nil || strings.Join(a.Agencies, "|") != "DEPARTMENT OF COMMERCE|Bureau of Industry and Security" ||
		a.Title != "Addition of an Entity to the Entity List" {
		t.Errorf("%q, %q, %v", a.Agencies, a.Title, err)
	}
}

// GPO's own head names a section, pages or a part of the issue, in forms that changed over the years: none of it is an
// agency or a title.
func TestHeadsOfPrintedTextsOfAllYears(t *testing.T) {
	head, rest, _ := strings.Cut(gpoText, "\n\n\n")
	rest = "\n\n\n" + rest + gpoEnd
	issue, _, _ := strings.Cut(head, "\n")
	part := head + "\n\n[[Page 55000]]\n\nVol. 89\n\nWednesday,\n\nNo. 128\n\nJuly 3, 2024\n\nPart IV\n\n\nDepartment of Commerce\n\n" +
		"-----------\n\nBureau of Industry and Security\n\n-----------\n\n15 CFR Part 744\n\nAnother Title; Final Rule\n\n" +
		"Federal Register / Vol. 89, No. 128 / Wednesday, July 3, 2024 / Rules and Regulations\n\n[[Page 55001]]\n"
	for name, text := range map[string]string{
		"a part of its own": part + rest,
		"of 2001": "[Federal Register: July 3, 2024 (Volume 89, Number 128)]\n[Rules and Regulations]               \n[Page 55001-55003]\n" +
			"From the Federal Register Online via GPO Access [wais.access.gpo.gov]\n[DOCID:fr03jy24-9]      \n\n[[Page 55001]]\n" + rest,
		"another section": strings.Replace(head, "Rules and Regulations", "Unknown Section", 1) + rest,
		"corrections":     strings.Replace(head, "Rules and Regulations", "Corrections", 1) + rest,
		"lettered pages":  strings.Replace(head, "55001-55003", "55001A-55003", 1) + rest,
		"a mark of bytes": "<html><body><pre>\ufeff" + strings.ReplaceAll(head+rest, "\n", "\r\n") + "</pre></body></html>",
		"PRE alone":       "<pre>" + head + rest + "</pre>",
		"XHTML":           "<?xml version=\"1.0\"?>\n<html xmlns=\"x\"><body><pre>" + head + rest + "</pre></body></html>",
	} {
		a, err := ParseText(strings.NewReader(text), diff.ReadOptions{})
		if err != nil || strings.Join(a.Agencies, "|") != "DEPARTMENT OF COMMERCE|Bureau of Industry and Security" ||
			a.StartPage != 55001 || a.EndPage != 55003 ||
			a.Title != "Addition of an Entity to the Entity List" || a.PublishedOn != "2024-07-03" || a.Volume != 89 ||
			a.DocumentNumber != "2024-14501" {
			t.Errorf("%s: %v, %+v", name, err, a)
		}
		if _, err := ParseText(strings.NewReader(strings.Replace(text, gpoEnd, "", 1)), diff.ReadOptions{}); err == nil &&
			!strings.Contains(text, "\r") {
			t.Errorf("%s: without its end it passes as whole", name)
		}
	}
	if _, err := ParseText(strings.NewReader(issue+rest), diff.ReadOptions{}); err != nil {
		t.Errorf("the issue's line alone: %v", err)
	}
}

func TestDocumentNumbersOfEveryForm(t *testing.T) {
	for _, number := range []string{"2023-03929", "E6-10730", "05-7305", "C1-2013-16962", "R1-2012-1234", "X95-10523",
		"Z9-1234", "2014-14935F", "C1-2014-14935F", "R2-E6-10730"} {
		doc := "<RULE><PREAMB><AGENCY>A</AGENCY><SUBJECT>S</SUBJECT></PREAMB><FRDOC>[FR Doc. " + number +
			" Filed 7-29-13; 8:45 am]</FRDOC></RULE>"
		a, err := ParseXML(strings.NewReader(doc), diff.ReadOptions{})
		if err != nil || a.DocumentNumber != number || a.FiledOn != "2013-07-29" {
			t.Errorf("XML of %s: %q, filed %s, %v", number, a.DocumentNumber, a.FiledOn, err)
		}
		text := strings.ReplaceAll(gpoText+gpoEnd, "2024-14501", number)
		if a, err := ParseText(strings.NewReader(text), diff.ReadOptions{}); err != nil || a.DocumentNumber != number {
			t.Errorf("text of %s: %q, %v", number, a.DocumentNumber, err)
		}
	}
	a := diff.Act{DocumentNumber: "C1-2013-16962"}
	if err := Identify(&a, "2013-16962"); err == nil {
		t.Error("a correction passes for the document that it corrects")
	}
}

// A text that names another document than its record is refused; one that names none takes nothing back.
func TestTextOfAnotherDocumentIsRefused(t *testing.T) {
	for number, want := range map[string]bool{"2024-5503": true, "2024‑05503": true, "2024-05502": false, "": true} {
		a := diff.Act{DocumentNumber: number}
		if err := Identify(&a, "2024-05503"); (err == nil) != want || (a.Doubt == nameless) != (number == "") {
			t.Errorf("%q: %v, doubt %q", number, err, a.Doubt)
		}
	}
}

// Letters that a text has lost are noticed in what it names, not in its prose.
func TestLostLettersAreADoubt(t *testing.T) {
	for name, lost := range map[string]bool{"Soci?t? X": true, "Soci\ufffdt\ufffd": true, "SociÃ©tÃ©": true,
		"Türkiye â€“ A": true, "Société X": false, "Who is it? Co.": false, "A/B?": false} {
		a := diff.Act{Amendments: []diff.Amendment{{Action: diff.Add, List: diff.EntityList, Name: name}}}
		weigh(&a)
		if (a.Doubt == diff.Damaged) != lost {
			t.Errorf("%q: doubt %q", name, a.Doubt)
		}
	}
}

// The real beginnings of GPO's texts are cut, and its real pages are whole.
func TestRealPrintedTexts(t *testing.T) {
	for file, want := range map[string]string{"fr/text/2014-14935.txt": "", "fr/text/2023-06663.txt": "",
		"fr/text/04-25308.txt": "", "fr/05-7305.htm": "05-7305", "fr/E6-10730.htm": "E6-10730"} {
		b, err := os.ReadFile(filepath.Join(require.SharedData(t), file))
		if err != nil {
			t.Fatal(err)
		}
		a, err := ParseText(bytes.NewReader(b), diff.ReadOptions{})
		if (err == nil) != (want != "") || a.DocumentNumber != want {
			t.Errorf("%s: %q, %v, want %q", file, a.DocumentNumber, err, want)
		}
		if want != "" && (len(a.Agencies) != 1 || a.Agencies[0] != "ENVIRONMENTAL PROTECTION AGENCY" ||
			a.Status != diff.ActPublished) {
			t.Errorf("%s: %+v", file, a)
		}
	}
}
