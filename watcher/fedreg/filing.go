package fedreg

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

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
	Day       plannedDay        `json:"publication_date"`
	PDFURL    string            `json:"pdf_url"`
	HTMLURL   string            `json:"html_url"`
	JSONURL   string            `json:"json_url"`
	TextURL   string            `json:"raw_text_url"`

	Published diff.Date `json:"-"` // of Day
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
	Why       string    `json:"w,omitempty"` // why its text cannot be read
	Handed    bool      `json:"h,omitempty"` // a human was asked to read it instead
	Checked   time.Time `json:"c,omitzero"`  // when its text was last asked for
	Doubted   time.Time `json:"d,omitzero"`  // since when its text is in doubt
	GoneSince time.Time `json:"g,omitzero"`
	Missed    int       `json:"m,omitempty"` // whole answers in a row that lack it
}

// due reports whether the filing's text must be read again, though nothing says that it changed.
func (f filed) due(now time.Time) bool {
	since := f.Doubted
	if !f.Failing.IsZero() {
		since = f.Failing
	}
	wait := soonAgain
	if now.Sub(since) >= giveUp {
		wait = dayAgain
	}
	return !since.IsZero() && now.Sub(f.Checked) >= wait
}

// state folds everything whose change means that a filing must be looked at again.
func (f filing) state() string {
	return diff.HashID("pi", f.UpdatedAt, fmt.Sprint(f.Size), fmt.Sprint(f.Pages), f.Note, string(f.Day),
		fmt.Sprint(len(f.Letters)), f.Title,
		fmt.Sprint(f.TextURL != ""))
}

// failed notes why a text cannot be read; after a while a human is asked to read it, once, unless it was read before
// and has not changed.
func (f *filed) failed(d document, err error, changed bool, now time.Time) *diff.Act {
	f.Why = err.Error()
	if f.Failing.IsZero() {
		f.Failing, f.Handed = now, !changed
	}
	if f.Handed || now.Sub(f.Failing) < giveUp {
		return nil
	}
	f.Handed = true
	unread := d.act()
	unread.ReadThis = "it is on public inspection, and its text cannot be read: " + f.Why
	return &unread
}

func (f filing) watched(slugs []string) bool {
	return slices.ContainsFunc(f.Agencies, func(a agency) bool { return a.known(slugs) })
}

// document is the filing as the register would describe it.
func (f filing) document() document {
	return document{Number: f.Number, Title: cmp.Or(f.Title, f.TOC), Type: f.Type, Published: f.Published,
		Agencies: f.Agencies, HTMLURL: f.HTMLURL,
		JSONURL: f.JSONURL, TextURL: f.TextURL, FilingURL: f.PDFURL, meta: f.state()}
}

// revoked reports whether the publisher says that a filing is not to be published.
func (f filing) revoked() bool { return f.Day.revoked() }

// plannedDay is the publication date of a filing as its record writes it: a date, null where the filing is revoked, or
// nothing at all, which says nothing.
type plannedDay string

// UnmarshalJSON keeps the date as it is written.
func (d *plannedDay) UnmarshalJSON(b []byte) error {
	*d = plannedDay(b)
	return nil
}

func (d plannedDay) revoked() bool { return d == "null" }

// date is "" where the filing is revoked or its record says nothing.
func (d plannedDay) date() diff.Date {
	if d.revoked() {
		return ""
	}
	return diff.Date(strings.Trim(string(d), `" `))
}
