package notify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// Match says whether the rule wants a Change, and why or why not, criterion by criterion. Every criterion is looked at,
// so that an explanation is whole.
func (r Rule) Match(c diff.Change, x MatchContext) Explanation {
	e := Explanation{Rule: r.Name, Matched: true, Send: r.Send, Digest: r.Digest}
	if r.News != "" {
		return e.and(false, "the rule is about news reports, not about changes")
	}
	a, s := r.asker(), sightOf(&c, x.Hits, map[string]heading{})
	e = r.matchKind(e, c)
	if len(r.Lists) > 0 {
		e = e.and(slices.Contains(r.Lists, c.List), "the list is %s; wanted: %s", c.List, join(r.Lists))
	}
	if len(r.Countries) > 0 {
		e = a.matchCountry(e, s)
	}
	if len(r.Names) > 0 {
		e = a.matchName(e, s)
	}
	if len(r.Counterparties) > 0 {
		e = a.matchCounterparties(e, x.Hits)
	}
	if r.If != nil {
		e = r.matchCondition(e, c)
	}
	if len(r.Stages) > 0 {
		e.Reasons = append(e.Reasons, fmt.Sprintf("stages (%s) limit later updates only; the first notice is sent",
			join(r.Stages)))
	}
	return e
}

// WantsStage reports whether the rule is told of a later stage of a Case.
func (r Rule) WantsStage(s diff.Stage) bool {
	return len(r.Stages) == 0 || slices.Contains(r.Stages, s)
}

// Explain says of every rule why it matched or not.
func Explain(rules []Rule, c diff.Change, x MatchContext) []Explanation {
	out := make([]Explanation, len(rules))
	for i, r := range rules {
		out[i] = r.Match(c, x)
	}
	return out
}

func (e Explanation) and(ok bool, format string, args ...any) Explanation {
	word := "yes: "
	if !ok {
		word, e.Matched = "no: ", false
	}
	e.Reasons = append(e.Reasons, word+fmt.Sprintf(format, args...))
	return e
}

func (r Rule) matchKind(e Explanation, c diff.Change) Explanation {
	switch {
	case !c.Substantive && !r.Editorial:
		e = e.and(false, "the change is editorial (punctuation, layout, case), and the rule does not ask for those")
	case !c.Substantive:
		e = e.and(true, "the change is editorial, and the rule asks for those")
	case len(r.Changes) == 0:
		e = e.and(true, "the change is substantive (%s)", c.Change)
	}
	if len(r.Changes) > 0 {
		e = e.and(slices.Contains(r.Changes, c.Change), "the change is %s; wanted: %s", c.Change, join(r.Changes))
	}
	return e
}

func (a asker) matchCountry(e Explanation, s sight) Explanation {
	if which := a.country(s); which != "" {
		return e.and(true, "%s is wanted", which)
	}
	return e.and(false, "the country is %s; wanted: %s",
		strings.Join(unique(append(slices.Clone(s.codes), s.change.Country)), ", "), strings.Join(a.Countries, ", "))
}

func (a asker) matchName(e Explanation, s sight) Explanation {
	if n := a.name(s); n != nil {
		return e.and(true, "the name %q matches %s", n.name, n.by)
	}
	return e.and(false, "none of the names and aliases matches %s", join(a.Names))
}

func (a asker) matchCounterparties(e Explanation, hits []Hit) Explanation {
	if h := a.hit(hits); h != nil {
		return e.and(true, "it touches our counterparty %q (%s), score %.2f", h.Name, h.Counterparties, h.Score)
	}
	return e.and(false, "it touches none of our counterparties in %s", strings.Join(a.Counterparties, ", "))
}

// matchCondition counts a condition that fails at run time as met: an alert too many is better than one missed.
func (r Rule) matchCondition(e Explanation, c diff.Change) Explanation {
	ok, err := r.If.Eval(c)
	if err != nil {
		e.spent = errors.Is(err, ErrBudget)
		return e.and(true, "the condition %s failed (%v): counted as met, so that nothing is missed", r.If, err)
	}
	return e.and(ok, "the condition %s is %v", r.If, ok)
}

// states are the forms of the entry that a Change shows: before, after, and the one it is told with.
func states(c diff.Change) []*diff.Entry {
	var out []*diff.Entry
	for _, e := range []*diff.Entry{c.Entry, c.After, c.Before} {
		if e != nil {
			out = append(out, e)
		}
	}
	return out
}

func join[T any](s []T) string {
	parts := make([]string, len(s))
	for i, v := range s {
		parts[i] = fmt.Sprint(v)
	}
	return strings.Join(parts, ", ")
}

func unique(s []string) []string {
	out := s[:0:0]
	for _, v := range s {
		if v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
