package replay

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"entitywatch/diff"
)

// textsPath is where the replayed texts of documents stand: below the API's own base path, which is all that a source on this machine
// may reach. federalregister.gov has them beside its API, under /documents/full_text/.
const textsPath = "/api/v1/documents/full_text/"

// record is a document as the Federal Register's API shows it, all fields.
func (q query) record(p publication) map[string]any {
	d := p.Document
	day := strings.ReplaceAll(string(d.Published), "-", "/")
	page := q.base + "/documents/" + day + "/" + d.Number + "/" + slug(d.Title)
	full := q.base + textsPath
	var xml any
	if p.hasXML {
		xml = full + "xml/" + day + "/" + d.Number + ".xml"
	}
	return map[string]any{
		"document_number": d.Number, "title": d.Title, "type": d.Type, "action": d.action(), "abstract": null(edited(d.Abstract, p.edits)),
		"dates": "This rule is effective " + d.Effective.Time().Format("January 2, 2006") + ".", "effective_on": null(string(d.Effective)),
		"signing_date": nil, "publication_date": d.Published, "citation": fmt.Sprintf("%d FR %d", d.Volume, d.StartPage), "volume": d.Volume,
		"start_page": d.StartPage, "end_page": d.EndPage, "page_length": d.EndPage - d.StartPage + 1, "cfr_references": cfrReferences(d),
		"docket_ids": list(d.Docket), "regulation_id_numbers": list(d.RIN), "correction_of": nullURL(q.base, d.CorrectionOf), "corrections": corrections(q.base, d),
		"agencies": q.agencies(d), "agency_names": agencyNames(d), "html_url": page, "pdf_url": page + ".pdf",
		"json_url":     q.base + "/api/v1/documents/" + d.Number + ".json?publication_date=" + string(d.Published),
		"raw_text_url": full + "text/" + day + "/" + d.Number + ".txt", "full_text_xml_url": xml, "body_html_url": full + "html/" + day + "/" + d.Number + ".html",
		"public_inspection_pdf_url": q.base + "/public-inspection/" + d.Number + ".pdf", "excerpts": nil, "disposition_notes": nil,
	}
}

// slug is a title as page addresses have it: "removals-from-the-unverified-list".
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}

func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func list(s string) []string {
	if s == "" {
		return []string{}
	}
	return []string{s}
}

// nullURL is how the API names another document: by its JSON URL.
func nullURL(base, number string) any {
	if number == "" {
		return nil
	}
	return base + "/api/v1/documents/" + number
}

func corrections(base string, d *Document) []any {
	out := []any{}
	for _, n := range d.Corrections {
		out = append(out, nullURL(base, n))
	}
	return out
}

func cfrReferences(d *Document) []map[string]any {
	out := []map[string]any{}
	for _, c := range d.CFR {
		out = append(out, map[string]any{"title": c.Title, "part": c.Part, "chapter": nil, "citation_url": nil})
	}
	return out
}

// knownAgencies are the API's names of the agencies that scenarios use.
var knownAgencies = map[string][2]string{
	"commerce-department":             {"DEPARTMENT OF COMMERCE", "Commerce Department"},
	"industry-and-security-bureau":    {"Bureau of Industry and Security", "Industry and Security Bureau"},
	"foreign-assets-control-office":   {"Office of Foreign Assets Control", "Foreign Assets Control Office"},
	"treasury-department":             {"DEPARTMENT OF THE TREASURY", "Treasury Department"},
	"homeland-security-department":    {"DEPARTMENT OF HOMELAND SECURITY", "Homeland Security Department"},
	"state-department":                {"DEPARTMENT OF STATE", "State Department"},
	"federal-aviation-administration": {"Federal Aviation Administration", "Federal Aviation Administration"},
}

func agencies(d *Document) []map[string]any {
	out := []map[string]any{}
	for i, slug := range d.agencies() {
		n := knownAgencies[slug]
		if n[0] == "" {
			n = [2]string{slug, slug}
		}
		a := map[string]any{"raw_name": n[0], "name": n[1], "id": 54 + i, "slug": slug, "parent_id": nil, "url": "https://www.federalregister.gov/agencies/" + slug}
		if i > 0 {
			a["parent_id"] = 54
		}
		out = append(out, a)
	}
	return out
}

func agencyNames(d *Document) []string {
	out := []string{}
	for _, slug := range d.agencies() {
		out = append(out, knownAgencies[slug][1])
	}
	return out
}

func (d *Document) agencies() []string {
	if len(d.Agencies) == 0 {
		return []string{"commerce-department", "industry-and-security-bureau"}
	}
	return d.Agencies
}

// edited applies edits to a text of the document.
func edited(s string, edits []Edit) string {
	for _, e := range edits {
		s = strings.ReplaceAll(s, e.Find, e.Replace)
	}
	return s
}

// defaultFields is what the API gives where no fields are asked for.
var defaultFields = []string{"abstract", "agencies", "document_number", "excerpts", "html_url", "pdf_url", "public_inspection_pdf_url", "publication_date", "title", "type"}

// pick keeps the fields asked for; the API drops unknown ones silently.
func pick(rec map[string]any, fields []string) map[string]any {
	out := map[string]any{}
	for _, f := range fields {
		if v, ok := rec[f]; ok {
			out[f] = v
		}
	}
	return out
}

// registerSearch renders /documents.json, with the API's lies about paging.
func registerSearch(q query) answer {
	v := q.URL.Query()
	found, bad := q.search(v)
	if bad != "" {
		a := jsonAnswer(map[string]any{"errors": map[string]string{bad: "is not a valid condition"}})
		a.status = http.StatusBadRequest
		return a
	}
	switch q.do {
	case "half":
		found = found[:len(found)/2]
	case "none", "moved": // the agency asked for is not one of theirs any more
		found = nil
	}
	if v.Get("order") == "newest" {
		slices.Reverse(found)
	}
	size, _ := strconv.Atoi(v.Get("per_page"))
	if size < 2 || size > 2000 {
		size = 20
	}
	page, _ := strconv.Atoi(v.Get("page"))
	if page < 1 || page > 50 {
		page = 1
	}
	pages := max(1, (len(found)+size-1)/size)
	fields := v["fields[]"]
	if len(fields) == 0 {
		fields = defaultFields
	}
	results := []map[string]any{}
	for i := (page - 1) * size; i < min(page*size, len(found)); i++ {
		results = append(results, pick(q.record(found[i]), fields))
	}
	out := map[string]any{"count": len(found), "description": "Documents", "total_pages": pages, "results": results}
	if page < pages {
		v.Set("page", strconv.Itoa(page+1))
		out["next_page_url"] = q.base + "/api/v1/documents.json?" + v.Encode()
	}
	if len(found) == 0 {
		delete(out, "results") // the API leaves the key out where it found nothing
	}
	a := jsonAnswer(out)
	a.header = map[string]string{"Cache-Control": "public, max-age=86400"}
	return a
}

// search applies the conditions, oldest first. It names the first condition that the API does not know.
func (q query) search(v url.Values) ([]publication, string) {
	known := []string{"agencies", "type", "cfr", "term", "publication_date", "effective_date", "docket_id", "regulation_id_number", "correction"}
	for key := range v {
		if rest, ok := strings.CutPrefix(key, "conditions["); ok {
			if name, _, _ := strings.Cut(rest, "]"); !slices.Contains(known, name) {
				return nil, name
			}
		}
	}
	var out []publication
	for _, p := range q.register {
		if p.matches(v) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b publication) int {
		return strings.Compare(string(a.Published)+a.Number, string(b.Published)+b.Number)
	})
	return out, ""
}

var typeCodes = map[string]string{"Rule": "RULE", "Proposed Rule": "PRORULE", "Notice": "NOTICE", "Presidential Document": "PRESDOCU"}

func (p publication) matches(v url.Values) bool {
	if want := v["conditions[agencies][]"]; len(want) > 0 && !slices.ContainsFunc(want, func(s string) bool { return slices.Contains(p.agencies(), s) }) {
		return false
	}
	if want := v["conditions[type][]"]; len(want) > 0 && !slices.Contains(want, typeCodes[p.Type]) {
		return false
	}
	if part := v.Get("conditions[cfr][part]"); part != "" && !slices.ContainsFunc(p.CFR, func(c CFR) bool { return strconv.Itoa(c.Part) == part }) {
		return false
	}
	return inDates(p.Published, v, "publication_date") && inDates(p.Effective, v, "effective_date")
}

func inDates(d diff.Date, v url.Values, name string) bool {
	get := func(op string) diff.Date { return diff.Date(v.Get("conditions[" + name + "][" + op + "]")) }
	is, gte, lte, year := get("is"), get("gte"), get("lte"), get("year")
	return (is == "" || d == is) && (gte == "" || d >= gte) && (lte == "" || d <= lte) && (year == "" || strings.HasPrefix(string(d), string(year)+"-"))
}

// registerDocuments renders /documents/A.json and /documents/A,B.json.
func registerDocuments(q query) answer {
	names, ok := strings.CutSuffix(q.PathValue("numbers"), ".json")
	if !ok {
		return notFound()
	}
	numbers := strings.Split(names, ",")
	if len(numbers) > 250 {
		return answer{status: http.StatusBadRequest, contentType: "application/json", body: []byte(`{"errors":{"document_numbers":"at most 250"}}`)}
	}
	fields := q.URL.Query()["fields[]"]
	results, missing := []map[string]any{}, []string{}
	for _, n := range numbers {
		i := slices.IndexFunc(q.register, func(p publication) bool { return p.Number == n })
		if i < 0 {
			missing = append(missing, n)
			continue
		}
		rec := q.record(q.register[i])
		if len(fields) > 0 {
			rec = pick(rec, fields)
		}
		results = append(results, rec)
	}
	if len(numbers) == 1 {
		if len(results) == 0 {
			return notFound()
		}
		return jsonAnswer(results[0])
	}
	out := map[string]any{"count": len(results), "results": results}
	if len(missing) > 0 {
		out["errors"] = map[string]any{"not_found": missing}
	}
	return jsonAnswer(out)
}

// registerXML serves the full text of a published document, once it is loaded.
func registerXML(q query) answer {
	number, _ := strings.CutSuffix(q.PathValue("file"), ".xml")
	for _, p := range q.register {
		if p.Number == number && p.hasXML {
			return answer{contentType: "text/xml; charset=utf-8", body: q.text(`<?xml version="1.0" encoding="UTF-8"?>`+"\n"+RenderRule(q.served(p.Document)), p.edits)}
		}
	}
	return notFound()
}

// registerText serves the plain text of a published document.
func registerText(q query) answer {
	number, _ := strings.CutSuffix(q.PathValue("file"), ".txt")
	for _, p := range q.register {
		if p.Number == number {
			return answer{contentType: "text/plain; charset=utf-8", body: q.text(RenderText(q.served(p.Document), true), p.edits)}
		}
	}
	return notFound()
}
