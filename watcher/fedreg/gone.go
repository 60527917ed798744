package fedreg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// A filing that is gone counts as withdrawn when this many whole answers in a row lack it, and for this long. Public
// inspection is made up twice a day (08:45 and 16:15 Eastern), and a bad copy in a cache is gone within hours.
const (
	agreeing = 3
	agreeFor = 3 * time.Hour
)

const (
	markCount = "count" // day=filings of the last answer
	markShown = "shown" // number=day of each filing of the last whole answer, one a line
)

// whole reports whether the absence of a filing from an answer says anything. Filings leave when they are published; of
// those that are still to be published hardly one goes (a withdrawal is an event), so an answer that lacks several of
// them is a part of one: what it holds is read, what it lacks means nothing. An answer with less than half of the
// filings of the look before on the same day is refused, and so is one in which no filing has a publication date.
func (l *filingLook) whole(all []filing) (bool, error) {
	today := diff.DayOfLaw(l.now)
	was, count, _ := strings.Cut(l.s.Mark(markCount), "=")
	before, _ := strconv.Atoi(count) // 0 where there is no mark yet
	if was == string(today) && before >= 10 && len(all)*2 < before {
		return false, &diff.Refused{Reason: fmt.Sprintf("the answer gives %d filings where there were %d earlier today",
			len(all), before)}
	}
	if len(all) > 2 && !slices.ContainsFunc(all, func(f filing) bool { return !f.revoked() }) {
		return false, &diff.Refused{Reason: "no filing of the answer has a publication date"}
	}
	here := map[string]bool{}
	var lines []string
	for _, f := range all {
		number := diff.FoldDocumentNumber(f.Number)
		here[number] = true
		lines = append(lines, number+"="+string(f.Day.date()))
	}
	due, lacks := 0, 0
	if diff.Date(was) <= today { // not where the clock was set back
		due, lacks = l.missing(here, today)
	}
	// every tenth of those to come, and more than two: on the fullest days of the Register one or two are withdrawn
	if lacks > 2 && lacks*10 > due || lacks > 0 && len(all) == 0 {
		l.trouble("list of filings", fmt.Sprintf(
			"the list of filings lacks %s still to be published; nothing is concluded from what is missing", lacking(lacks, due)))
		return false, nil
	}
	l.s.SetMark(markCount, fmt.Sprintf("%s=%d", today, len(all)))
	slices.Sort(lines)
	l.s.SetMark(markShown, strings.Join(lines, "\n"))
	return true, nil
}

// lacking is how many filings are missing: "5 of the 12 that are", "the only one that is".
func lacking(n, of int) string {
	switch {
	case of == 1:
		return "the only one that is"
	case n == of:
		return fmt.Sprintf("all %d that are", n)
	}
	return fmt.Sprintf("%d of the %d that are", n, of)
}

// missing counts the filings of the last whole answer that are to be published after today, and those of them that are
// not here.
func (l *filingLook) missing(here map[string]bool, today diff.Date) (due, lacks int) {
	for line := range strings.Lines(l.s.Mark(markShown)) {
		number, day, _ := strings.Cut(strings.TrimSpace(line), "=")
		if diff.Date(day) > today {
			due++
			if !here[number] {
				lacks++
			}
		}
	}
	return due, lacks
}

// gone looks after filings that are not on inspection any more: published, or withdrawn. What cannot be looked up of
// them is named and asked again; it must not keep what is new on inspection from being told. Only the end of the look
// is an error.
func (l *filingLook) gone(ctx context.Context) error {
	published, err := l.published(ctx)
	if err != nil {
		return l.unasked(ctx, "list of filings", err)
	}
	today := diff.DayOfLaw(l.now)
	for key, f := range l.known {
		switch {
		case f.GoneSince.IsZero():
		case !f.Ours || f.Revoked || published[key]:
			delete(l.known, key)
		case f.Planned == today: // before its day it was taken back; on its day the register may only be late
		case f.Missed >= agreeing && l.now.Sub(f.GoneSince) >= agreeFor:
			if err := l.conclude(ctx, key, f); err != nil {
				if err := l.unasked(ctx, f.Number, err); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// unasked names what could not be looked up, unless the look is at its end.
func (l *filingLook) unasked(ctx context.Context, number string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	l.trouble(number, err.Error())
	return nil
}

// published are those of the filings that are gone which the register has.
func (l *filingLook) published(ctx context.Context) (map[string]bool, error) {
	var ask []string
	for _, f := range l.known {
		if !f.GoneSince.IsZero() && f.Ours && !f.Revoked {
			ask = append(ask, f.Number, padded(f.Number))
		}
	}
	slices.Sort(ask)
	out := map[string]bool{}
	if len(ask) == 0 {
		return out, nil
	}
	docs, err := lookup(ctx, l.s, l.p.o.URL, slices.Compact(ask))
	if err != nil {
		return nil, fmt.Errorf("look up whether filings that are gone were published: %w", err)
	}
	for _, d := range docs {
		out[diff.FoldDocumentNumber(d.Number)] = true
	}
	return out, nil
}

// conclude says that a filing was withdrawn, unless its own record still stands.
func (l *filingLook) conclude(ctx context.Context, key string, f filed) error {
	own, err := l.own(ctx, f.Number)
	if err != nil {
		return err
	}
	if own != nil && !own.revoked() {
		l.trouble(f.Number, "the list of filings no longer shows "+f.Number+", and its own record does")
		return nil // asked again with the next look
	}
	l.out.Acts = append(l.out.Acts, f.withdrawn())
	delete(l.known, key)
	return nil
}

// own is a filing's own record, nil where there is none.
func (l *filingLook) own(ctx context.Context, number string) (*filing, error) {
	resp, err := l.s.Get(ctx, l.p.o.URL+"/public-inspection-documents/"+number+".json", fetch.Expect("json"),
		fetch.Fresh())
	if se := (*fetch.StatusError)(nil); errors.As(err, &se) &&
		(se.Status == http.StatusNotFound || se.Status == http.StatusGone) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look filing %s up: %w", number, err)
	}
	var f filing
	if err := json.Unmarshal(resp.Body, &f); err != nil {
		return nil, fmt.Errorf("look filing %s up: %w", number, err)
	}
	// another page in its place says nothing of it
	if diff.FoldDocumentNumber(f.Number) != diff.FoldDocumentNumber(number) {
		return nil, fmt.Errorf("look filing %s up: its record is that of %q", number, f.Number)
	}
	return &f, nil
}

func (f filed) withdrawn() diff.Act {
	text := "it was on public inspection, and is gone without having been published"
	if f.Planned != "" {
		text += "; publication was announced for " + string(f.Planned)
	}
	return diff.Act{DocumentNumber: f.Number, Title: f.Title, Agencies: f.Agencies, FiledOn: f.FiledOn,
		Status:   diff.ActWithdrawn,
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
