package notify

import (
	"fmt"
	"slices"
	"strings"
)

// maxOurs is how many of our counterparties the head of a message names; further ones stand with the parties that they
// touch.
const maxOurs = 20

// ownParty is one of our counterparties with its hits.
type ownParty struct {
	file, id, name string
	hits           []Hit
}

// ownParties groups hits by the counterparty, in their order.
func ownParties(hits []Hit) []ownParty {
	var out []ownParty
	at := map[[2]string]int{}
	for _, h := range hits {
		k := [2]string{h.Counterparties, h.ID}
		i, known := at[k]
		if !known {
			i = len(out)
			at[k] = i
			out = append(out, ownParty{file: h.Counterparties, id: h.ID, name: h.Name})
		}
		if !slices.Contains(out[i].hits, h) {
			out[i].hits = append(out[i].hits, h)
		}
	}
	return out
}

// hitLines are our counterparties in a line each, of so many in all; where the rest is named, the last line says.
func hitLines(hits []Hit, of int, rest string) (texts []string, n int) {
	all := ownParties(hits)
	n = max(of, len(all))
	for _, o := range all[:min(len(all), maxOurs)] {
		texts = append(texts, o.text())
	}
	if left := n - len(texts); left > 0 {
		texts = append(texts, fmt.Sprintf("and %d more, named %s", left, rest))
	}
	return texts, n
}

// text is a counterparty with all that it touches. Listed parties that own it together are one reason.
func (o ownParty) text() string {
	s := ""
	for i, h := range o.hits {
		if slices.ContainsFunc(o.hits[:i], func(x Hit) bool { return x.together(h) }) {
			continue
		}
		var owners []string
		for _, x := range o.hits[i:] {
			if x == h || x.together(h) {
				owners = append(owners, "“"+x.Match+"”"+x.listed())
			}
		}
		if s == "" {
			s = h.whom() + " " + h.predicate(owners)
			continue
		}
		s += "; it " + h.predicate(owners)
	}
	return s
}

// together reports whether two hits tell one sum of what listed parties own.
func (h Hit) together(o Hit) bool {
	return h.owned() && h.MatchedOn == o.MatchedOn && h.Reason == o.Reason
}

func (h Hit) owned() bool { return h.MatchedOn == "affiliate" || h.MatchedOn == "red flag" }

// certain reports whether the hit is more than a likeness: our party bears a listed name, or is owned by who bears it.
// The score of an owned party is its owner's.
func (h Hit) certain() bool {
	const same = 0.995 // what is shown as 100%
	return h.Score >= same && slices.Contains([]string{"", "name", "alias", "affiliate"}, h.MatchedOn)
}

// touches ends the headline where our own parties are concerned: on a phone it is all that is read. What is only alike, or owned to a
// share that does not count, may concern them.
func touches(hits []Hit) string {
	var sure, alike []ownParty
	for _, o := range ownParties(hits) {
		if slices.ContainsFunc(o.hits, Hit.certain) {
			sure = append(sure, o)
			continue
		}
		alike = append(alike, o)
	}
	parts := nonEmpty([]string{ourNames("touches our ", sure), ourNames("may touch our ", alike)})
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, ", ")
}

// ourNames are counterparties in a headline: one or two by name, of more the first.
func ourNames(lead string, of []ownParty) string {
	names := make([]string, 0, 2)
	for _, o := range of[:min(len(of), 2)] {
		names = append(names, fmt.Sprintf("%s (%s)", quoted(Clean(o.name), maxEdit), Clean(o.id)))
	}
	switch len(of) {
	case 0:
		return ""
	case 1:
		return lead + names[0]
	case 2:
		return lead + names[0] + " and " + names[1]
	}
	return fmt.Sprintf("%s%s and %d more", lead, names[0], len(of)-1)
}

// touched are the Item's hits as they stand apart from it.
func (i Item) touched() []Hit {
	out := slices.Clone(i.Hits)
	for j := range out {
		if out[j].Match != i.Change.Name {
			out[j].Listed = i.Change.Name
		}
	}
	return out
}

// Text is a hit in words: our party, the listed name that it bears or resembles, how alike they are, and why. A party that listed ones
// own resembles nobody: the reason says who owns how much.
func (h Hit) Text() string {
	return h.whom() + " " + h.predicate([]string{"“" + h.Match + "”" + h.listed()})
}

func (h Hit) whom() string { return fmt.Sprintf("%s (%s %s)", h.Name, h.Counterparties, h.ID) }

// predicate says what our party is to the listed parties that are named: several only where they own it together.
func (h Hit) predicate(listed []string) string {
	name := strings.Join(listed, " and ")
	if why, ok := strings.CutPrefix(h.Reason, "affiliate: "); ok && h.MatchedOn == "affiliate" {
		if sum, part, ok := strings.Cut(why, " = "); ok && strings.HasPrefix(part, sum+" ") && !strings.Contains(part, " + ") {
			why = part // a sum of one
		}
		if len(listed) > 1 {
			name += " together"
		}
		return fmt.Sprintf("is owned by %s: %s", name, why)
	}
	if why, ok := strings.CutPrefix(h.Reason, "red flag: "); ok && h.MatchedOn == "red flag" {
		holds := "holds"
		if len(listed) > 1 {
			holds = "hold"
		}
		return fmt.Sprintf("is a red flag, since %s %s a stake in it: %s", name, holds, why)
	}
	if why, ok := strings.CutPrefix(h.Reason, sameName); ok && h.certain() && (why == "" || strings.HasPrefix(why, ";")) {
		if h.MatchedOn == "alias" {
			name = "the alias " + name
		}
		return "has the same name as " + name + why
	}
	s := fmt.Sprintf("resembles %s, %.0f%%", name, 100*h.Score)
	if h.MatchedOn != "" && h.MatchedOn != "name" {
		s += " by " + h.MatchedOn
	}
	if h.Reason != "" {
		s += ": " + h.Reason
	}
	return s
}

// sameName begins the reason of a name that is a listed one.
const sameName = "the same name"

func (h Hit) listed() string {
	if h.Listed == "" {
		return ""
	}
	return " of " + h.Listed
}

// apart gives each Item what the head of the message has no room for: our counterparties beyond the first, and
// problems beyond the first.
func apart(items []Item, hits []Hit, unsaid map[string][]string) []Item {
	late := map[[2]string]bool{}
	if all := ownParties(hits); len(all) > maxOurs {
		for _, o := range all[maxOurs:] {
			late[[2]string{o.file, o.id}] = true
		}
	}
	out := slices.Clone(items)
	for i, it := range out {
		var f lines
		for _, h := range it.Hits {
			if late[[2]string{h.Counterparties, h.ID}] {
				f.put(LineAlarm, "our counterparty", []string{h.Text()})
			}
		}
		f.put(LineAlarm, "needs a human", unsaid[it.Change.ID])
		out[i].Apart = f
	}
	return out
}
