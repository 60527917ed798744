package rule

import (
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
)

// matcher gives each instruction its row, and each row its instruction. What is left over is a problem.
type matcher struct {
	ops      []op
	rows     []*row
	preamble string // normalised, between spaces
	pages    map[diff.ListID]int
	problems []diff.Problem
}

// match pairs by country and name: first the same name, then a row that begins with the name, then what must belong
// together.
func (m *matcher) match() {
	for _, r := range m.rows {
		r.parse(m.pages[r.list])
	}
	x := indexRows(m.rows)
	for _, by := range []struct {
		candidates func(*op) []*row
		same       func(*op, *row) bool
	}{{x.named, sameName}, {x.beginning, beginsWith}} {
		for i := range m.ops {
			o := &m.ops[i]
			if !o.lacksRow() {
				continue
			}
			for _, r := range by.candidates(o) {
				if !r.claimed && o.list == r.list && (o.country == "" || diff.SameCountry(o.country, r.country)) && by.same(o, r) {
					m.claim(o, r)
					break
				}
			}
		}
	}
	m.shared()
	m.renames()
	m.unnamed()
}

func (o *op) wantsRow() bool { return o.action != diff.Remove && o.action != diff.Republish }

// lacksRow reports whether an instruction that names its entry still lacks the row of it.
func (o *op) lacksRow() bool { return o.row == nil && !o.unnamed && o.wantsRow() }

func (m *matcher) claim(o *op, r *row) {
	o.row, r.claimed = r, true
}

func sameName(o *op, r *row) bool {
	if len(r.entries) == 0 {
		return false
	}
	n := diff.Normalise(o.name)
	return n == diff.Normalise(r.entries[0].Name) || r.entries[0].Kind == diff.Address &&
		n == diff.Normalise(r.entries[0].Remarks)
}

// beginsWith: the instruction's name is where the cell's name ends, whatever the cell looks like. The row is read again
// with that name.
func beginsWith(o *op, r *row) bool {
	if len(r.party) == 0 || o.name == "" {
		return false
	}
	rest, ok := cutName(r.party[0], o.name)
	if !ok {
		return false
	}
	const stand = "Standin Co., Ltd." // a name that no reader of cells can cut wrongly
	party := r.party
	r.party = append([]string{stand + rest}, party[1:]...)
	r.parse(0)
	r.party = party
	for i := range r.entries {
		e := &r.entries[i]
		if i == 0 {
			e.Name = o.name
			e.Key = diff.MakeKey(e.List, e.Country, e.Name)
		} else {
			e.Parent = r.entries[0].Key
		}
	}
	return true
}

// cutName cuts a name off the beginning of a line, whatever their punctuation; the rest begins behind the name.
func cutName(line, name string) (rest string, ok bool) {
	want := diff.Normalise(name)
	if want == "" {
		return "", false
	}
	for i := range line + " " {
		if i == 0 || i < len(line) && !strings.ContainsRune(" ,;.:(", rune(line[i])) {
			continue
		}
		if got := diff.Normalise(line[:i]); got == want {
			return strings.TrimPrefix(line[i:], "."), true
		} else if len(got) > len(want)+8 {
			return "", false
		}
	}
	return "", false
}

// shared lets several instructions on one entry use one row: "revise the entry", then "in the entry for …".
func (m *matcher) shared() {
	type entry struct {
		list          diff.ListID
		country, name string
	}
	of := func(o *op) entry { return entry{o.list, diff.FoldCountry(o.country), diff.Normalise(o.name)} }
	paired := map[entry][]*op{}
	for i := range m.ops {
		if o := &m.ops[i]; o.row != nil {
			paired[of(o)] = append(paired[of(o)], o)
		}
	}
	for i := range m.ops {
		o := &m.ops[i]
		if !o.lacksRow() {
			continue
		}
		for _, p := range paired[of(o)] {
			if o.action == diff.EditFields || p.action == diff.EditFields {
				o.row = p.row
			}
		}
	}
}

// renames pairs a revision whose name no row has with the one row that must be meant: one that still tells the old
// name, or the only one left in that country. An addition whose name differs from its row is paired where they are
// alike, and is a surprise.
func (m *matcher) renames() {
	if m.beyondLikeness() {
		return
	}
	for i := range m.ops {
		o := &m.ops[i]
		if !o.lacksRow() || o.action == diff.EditFields {
			continue
		}
		left := m.left(o.list, o.country)
		known := func(r *row) bool { return tells(r, o.name) }
		switch r, sure := pick(left, known); {
		case sure && o.action == diff.Revise:
			m.claim(o, r)
		case o.action == diff.Revise && len(left) == 1 && m.waiting(o) == 1:
			m.claim(o, left[0])
			if !m.vouched(o.name) {
				o.surprise("the row that follows is named " + strconv.Quote(name(left[0])) + ": taken as the new name of " +
					strconv.Quote(o.name))
			}
		default:
			if r, sure := pick(left, func(r *row) bool { return alike(name(r), o.name) }); sure {
				m.claim(o, r)
				if o.action == diff.Add || !m.vouched(o.name) {
					o.surprise("the instruction writes " + strconv.Quote(o.name) + ", the table " + strconv.Quote(name(r)))
				}
			}
		}
	}
}

// mostPairs bounds how many pairs of instructions and rows are compared by likeness: what no rule comes near (a rule of
// 200 parties, all misspelled, has 40,000) is a document that somebody made to be slow. Its instructions stay without
// rows, which is a problem of each.
const mostPairs = 250_000

func (m *matcher) beyondLikeness() bool {
	ops, rows := 0, 0
	for i := range m.ops {
		if m.ops[i].lacksRow() {
			ops++
		}
	}
	for _, r := range m.rows {
		if !r.claimed {
			rows++
		}
	}
	return ops*rows > mostPairs
}

func (o *op) surprise(text string) {
	o.note = append(o.note, diff.Problem{Kind: diff.Surprise, Text: text, Where: o.where})
}

func name(r *row) string {
	if len(r.entries) == 0 {
		return ""
	}
	return r.entries[0].Name
}

// left are the rows of a country that nothing has claimed.
func (m *matcher) left(list diff.ListID, country string) []*row {
	var out []*row
	for _, r := range m.rows {
		if !r.claimed && len(r.entries) > 0 && r.list == list && diff.SameCountry(r.country, country) {
			out = append(out, r)
		}
	}
	return out
}

// waiting counts the instructions that still lack a row in the same country.
func (m *matcher) waiting(o *op) int {
	n := 0
	for i := range m.ops {
		p := &m.ops[i]
		if p.row == nil && p.wantsRow() && p.list == o.list && diff.SameCountry(p.country, o.country) {
			n++
		}
	}
	return n
}

func pick(rows []*row, fits func(*row) bool) (found *row, sure bool) {
	for _, r := range rows {
		if fits(r) {
			if found != nil {
				return nil, false
			}
			found = r
		}
	}
	return found, found != nil
}

// tells reports whether a row gives a name as an alias or former name.
func tells(r *row, name string) bool {
	if len(r.entries) == 0 {
		return false
	}
	n := diff.Normalise(name)
	return slices.ContainsFunc(r.entries[0].OtherNames(), func(a string) bool { return diff.Normalise(a) == n })
}

// alike reports whether two names share most of their words.
func alike(a, b string) bool {
	x, y := strings.Fields(diff.Normalise(a)), strings.Fields(diff.Normalise(b))
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return shared > 0 && 2*shared >= max(len(x), len(y))
}

// vouched reports whether the preamble names somebody so.
func (m *matcher) vouched(name string) bool {
	n := diff.Normalise(name)
	return n != "" && strings.Contains(m.preamble, " "+n+" ")
}
