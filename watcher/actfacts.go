package watcher

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

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

// awaitsBaseline reports whether an act changes a list that is watched but was never seen yet: against nothing,
// everything would look like an addition and every removal like a surprise.
func (b *caseBook) awaitsBaseline(a diff.Act) bool {
	watched := b.w.watched()
	return slices.ContainsFunc(listsOf(a), func(l diff.ListID) bool {
		_, stands := b.baseline(l)
		return watched[l] && !stands
	})
}

// newer reports whether an act says anything that the baseline of its lists cannot show: it is later, or takes effect
// later.
func (b *caseBook) newer(a diff.Act) bool {
	lists := listsOf(a)
	if len(lists) == 0 {
		return b.later(a, b.horizon())
	}
	return slices.ContainsFunc(lists, func(l diff.ListID) bool {
		if shown, ok := b.baseline(l); ok {
			return b.later(a, shown.BaselineAsOf)
		}
		return b.later(a, b.started().AddDays(-1))
	})
}

// ofItsDay reports whether an act is no newer than the baseline of its lists and no older either: whether the list
// showed it by the time of the first look, only the list can say.
func (b *caseBook) ofItsDay(a diff.Act) bool {
	return !b.newer(a) && slices.ContainsFunc(listsOf(a), func(l diff.ListID) bool {
		shown, ok := b.baseline(l)
		return ok && b.later(a, shown.BaselineAsOf.AddDays(-1))
	})
}

// horizon is the day before the newest baseline of any list, for documents that name none, and before the day
// monitoring began where there is no list at all: nothing shows whether what appeared on that very day was known.
func (b *caseBook) horizon() (h diff.Date) {
	for _, l := range b.lists {
		if l.Version > 0 && (l.Primary || len(b.w.primaries(l.List)) == 0) {
			h = max(h, l.BaselineAsOf)
		}
	}
	return cmp.Or(h, b.started()).AddDays(-1)
}

// started is the legal day of the source's first look.
func (b *caseBook) started() diff.Date {
	at := b.baselineAt
	if at.IsZero() {
		at = b.at
	}
	return diff.DateOf(at.In(b.w.o.Location))
}

func (b *caseBook) later(a diff.Act, than diff.Date) bool {
	shown := a.PublishedOn
	if shown == "" {
		shown = a.FiledOn
	}
	return shown > than || a.EffectiveOn > than || shown == "" && a.EffectiveOn == ""
}

// laterEffect reports whether an act that was older than the baseline now takes effect later than it.
func (b *caseBook) laterEffect(a diff.Act) bool {
	return slices.ContainsFunc(listsOf(a), func(l diff.ListID) bool {
		shown, ok := b.baseline(l)
		return ok && a.EffectiveOn > shown.BaselineAsOf
	})
}

// onFile reports whether an act stood there already when monitoring began.
func (b *caseBook) onFile(a diff.Act) bool { return b.baselineAt.IsZero() || b.waited }

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
