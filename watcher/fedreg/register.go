package fedreg

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fedreg/rule"
	"entitywatch/watcher/fetch"
)

// DefaultURL is the base of the Federal Register's API.
const DefaultURL = "https://www.federalregister.gov/api/v1"

// Options configure the two sources of this package. The zero value of each field means its default.
type Options struct {
	URL      string   // the API's base; default DefaultURL
	Agencies []string // slugs; default industry-and-security-bureau
	Window   int      // days for which published documents are looked at again; default 30
	// days that the first look goes back; default 120, because an act may take effect long after it is published
	Backfill int
	Logger   *slog.Logger
	Now      func() time.Time
}

func (o Options) withDefaults() Options {
	o.URL = strings.TrimSuffix(cmp.Or(o.URL, DefaultURL), "/")
	if len(o.Agencies) == 0 {
		o.Agencies = []string{"industry-and-security-bureau"}
	}
	if o.Window <= 0 {
		o.Window = 30
	}
	if o.Backfill <= 0 {
		o.Backfill = 120
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Register is the Federal Register as a source of acts: every document of the configured agencies, of every type,
// classified here.
//
// A look searches the publication dates from some weeks ago until today, because documents are edited after publication
// and nothing says when. Rules are read from their full-text XML, or from their plain text until the XML is loaded;
// texts of recent documents are looked at again. Absence of a document never means anything; a search that no longer
// finds what it found fails. An Act is given when it is new or when its record or text changed, and again and again
// while its text is in doubt.
type Register struct{ o Options }

// NewRegister makes the source. It asks for nothing.
func NewRegister(o Options) *Register { return &Register{o.withDefaults()} }

// marks of the cursor
const (
	markThrough = "through" // the day of the last complete look
	markDoc     = "doc/"    // + folded number: a memory
	markFound   = "found"   // what the last searches found: the agencies, then number=day, one a line
	giveUp      = time.Hour // how long a text may fail before a human is asked to read the document
	soonAgain   = 5 * time.Minute
	dayAgain    = 30 * time.Minute
)

// Read looks at the register once. See Register.
func (r *Register) Read(ctx context.Context, s *fetch.Session) (diff.Reading, error) {
	look := &look{r: r, s: s, now: r.o.Now().UTC(), old: memories(s), found: map[string]diff.Date{}}
	for _, in := range r.periods(s) {
		if err := look.period(ctx, in); err != nil {
			return diff.Reading{}, fmt.Errorf("fedreg: read register: %w", err)
		}
	}
	if err := look.lost(); err != nil {
		return diff.Reading{}, fmt.Errorf("fedreg: read register: %w", err)
	}
	look.remember()
	s.SetMark(markThrough, string(r.today()))
	return look.out, nil
}

// today is the day in Washington, where the Federal Register's dates are made.
func (r *Register) today() diff.Date { return diff.DayOfLaw(r.o.Now()) }

// periods are the dates of this look, oldest first, in parts of about a month. After a pause the look goes back to
// before the pause.
func (r *Register) periods(s *fetch.Session) []period {
	from := r.today().AddDays(-r.o.Backfill)
	if through := diff.Date(s.Mark(markThrough)); through != "" {
		from = min(r.today().AddDays(-r.o.Window), through.AddDays(-3))
	}
	var out []period
	for {
		to := from.AddDays(30)
		if to >= r.today() {
			return append(out, period{From: from}) // open: a document may be dated tomorrow already
		}
		out = append(out, period{from, to})
		from = to.AddDays(1)
	}
}

// look is one Read under way.
type look struct {
	r   *Register
	s   *fetch.Session
	now time.Time
	old map[string]memory // by folded number
	out diff.Reading

	found map[string]diff.Date // what the searches of this look found, by number
	still []period             // periods of which the upstream says that nothing changed
}

// period reads one part. It is asked for unconditionally where a text within it is due, because an unchanged search
// says nothing about it.
func (l *look) period(ctx context.Context, in period) error {
	fresh := false
	for _, m := range l.old {
		if m.Published >= in.From && (in.To == "" || m.Published <= in.To) && m.due(l.now) {
			fresh = true
		}
	}
	f, err := l.r.search(ctx, l.s, in, fresh)
	if err != nil {
		return err
	}
	if f.unchanged {
		l.still = append(l.still, in)
		return nil
	}
	for _, d := range f.docs {
		l.found[d.Number] = d.Published
		a, err := l.document(ctx, d)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			l.r.o.Logger.Warn("document could not be read", "document", d.Number, "error", err)
		}
		if a != nil {
			a.Evidence = append(a.Evidence, f.evidence...)
			l.out.Acts = append(l.out.Acts, *a)
		}
	}
	return nil
}

// document reads one document, nil where it is nothing to us or says nothing new.
func (l *look) document(ctx context.Context, d document) (*diff.Act, error) {
	key := diff.FoldDocumentNumber(d.Number)
	m, known := l.old[key]
	news := !known || m.Meta != d.meta
	what, why := classify(d)
	switch {
	case what == ignored:
		return nil, nil
	case what == readThis:
		l.old[key] = memory{Number: d.Number, Published: d.Published, Meta: d.meta}
		if !news {
			return nil, nil
		}
		a := d.act()
		a.ReadThis = why
		return &a, nil
	case !news && !m.due(l.now):
		return nil, nil
	}
	a, err := l.text(ctx, d, &m, news)
	m.Number, m.Published, m.Checked = d.Number, d.Published, l.now
	if err == nil {
		m.Meta, m.Failing, m.Why = d.meta, time.Time{}, ""
		l.old[key] = m
		return a, nil
	}
	m.Why = err.Error()
	a = l.failed(d, &m, err)
	l.old[key] = m
	return a, err
}

// failed gives a document to a human when its text could not be read for long. One that was read before, and whose
// record has not changed since, stands as it was read.
func (l *look) failed(d document, m *memory, err error) *diff.Act {
	if m.Failing.IsZero() {
		m.Failing = l.now
	}
	read := m.Text != "" && m.Meta == d.meta
	if l.now.Sub(m.Failing) < giveUp || m.Handed || read {
		return nil
	}
	m.Text, m.Handed = "", true
	a := d.act()
	a.ReadThis = "its text cannot be read: " + err.Error()
	return &a
}

// text fetches and reads a document's text, nil where it is as before or amends no list of ours.
func (l *look) text(ctx context.Context, d document, m *memory, news bool) (*diff.Act, error) {
	u, isXML := d.XMLURL, true
	switch {
	case u != "":
	case m.XML:
		return nil, nil // the record has lost sight of the XML that was read: the plain text says less
	case d.TextURL == "":
		return nil, errors.New("it has neither XML nor text yet")
	default:
		u, isXML = d.TextURL, false
	}
	doubted := !m.Doubted.IsZero()
	resp, err := l.s.Get(ctx, u, textOptions(isXML, news || doubted || m.URL != u)...)
	if err != nil {
		return nil, err
	}
	if resp.NotModified || !news && !doubted && resp.SHA256 == m.Text {
		return nil, nil
	}
	a, err := parseText(resp.Body, isXML, d.Number)
	if err != nil {
		l.s.Reject(u)
		return nil, err
	}
	m.Text, m.URL, m.XML, m.Handed = resp.SHA256, u, isXML, false
	a = merge(d, a)
	m.Doubted = doubtedSince(m.Doubted, a.Doubt, l.now)
	a.Evidence = []diff.Evidence{resp.Evidence()}
	if !matters(a) {
		if what, why := concernsParties(d); what == readThis {
			a.ReadThis = why
		} else {
			return nil, nil
		}
	}
	return &a, nil
}

// textOptions ask for a document's text; fresh asks unconditionally.
func textOptions(isXML, fresh bool) []fetch.Option {
	opts := []fetch.Option{fetch.Pace("text", 1)}
	if isXML {
		opts = append(opts, fetch.Expect("xml"))
	}
	if fresh {
		opts = append(opts, fetch.Fresh())
	}
	return opts
}

// parseText reads XML or plain text of the document with a number.
func parseText(b []byte, isXML bool, number string) (a diff.Act, err error) {
	if isXML {
		a, err = rule.ParseXML(bytes.NewReader(b), diff.ReadOptions{})
	} else {
		a, err = rule.ParseText(bytes.NewReader(b), diff.ReadOptions{})
		a.Status = diff.ActPublished
	}
	if err == nil {
		err = rule.Identify(&a, number)
	}
	return a, err
}

// remember stores what is known of the documents of the window, and keeps the validators of texts that were not asked
// for this time.
func (l *look) remember() {
	l.out.Standing = true
	oldest := l.r.today().AddDays(-max(l.r.o.Window, l.r.o.Backfill) - 7)
	asked := map[string]bool{}
	for _, x := range l.s.Exchanges() {
		asked[x.URL] = true
	}
	for key, m := range l.old {
		if m.Published < oldest {
			l.s.DeleteMark(markDoc + key)
			continue
		}
		if !m.Failing.IsZero() {
			l.out.Problems = append(l.out.Problems, diff.Problem{Kind: diff.Unread, Where: m.Number,
				Text: fmt.Sprintf("document %s: %s", m.Number, m.Why)})
		}
		if m.URL != "" && !asked[l.s.Shown(m.URL)] {
			l.s.Carry(m.URL)
		}
		if b, err := json.Marshal(m); err == nil {
			l.s.SetMark(markDoc+key, string(b))
		}
	}
	slices.SortFunc(l.out.Problems, func(a, b diff.Problem) int { return strings.Compare(a.Where, b.Where) })
	slices.SortStableFunc(l.out.Acts, func(a, b diff.Act) int {
		return strings.Compare(string(a.PublishedOn)+a.DocumentNumber, string(b.PublishedOn)+b.DocumentNumber)
	})
}
