package ours

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"entitywatch/screen/names"
)

// Stake is one line of an owners file: owner holds percent of a party.
type Stake struct {
	Owned   string // id of the party that is owned
	Owner   string // id of the owner; made of the name where the file gives none
	Name    string // the owner's name, where the file gives one
	Percent float64
	Unknown bool // the share is not known: Percent is 0, and the stake is a red flag where the owner is listed
	Line    int
}

// Owners are the stakes of one owners file.
type Owners struct {
	stakes []Stake
	of     map[string][]int  // party to the stakes in it
	names  map[string]string // owner to name
}

// Stakes are the stakes in the order of the file.
func (o *Owners) Stakes() []Stake { return o.stakes }

// ReadOwners reads a CSV file with the columns id, percent, and owner_id or owner_name or both. What cannot be read is
// a RowError; stakes that come to more than 100 % of a party and circles of owners are reported by the line that makes
// them, and kept. A share that is left out, or said to be unknown, is a Stake of unknown share; so is one that cannot
// be read, which is reported besides.
func ReadOwners(r io.Reader) (*Owners, []RowError, error) {
	t, err := openTable(r, "id", "percent")
	if err != nil {
		return nil, nil, fmt.Errorf("reading owners: %w", err)
	}
	if !t.has("owner_id") && !t.has("owner_name") {
		return nil, nil, errors.New("reading owners: there must be a column owner_id or owner_name")
	}
	o := &Owners{of: map[string][]int{}, names: map[string]string{}}
	for {
		cells, line, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return o, t.finish(), fmt.Errorf("reading owners: after line %d: %w", t.lines.line, err)
		}
		s := Stake{Owned: t.cell(cells, "id"), Owner: t.cell(cells, "owner_id"), Name: t.cell(cells, "owner_name"),
			Line: line}
		problem, taken := s.complete(t.cell(cells, "percent"))
		if problem != "" {
			// also where the stake counts: a person has to read its share
			t.report(RowError{Line: line, ID: s.Owned, Text: problem})
		}
		if taken {
			o.add(s)
		}
	}
	o.sums(t.report)
	o.circles(t.report)
	return o, t.finish(), nil
}

// complete reads the share and makes an id for an owner that has only a name. It returns what is wrong, and whether the
// stake counts all the same.
func (s *Stake) complete(percent string) (problem string, taken bool) {
	switch {
	case s.Owned == "":
		return "the row has no id", false
	case s.Owner == "" && s.Name == "":
		return "the row names no owner", false
	}
	if s.Owner == "" {
		s.Owner = ownerKey(s.Name)
	}
	if s.Owner == s.Owned {
		return "the party owns itself; the row says nothing of who stands behind it", false
	}
	return s.readShare(percent)
}

// readShare reads a share in per cent. A share that nobody can read is unknown rather than nothing: who owns a party
// without anyone knowing how much is what Red Flag 29 (Supplement No. 3 to 15 CFR part 732) asks to be resolved.
func (s *Stake) readShare(percent string) (problem string, taken bool) {
	text := strings.ReplaceAll(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(percent), "%")), ",", ".")
	p, err := strconv.ParseFloat(text, 64)
	switch {
	case sayUnknown(text):
		s.Unknown = true
		return "", true
	case err != nil:
		s.Unknown = true
		return fmt.Sprintf("%q is not a share in per cent", percent), true
	case !(p > 0 && p <= 100):
		return fmt.Sprintf("a share of %s%% cannot be: it must be over 0 and at most 100", text), false
	}
	s.Percent = p
	return "", true
}

// sayUnknown reports whether a cell says that the share is not known: nothing, a dash or a question mark, or one of the
// usual words.
func sayUnknown(text string) bool {
	switch words := strings.Join(names.Fold(text), " "); words {
	case "", "unknown", "unk", "unknown share", "share unknown", "not known", "n a", "na", "nan", "null", "none given",
		"not available",
		"not stated", "undisclosed", "not disclosed", "tbd", "to be determined", "to be confirmed", "unclear":
		return true
	}
	return false
}

// ownerKey is the id of an owner that is known by name only.
func ownerKey(name string) string { return "name:" + strings.Join(names.Fold(name), " ") }

func (o *Owners) add(s Stake) {
	o.stakes = append(o.stakes, s)
	o.of[s.Owned] = append(o.of[s.Owned], len(o.stakes)-1)
	if s.Name != "" {
		o.names[s.Owner] = s.Name
	}
}

// sums reports the parties of which more than 100 % are owned, at the line that goes over.
func (o *Owners) sums(report func(RowError)) {
	total := map[string]float64{}
	for _, s := range o.stakes {
		before := total[s.Owned]
		total[s.Owned] += s.Percent
		if sum := total[s.Owned]; sum > 100.01 && before <= 100.01 {
			report(RowError{Line: s.Line, ID: s.Owned, Loaded: true, Text: fmt.Sprintf(
				"with this line the owners of %s hold %s: more than 100%%", s.Owned, percent(sum))})
		}
	}
}

// circles reports the stakes that close a circle of owners. It goes through owners of owners without calling itself: a
// file may make chains of millions.
func (o *Owners) circles(report func(RowError)) {
	type step struct {
		party string
		next  int // of the stakes in it
	}
	const done = -1
	place := map[string]int{} // on the path, from 1; done behind it
	for _, first := range o.stakes {
		if place[first.Owned] != 0 {
			continue
		}
		path := []step{{party: first.Owned}}
		for place[first.Owned] = 1; len(path) > 0; {
			at := &path[len(path)-1]
			stakes := o.of[at.party]
			if at.next == len(stakes) {
				place[at.party] = done
				path = path[:len(path)-1]
				continue
			}
			s := o.stakes[stakes[at.next]]
			at.next++
			switch from := place[s.Owner]; {
			case from == 0:
				path = append(path, step{party: s.Owner})
				place[s.Owner] = len(path)
			case from != done:
				parties := make([]string, 0, 2*sideOfCircle+1)
				for i := len(path) - 1; i >= from-1; i-- {
					if i == len(path)-1-sideOfCircle && i > from-1+sideOfCircle {
						i = from - 1 + sideOfCircle
						parties = append(parties, "…")
						continue
					}
					parties = append(parties, path[i].party)
				}
				text := "a circle of owners: " + strings.Join(append([]string{s.Owner}, parties...), " owns ")
				report(RowError{Line: s.Line, ID: s.Owned, Loaded: true, Text: text})
			}
		}
	}
}

// sideOfCircle is how many parties of a large circle are named on either side of what is left out.
const sideOfCircle = 10

// percent writes a share as people do: "33.3 %".
func percent(p float64) string {
	return strconv.FormatFloat(float64(int(p*100+0.5))/100, 'f', -1, 64) + "%"
}
