package replay

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// stamp is how the API prints times, with the offset that the scenario gives them.
const stamp = "2006-01-02T15:04:05.000-07:00"

// inspectionCurrent renders /public-inspection-documents/current.json.
func inspectionCurrent(q query) answer {
	results := []map[string]any{}
	var regular, special time.Time
	for _, f := range q.inspection {
		if f.Special && f.updated.After(special) {
			special = f.updated
		} else if !f.Special && f.updated.After(regular) {
			regular = f.updated
		}
		results = append(results, q.inspectionRecord(f))
	}
	switch q.do {
	case "half":
		results = results[:len(results)/2]
	case "none":
		results = results[:0]
	}
	return jsonAnswer(map[string]any{
		"count": len(results), "results": results, "special_filings_updated_at": nullTime(special), "regular_filings_updated_at": nullTime(regular),
	})
}

// inspectionDocument renders /public-inspection-documents/NUMBER.json.
func inspectionDocument(q query) answer {
	number, ok := strings.CutSuffix(q.PathValue("number"), ".json")
	for _, f := range q.inspection {
		if ok && f.number() == number {
			return jsonAnswer(q.inspectionRecord(f))
		}
	}
	return notFound()
}

func nullTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format(stamp)
}

func (f filing) number() string {
	if f.InspectionNumber != "" {
		return f.InspectionNumber
	}
	return f.Number
}

func (q query) inspectionRecord(f filing) map[string]any {
	d, number := f.Document, f.number()
	kind := "regular"
	if d.Special {
		kind = "special"
	}
	var published any = d.Published
	var note any
	if f.revoked {
		published, note = nil, "This document was revoked by the agency."
	}
	text := RenderText(d, false)
	return map[string]any{
		"agencies": q.agencies(d), "agency_names": agencyNames(d), "docket_numbers": list(d.Docket), "document_number": number, "editorial_note": note,
		"filed_at": d.FiledAt.Format(stamp), "filing_type": kind, "html_url": q.base + "/public-inspection/" + number, "excerpts": nil,
		"json_url": q.base + "/api/v1/public_inspection_documents/" + number, "num_pages": 1 + len(text)/2500, "pdf_file_name": number + "_PI.pdf",
		"pdf_file_size": len(text)*3 + len(f.edits), "pdf_updated_at": f.updated.Format(stamp), "pdf_url": q.base + "/public-inspection/" + number + ".pdf",
		"publication_date": published, "raw_text_url": q.base + filingsPath + rawTextPath(number), "subject_1": "Export Administration Regulations:",
		"subject_2": d.Title, "subject_3": nil, "title": d.Title, "toc_doc": d.Title, "toc_subject": "Export Administration Regulations:", "type": d.Type,
		"agency_letters": []any{},
	}
}

// filingsPath is where the replayed texts of filings stand, as textsPath says.
const filingsPath = "/api/v1/public-inspection-documents/raw_text/"

// rawTextPath splits a number as the service does: 2020-17127 is 202/017/127.txt.
func rawTextPath(number string) string {
	digits := strings.ReplaceAll(number, "-", "")
	if len(digits) < 7 {
		return "000/000/" + digits + ".txt"
	}
	return digits[:3] + "/" + digits[3:6] + "/" + digits[6:] + ".txt"
}

// inspectionText serves the typescript's text.
func inspectionText(q query) answer {
	want := q.PathValue("a") + "/" + q.PathValue("b") + "/" + q.PathValue("file")
	for _, f := range q.inspection {
		if rawTextPath(f.number()) == want {
			return answer{contentType: "text/plain; charset=utf-8", body: q.text(RenderText(q.served(f.Document), false), f.edits)}
		}
	}
	return notFound()
}

// RenderText renders a document as the text of its typescript: hard line breaks, no markup, the table in running text. Before
// publication dates and pages are placeholders.
func RenderText(d *Document, published bool) string {
	if d.Text != "" {
		return d.Text
	}
	t := &typescript{}
	t.para("BILLING CODE 3510-33-P")
	t.para("DEPARTMENT OF COMMERCE")
	t.para("Bureau of Industry and Security")
	for _, c := range d.CFR {
		t.para(fmt.Sprintf("%d CFR Part %d", c.Title, c.Part))
	}
	if d.Docket != "" {
		t.para("[" + d.Docket + "]")
	}
	if d.RIN != "" {
		t.para("RIN " + d.RIN)
	}
	t.para(d.Title)
	t.para("AGENCY: Bureau of Industry and Security, Department of Commerce.")
	t.para("ACTION: " + d.action())
	t.para("SUMMARY: " + d.Abstract)
	t.para("DATES: This rule is effective " + t.effective(d, published) + ".")
	t.para("SUPPLEMENTARY INFORMATION:")
	t.para("Background")
	for _, p := range d.Background {
		t.para(p)
	}
	t.named(d)
	if d.SavingsClause != "" {
		t.para("Savings Clause")
		t.para(d.SavingsClause)
	}
	if len(d.Amend) > 0 {
		t.amendments(d, published)
	}
	t.para(d.signer() + ",")
	t.para("Assistant Secretary for Export Administration.")
	t.para(fmt.Sprintf("[FR Doc. %s Filed: %s; Publication Date: %s]", d.Number, d.FiledAt.Format("1/2/2006 3:04 pm"), d.Published.Time().Format("1/2/2006")))
	return t.String()
}

// plainMarks is a superscript that lost its height, as pdftotext gives it.
var plainMarks = regexp.MustCompile(`<(\w{1,2})>`)

// typescript writes paragraphs with hard line breaks.
type typescript struct{ strings.Builder }

func (t *typescript) para(s string) {
	const width = 88
	line := 0
	for _, w := range strings.Fields(s) {
		if line > 0 && line+1+len(w) > width {
			t.WriteByte('\n')
			line = 0
		} else if line > 0 {
			t.WriteByte(' ')
			line++
		}
		t.WriteString(w)
		line += len(w)
	}
	t.WriteByte('\n')
}

func (t *typescript) effective(d *Document, published bool) string {
	if !published && d.Effective == d.Published {
		return "[INSERT DATE OF PUBLICATION IN THE FEDERAL REGISTER]"
	}
	return d.Effective.Time().Format("January 2, 2006")
}

func (t *typescript) named(d *Document) {
	for _, a := range d.Amend {
		if len(a.Add) == 0 {
			continue
		}
		t.para(plainCountry(a.Under))
		for i, e := range a.Add {
			t.para("• " + e.Name + [3]string{",", ", and", endOfAliases(e.Name)}[place(i, len(a.Add))])
		}
	}
}

func (t *typescript) amendments(d *Document, published bool) {
	t.para("Accordingly, part 744 of the Export Administration Regulations (15 CFR parts 730 through 774) is amended as follows:")
	t.para("PART 744—CONTROL POLICY: END-USER AND END-USE BASED")
	t.para("1. The authority citation for 15 CFR part 744 continues to read as follows:")
	t.para("Authority: 50 U.S.C. 4801-4852; 50 U.S.C. 4601 et seq.")
	for i, in := range d.amended() {
		t.para(fmt.Sprintf("%d. Supplement No. %d to part 744 is amended:", i+2, in.number))
		for _, p := range instructions(in.amend) {
			t.para(unmark(p))
		}
		t.table(d, in.supplement, in.amend, published)
	}
}

// unmark takes the markup off an instruction.
func unmark(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		b.WriteString(before)
		if !ok {
			break
		}
		_, s, _ = strings.Cut(rest, ">")
	}
	return strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "“\n", "“").Replace(b.String())
}

// table runs the cells one after the other, as pdftotext does.
func (t *typescript) table(d *Document, s supplement, of []Amendment, published bool) {
	t.para(fmt.Sprintf("Supplement No. %d to Part 744 – %s", s.number, s.title))
	for _, a := range of {
		entries := slices.Concat(a.Add, a.Revise)
		if len(entries) == 0 {
			continue
		}
		t.para("* * * * * * *")
		t.para(a.Under)
		for i, e := range entries {
			for line := range strings.SplitSeq(ruleCell(s.list, e), "<LI>") {
				t.para(unmark(line))
			}
			if e.Continuation {
				t.para(unmark(ruleAddresses(s.list, e)))
			}
			if s.list == diff.EntityList {
				t.para(plainMarks.ReplaceAllString(e.Requirement, "$1"))
				t.para(e.Policy)
			}
			cite := fmt.Sprintf("%d FR [INSERT FR PAGE NUMBER AND [INSERT DATE OF PUBLICATION IN THE FEDERAL REGISTER].", d.Volume)
			if published {
				cite = fmt.Sprintf("%d FR [INSERT FR PAGE NUMBER AND %s].", d.Volume, d.Published.Time().Format("1/2/2006"))
			}
			if i >= len(a.Add) && e.Citation != "" {
				cite = e.Citation + " " + cite
			}
			t.para(cite)
		}
	}
	t.para("* * * * *")
}
