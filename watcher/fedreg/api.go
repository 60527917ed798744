package fedreg

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fedreg/rule"
	"entitywatch/watcher/fedreg/summary"
	"entitywatch/watcher/fetch"
)

// document is one document as the API gives it. Null and absent fields are zero.
type document struct {
	Number       string         `json:"document_number"`
	Title        string         `json:"title"`
	Type         string         `json:"type"`
	Action       string         `json:"action"`
	Abstract     string         `json:"abstract"`
	EffectiveOn  diff.Date      `json:"effective_on"`
	Published    diff.Date      `json:"publication_date"`
	Citation     string         `json:"citation"`
	Volume       loose          `json:"volume"`
	StartPage    loose          `json:"start_page"`
	EndPage      loose          `json:"end_page"`
	CFR          []cfrReference `json:"cfr_references"`
	CorrectionOf string         `json:"correction_of"` // the other document's JSON URL
	Agencies     []agency       `json:"agencies"`
	HTMLURL      string         `json:"html_url"`
	PDFURL       string         `json:"pdf_url"`
	JSONURL      string         `json:"json_url"`
	TextURL      string         `json:"raw_text_url"`
	XMLURL       string         `json:"full_text_xml_url"` // null until the XML is loaded
	FilingURL    string         `json:"public_inspection_pdf_url"`

	meta string // fingerprint of the whole record
}

type cfrReference struct {
	Title loose `json:"title"`
	Part  loose `json:"part"`
}

type agency struct {
	Name    string `json:"name"`
	RawName string `json:"raw_name"`
	Slug    string `json:"slug"`
}

// loose is a number that may come as a number, a string or null.
type loose int

// UnmarshalJSON reads what looks like a number and takes anything else as unknown.
func (n *loose) UnmarshalJSON(b []byte) error {
	if v, err := strconv.Atoi(strings.Trim(string(b), `" `)); err == nil {
		*n = loose(v)
	}
	return nil
}

// fields are what is asked for of each document.
var fields = []string{
	"document_number", "title", "type", "action", "abstract", "effective_on", "publication_date", "citation", "volume",
	"start_page", "end_page",
	"cfr_references", "correction_of", "agencies", "html_url", "pdf_url", "json_url", "raw_text_url", "full_text_xml_url",
	"public_inspection_pdf_url",
}

// ParseDocument reads one document of the Federal Register's API as JSON: what the record itself says, with the numbers
// of its abstract as Declared. It knows no Amendments. An answer that holds exactly one result is read as that
// document.
func ParseDocument(r io.Reader) (diff.Act, error) {
	b, err := io.ReadAll(&fetch.Bounded{R: r, Max: maxAnswer})
	if err != nil {
		return diff.Act{}, fmt.Errorf("fedreg: read document: %w", err)
	}
	var envelope struct {
		Results []json.RawMessage `json:"results"`
	}
	if err := decode(b, &envelope); err != nil {
		return diff.Act{}, err
	}
	if envelope.Results != nil {
		if len(envelope.Results) != 1 {
			return diff.Act{}, &diff.Refused{Reason: fmt.Sprintf("the file holds %d documents, not one", len(envelope.Results))}
		}
		b = envelope.Results[0]
	}
	d, err := readRecord(b)
	if err != nil {
		return diff.Act{}, err
	}
	return d.act(), nil
}

// What one answer of the API may hold: a search of a thousand documents has 3 MB and some hundred thousand values.
const (
	maxAnswer  = 32 << 20 // bytes
	maxValues  = 2_000_000
	maxObjects = 200_000
)

// decode reads one JSON value and refuses with a reason for a person.
func decode(b []byte, v any) error {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	if len(b) > maxAnswer || bytes.Count(b, []byte(",")) > maxValues || bytes.Count(b, []byte("{")) > maxObjects {
		return &diff.Refused{Reason: "the answer holds more than any search gives"}
	}
	var syntax *json.SyntaxError
	err := json.Unmarshal(b, v)
	switch {
	case err == nil:
		return nil
	case len(b) == 0:
		return &diff.Refused{Reason: "the file is empty"}
	case b[0] == '<':
		return &diff.Refused{Reason: "the file is HTML or XML, not a document of the API"}
	case errors.As(err, &syntax) && int(syntax.Offset) >= len(b):
		return &diff.Refused{Reason: "the JSON text breaks off: the file is cut"}
	}
	return &diff.Refused{Reason: "the file is not a document of the Federal Register's API: " + err.Error()}
}

func readRecord(b []byte) (document, error) {
	var d document
	if err := decode(b, &d); err != nil {
		return d, err
	}
	if d.Number == "" {
		return d, &diff.Refused{Reason: "the record has no document_number: it is not a document of the Federal " +
			"Register's API"}
	}
	d.Number, d.meta = lawtext.ASCIIDashes(strings.TrimSpace(d.Number)), diff.HashID("rec", string(b))
	return d, nil
}

// act is what the record says on its own.
func (d document) act() diff.Act {
	a := diff.Act{
		DocumentNumber: d.Number, Citation: d.Citation, Volume: int(d.Volume), StartPage: int(d.StartPage),
		EndPage: int(d.EndPage), Title: d.Title,
		Type: d.Type, Agencies: []string{}, PublishedOn: d.Published, EffectiveOn: d.EffectiveOn, Status: diff.ActPublished,
		CorrectionOf: numberOf(d.CorrectionOf), URLs: d.urls(), Text: d.meta, Problems: []diff.Problem{},
	}
	for _, g := range d.Agencies {
		if name := g.name(); name != "" {
			a.Agencies = append(a.Agencies, name)
		}
	}
	if a.Volume == 0 {
		// "84 FR 54002"
		if vol, page, ok := strings.Cut(d.Citation, " FR "); ok {
			a.Volume, _ = strconv.Atoi(vol)
			if a.StartPage == 0 {
				a.StartPage, _ = strconv.Atoi(page)
			}
		}
	}
	a.Declared, a.Problems = summary.Read(d.Title, d.Abstract)
	return a
}

func (g agency) name() string {
	if g.Name != "" {
		return g.Name
	}
	return g.RawName
}

func (d document) urls() map[string]string {
	all := map[string]string{"html": d.HTMLURL, "pdf": d.PDFURL, "json": d.JSONURL, "text": d.TextURL, "xml": d.XMLURL,
		"inspection": d.FilingURL}
	for k, v := range all {
		if v == "" {
			delete(all, k)
		}
	}
	return all
}

// numberOf takes a document number out of a JSON URL; a bare number stays what it is.
func numberOf(ref string) string {
	if ref == "" {
		return ""
	}
	ref, _, _ = strings.Cut(ref, "?")
	return lawtext.ASCIIDashes(strings.TrimSuffix(path.Base(ref), ".json"))
}

// merge puts what the record knows into the act that was read from the document's text. The text is the law: its dates
// stand where it has them, and a record that says otherwise is noted.
func merge(d document, a diff.Act) diff.Act {
	m := d.act()
	a.DocumentNumber, a.Citation, a.Volume, a.StartPage, a.EndPage = m.DocumentNumber, m.Citation, m.Volume, m.StartPage,
		m.EndPage
	a.URLs, a.Status = m.URLs, diff.ActPublished
	a.Title, a.Type = cmp.Or(m.Title, a.Title), cmp.Or(m.Type, a.Type)
	a.CorrectionOf = cmp.Or(m.CorrectionOf, a.CorrectionOf)
	a.PublishedOn = cmp.Or(m.PublishedOn, a.PublishedOn)
	if len(m.Agencies) > 0 {
		a.Agencies = m.Agencies
	}
	if a.EffectiveOn != "" && m.EffectiveOn != "" && a.EffectiveOn != m.EffectiveOn {
		a.Problems = append(a.Problems, diff.Problem{Kind: diff.SourceSlip, Where: "effective_on",
			Text: fmt.Sprintf("the document says that it is effective %s, its record %s", a.EffectiveOn, m.EffectiveOn)})
	}
	a.EffectiveOn = cmp.Or(a.EffectiveOn, m.EffectiveOn)
	if len(a.Declared) == 0 && len(m.Declared) > 0 {
		a.Declared = m.Declared
		rule.CheckDeclared(&a)
	}
	rule.Settle(&a)
	return a
}
