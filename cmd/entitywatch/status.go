package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// sourceStatus is what doctor says of a source.
type sourceStatus struct {
	Source      string         `json:"source"`
	Kind        string         `json:"kind"`
	Health      watcher.Health `json:"health"`
	Since       time.Time      `json:"since,omitzero"`
	Reason      string         `json:"reason,omitempty"`
	PolledAt    time.Time      `json:"polled_at,omitzero"`
	SucceededAt time.Time      `json:"succeeded_at,omitzero"`
	ChangedAt   time.Time      `json:"changed_at,omitzero"`
	Polls       int            `json:"polls_24h"`
	Failed      int            `json:"failed_24h"`
	Lists       []listStatus   `json:"lists"`
}

type listStatus struct {
	List       diff.ListID `json:"list"`
	AsOf       diff.Date   `json:"as_of,omitempty"`
	Entries    int         `json:"entries"`
	Primary    bool        `json:"primary"`
	HeldReason string      `json:"held_reason,omitempty"`
}

func statusJSON(s store.Status) sourceStatus {
	out := sourceStatus{
		Source: s.Name, Kind: s.Kind, Health: s.Health, Since: s.Since, Reason: s.Reason,
		PolledAt: s.PolledAt, SucceededAt: s.SucceededAt, ChangedAt: s.ChangedAt, Polls: s.Polls, Failed: s.Failed,
		Lists: []listStatus{},
	}
	for _, l := range s.Lists {
		out.Lists = append(out.Lists, listStatus{List: l.List, AsOf: l.AsOf, Entries: l.Entries, Primary: l.Primary,
			HeldReason: l.HeldReason})
	}
	return out
}

// judged are all sources, those of the config that nobody has looked at yet among them, as their schedules have them
// now.
func (a *app) judged(ctx context.Context, db *store.DB, c *config.Config) ([]store.Status, error) {
	all, err := db.Statuses(ctx, a.now().Add(-24*time.Hour), a.now())
	if err != nil {
		return nil, err
	}
	schedules, err := schedulesOf(c)
	if err != nil {
		return nil, err
	}
	known := func(name string) bool {
		return slices.ContainsFunc(all, func(s store.Status) bool { return s.Name == name })
	}
	for _, s := range unseen(c, known) {
		all = append(all, store.Status{SourceState: s})
	}
	for i := range all {
		s := &all[i]
		s.Health, s.Reason = schedules.Judge(s.Name, s.Health, s.Reason, s.PolledAt, a.now())
	}
	return all, nil
}

// unseen are the sources of the config that the database does not know: nobody has looked at them yet.
func unseen(c *config.Config, known func(name string) bool) (all []watcher.SourceState) {
	for _, s := range c.Sources {
		if !known(s.Name) {
			all = append(all, watcher.SourceState{Name: s.Name, Kind: s.Kind, Health: watcher.Fresh,
				Reason: "it was not looked at yet"})
		}
	}
	return all
}

func statusLines(s store.Status) func(io.Writer) {
	return func(w io.Writer) {
		fmt.Fprintf(w, "%s (%s): %s since %s\n", s.Name, s.Kind, s.Health, instant(s.Since))
		if s.Reason != "" {
			fmt.Fprintf(w, "    %s\n", notify.Clean(s.Reason))
		}
		fmt.Fprintf(w, "    last asked %s, last good answer %s, last change %s; looks in 24 hours: %d, without a whole "+
			"answer: %d\n",
			instant(s.PolledAt), instant(s.SucceededAt), instant(s.ChangedAt), s.Polls, s.Failed)
		for _, l := range s.Lists {
			fmt.Fprintf(w, "    %s: %d entries as of %s", l.List.Title(), l.Entries, orUnknown(l.AsOf))
			if l.Primary {
				fmt.Fprint(w, "; this source decides about the list")
			}
			if !l.HeldSince.IsZero() {
				fmt.Fprintf(w, "; HELD since %s: %s", instant(l.HeldSince), notify.Clean(l.HeldReason))
			}
			fmt.Fprintln(w)
		}
	}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}
