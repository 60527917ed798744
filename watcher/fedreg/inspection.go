package fedreg

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fedreg/rule"
	"entitywatch/watcher/fetch"
)

// Inspection is public inspection as a source of acts: the earliest official text, status filed.
//
// A filing is read when it appears, and again when its typescript or its record changes. One whose publication date is
// null was revoked: that is its publisher's word. One that is gone before its day, or never appeared by the day after,
// was withdrawn; that is said only when several whole answers over hours lack it, the register does not have the
// document, and it has no record of its own any more, because an answer that is wrong for a look or an hour must not
// take a filing back. An answer is whole when it holds what it counts and lacks hardly anything that is still to be
// published. Agencies are known by their words, since their slugs change.
type Inspection struct{ o Options }

// NewInspection makes the source. It asks for nothing.
func NewInspection(o Options) *Inspection { return &Inspection{o.withDefaults()} }

// Read looks at public inspection once. See Inspection.
func (p *Inspection) Read(ctx context.Context, s *fetch.Session) (diff.Reading, error) {
	l := &filingLook{p: p, s: s, now: p.o.Now().UTC(), known: filings(s)}
	u := p.o.URL + "/public-inspection-documents/current.json"
	opts := []fetch.Option{fetch.Expect("json")}
	if l.again() {
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
	if len(l.out.Problems) > 0 {
		s.Reject(u) // what was wrong with the list must be seen to be over
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

// again reports whether an unchanged answer must be read: a text is due, or it is to be seen whether a filing is still
// gone.
func (l *filingLook) again() bool {
	for _, f := range l.known {
		if f.due(l.now) || f.Ours && !f.GoneSince.IsZero() {
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
		return &diff.Refused{Reason: fmt.Sprintf("the answer gives %d filings, which is not what it counts",
			len(answer.Results))}
	}
	whole, err := l.whole(answer.Results)
	if err != nil {
		return err
	}
	here := map[string]bool{}
	for _, f := range answer.Results {
		f.Number = lawtext.ASCIIDashes(f.Number)
		key := diff.FoldDocumentNumber(f.Number)
		here[key] = true
		if was, known := l.known[key]; !f.watched(l.p.o.Agencies) && !(known && was.Ours) {
			continue
		}
		a, err := l.filing(ctx, key, f)
		if err != nil {
			return err
		}
		if a != nil {
			a.Evidence = append(a.Evidence, resp.Evidence())
			l.out.Acts = append(l.out.Acts, *a)
		}
	}
	l.mark(here, whole)
	return nil
}

// mark notes which of the known filings are here, and, where the answer is whole, which it lacks.
func (l *filingLook) mark(here map[string]bool, whole bool) {
	for key, f := range l.known {
		switch {
		case here[key]:
			f.GoneSince, f.Missed = time.Time{}, 0
		case whole && f.GoneSince.IsZero():
			f.GoneSince, f.Missed = l.now, 1
		case whole:
			f.Missed++
		}
		l.known[key] = f
	}
}

// filing reads one filing, nil where it is nothing to us or says nothing new. What cannot be read of it is kept in
// memory, and no error: only the end of the look is.
func (l *filingLook) filing(ctx context.Context, key string, f filing) (*diff.Act, error) {
	was, known := l.known[key]
	f.Published = f.Day.date()
	if f.Day == "" {
		f.Published = was.Planned // it says nothing: no word of its publisher's
	}
	if known && was.State == f.state() && !was.due(l.now) {
		return nil, nil
	}
	d := f.document()
	now := was
	now.Number, now.Title, now.FiledOn, now.State = f.Number, d.Title, diff.DateOf(f.FiledAt), f.state()
	now.Planned, now.Revoked, now.Agencies = cmp.Or(f.Published, was.Planned), f.revoked(), nil
	for _, g := range f.Agencies {
		now.Agencies = append(now.Agencies, g.name())
	}
	if now.Revoked {
		return l.revoked(ctx, key, f, was, now)
	}
	now.Checked = l.now
	a, err := l.read(ctx, f, d)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		a = now.failed(d, err, !was.Ours || was.State != f.state(), l.now)
	} else {
		now.Failing, now.Why, now.Handed = time.Time{}, "", false
	}
	if a != nil {
		now.Doubted = doubtedSince(now.Doubted, a.Doubt, l.now)
		l.finish(a, f, was)
		now.Ours = true
	}
	l.known[key] = now
	return a, nil
}

// revoked takes back what was told, whether the text can still be read or not. The filing's own record must not say
// otherwise.
func (l *filingLook) revoked(ctx context.Context, key string, f filing, was, now filed) (*diff.Act, error) {
	if !was.Ours {
		l.known[key] = now
		return nil, nil
	}
	own, err := l.own(ctx, f.Number)
	if err != nil {
		return nil, l.unasked(ctx, f.Number, err) // the state stays as it was, and is looked at again
	}
	if own != nil && !own.revoked() && len(own.Day) > 0 {
		l.trouble(f.Number, "the list of filings gives no publication date for "+f.Number+", and its own record does")
		return nil, nil // the state stays as it was, and is looked at again
	}
	d := f.document()
	a := d.act()
	l.finish(&a, f, was)
	l.known[key] = now
	return &a, nil
}

func (l *filingLook) trouble(number, text string) {
	l.out.Problems = append(l.out.Problems, diff.Problem{Kind: diff.Surprise, Where: number, Text: text})
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
	// an alert with a problem is worth more than none
	parsed, err := rule.ParseText(bytes.NewReader(resp.Body), diff.ReadOptions{Partial: true})
	if err != nil {
		return nil, err
	}
	if err := rule.Identify(&parsed, d.Number); err != nil {
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
	if f.revoked() {
		a.Status = diff.ActRevoked
	}
	if f.Note != "" {
		a.Problems = append(a.Problems, diff.Problem{Kind: diff.SourceSlip, Where: "editorial_note", Text: f.Note})
	}
	if was.Ours && a.Status == diff.ActFiled && was.State != f.state() {
		a.Problems = append(a.Problems, diff.Problem{Kind: diff.SourceSlip, Where: "pdf_updated_at",
			Text: "the filing was replaced or its record edited on " + cmp.Or(f.UpdatedAt, l.now.Format(time.RFC3339))})
	}
}

func (l *filingLook) remember() {
	for name := range l.s.Marks() {
		if key, ok := strings.CutPrefix(name, markFiling); ok {
			if _, still := l.known[key]; !still {
				l.s.DeleteMark(name)
			}
		}
	}
	l.out.Standing = true
	for key, f := range l.known {
		if !f.Failing.IsZero() {
			l.out.Problems = append(l.out.Problems, diff.Problem{Kind: diff.Unread, Where: f.Number,
				Text: fmt.Sprintf("filing %s: %s", f.Number, f.Why)})
		}
		if b, err := json.Marshal(f); err == nil {
			l.s.SetMark(markFiling+key, string(b))
		}
	}
	slices.SortFunc(l.out.Problems, func(a, b diff.Problem) int { return strings.Compare(a.Where, b.Where) })
	slices.SortFunc(l.out.Acts, func(a, b diff.Act) int { return strings.Compare(a.DocumentNumber, b.DocumentNumber) })
}
