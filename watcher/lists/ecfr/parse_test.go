package ecfr_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/watcher/lists/ecfr"
)

func parseOne(t *testing.T, doc string, list diff.ListID) diff.Snapshot {
	t.Helper()
	all, err := ecfr.Parse(strings.NewReader(doc), diff.ReadOptions{AsOf: "2026-01-02"}, list)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

func TestParseEntry(t *testing.T) {
	doc := part(appendix(4, 5, "",
		row("CHINA, PEOPLE'S REPUBLIC OF", `Blue Kite Optics Co., Ltd., a.k.a., the following two aliases:<br/>&#x2014;Blue Kite; <E T="03">and</E><br/>&#x2014;BKO &amp; Sons.<br/> <br/> No. 8 Lake Road, Wuhan, China; <E T="03">and</E> Flat 2, Kowloon, Hong Kong. (See alternate address under Finland).`,
			`For all items subject to the EAR, see &#xA7;&#xA7; 734.9(e) <sup>1</sup> and 744.11 of the EAR <sup>2</sup>`, "Presumption of denial", "79 FR 44683, 8/1/14.87 FR 34154, 6/6/22.")))
	s := parseOne(t, doc, diff.EntityList)
	want := diff.Snapshot{
		List: diff.EntityList, AsOf: "2026-01-02", Complete: true, Rows: 1,
		Entries: []diff.Entry{{
			List: diff.EntityList, Key: "us-bis-entity-list/china-peoples-republic-of/blue-kite-optics-co-ltd", Kind: diff.Organization,
			Country: "CHINA, PEOPLE'S REPUBLIC OF", Countries: []string{"CN", "HK"}, Name: "Blue Kite Optics Co., Ltd.",
			Aliases: []string{"Blue Kite", "BKO & Sons"}, Addresses: []string{"No. 8 Lake Road, Wuhan, China", "Flat 2, Kowloon, Hong Kong"},
			LicenseRequirement: "For all items subject to the EAR, see §§ 734.9(e) and 744.11 of the EAR", LicenseReviewPolicy: "Presumption of denial",
			Footnotes: []string{"1", "2"}, Notes: []string{"See alternate address under Finland"},
			Citations: []diff.Citation{{Volume: 79, Page: 44683, Date: "2014-08-01", Raw: "79 FR 44683, 8/1/14"}, {Volume: 87, Page: 34154, Date: "2022-06-06", Raw: "87 FR 34154, 6/6/22"}},
		}},
	}
	if s.Entries[0].Printed == "" {
		t.Error("nothing tells how the row is printed")
	}
	s.Entries[0].Printed = ""
	if d := cmp.Diff(want, s); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestParseRows reads irregular rows: what each yields is a list of "name", "name<parent" or "problem: text".
func TestParseRows(t *testing.T) {
	first := entry("IRAN", "Cedar Gate Trading, Tehran, Iran.")
	for name, c := range map[string]struct {
		rows []string
		list diff.ListID
		want []string
	}{
		"country carried on": {[]string{first, entry(" ", "Amber Gear, Shiraz, Iran"), entry("\n", "Ash Gear, Shiraz, Iran"), entry("", "Elm Gear, Shiraz, Iran")}, diff.EntityList,
			[]string{"Cedar Gate Trading", "Amber Gear", "Ash Gear", "Elm Gear"}},
		"subordinate institutions in a row of their own": {[]string{
			entry("IRAN", "Cedar Academy, a.k.a., the following one alias, and two subordinate institutions:<br/>&#x2014;CA.<br/>Subordinate institution<br/> First Bureau, a.k.a., the following one alias:<br/>&#x2014;FB."),
			row(" ", "Subordinate institution<br/> 204th Workshop, a.k.a., the following one alias:<br/>&#x2014;W204.", "", "", ""),
			row(" ", "The following addresses apply to the entity and to the two subordinate institutions:<br/> <br/> 5 Tower Road, Tehran, Iran; <E T=\"03\">and</E> 6 Tower Road, Tehran, Iran.", "", "", "")}, diff.EntityList,
			[]string{"Cedar Academy", "First Bureau<Cedar Academy", "204th Workshop<Cedar Academy"}},
		"address in a row of its own": {[]string{first, row("", "12 Side Street, Isfahan, Iran.", "", "", "")}, diff.EntityList, []string{"Cedar Gate Trading"}},
		"a party without its license cells is not swallowed": {[]string{first, row("", "Birch Gate Trading, Tehran, Iran.", "", "", "")}, diff.EntityList,
			[]string{"Cedar Gate Trading", "Birch Gate Trading", "entry: the row has neither requirement nor citation; it may belong to the one above"}},
		"equal names": {[]string{first, entry("", "Cedar Gate Trading, Qom, Iran.")}, diff.EntityList, []string{"Cedar Gate Trading", "Cedar Gate Trading"}},
		"address only": {[]string{entry("TURKEY", "Address 01, No: 52 Oak Sk., Sisli, Istanbul, 34381, Turkey.")}, diff.EntityList,
			[]string{"No: 52 Oak Sk., Sisli, Istanbul, 34381, Turkey"}},
		"too few cells": {[]string{first, row("", "Birch Gate Trading, Tehran, Iran.", "For all items", "Presumption of denial")}, diff.EntityList,
			[]string{"Cedar Gate Trading", "Birch Gate Trading", "unread: the row has 4 cells instead of 5: Birch Gate Trading, Tehran, Iran. | For all items | Presumption of denial"}},
		"too many cells": {[]string{first, row("", "A", "B", "C", "D", "E")}, diff.EntityList, []string{"Cedar Gate Trading", "unread: a row has 6 cells instead of 5: A | B | C | D | E"}},
		"no party":       {[]string{first, row("", "", "For all items", "", "")}, diff.EntityList, []string{"Cedar Gate Trading", "unread: a row has no party: For all items"}},
		"the header as a row": {[]string{first, row("Country", "Entity", "License requirement", "License review policy", "Federal Register citation"), entry("", "Elm Gear, Shiraz, Iran")}, diff.EntityList,
			[]string{"Cedar Gate Trading", "Elm Gear"}},
		"spacer": {[]string{first, row("", "", "", "", "")}, diff.EntityList, []string{"Cedar Gate Trading"}},
		"groups and labels": {[]string{
			row("CHINA", "The following two subordinate institutions of Heron Group of China:", "85 FR 83799, 12/23/2020."),
			row("", `<E T="03">Subordinate institution:</E>`, ""), row("", "Heron One Co. Ltd., No. 1 Road, Xian, China", ""),
			row("", `<E T="03">Subordinate instituion:</E>`, ""), row("", "Heron Two Co. Ltd., No. 2 Road, Xian, China", ""),
			row("", "Pine Parts No. 355, Baiyun S. Road, Gui Yang 550014, China", "85 FR 83799, 12/23/2020.")}, diff.MilitaryEndUserList,
			[]string{"Heron One Co. Ltd.<Heron Group of China", "Heron Two Co. Ltd.<Heron Group of China", "Pine Parts"}},
		"reserved": {[]string{row("BURMA", "[Reserved]", "[Reserved]"), row("CHINA", "Heron One Co. Ltd., No. 1 Road, Xian, China", "85 FR 83799, 12/23/2020."), row("CUBA", "[Reserved]", "[Reserved]")},
			diff.MilitaryEndUserList, []string{"Heron One Co. Ltd."}},
	} {
		t.Run(name, func(t *testing.T) {
			number, columns := 4, 5
			if c.list == diff.MilitaryEndUserList {
				number, columns = 7, 3
			}
			s := parseOne(t, part(appendix(number, columns, "", c.rows...)), c.list)
			if d := cmp.Diff(c.want, outline(s)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			keys := map[string]bool{}
			for _, e := range s.Entries {
				if keys[e.Key] {
					t.Errorf("the key %s stands twice", e.Key)
				}
				keys[e.Key] = true
			}
		})
	}
}

func outline(s diff.Snapshot) []string {
	var out []string
	names := map[string]string{}
	for _, e := range s.Entries {
		names[e.Key] = e.Name
		line := e.Name
		if e.Parent != "" {
			parent := names[e.Parent]
			if parent == "" {
				parent = e.Parent
			}
			line += "<" + parent
		}
		out = append(out, line)
		for _, p := range e.Problems {
			out = append(out, "entry: "+p.Text)
		}
	}
	for _, p := range s.Problems {
		out = append(out, string(p.Kind)+": "+p.Text)
	}
	return out
}

func TestParseNumbersParents(t *testing.T) {
	with := func(part string) string {
		return entry("IRAN", "Cedar Academy, and one subordinate institution:<br/>Subordinate institution<br/> "+part+", 5 Tower Road, Tehran, Iran.")
	}
	s := parseOne(t, part(appendix(4, 5, "", with("First Bureau"), with("Second Bureau"))), diff.EntityList)
	if len(s.Entries) != 4 || s.Rows != 2 {
		t.Fatalf("%d entries, %d rows", len(s.Entries), s.Rows)
	}
	if s.Entries[3].Parent != s.Entries[2].Key || !strings.HasSuffix(s.Entries[2].Key, "#2") || s.Entries[1].Parent != s.Entries[0].Key {
		t.Errorf("parents %q of %q, %q of %q", s.Entries[1].Parent, s.Entries[0].Key, s.Entries[3].Parent, s.Entries[2].Key)
	}
}

func TestParseNotes(t *testing.T) {
	tail := "<EDNOTE>\n<HED>Editorial Notes:</HED><PSPACE>1. See the List of CFR Sections Affected.\n</PSPACE><P>2. An entry for &#x201C;Blue Kite&#x201D; could not be incorporated.</P></EDNOTE>\n" +
		"<EFFDNOT>\n<HED>Effective Date Note:</HED><PSPACE>The introductory text was stayed.</PSPACE></EFFDNOT>\n"
	s := parseOne(t, part(appendix(4, 5, tail, entry("IRAN", "Cedar Gate, Tehran, Iran"))), diff.EntityList)
	want := []diff.Problem{
		{Kind: diff.SourceSlip, Text: "2. An entry for “Blue Kite” could not be incorporated.", Where: "note to Supplement No. 4 to Part 744"},
		{Kind: diff.SourceSlip, Text: "The introductory text was stayed.", Where: "note to Supplement No. 4 to Part 744"},
	}
	if d := cmp.Diff(want, s.Problems); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestParseLists(t *testing.T) {
	all, err := ecfr.Parse(strings.NewReader(small()), diff.ReadOptions{})
	if err != nil || len(all) != 3 || all[0].List != diff.EntityList || all[1].List != diff.UnverifiedList || all[2].List != diff.MilitaryEndUserList {
		t.Fatalf("%v, %v", all, err)
	}
	if e := all[1].Entries[0]; e.Name != "Pine Cargo OY" || !cmp.Equal(e.Aliases, []string{"Pine Cargo"}) || !cmp.Equal(e.Addresses, []string{"Satamatie 4, Kotka, 48100, Finland"}) || e.Citations[0].Date != "2025-04-25" {
		t.Errorf("%+v", e)
	}
	one, err := ecfr.Parse(strings.NewReader(small()), diff.ReadOptions{}, diff.MilitaryEndUserList)
	if err != nil || len(one) != 1 || one[0].List != diff.MilitaryEndUserList {
		t.Errorf("%v, %v", one, err)
	}
}

func TestParseRefuses(t *testing.T) {
	whole := small()
	for name, c := range map[string]struct{ doc, reason string }{
		"empty":         {"", "the file is empty"},
		"white space":   {" \n\t", "the file is empty"},
		"HTML":          {"<!DOCTYPE html>\n<html><body>Request Access</body></html>", "the file is an HTML page, not XML"},
		"HTML fragment": {"<html lang=\"en\"><body>Just a moment…</body></html>", "the file is an HTML page, not XML"},
		"JSON":          {`{"error":"date is not available"}`, `the file is not XML: it begins with "{\"error\":\"date is no"`},
		"other XML":     {"<rss><channel/></rss>", "the file has no Supplement No. 4 to Part 744 (Entity List)"},
		"no supplement": {part(), "the file has no Supplement No. 4 to Part 744 (Entity List)"},
		"no rows":       {part(appendix(4, 5, "")), "Supplement No. 4 to Part 744 (Entity List) has no table rows"},
		"not UTF-8":     {strings.Replace(whole, "Tin Lantern", "Tin\xffLantern", 1), "the file is not UTF-8"},
		"cut in a row":  {whole[:strings.Index(whole, "Tin Lantern")], "the file is cut: it ends in Supplement No. 4 to Part 744, behind row 1"},
		"cut in a tag":  {whole[:strings.Index(whole, "<TR>\n<TD")+2], "the file is cut: it ends in Supplement No. 4 to Part 744, behind row 0"},
		"cut behind":    {whole[:strings.LastIndex(whole, "</DIV5>")], "the file is cut: it ends at byte"},
		"crossed tags":  {strings.Replace(whole, "</TBODY>", "</TABLE>", 1), "the file is not well-formed XML: </TABLE> closes nothing that is open, in Supplement No. 4 to Part 744, behind row 2"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ecfr.Parse(strings.NewReader(c.doc), diff.ReadOptions{}, diff.EntityList)
			var refused *diff.Refused
			if !errors.As(err, &refused) || !strings.HasPrefix(refused.Reason, c.reason) {
				t.Errorf("got %v; want refused: %s", err, c.reason)
			}
		})
	}
}

func TestParsePartial(t *testing.T) {
	whole := small()
	s, err := ecfr.Parse(strings.NewReader(whole[:strings.Index(whole, "Tin Lantern")]), diff.ReadOptions{Partial: true}, diff.EntityList)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Blue Kite Optics Co., Ltd.", "unread: not all was read: the document ends inside an element"}
	if d := cmp.Diff(want, outline(s[0])); d != "" || s[0].Complete || s[0].Rows != 1 {
		t.Errorf("complete %v, %d rows, (-want +got):\n%s", s[0].Complete, s[0].Rows, d)
	}
}

// TestParseCutAnywhere cuts a file at every byte: the cut is always noticed, and no row but a whole one is read.
func TestParseCutAnywhere(t *testing.T) {
	whole := small()
	for i := range len(strings.TrimSpace(whole)) - 1 {
		if _, err := ecfr.Parse(strings.NewReader(whole[:i]), diff.ReadOptions{}); err == nil {
			t.Fatalf("cut at byte %d of %d it was read", i, len(whole))
		}
		part, err := ecfr.Parse(strings.NewReader(whole[:i]), diff.ReadOptions{Partial: true})
		for _, s := range part {
			if err == nil && (s.Complete || len(s.Entries) > 2) {
				t.Fatalf("cut at byte %d: %d entries, complete %v", i, len(s.Entries), s.Complete)
			}
		}
	}
}

// A column that is not known is kept under its name wherever it stands, and takes no row away; the lists are otherwise what they were.
func TestParseKeepsAColumnThatIsNotKnown(t *testing.T) {
	for number, list := range map[int]diff.ListID{4: diff.EntityList, 6: diff.UnverifiedList, 7: diff.MilitaryEndUserList} {
		columns := map[int]int{4: 5, 6: 3, 7: 3}[number]
		rows := []string{row("CHINA", "Tarnow Works, 1 Canal Road, Wuxi, China.", "88 FR 1, 1/2/23."), row("", "Marsholm Optics, Wuxi, China.", "89 FR 2, 1/3/24.")}
		if columns == 5 {
			rows = []string{entry("CHINA", "Tarnow Works, 1 Canal Road, Wuxi, China."), entry("", "Marsholm Optics, Wuxi, China.")}
		}
		doc := part(appendix(number, columns, "", rows...))
		plain := parseOne(t, doc, list)
		for _, c := range [][3]string{{"Country", "Supervisor", "Supervisor"}, {"Entity", "Supervisor", "Supervisor"}, {"Entity", "", "column 3"}} {
			behind := c[0]
			at := strings.Index(doc, ">"+behind+"</TH>")
			wide := doc[:at] + strings.Replace(doc[at:], "</TH>", "</TH>\n<TH class=\"x\">"+c[1]+"</TH>", 1)
			cell := map[string]string{"Country": `<TD class="left border-right-single">CHINA</TD>`, "Entity": `Wuxi, China.</TD>`}[behind]
			wide = strings.Replace(wide, cell, cell+"<TD>A. Reader</TD>", 1)
			if behind == "Country" {
				wide = strings.Replace(wide, "<TR>\n<TD class=\"left border-right-single\"/>", "<TR>\n<TD class=\"left border-right-single\"/><TD/>", 1)
			} else {
				wide = strings.Replace(wide, "Marsholm Optics, Wuxi, China.</TD>", "Marsholm Optics, Wuxi, China.</TD><TD/>", 1)
			}
			got := parseOne(t, wide, list)
			want := diff.Attribute{Type: c[2], Value: "A. Reader", Unknown: true}
			if len(got.Entries) != 2 || !slices.Contains(got.Entries[0].Attributes, want) || len(got.Entries[1].Attributes) != 0 ||
				got.Entries[0].Name != plain.Entries[0].Name || len(got.Unread) > 0 || diff.NeedsHuman(got.Problems) || len(got.Problems) != len(plain.Problems)+1 {
				t.Errorf("%s, behind %s: %+v", list, behind, got)
			}
			for _, change := range diff.Compare(plain, got).Changes {
				if change.Substantive {
					t.Errorf("%s, behind %s: %+v", list, behind, change)
				}
			}
		}
	}
}
