package rule

import (
	"strconv"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// unnamed gives the rows that no instruction names to those that name nobody ("six Afghan entities").
func (m *matcher) unnamed() {
	var out []op
	for i := range m.ops {
		o := m.ops[i]
		if !o.unnamed {
			out = append(out, o)
			continue
		}
		rows := m.leftFor(o)
		if m.unnamedIn(o) > 1 {
			rows, o.action = share(rows, o)
		}
		if o.count > 0 && len(rows) != o.count || len(rows) == 0 {
			m.problems = append(m.problems, diff.Problem{Kind: diff.Surprise, Where: o.where,
				Text: "the instruction says " + number(o.count) + " but the table has " + strconv.Itoa(len(rows)) + " under " +
					o.country + ": " + o.text})
		}
		for _, r := range rows {
			p := o
			p.name = name(r)
			if p.country == "" {
				p.country = r.country
			}
			m.claim(&p, r)
			out = append(out, p)
		}
	}
	m.ops = out
}

// share divides a country's rows between "adding … six entities" and "revising … one entity": a revised row cites
// earlier rules. Where the numbers do not bear that out, the state must tell which is which.
func share(rows []*row, o op) ([]*row, diff.Action) {
	var fits []*row
	for _, r := range rows {
		if cited(r) == (o.action == diff.Revise) {
			fits = append(fits, r)
		}
	}
	if len(fits) == o.count {
		return fits, o.action
	}
	return rows[:min(o.count, len(rows))], diff.AddOrRevise
}

// cited reports whether a row cites an earlier rule.
func cited(r *row) bool {
	for _, c := range r.entries[0].Citations {
		if !lawtext.IsPlaceholder(c) {
			return true
		}
	}
	return false
}

func number(n int) string {
	if n == 0 {
		return "some"
	}
	return strconv.Itoa(n)
}

func (m *matcher) leftFor(o op) []*row {
	if o.country != "" {
		return m.left(o.list, o.country)
	}
	var out []*row
	for _, r := range m.rows {
		if !r.claimed && len(r.entries) > 0 && r.list == o.list {
			out = append(out, r)
		}
	}
	return out
}

// unnamedIn says how many unnamed instructions share a country.
func (m *matcher) unnamedIn(o op) int {
	n := 0
	for i := range m.ops {
		if p := m.ops[i]; p.unnamed && p.list == o.list && diff.SameCountry(p.country, o.country) {
			n++
		}
	}
	return n
}
