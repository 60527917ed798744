package replay

import (
	"fmt"
	"net/http"
	"strings"

	"entitywatch/diff"
)

// supplement is one list of part 744.
type supplement struct {
	number  int
	list    diff.ListID
	title   string
	intro   string
	columns []string
}

func supplements() []supplement {
	return []supplement{
		{4, diff.EntityList, "Entity List", "This supplement lists certain entities or addresses subject to license requirements for specified items under this part 744 and part 746 of the EAR. This list is revised and updated on a periodic basis in this supplement by adding new or amended notifications and deleting notifications no longer in effect.",
			[]string{"Country", "Entity", "License requirement", "License review<br/>policy", "<strong>Federal Register</strong> citation\n"}},
		{6, diff.UnverifiedList, "Unverified List", "Exports, reexports, and transfers (in-country) involving parties to the transaction who are listed in this supplement are subject to the restrictions and requirements outlined in § 744.15 of the EAR.",
			[]string{"Country", "Listed person and address", "<strong>Federal Register</strong> citation\n"}},
		{7, diff.MilitaryEndUserList, "'Military End-User' (MEU) List", "The license requirement for entities listed in supplement no. 7 to part 744 applies to the export, reexport, or transfer (in-country) of any item subject to the EAR listed in supplement no. 2 to part 744.",
			[]string{"Country", "Entity", `<strong class="minor-caps">Federal Register</strong> citation` + "\n"}},
	}
}

func supplementLists() []diff.ListID {
	var ids []diff.ListID
	for _, s := range supplements() {
		ids = append(ids, s.list)
	}
	return ids
}

func (s supplement) identifier() string {
	return fmt.Sprintf("Supplement No. %d to Part 744", s.number)
}

// ecfrTitles renders /titles.json.
func ecfrTitles(q query) answer {
	is := q.latest()
	titles := []map[string]any{
		{"number": 14, "name": "Aeronautics and Space", "latest_amended_on": is.AsOf, "latest_issue_date": is.Issued, "up_to_date_as_of": is.AsOf, "reserved": false},
		{"number": 15, "name": "Commerce and Foreign Trade", "latest_amended_on": is.AsOf, "latest_issue_date": is.Issued, "up_to_date_as_of": is.AsOf, "reserved": false},
		{"number": 35, "name": "Panama Canal", "latest_amended_on": nil, "latest_issue_date": nil, "up_to_date_as_of": nil, "reserved": true},
	}
	if q.processing {
		titles[1]["processing_in_progress"] = true
	}
	return jsonAnswer(map[string]any{"titles": titles, "meta": map[string]any{"date": is.AsOf, "import_in_progress": false}})
}

// ecfrVersions renders /versions/title-15.json: one record for each supplement that an issue changed.
func ecfrVersions(q query) answer {
	from := diff.Date(q.FormValue("issue_date[gte]"))
	part := q.FormValue("part")
	records := []map[string]any{}
	for i, is := range q.issues {
		if is.Issued < from || part != "" && part != "744" {
			continue
		}
		for _, s := range supplements() {
			if !is.changed[s.list] {
				continue
			}
			records = append(records, map[string]any{
				"date": is.AsOf, "amendment_date": is.AsOf, "issue_date": is.Issued, "identifier": s.identifier(), "name": s.identifier() + "—" + s.title,
				"part": "744", "substantive": i == 0 || len(is.Codify) > 0, "removed": false, "subpart": nil, "title": "15", "type": "appendix",
			})
		}
	}
	last := q.latest()
	return jsonAnswer(map[string]any{"content_versions": records, "meta": map[string]any{
		"title": "15", "result_count": fmt.Sprint(len(records)), "latest_amendment_date": last.AsOf, "latest_issue_date": last.Issued,
	}})
}

// ecfrFull renders part 744 as of a day.
func ecfrFull(q query) answer {
	day, err := diff.ParseDate(q.PathValue("date"))
	if err != nil {
		return answer{status: http.StatusBadRequest, contentType: "application/json", body: []byte(`{"error":"invalid date"}`)}
	}
	if q.processing {
		return answer{status: http.StatusServiceUnavailable, contentType: "text/plain", body: []byte("title is being processed"), header: map[string]string{"Retry-After": "60"}}
	}
	if day > q.latest().AsOf || q.FormValue("part") != "744" {
		return notFound()
	}
	is := q.issueAt(day)
	return answer{contentType: "application/xml", body: []byte(RenderPart744(is.lists, is.Layout, q.do == "half"))}
}

// RenderPart744 renders 15 CFR part 744 as the eCFR serves it, in one of three layouts (0, 1, 2) that differ in punctuation, breaks and
// markup only. With half it leaves out every second row.
func RenderPart744(lists map[diff.ListID][]Group, layout int, half bool) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?>
<DIV5 N="744" TYPE="PART" VOLUME="2" hierarchy_metadata="{&quot;path&quot;:&quot;/on/_SUBSTITUTE_DATE_/title-15/part-744&quot;,&quot;citation&quot;:&quot;15 CFR Part 744&quot;}">
<HEAD>PART 744&#x2014;CONTROL POLICY: END-USER AND END-USE BASED
</HEAD>
<AUTH>
<HED>Authority:</HED><PSPACE>50 U.S.C. 4801-4852; 50 U.S.C. 4601 <I>et seq.</I>
</PSPACE></AUTH>
<DIV8 N="744.1" TYPE="SECTION" hierarchy_metadata="{&quot;path&quot;:&quot;/on/_SUBSTITUTE_DATE_/title-15/section-744.1&quot;,&quot;citation&quot;:&quot;15 CFR 744.1&quot;}">
<HEAD>&#xA7; 744.1 General provisions.</HEAD>
<P>(a)(1) <I>Introduction.</I> In this part, references to the EAR are references to 15 CFR chapter VII, subchapter C.</P>
</DIV8>

`)
	for _, s := range supplements() {
		l := layouts()[layout%len(layouts())]
		l.half = half
		l.supplement(&b, s, lists[s.list])
	}
	b.WriteString("</DIV5>\n")
	return b.String()
}

func (l layout) supplement(b *strings.Builder, s supplement, groups []Group) {
	id := s.identifier()
	fmt.Fprintf(b, "<DIV9 N=\"%s\" TYPE=\"APPENDIX\" hierarchy_metadata=\"{&quot;path&quot;:&quot;/on/_SUBSTITUTE_DATE_/title-15/part-744/appendix-%s&quot;,&quot;citation&quot;:&quot;%s, Title 15&quot;}\">\n", id, id, id)
	fmt.Fprintf(b, "<HEAD>%s&#x2014;%s\n</HEAD>\n<P>%s</P>\n", id, numeric(s.title), numeric(s.intro))
	b.WriteString("<DIV width=\"100%\"><DIV class=\"gpotbl_div\">\n<TABLE border=\"1\" cellpadding=\"1\" cellspacing=\"1\" class=\"gpo_table\" frame=\"void\" width=\"100%\">\n<THEAD>\n<TR>\n")
	for _, c := range s.columns {
		fmt.Fprintf(b, "<TH class=\"center border-top-single border-bottom-single border-right-single\">%s</TH>\n", c)
	}
	b.WriteString("</TR>\n</THEAD>\n<TBODY>\n")
	n := 0
	for _, g := range groups {
		for i, e := range g.Entries {
			if n++; l.half && n%2 == 0 && i > 0 {
				continue
			}
			country := l.blank
			if i == 0 {
				country = numeric(escape(g.Under))
			}
			l.row(b, s.list, country, e)
		}
	}
	b.WriteString("</TBODY>\n")
	if s.list == diff.EntityList {
		b.WriteString(footnotes)
	}
	b.WriteString("</TABLE>\n</DIV></DIV>\n<CITA TYPE=\"N\">[63 FR 64325, Nov. 19, 1998]\n</CITA>\n</DIV9>\n\n")
}

const footnotes = `<TFOOT><TR><TD colspan="5"><sup>3</sup> For this entity, &#x201C;items subject to the EAR&#x201D; includes foreign-produced items that are subject to the EAR under &#xA7; 734.9(g) of the EAR.
</TD></TR><TR><TD colspan="5"><sup>4</sup> For this entity, &#x201C;items subject to the EAR&#x201D; includes foreign-produced items that are subject to the EAR under &#xA7; 734.9(e)(2) of the EAR.
</TD></TR></TFOOT>`
