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

// text is a counterparty with all that it touches.
func (o ownParty) text() string {
	s := o.hits[0].Text()
	for _, h := range o.hits[1:] {
		s += "; it " + h.predicate()
	}
	return s
}

// touches ends the headline where our own parties are concerned: on a phone it is all that is read.
func touches(hits []Hit) string {
	all := ownParties(hits)
	names := make([]string, 0, 2)
	for _, o := range all[:min(len(all), 2)] {
		names = append(names, fmt.Sprintf("%s (%s)", quoted(Clean(o.name), maxEdit), Clean(o.id)))
	}
	switch len(all) {
	case 0:
		return ""
	case 1:
		return "; touches our " + names[0]
	case 2:
		return "; touches our " + names[0] + " and " + names[1]
	}
	return fmt.Sprintf("; touches our %s and %d more", names[0], len(all)-1)
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

// Text is a hit in words: our party, the listed name it resembles, how alike they are, and why. A party that listed
// ones own resembles nobody: the reason says who owns how much.
func (h Hit) Text() string {
	return fmt.Sprintf("%s (%s %s) %s", h.Name, h.Counterparties, h.ID, h.predicate())
}

func (h Hit) predicate() string {
	if why, ok := strings.CutPrefix(h.Reason, "affiliate: "); ok && h.MatchedOn == "affiliate" {
		if sum, part, ok := strings.Cut(why, " = "); ok && strings.HasPrefix(part, sum+" ") && !strings.Contains(part, " + ") {
			why = part // a sum of one
		}
		return fmt.Sprintf("is owned by “%s”%s: %s", h.Match, h.listed(), why)
	}
	s := fmt.Sprintf("resembles “%s”%s, %.0f %%", h.Match, h.listed(), 100*h.Score)
	if h.MatchedOn != "" && h.MatchedOn != "name" {
		s += " by " + h.MatchedOn
	}
	if h.Reason != "" {
		s += ": " + h.Reason
	}
	return s
}

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
