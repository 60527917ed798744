package fedreg

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// Inspection is public inspection as a source of acts: the earliest official text, status filed.
//
// A filing is read when it appears, and again when its typescript or its record changes. One without a publication date was revoked. One
// that is gone before its day, or never appeared by the day after, was withdrawn; that is said only when a later look agrees and the
// register does not show the document, because half an answer must not take a filing back.
type Inspection struct{ o Options }

// NewInspection makes the source. It asks for nothing.
func NewInspection(o Options) *Inspection { return &Inspection{o.withDefaults()} }

// filing is one document on public inspection.
type filing struct {
	Number    string            `json:"document_number"`
	Title     string            `json:"title"`
	TOC       string            `json:"toc_doc"`
	Type      string            `json:"type"`
	Kind      string            `json:"filing_type"` // special or regular
	Agencies  []agency          `json:"agencies"`
	FiledAt   time.Time         `json:"filed_at"`
	UpdatedAt string            `json:"pdf_updated_at"`
	Size      loose             `json:"pdf_file_size"`
	Pages     loose             `json:"num_pages"`
	Note      string            `json:"editorial_note"`
	Letters   []json.RawMessage `json:"agency_letters"`
	Published diff.Date         `json:"publication_date"` // null: revoked
	PDFURL    string            `json:"pdf_url"`
	HTMLURL   string            `json:"html_url"`
	JSONURL   string            `json:"json_url"`
	TextURL   string            `json:"raw_text_url"`
}

const markFiling = "pi/" // + folded number: a filed

// filed is what is kept of one filing between looks.
type filed struct {
	Number    string    `json:"n"`
	Title     string    `json:"t"`
	Agencies  []string  `json:"a,omitempty"`
	FiledOn   diff.Date `json:"on,omitempty"`
	Planned   diff.Date `json:"p,omitempty"` // publication date as last announced
	State     string    `json:"s"`           // of everything that is watched
	Ours      bool      `json:"o,omitempty"` // an Act was given
	Revoked   bool      `json:"r,omitempty"`
	Failing   time.Time `json:"f,omitzero"`
	GoneSince time.Time `json:"g,omitzero"`
}

// state folds everything whose change means that a filing must be looked at again.
func (f filing) state() string {
	return diff.HashID("pi", f.UpdatedAt, fmt.Sprint(f.Size), fmt.Sprint(f.Pages), f.Note, string(f.Published), fmt.Sprint(len(f.Letters)), f.Title, fmt.Sprint(f.TextURL != ""))
}

// Read looks at public inspection once. See Inspection.
func (p *Inspection) Read(ctx context.Context, s *fetch.Session) (diff.Reading, error) {
	l := &filingLook{p: p, s: s, now: p.o.Now().UTC(), known: filings(s)}
	u := p.o.URL + "/public-inspection-documents/current.json"
	opts := []fetch.Option{fetch.Expect("json")}
	if l.retry() {
		opts = append(opts, fetch.Fresh())
	}
	resp, err := s.Get(ctx, u, opts...)
	if err != nil {
		return diff.Reading{}, fmt.Errorf("fedreg: read public inspection: %w", err)
	}
	if !resp.NotModified {
		if err := l.current(ctx, resp); err != nil {
			s.Reject(u)
			return diff.Reading{}, fmt.Errorf("fedreg: read public inspection: %w", err)
		}
	}
	if err := l.gone(ctx); err != nil {
		return diff.Reading{}, fmt.Errorf("fedreg: read public inspection: %w", err)
	}
	l.remember()
	return l.out, nil
}

type filingLook struct {
	p     *Inspection
	s     *fetch.Session
	now   time.Time
	known map[string]filed // by folded number
	out   diff.Reading
}

func filings(s *fetch.Session) map[string]filed {
	out := map[string]filed{}
	for name, v := range s.Marks() {
		number, ok := strings.CutPrefix(name, markFiling)
		var f filed
		if ok && json.Unmarshal([]byte(v), &f) == nil {
			out[number] = f
		}
	}
	return out
}

// retry reports whether a text failed before, so that an unchanged answer must be read again.
func (l *filingLook) retry() bool {
	for _, f := range l.known {
		if !f.Failing.IsZero() {
			return true
		}
	}
	return false
}

// current reads the list of what is on inspection.
func (l *filingLook) current(ctx context.Context, resp *fetch.Response) error {
	var answer struct {
		Count   *int     `json:"count"`
		Results []filing `json:"results"`
	}
	if err := decode(resp.Body, &answer); err != nil {
		return err
	}
	if answer.Count == nil || *answer.Count != len(answer.Results) {
		return &diff.Refused{Reason: fmt.Sprintf("the answer gives %d filings, which is not what it counts", len(answer.Results))}
	}
	if err := l.plausible(len(answer.Results)); err != nil {
		return err
	}
	here := map[string]bool{}
	for _, f := range answer.Results {
		if !f.watched(l.p.o.Agencies) {
			continue
		}
		f.Number = asciiDashes(f.Number)
		key := diff.FoldDocumentNumber(f.Number)
		here[key] = true
		a, err := l.filing(ctx, key, f)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			l.out.Problems = append(l.out.Problems, diff.Problem{Kind: diff.Unread, Where: f.Number, Text: fmt.Sprintf("filing %s: %v", f.Number, err)})
		}
		if a != nil {
			a.Evidence = append(a.Evidence, resp.Evidence())
			l.out.Acts = append(l.out.Acts, *a)
		}
	}
	for key, f := range l.known {
		if here[key] {
			f.GoneSince = time.Time{}
		} else if f.GoneSince.IsZero() {
			f.GoneSince = l.now
		}
		l.known[key] = f
	}
	return nil
}

// plausible refuses an answer with less than half of the filings of the look before on the same day: filings leave in the morning, and
// about a hundred are on inspection at a time.
func (l *filingLook) plausible(n int) error {
	day := string(easternDay(l.now))
	var before int
	was, count, _ := strings.Cut(l.s.Mark("count"), "=")
	fmt.Sscan(count, &before)
	if was == day && before >= 10 && n*2 < before {
		return &diff.Refused{Reason: fmt.Sprintf("the answer gives %d filings where there were %d earlier today", n, before)}
	}
	l.s.SetMark("count", fmt.Sprintf("%s=%d", day, n))
	return nil
}

func (f filing) watched(slugs []string) bool {
	return slices.ContainsFunc(f.Agencies, func(a agency) bool { return slices.Contains(slugs, a.Slug) })
}

// document is the filing as the register would describe it.
func (f filing) document() document {
	return document{Number: f.Number, Title: first(f.Title, f.TOC), Type: f.Type, Published: f.Published, Agencies: f.Agencies, HTMLURL: f.HTMLURL,
		JSONURL: f.JSONURL, TextURL: f.TextURL, FilingURL: f.PDFURL, meta: f.state()}
}

// filing reads one filing, nil where it is nothing to us or says nothing new.
func (l *filingLook) filing(ctx context.Context, key string, f filing) (*diff.Act, error) {
	was, known := l.known[key]
	if known && was.State == f.state() && was.Failing.IsZero() {
		return nil, nil
	}
	d := f.document()
	now := filed{Number: f.Number, Title: d.Title, FiledOn: diff.DateOf(f.FiledAt), Planned: first(f.Published, was.Planned), State: f.state(),
		Ours: was.Ours, Failing: was.Failing, Revoked: f.Published == ""}
	for _, g := range f.Agencies {
		now.Agencies = append(now.Agencies, g.name())
	}
	var a *diff.Act
	var err error
	if now.Revoked {
		if was.Ours { // what was told is taken back, whether the text can still be read or not
			revoked := d.act()
			a = &revoked
		}
	} else {
		a, err = l.read(ctx, f, d)
	}
	switch {
	case err == nil:
		now.Failing = time.Time{}
	case was.Failing.IsZero():
		now.Failing = l.now
	case l.now.Sub(was.Failing) >= giveUp && now.State != "":
		now.Failing = time.Time{} // enough: a human is asked, and the text is read when it changes
		unread := d.act()
		unread.ReadThis = "it is on public inspection, and its text cannot be read: " + err.Error()
		a = &unread
	}
	if a != nil {
		l.finish(a, f, was)
		now.Ours = true
	}
	l.known[key] = now
	return a, err
}

// read gives the act of a filing's text, nil where it concerns no list and no party.
func (l *filingLook) read(ctx context.Context, f filing, d document) (*diff.Act, error) {
	what, why := classify(d)
	if what == ignored {
		return nil, nil
	}
	a := d.act()
	a.ReadThis = why
	if what == readThis {
		return &a, nil
	}
	if f.TextURL == "" { // the earliest notice there is; the text is read when it comes
		if !listsRule.MatchString(d.Title) {
			return nil, nil
		}
		a.ReadThis = "it is on public inspection, and only its record is there yet"
		return &a, nil
	}
	resp, err := l.s.Get(ctx, f.TextURL, fetch.Fresh(), fetch.Pace("text", 1))
	if err != nil {
		return nil, err
	}
	parsed, err := ParseTextWith(bytes.NewReader(resp.Body), diff.ReadOptions{Partial: true}) // an alert with a problem is worth more than none
	if err != nil {
		return nil, err
	}
	parsed = merge(d, parsed)
	parsed.Evidence = []diff.Evidence{resp.Evidence()}
	if parsed.ReadThis == "" && !matters(parsed) {
		return nil, nil
	}
	return &parsed, nil
}

// finish says of an act what its filing says.
func (l *filingLook) finish(a *diff.Act, f filing, was filed) {
	a.Status, a.FiledOn = diff.ActFiled, diff.DateOf(f.FiledAt)
	a.FiledAt, a.PlannedOn, a.PublishedOn = f.FiledAt.UTC(), f.Published, "" // announced, not done
	if f.Published == "" {
		a.Status = diff.ActRevoked
	}
	if f.Note != "" {
		a.Problems = append(a.Problems, diff.Problem{Kind: diff.SourceSlip, Where: "editorial_note", Text: f.Note})
	}
	if was.Ours && a.Status == diff.ActFiled && was.State != f.state() {
		a.Problems = append(a.Problems, diff.Problem{Kind: diff.SourceSlip, Where: "pdf_updated_at",
			Text: "the filing was replaced or its record edited on " + first(f.UpdatedAt, l.now.Format(time.RFC3339))})
	}
}

// agree is how long a filing must be gone before it counts as withdrawn.
const agree = 4 * time.Minute

// gone looks after filings that are not on inspection any more: published, or withdrawn.
func (l *filingLook) gone(ctx context.Context) error {
	var ask []string
	for _, f := range l.known {
		if !f.GoneSince.IsZero() && f.Ours && !f.Revoked {
			ask = append(ask, f.Number, padded(f.Number))
		}
	}
	slices.Sort(ask)
	published := map[string]bool{}
	if len(ask) > 0 {
		docs, err := lookup(ctx, l.s, l.p.o.URL, slices.Compact(ask))
		if err != nil {
			return err
		}
		for _, d := range docs {
			published[diff.FoldDocumentNumber(d.Number)] = true
		}
	}
	for key, f := range l.known {
		switch {
		case f.GoneSince.IsZero():
		case !f.Ours || f.Revoked || published[key]:
			delete(l.known, key)
		case l.now.Sub(f.GoneSince) >= agree && (f.Planned > easternDay(l.now) || easternDay(l.now) > f.Planned):
			// before its day it was taken back; on its day the register may only be late
			l.out.Acts = append(l.out.Acts, l.withdrawn(f))
			delete(l.known, key)
		}
	}
	return nil
}

func (l *filingLook) withdrawn(f filed) diff.Act {
	text := "it was on public inspection, and is gone without having been published"
	if f.Planned != "" {
		text += "; publication was announced for " + string(f.Planned)
	}
	return diff.Act{DocumentNumber: f.Number, Title: f.Title, Agencies: f.Agencies, FiledOn: f.FiledOn, Status: diff.ActWithdrawn,
		Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: text, Where: "public inspection"}}}
}

// padded writes the number after the dash with five digits, as the register does today.
func padded(number string) string {
	year, n, ok := strings.Cut(number, "-")
	if !ok || len(n) >= 5 {
		return number
	}
	return year + "-" + strings.Repeat("0", 5-len(n)) + n
}

func (l *filingLook) remember() {
	for name := range l.s.Marks() {
		if key, ok := strings.CutPrefix(name, markFiling); ok {
			if _, still := l.known[key]; !still {
				l.s.DeleteMark(name)
			}
		}
	}
	for key, f := range l.known {
		if b, err := json.Marshal(f); err == nil {
			l.s.SetMark(markFiling+key, string(b))
		}
	}
	slices.SortFunc(l.out.Acts, func(a, b diff.Act) int { return strings.Compare(a.DocumentNumber, b.DocumentNumber) })
}
