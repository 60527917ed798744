package watcher

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// listsOf are the lists that an act changes or says it changes.
func listsOf(a diff.Act) (lists []diff.ListID) {
	for _, m := range a.Amendments {
		lists = append(lists, m.List)
	}
	for l := range a.Declared {
		lists = append(lists, l)
	}
	slices.Sort(lists)
	return slices.Compact(lists)
}

// baseline is the first accepted look at a list by its primary source; by any source where none is primary.
func (k *work) baseline(list diff.ListID) (b SourceList, found bool) {
	primary := len(k.w.primaries(list)) > 0
	for _, l := range k.shown {
		if l.List != list || l.Version == 0 || primary && !l.Primary {
			continue
		}
		if !found || l.BaselineAsOf < b.BaselineAsOf {
			b, found = l, true
		}
	}
	return b, found
}

// awaitsBaseline reports whether an act changes a list that is watched but was never seen yet: against nothing,
// everything would look like an addition and every removal like a surprise.
func (k *work) awaitsBaseline(a diff.Act) bool {
	watched := k.w.lists()
	return slices.ContainsFunc(listsOf(a), func(l diff.ListID) bool {
		_, stands := k.baseline(l)
		return watched[l] && !stands
	})
}

// newer reports whether an act says anything that the baseline of its lists cannot show: it is later, or takes effect
// later.
func (k *work) newer(a diff.Act) bool {
	lists := listsOf(a)
	if len(lists) == 0 {
		return k.later(a, k.horizon())
	}
	return slices.ContainsFunc(lists, func(l diff.ListID) bool {
		if b, ok := k.baseline(l); ok {
			return k.later(a, b.BaselineAsOf)
		}
		return k.later(a, k.started().AddDays(-1))
	})
}

// ofItsDay reports whether an act is no newer than the baseline of its lists and no older either: whether the list
// showed it by the time of the first look, only the list can say.
func (k *work) ofItsDay(a diff.Act) bool {
	return !k.newer(a) && slices.ContainsFunc(listsOf(a), func(l diff.ListID) bool {
		b, ok := k.baseline(l)
		return ok && k.later(a, b.BaselineAsOf.AddDays(-1))
	})
}

// horizon is the day before the newest baseline of any list, for documents that name none, and before the day
// monitoring began where there is no list at all: nothing shows whether what appeared on that very day was known.
func (k *work) horizon() (h diff.Date) {
	for _, l := range k.shown {
		if l.Version > 0 && (l.Primary || len(k.w.primaries(l.List)) == 0) {
			h = max(h, l.BaselineAsOf)
		}
	}
	return cmp.Or(h, k.started()).AddDays(-1)
}

// started is the legal day of the source's first look.
func (k *work) started() diff.Date {
	at := k.state.BaselineAt
	if k.first {
		at = k.at
	}
	return diff.DateOf(at.In(k.w.o.Location))
}

func (k *work) later(a diff.Act, than diff.Date) bool {
	shown := a.PublishedOn
	if shown == "" {
		shown = a.FiledOn
	}
	return shown > than || a.EffectiveOn > than || shown == "" && a.EffectiveOn == ""
}

// laterEffect reports whether an act that was older than the baseline now takes effect later than it.
func laterEffect(k *work, a diff.Act) bool {
	return slices.ContainsFunc(listsOf(a), func(l diff.ListID) bool {
		b, ok := k.baseline(l)
		return ok && a.EffectiveOn > b.BaselineAsOf
	})
}

// onFile reports whether an act stood there already when monitoring began.
func (k *work) onFile(a diff.Act) bool { return k.first || k.waited }

// lawDay is the day from which an act counts.
func lawDay(k *work, a diff.Act) diff.Date {
	for _, d := range []diff.Date{a.EffectiveOn, a.PublishedOn, a.FiledOn} {
		if d != "" {
			return d
		}
	}
	return k.w.today()
}

func (k *work) sourceOf(s StoredAct) string {
	if s.Source != "" {
		return s.Source
	}
	return k.Source
}

// midnight is the beginning of a legal day.
func (k *work) midnight(d diff.Date) time.Time {
	if t := d.Begins(); !t.IsZero() {
		return t
	}
	return k.at
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; ")
}

// jsonOf is the JSON forms of several values, for fingerprints.
func jsonOf(vs ...any) (string, error) {
	var b strings.Builder
	for _, v := range vs {
		j, err := json.Marshal(v)
		if err != nil {
			return "", err
		}
		b.Write(j)
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// sameParty gives a Change and its entries another identity.
func sameParty(c diff.Change, id string) diff.Change {
	c.EntryID = id
	for _, e := range []**diff.Entry{&c.Entry, &c.Before, &c.After} {
		if *e != nil {
			x := **e
			x.EntryID = id
			*e = &x
		}
	}
	return c
}
