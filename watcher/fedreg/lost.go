package fedreg

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// lost compares what the searches found with what those of the look before found in the same days. Published documents
// do not go away: a search that finds none of them any more asks for something that is no longer there, most likely an
// agency under its former slug, and fails; one that misses most of them says so, and what it found is read.
func (l *look) lost() error {
	var gone []string
	before, again, now := l.lastFound(), 0, len(l.found)
	for number, day := range before {
		_, here := l.found[number]
		searched := day >= l.earliest() && day <= l.r.today() && !slices.ContainsFunc(l.still, func(p period) bool {
			return p.holds(day)
		})
		switch {
		case here:
			again++
		case searched:
			gone = append(gone, number)
		}
		l.found[number] = day // what is gone, or still to come for a clock that was set back, is looked for again
	}
	slices.Sort(gone)
	switch {
	case len(gone) > 0 && now == 0:
		return &diff.Refused{Reason: fmt.Sprintf("the search finds none of the %d documents that it found before (%s …): "+
			"does the Federal "+
			"Register still know the agency as %q?", len(gone), gone[0], l.agencies())}
	case len(gone) > 1 && len(gone) > again:
		l.out.Problems = append(l.out.Problems, diff.Problem{Kind: diff.Surprise, Where: "search", Text: fmt.Sprintf(
			"the search no longer finds %d of the %d documents that it found before (%s …)", len(gone), len(gone)+again,
			gone[0])})
	}
	l.keepFound()
	return nil
}

func (p period) holds(d diff.Date) bool { return d >= p.From && (p.To == "" || d <= p.To) }

// earliest is the first day that this look searched.
func (l *look) earliest() diff.Date { return l.r.periods(l.s)[0].From }

func (l *look) lastFound() map[string]diff.Date {
	out := map[string]diff.Date{}
	of, found, _ := strings.Cut(l.s.Mark(markFound), "\n")
	if of != l.agencies() {
		return out // of other agencies: the config has changed
	}
	for line := range strings.Lines(found) {
		if number, day, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			out[number] = diff.Date(day)
		}
	}
	return out
}

func (l *look) keepFound() {
	oldest := l.r.today().AddDays(-l.r.o.Window - 7)
	var lines []string
	for number, day := range l.found {
		if day >= oldest {
			lines = append(lines, number+"="+string(day))
		}
	}
	slices.Sort(lines)
	l.s.SetMark(markFound, l.agencies()+"\n"+strings.Join(lines, "\n"))
}

func (l *look) agencies() string { return strings.Join(l.r.o.Agencies, ", ") }
