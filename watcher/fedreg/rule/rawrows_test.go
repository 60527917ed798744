package rule

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/ecfr"
)

var (
	tableRow  = regexp.MustCompile(`(?s)<TR>(.*?)</TR>`)
	tableCell = regexp.MustCompile(`(?s)<TD[^>]*?(?:/>|>(.*?)</TD>)`)
	breaks    = regexp.MustCompile(`\s*<br/>\s*`)
)

// asRule prints rows of the eCFR as the Federal Register does: breaks become list items, blank lines go, superscripts
// are SU.
func asRule(supplement string, cols int) string {
	var b strings.Builder
	for _, m := range tableRow.FindAllStringSubmatch(supplement, -1) {
		cells := tableCell.FindAllStringSubmatch(m[1], -1)
		if len(cells) != cols {
			continue
		}
		if c := strings.TrimSpace(cells[0][1]); c != "" {
			b.WriteString(`<ROW><ENT I="01">` + c + `</ENT></ROW>`)
		}
		rest := 0
		for _, c := range cells[2:] {
			rest += len(strings.TrimSpace(c[1]))
		}
		lines := breaks.Split(strings.TrimSpace(cells[1][1]), -1)
		b.WriteString(`<ROW RUL="s"><ENT I="22"> </ENT><ENT>` + lines[0])
		for _, l := range lines[1:] {
			if strings.TrimSpace(l) != "" {
				b.WriteString("\n<LI>" + l + "</LI>")
			}
		}
		b.WriteString("</ENT>")
		for _, c := range cells[2:] {
			if rest > 0 || cols == 3 {
				b.WriteString("<ENT>" + c[1] + "</ENT>")
			}
		}
		b.WriteString("</ROW>\n")
	}
	r := strings.NewReplacer("<sup>", "<SU>", "</sup>", "</SU>", "<br/>", " ", "<I>", "", "</I>", "")
	return `<GPOTABLE>` + r.Replace(b.String()) + `</GPOTABLE>`
}

// TestRowsAsRules prints every row of the three lists in the rules' markup and compares what is read with what the
// eCFR's reader reads.
func TestRowsAsRules(t *testing.T) {
	doc := require.File(t, "ecfr/part-744_2026-03-25.xml.gz")
	snaps, err := ecfr.Parse(bytes.NewReader(doc), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, number := range []string{"4", "6", "7"} {
		s := snaps[i]
		_, text, _ := strings.Cut(string(doc), `N="Supplement No. `+number+` to Part 744"`)
		text, _, _ = strings.Cut(text, "</DIV9>")
		cols := 3
		if number == "4" {
			cols = 5
		}
		tree, err := readTree(strings.NewReader(asRule(text, cols)))
		if err != nil {
			t.Fatal(err)
		}
		r := &tableReader{list: s.List}
		r.read(tree)
		var got []diff.Entry
		for _, row := range r.rows {
			row.parse(0)
			got = append(got, row.entries...)
		}
		compareRows(t, s, got, r.problems)
	}
}

func compareRows(t *testing.T, s diff.Snapshot, got []diff.Entry, problems []diff.Problem) {
	t.Helper()
	for _, p := range problems {
		t.Errorf("%s: %v", s.List, p)
	}
	want := map[string][]diff.Entry{}
	for _, e := range s.Entries {
		k := diff.Normalise(e.Country + "/" + e.Name)
		want[k] = append(want[k], e)
	}
	names, texts, missed, wrong := 0, 0, 0, 0
	for _, e := range got {
		names++
		k := diff.Normalise(e.Country + "/" + e.Name)
		if len(want[k]) == 0 {
			missed++
			t.Logf("%s: %q under %s is not in the eCFR's reading", s.List, e.Name, e.Country)
			continue
		}
		w := want[k][0]
		want[k] = want[k][1:]
		for _, pair := range [][2][]string{{e.Aliases, w.Aliases}, {e.Addresses, w.Addresses}} {
			texts += max(len(pair[0]), len(pair[1]))
			if n := differ(pair[0], pair[1]); n > 0 {
				wrong += n
				t.Logf("%s: %s: %q, the eCFR's reader %q", s.List, e.Name, pair[0], pair[1])
			}
		}
	}
	t.Logf("%s: %d entries (eCFR %d), %d with another name; %d of %d aliases and addresses differ", s.List, names,
		len(s.Entries), missed, wrong, texts)
	if names != len(s.Entries) || missed*200 > names || wrong*100 > texts {
		t.Errorf("%s: rows in the rules' markup read otherwise than the list's", s.List)
	}
}
