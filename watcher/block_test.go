package watcher_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/internal/require"
)

var (
	blockRow  = regexp.MustCompile(`(?s)<TR>\s*<TD[^>]*>\s*</TD>\s*<TD[^>]*>([^<]*)</TD>\s*<TD[^>]*/>\s*</TR>\s*`)
	blockHead = regexp.MustCompile(`(?s)<TR>\s*<TD[^>]*>[^<]*</TD>\s*<TD[^>]*>The following \w+ subordinate.*?</TR>\s*`)
)

// militaryEndUsers is a list with two groups of subordinate institutions, labels between the rows of each as the eCFR has them; the rows of
// a group have no citation, which their heading has or has not.
func militaryEndUsers() string {
	cell := func(texts ...string) string {
		row := "<TR>\n"
		for _, s := range texts {
			if s == "" {
				row += "<TD class=\"left\"/>\n"
				continue
			}
			row += "<TD class=\"left\">" + s + "</TD>\n"
		}
		return row + "</TR>\n"
	}
	var b strings.Builder
	b.WriteString("<DIV5 N=\"744\" TYPE=\"PART\">\n<DIV9 N=\"Supplement No. 7 to Part 744\" TYPE=\"APPENDIX\">\n<TABLE><THEAD><TR><TH>Country</TH><TH>Entity</TH>" +
		"<TH>Federal Register citation</TH></TR></THEAD>\n<TBODY>\n")
	b.WriteString(cell("CHINA", "Marsholm Research Institute, 1 Canal Road, Wuxi, China", "85 FR 83799, 12/23/2020."))
	for i, group := range []string{"Tarnow Engine Corporation of China", "Sundal Industry Group of China"} {
		b.WriteString(cell(" ", "The following seven subordinate institutions of "+group+":", []string{"", "85 FR 83799, 12/23/2020."}[i]))
		for n := range 7 {
			b.WriteString(cell(" ", "<E T=\"03\">Subordinate institution:</E>", ""))
			name := strings.Fields(group)[0] + " " + []string{"Optics", "Lathe", "Aero", "Turbine", "Metals", "Casting", "Gear"}[n] + " Co. Ltd."
			b.WriteString(cell(" ", name+", No. "+string(rune('1'+n))+" Harbour Road, Wuxi, China", ""))
		}
		b.WriteString(cell(" ", "Kettle Works No. "+string(rune('1'+i))+", Harbin, China", "85 FR 83799, 12/23/2020."))
	}
	return b.String() + "</TBODY></TABLE>\n</DIV9>\n</DIV5>\n"
}

// block tries a list with groups: each row of a group is deleted alone, with its label and without, and the heading of each group.
func block(t *testing.T, good string) {
	f := newFeed(t, shapeOf(t, "ecfr"), diff.MilitaryEndUserList)
	f.shows(good)
	f.want(f.poll())
	state := f.inForceOf(f.list)
	back := func() {
		t.Helper()
		f.shows(good)
		f.want(f.poll(), "notice recovered entity-list")
		if f.inForceOf(f.list) != state {
			t.Fatal("the state in force is another one")
		}
		f.now = f.now.Add(25 * time.Hour) // the same state within a day would be flapping
	}
	tried := 0
	start := strings.Index(good, `<DIV9 N="Supplement No. 7 to Part 744"`)
	for _, at := range blockRow.FindAllStringSubmatchIndex(good[start:], -1) {
		text := good[start+at[2] : start+at[3]]
		if strings.Contains(text, "ubordinate ins") {
			continue
		}
		tried++
		name, _, _ := strings.Cut(text, ", ")
		for _, from := range []int{at[0], strings.LastIndex(good[start:start+at[0]], "<TR>")} {
			f.shows(good[:start+from] + good[start+at[1]:])
			got := f.poll()
			if len(got) != 1 || got[0] != "notice missing entity-list" {
				t.Fatalf("%s deleted: told %q: %s", name, got, f.heldReason())
			}
			f.want(f.poll())
			if f.inForceOf(f.list) != state {
				t.Fatalf("%s is not in force any more", name)
			}
			back()
		}
	}
	heads := blockHead.FindAllStringIndex(good[start:], -1)
	for _, at := range heads {
		f.shows(good[:start+at[0]] + good[start+at[1]:])
		got := f.poll()
		if len(got) != 1 || got[0] != "notice held entity-list" || !strings.Contains(f.heldReason(), "out of its group") {
			t.Fatalf("the heading of a group deleted: told %q: %s", got, f.heldReason())
		}
		f.want(f.poll())
		back()
	}
	t.Logf("%d rows of %d groups deleted, each alone", tried, len(heads))
	if tried < 14 || len(heads) != 2 {
		t.Errorf("only %d rows of %d groups were tried", tried, len(heads))
	}
}

func shapeOf(t *testing.T, name string) damage.Shape {
	t.Helper()
	for _, s := range damage.Shapes() {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no shape %s", name)
	return damage.Shape{}
}

// A row of a group of the Military End-User List has neither citation nor country of its own: deleted alone, it is missing and nothing else
// is, and it stays in force. A group that lost its heading is no change of its members.
func TestRowsWithinAGroupOfTheMilitaryEndUserList(t *testing.T) { block(t, militaryEndUsers()) }

// TestReferenceRowsWithinAGroup is the same over the real list.
func TestReferenceRowsWithinAGroup(t *testing.T) {
	for _, day := range []string{"2026-03-25", "2026-07-18"} {
		t.Run(day, func(t *testing.T) { block(t, string(require.File(t, "ecfr/part-744_"+day+".xml.gz"))) })
	}
}
