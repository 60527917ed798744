package ecfr_test

import (
	"fmt"
	"strings"
)

// The fixtures are written by this project in the exact shape that the eCFR serves; their parties are invented.

// part wraps supplements as the versioner serves part 744.
func part(supplements ...string) string {
	return `<?xml version="1.0"?>
<DIV5 N="744" TYPE="PART" VOLUME="2" hierarchy_metadata="{&amp;quot;path&amp;quot;:&amp;quot;/on/_SUBSTITUTE_DATE_/title-15/part-744&amp;quot;}">
<HEAD>PART 744&#x2014;CONTROL POLICY: END-USER AND END-USE BASED
</HEAD>
<DIV8 N="§ 744.1" TYPE="SECTION"><HEAD>&#xA7; 744.1   General provisions.</HEAD><P>(a)(1) <I>Introduction.</I> In this part &#x2026;</P></DIV8>
` + strings.Join(supplements, "\n") + "\n</DIV5>\n"
}

// appendix is one supplement with its rows; tail stands behind the table.
func appendix(number, columns int, tail string, rows ...string) string {
	name := fmt.Sprintf("Supplement No. %d to Part 744", number)
	heads := []string{"Country", "Entity", "License requirement", "License review<br/>policy", "<strong>Federal Register</strong> citation\n"}
	if columns == 3 {
		heads = []string{heads[0], heads[1], heads[4]}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<DIV9 N=%q TYPE=\"APPENDIX\" hierarchy_metadata=\"{&quot;citation&quot;:&quot;%s, Title 15&quot;}\">\n<HEAD>%s&#x2014;A List\n</HEAD>\n<P>This supplement lists.</P>\n", name, name, name)
	b.WriteString("<DIV width=\"100%\"><DIV class=\"gpotbl_div\">\n<TABLE border=\"1\" class=\"gpo_table\" width=\"100%\">\n<THEAD>\n<TR>\n")
	for _, h := range heads {
		fmt.Fprintf(&b, "<TH class=\"center border-top-single\">%s</TH>\n", h)
	}
	b.WriteString("</TR>\n</THEAD>\n<TBODY>\n" + strings.Join(rows, "\n") + "\n</TBODY>\n")
	b.WriteString("<TFOOT><TR><TD colspan=\"5\"><sup>1</sup> For this entity, a note.\n</TD></TR></TFOOT></TABLE>\n</DIV></DIV>\n")
	b.WriteString("<CITA TYPE=\"N\">[63 FR 64325, Nov. 19, 1998]\n</CITA>\n" + tail + "</DIV9>")
	return b.String()
}

func row(cells ...string) string {
	var b strings.Builder
	b.WriteString("<TR>\n")
	for i, c := range cells {
		class := "left border-right-single"
		if i == len(cells)-1 {
			class, c = "left", c+"\n"
		}
		if c == "" {
			fmt.Fprintf(&b, "<TD class=%q/>\n", class)
			continue
		}
		fmt.Fprintf(&b, "<TD class=%q>%s</TD>\n", class, c)
	}
	return b.String() + "</TR>"
}

// entry is a row of the Entity List with the usual license cells.
func entry(country, party string) string {
	return row(country, party, "For all items subject to the EAR. (See &#xA7; 744.11 of the EAR)", "Presumption of denial", "84 FR 54004, 10/9/19.")
}

// small is a whole part 744 with a few parties on each list.
func small(more ...string) string {
	return part(
		appendix(4, 5, "", append([]string{entry("CHINA, PEOPLE'S REPUBLIC OF", "Blue Kite Optics Co., Ltd., No. 8 Lake Road, Wuhan, China."), entry(" ", "Tin Lantern Works, Nanjing, China.")}, more...)...),
		appendix(6, 3, "", row("FINLAND", "Pine Cargo OY a.k.a. Pine Cargo, Satamatie 4, Kotka, 48100, Finland", "90 FR 17340, April 25, 2025.")),
		appendix(7, 3, "", row("CHINA, PEOPLE'S REPUBLIC OF", "Grey Heron Aero Parts Co. Ltd., No. 3 Hangar Road, Xian, China", "85 FR 83799, 12/23/2020.")),
	)
}
