package watcher

import (
	"slices"
	"time"

	"entitywatch/diff"
)

// occasion is one transaction at one moment: what is known at its beginning, and what comes of it. The look, the
// calendar, a person's release and the case book that they use share it.
type occasion struct {
	Look
	w     *Watcher
	tx    Tx
	at    time.Time
	lists []SourceList          // all lists of all sources, as stored
	views map[string]*diff.View // what sources last showed, by source and list
}

// enter begins a transaction for a source, and forgets what one before it came to.
func (t *occasion) enter(tx Tx, source string) (err error) {
	*t = occasion{w: t.w, at: t.at, tx: tx, views: map[string]*diff.View{},
		Look: Look{Source: source, Changes: []diff.Change{}, Retracts: []string{}}}
	t.lists, err = tx.SourceLists()
	return err
}

func (t *occasion) notice(kind string, list diff.ListID, text string) error {
	id := diff.HashID("ntc", kind, t.Source, string(list), text, t.at.Format(time.RFC3339Nano))
	n := Notice{ID: id, Kind: kind, Source: t.Source, List: list, Text: text, At: t.at}
	t.Notices = append(t.Notices, n)
	if err := t.tx.AddNotice(n); err != nil {
		return err
	}
	return t.tx.Audit(t.at, "notice: "+kind, map[string]string{"source": t.Source, "list": string(list), "text": text})
}

// moment is a time for people, where the law is made.
func (t *occasion) moment(at time.Time) string {
	return at.In(t.w.o.Location).Format("2006-01-02 15:04 MST")
}

// lawDay is the day from which an act counts.
func (t *occasion) lawDay(a diff.Act) diff.Date {
	for _, d := range []diff.Date{a.EffectiveOn, a.PublishedOn, a.FiledOn} {
		if d != "" {
			return d
		}
	}
	return t.w.today()
}

// midnight is the beginning of a legal day.
func (t *occasion) midnight(d diff.Date) time.Time {
	if t := d.Begins(); !t.IsZero() {
		return t
	}
	return t.at
}

// tomorrow is the last day that can be today somewhere: a publisher to our east may date a file a day ahead of us.
func (t *occasion) tomorrow() diff.Date { return t.w.today().AddDays(1) }

// seenOn is the day on which an act was first read.
func (t *occasion) seenOn(s StoredAct) diff.Date { return diff.DateOf(s.SeenAt.In(t.w.o.Location)) }

// baseline is the first accepted look at a list by its primary source; by any source where none is primary.
func (t *occasion) baseline(list diff.ListID) (b SourceList, found bool) {
	primary := len(t.w.primaries(list)) > 0
	for _, l := range t.lists {
		if l.List != list || l.Version == 0 || primary && !l.Primary {
			continue
		}
		if !found || l.BaselineAsOf < b.BaselineAsOf {
			b, found = l, true
		}
	}
	return b, found
}

func (t *occasion) saveList(l SourceList) error {
	i := slices.IndexFunc(t.lists, func(o SourceList) bool { return o.Source == l.Source && o.List == l.List })
	if i < 0 {
		t.lists = append(t.lists, l)
	} else {
		t.lists[i] = l
	}
	return t.tx.SaveSourceList(l)
}

// viewOf is what a source last showed of a list, read once in a transaction.
func (t *occasion) viewOf(l SourceList) (*diff.View, error) {
	name := l.Source + "\x1f" + string(l.List)
	if v := t.views[name]; v != nil {
		return v, nil
	}
	stored, err := t.tx.SourceEntries(l.Source, l.List, nil)
	if err != nil {
		return nil, err
	}
	var entries []diff.Entry
	for _, e := range slices.DeleteFunc(stored, missing) {
		entries = append(entries, e.Entry)
	}
	t.views[name] = diff.NewView(entries)
	return t.views[name], nil
}

func (t *occasion) sourceOf(s StoredAct) string {
	if s.Source != "" {
		return s.Source
	}
	return t.Source
}

func (t *occasion) stageOf(source string) diff.Stage {
	if s := t.w.specs[source]; s != nil {
		return s.stage()
	}
	return diff.Listed
}

// awaitedStage is what a Case would have reached had its list's primary source shown it in time.
func (t *occasion) awaitedStage(list diff.ListID) diff.Stage {
	for _, name := range t.w.primaries(list) {
		return t.stageOf(name)
	}
	return diff.Codified
}
