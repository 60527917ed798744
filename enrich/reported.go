package enrich

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/screen/mention"
)

// What a report must hold to open a Case of its own.
const (
	leastUnlisted   = 2
	leastConfidence = 0.5
)

// reportedDays is how long a reported listing may go without an act before its Case is closed.
const reportedDays = 30

// reportedCase is the id of the Case that a report opens.
func reportedCase(item diff.NewsItem) string { return diff.HashID("case", "reported", item.ID) }

// opensCase reports whether a text says that several organizations which are not listed are to be.
func opensCase(talk Talk, mentions []mention.Mention) bool {
	return len(unlisted(talk, mentions)) >= leastUnlisted && talk.Confidence >= leastConfidence
}

// unlisted are the organizations that a text says are to be listed, without those that stand on that list already. Where the text does not
// say which list it is, those on any are left out.
func unlisted(talk Talk, mentions []mention.Mention) []string {
	there := slices.DeleteFunc(slices.Clone(mentions), func(m mention.Mention) bool { return len(talk.Lists) > 0 && !slices.Contains(talk.Lists, m.List) })
	var names []string
	for _, c := range talk.Candidates {
		if !overlaps(c, there) {
			names = append(names, c.Name)
		}
	}
	return names
}

// overlaps reports whether a listed party is named where a candidate is.
func overlaps(c Candidate, mentions []mention.Mention) bool {
	for _, m := range mentions {
		if m.Start < c.End && c.Start < m.End {
			return true
		}
	}
	return false
}

// openReported opens the unconfirmed Case of a reported listing.
func (p *press) openReported(ctx context.Context, item diff.NewsItem, names []string) error {
	at := item.Published
	if at.IsZero() || at.After(p.now()) {
		at = p.now()
	}
	c := diff.Case{
		ID: reportedCase(item), Title: "Reported: " + item.Title, Status: diff.Open, Source: item.Feed, OpenedAt: p.now(),
		Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "unconfirmed: a report names " + strings.Join(names, ", ")}},
	}
	return p.store.Cases(ctx, func(tx Cases) error {
		if _, known, err := tx.Case(c.ID); known || err != nil {
			return err
		}
		if err := tx.SaveCase(c); err != nil {
			return err
		}
		if err := tx.AddStage(c.ID, at, item.Feed, p.now()); err != nil {
			return err
		}
		return tx.Audit(p.now(), "case reported", map[string]any{"case": c.ID, "report": item.ID, "names": names})
	})
}

// confirmReported joins the Case that a report opened with the Case of the act that confirms it.
func (p *press) confirmReported(ctx context.Context, actCase string, item diff.NewsItem) error {
	return p.store.Cases(ctx, func(tx Cases) error {
		reported, known, err := tx.Case(reportedCase(item))
		if err != nil || !known || reported.MergedInto != "" {
			return err
		}
		act, known, err := tx.Case(actCase)
		if err != nil || !known {
			return err
		}
		remains, gone := diff.Merge(act, reported)
		remains.Problems = act.Problems // "unconfirmed" does not hold any more
		if err := tx.SaveCase(remains); err != nil {
			return err
		}
		if err := tx.SaveCase(gone); err != nil {
			return err
		}
		return tx.AddStage(remains.ID, reported.Stages[diff.Reported], item.Feed, p.now())
	})
}

// closeOld closes, at most once an hour, reported Cases that no act has confirmed in time.
func (p *press) closeOld(ctx context.Context) error {
	if p.now().Sub(p.closed) < time.Hour {
		return nil
	}
	items, err := p.store.NewsSince(ctx, p.now().AddDate(0, 0, -2*reportedDays))
	if err != nil {
		return err
	}
	before := p.now().AddDate(0, 0, -reportedDays)
	err = p.store.Cases(ctx, func(tx Cases) error {
		for _, item := range items {
			c, known, err := tx.Case(reportedCase(item))
			if err != nil {
				return err
			}
			if !known || c.Status != diff.Open || c.MergedInto != "" || c.OpenedAt.After(before) {
				continue
			}
			c.Status = diff.Withdrawn
			c.Problems = append(c.Problems, diff.Problem{Kind: diff.SourceSlip, Text: fmt.Sprintf("no act followed within %d days", reportedDays)})
			if err := tx.SaveCase(c); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		p.closed = p.now()
	}
	return err
}
