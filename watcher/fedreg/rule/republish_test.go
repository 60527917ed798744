package rule

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/ecfr"
)

// republishing is a rule that gives a text anew, as the Register prints one.
func republishing(instruction, summary, table string) string {
	return `<RULE><PREAMB><AGENCY TYPE="S">DEPARTMENT OF COMMERCE</AGENCY><SUBAGY>Bureau of Industry and ` +
		`Security</SUBAGY><CFR>15 CFR Part 744</CFR>` +
		`<SUBJECT>Revision of the Entity List</SUBJECT><SUM><HD SOURCE="HED">SUMMARY:</HD><P>` + summary +
		`</P></SUM></PREAMB><SUPLINF><PRTPAGE P="50001"/>` +
		`<REGTEXT TITLE="15" PART="744"><AMDPAR>` + instruction +
		`</AMDPAR><HD SOURCE="HD1">Supplement No. 4 to Part 744—Entity List</HD>` +
		table + `</REGTEXT></SUPLINF><FRDOC>[FR Doc. 2026-00007 Filed 3-24-26; 8:45 am]</FRDOC></RULE>`
}

// tableOf prints entries by country, each in the shape of a row of the Register.
func tableOf(entries []diff.Entry) string {
	p := &printer{script: &script{r: rand.New(rand.NewPCG(7, 7)), seed: 7}, page: 50001}
	var b strings.Builder
	b.WriteString(`<GPOTABLE COLS="5"><BOXHD>` + strings.Repeat(`<CHED H="1"> </CHED>`, 5) + `</BOXHD>`)
	country := ""
	for _, e := range entries {
		if e.Country != country {
			country = e.Country
			b.WriteString(`<ROW><ENT I="01">` + country + `</ENT></ROW>`)
		}
		b.WriteString(p.row(e, 5))
	}
	return b.String() + `</GPOTABLE>`
}

func republishedParties() []diff.Entry {
	var out []diff.Entry
	for _, e := range ownEntries() {
		if e.List == diff.EntityList {
			e.Key = diff.MakeKey(e.List, e.Country, e.Name)
			out = append(out, e)
		}
	}
	return out
}

func applied(t *testing.T, base []diff.Entry, xml string) diff.Application {
	t.Helper()
	act, err := ParseXML(strings.NewReader(xml), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range act.Problems {
		if p.Kind != diff.SourceSlip && !strings.Contains(p.Text, "FR") {
			t.Errorf("problem of the act: %s (%s)", p.Text, p.Where)
		}
	}
	return diff.Apply(diff.State{Entries: diff.Compare(diff.Snapshot{},
		diff.Snapshot{List: diff.EntityList, Complete: true, Entries: base}).Entries}, act)
}

func told(a diff.Application) []string {
	out := []string{}
	for _, c := range a.Changes {
		out = append(out, string(c.Change)+" "+c.Country+": "+c.Name)
	}
	slices.Sort(out)
	return out
}

const (
	wholeAnew   = "2. Revise and republish supplement no. 4 to part 744 to read as follows:"
	countryAnew = "2. In supplement no. 4 to part 744, under CANADA, revise and republish the entries to read as follows:"
	entryAnew   = "2. In supplement no. 4 to part 744, under CANADA, revise and republish the entry for “Bcan Trading " +
		"Co., Ltd.” to read as follows:"
)

// TestRevisedAndRepublished: a text given anew takes away what it does not have within its scope, and says nothing by
// having the rest.
func TestRevisedAndRepublished(t *testing.T) {
	all := republishedParties()
	canada := slices.DeleteFunc(slices.Clone(all), func(e diff.Entry) bool { return e.Country != "CANADA" })
	without := func(entries []diff.Entry, name string) []diff.Entry {
		return slices.DeleteFunc(slices.Clone(entries), func(e diff.Entry) bool { return e.Name == name })
	}
	with := func(entries []diff.Entry, name string, change func(*diff.Entry)) []diff.Entry {
		out := slices.Clone(entries)
		change(&out[slices.IndexFunc(out, func(e diff.Entry) bool { return e.Name == name })])
		return out
	}
	moved := func(e *diff.Entry) { e.Addresses = []string{"1 Short Road, New Town"} }
	further := func(entries []diff.Entry) []diff.Entry {
		e := entries[0]
		e.Name, e.Key, e.Aliases = "Zeta Works Inc.", diff.MakeKey(e.List, e.Country, "Zeta Works Inc."), nil
		return slices.Insert(slices.Clone(entries), 1, e)
	}
	abroad := func(entries []diff.Entry) []diff.Entry {
		out := with(entries, "Bcan Trading Co., Ltd.", func(e *diff.Entry) { e.Country = "GERMANY" })
		slices.SortStableFunc(out, func(a, b diff.Entry) int { return strings.Compare(a.Country, b.Country) })
		return out
	}
	for _, c := range []struct {
		name, instruction string
		rows              []diff.Entry
		want              []string
		doubts            int
	}{
		{"the whole list as it stands", wholeAnew, all, nil, 0},
		{"the whole list, one gone", wholeAnew, without(all, "Ccan Trading Co., Ltd."),
			[]string{"removed CANADA: Ccan Trading Co., Ltd."}, 0},
		{"the whole list, one further and one moved", wholeAnew, further(with(all, "Ager Trading Co., Ltd.", moved)),
			[]string{"added CANADA: Zeta Works Inc.", "amended GERMANY: Ager Trading Co., Ltd."}, 0},
		{"the old words for it", "2. Supplement No. 4 to part 744 is revised to read as follows:",
			without(all, "Arus Trading Co., Ltd."),
			[]string{"removed RUSSIA: Arus Trading Co., Ltd."}, 0},
		{"the part named first", "2. Amend part 744 by revising and republishing supplement no. 4 to read as follows:",
			without(all, "Arus Trading Co., Ltd."),
			[]string{"removed RUSSIA: Arus Trading Co., Ltd."}, 0},
		{"no part named", "2. Supplement no. 4 is revised and republished to read as follows:",
			without(all, "Arus Trading Co., Ltd."),
			[]string{"removed RUSSIA: Arus Trading Co., Ltd."}, 0},
		{"with the list's name", "2. Supplement No. 4 to part 744—Entity List is revised in its entirety as follows:",
			without(all, "Arus Trading Co., Ltd."),
			[]string{"removed RUSSIA: Arus Trading Co., Ltd."}, 0},
		{"one entry moved to another country", wholeAnew, abroad(all),
			[]string{"added GERMANY: Bcan Trading Co., Ltd.", "removed CANADA: Bcan Trading Co., Ltd."}, 0},
		{"one entry moved, by an instruction on its own",
			"2. In supplement no. 4 to part 744, under GERMANY, revise and republish the entry for “Bcan Trading Co., Ltd.” to read as follows:",
			slices.DeleteFunc(abroad(all), func(e diff.Entry) bool {
				return e.Name != "Bcan Trading Co., Ltd."
			}), []string{"added GERMANY: Bcan Trading Co., Ltd."}, 0},
		{"one country as it stands", countryAnew, canada, nil, 0},
		{"one country, one gone", countryAnew, without(canada, "Bcan Trading Co., Ltd."),
			[]string{"removed CANADA: Bcan Trading Co., Ltd."}, 0},
		{"one country, by adding to it",
			"2. Supplement no. 4 to part 744 is amended by revising and republishing the entries under CANADA to read as " +
				"follows:",
			further(canada), []string{"added CANADA: Zeta Works Inc."}, 0},
		{"nested under its country",
			"2. Amend supplement no. 4 to part 744 by revising and republishing the heading “CANADA” and its entries to read " +
				"as follows:",
			with(canada, "Ccan Trading Co., Ltd.", moved), []string{"amended CANADA: Ccan Trading Co., Ltd."}, 0},
		{"one entry", entryAnew, with(canada, "Bcan Trading Co., Ltd.", moved)[1:2],
			[]string{"amended CANADA: Bcan Trading Co., Ltd."}, 0},
		{"a country that would vanish", wholeAnew, slices.DeleteFunc(slices.Clone(all), func(e diff.Entry) bool {
			return e.Country == "GERMANY"
		}), nil, 1},
		// three other countries, and what is left of Canada
		{"more gone than a list loses at once", wholeAnew, all[:2:2], nil, 4},
	} {
		if c.name == "more gone than a list loses at once" {
			c.rows = append(slices.Clone(c.rows), firstOfEach(all[9:])...)
			c.doubts = 1
		}
		got := applied(t, all, republishing(c.instruction, "", tableOf(c.rows)))
		if w := append([]string{}, c.want...); !slices.Equal(told(got), w) {
			t.Errorf("%s: got %q, want %q", c.name, told(got), w)
		}
		if len(got.Problems) != c.doubts {
			t.Errorf("%s: problems %v, want %d", c.name, got.Problems, c.doubts)
		}
		if left := len(got.State.Entries); len(c.want) == 0 && left != len(all) {
			t.Errorf("%s: %d of %d entries stand afterwards", c.name, left, len(all))
		}
	}
}

func firstOfEach(entries []diff.Entry) (out []diff.Entry) {
	for _, e := range entries {
		if len(out) == 0 || out[len(out)-1].Country != e.Country {
			out = append(out, e)
		}
	}
	return out
}

// TestRepublishedAgainstItsOwnNumbers: what the document says of itself is compared with what the new text does to the
// list, and a country that it says it empties may go.
func TestRepublishedAgainstItsOwnNumbers(t *testing.T) {
	all := republishedParties()
	rows := slices.DeleteFunc(slices.Clone(all), func(e diff.Entry) bool { return e.Country == "GERMANY" })
	say := func(n int) string {
		return fmt.Sprintf("The Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR) "+
			"by removing %d entries from the Entity List, under the destination of Germany (%d).", n, n)
	}
	if got := applied(t, all, republishing(wholeAnew, say(9), tableOf(rows))); len(got.Changes) != 9 ||
		len(got.Problems) != 0 {
		t.Errorf("a country that the document empties: %q, problems %v", told(got), got.Problems)
	}
	if got := applied(t, all, republishing(wholeAnew, say(7), tableOf(rows))); len(got.Problems) == 0 {
		t.Errorf("nine gone where the document says seven: no problem")
	}
}

// TestRepublishedWithoutRows: where no row of the new text can be read, nothing may be taken for gone.
func TestRepublishedWithoutRows(t *testing.T) {
	all := republishedParties()
	got := applied(t, all, republishing(wholeAnew, "", ""))
	if len(got.Changes) != 0 || len(got.Problems) != 1 || len(got.State.Entries) != len(all) {
		t.Errorf("got %q, problems %v, %d entries", told(got), got.Problems, len(got.State.Entries))
	}
}

// TestRepublishedAtFullSize gives the real list anew in the shape of the Register: nothing follows. With a row gone,
// that removal does.
func TestRepublishedAtFullSize(t *testing.T) {
	raw := require.File(t, "ecfr/part-744_2026-03-25.xml.gz")
	snaps, err := ecfr.Parse(bytes.NewReader(raw), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	base := snaps[0].Entries
	_, text, _ := strings.Cut(string(raw), `N="Supplement No. 4 to Part 744"`)
	text, _, _ = strings.Cut(text, "</TBODY>")
	rows := strings.SplitAfter(asRule(text, 5), "</ROW>")
	table := func(rows []string) string { return strings.Join(rows, "") }
	if got := applied(t, base, republishing(wholeAnew, "", table(rows))); len(got.Changes) != 0 || len(got.Problems) != 0 {
		t.Errorf("%d changes, such as %q; problems %v", len(got.Changes), told(got)[:min(12, len(got.Changes))], got.Problems)
	}
	for at := 40; at < len(rows); at += len(rows) / 4 {
		for !strings.HasPrefix(rows[at], "\n<ROW RUL=") || strings.Count(rows[at], "<ENT") < 5 ||
			strings.HasPrefix(rows[at+1], "<ROW><ENT") {
			at++ // a row with an entry of its own, not the last of a country
		}
		got := applied(t, base, republishing(wholeAnew, "", table(slices.Delete(slices.Clone(rows), at, at+1))))
		heads := 0
		for _, c := range got.Changes {
			if c.Change != diff.Removed || !strings.Contains(diff.Normalise(rows[at]), diff.Normalise(c.Name)) {
				t.Errorf("without the row %.120q: %s %s", rows[at], c.Change, c.Name)
			}
			if !c.Before.Within {
				heads++
			}
		}
		if heads != 1 || len(got.Problems) != 0 {
			t.Errorf("without the row %.120q: %q, problems %v", rows[at], told(got), got.Problems)
		}
	}
}

// TestRepublishedInPart: where a part is given anew whose extent the words do not give, absence from the table removes
// nobody.
func TestRepublishedInPart(t *testing.T) {
	all := republishedParties()
	rows := slices.DeleteFunc(slices.Clone(all), func(e diff.Entry) bool { return e.Country != "CANADA" })[:8]
	for instruction, unread := range map[string]bool{
		"2. In supplement no. 4 to part 744, under CANADA, revise and republish the following entries to read as " +
			"follows:": false,
		"2. In supplement no. 4 to part 744, under CANADA, revise and republish eight entries to read as " +
			"follows:": false,
		"2. In supplement no. 4 to part 744, revise and republish the “License requirement” column for CANADA to read as " +
			"follows:": true,
		"2. In supplement no. 4 to part 744, revise and republish footnote 5 for CANADA to read as " +
			"follows:": true,
		"2. In supplement no. 4 to part 744, under CANADA, the entry for “Bcan Trading Co., Ltd.” is revised and " +
			"republished as follows:": true,
	} {
		act, err := ParseXML(strings.NewReader(republishing(instruction, "", tableOf(rows))), diff.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		base := diff.Compare(diff.Snapshot{}, diff.Snapshot{List: diff.EntityList, Complete: true, Entries: all}).Entries
		for _, c := range diff.Apply(diff.State{Entries: base}, act).Changes {
			if c.Change == diff.Removed {
				t.Errorf("%s: %s is removed", instruction, c.Name)
			}
		}
		if diff.NeedsHuman(act.Problems) != unread { // rows that no instruction accounts for
			t.Errorf("%s: problems %v", instruction, act.Problems)
		}
	}
}

// A scope that could not be read is not the whole list: nobody is taken for removed who is absent from its table.
func TestRepublishedScopeThatIsNotRead(t *testing.T) {
	for text, whole := range map[string]bool{
		"Under FREEDONIA, revise and republish the entries to read as " +
			"follows:": false,
		"Revise and republish the entries beginning with the letter A to read as " +
			"follows:": false,
		"Revise and republish all entries of banks to read as " +
			"follows:": false,
		"Supplement No. 4 to part 744 is republished to read as " +
			"follows:": true,
		"Supplement No. 4 to part 744 is amended by revising and republishing the table to read as " +
			"follows:": true,
		"In Supplement No. 4 to part 744, revise and republish the Entity List in its entirety to read as " +
			"follows:": true,
		"Supplement No. 4 to part 744 is amended by revising and republishing the entries for Freedonia to read as " +
			"follows": false,
	} {
		typescript := strings.Replace(typed, "by adding an entry for “Delta Shipping Ltd.”",
			"by adding an entry for “Delta Shipping Ltd.”.\nd. "+text, 1)
		a, err := ParseText(strings.NewReader(typescript), diff.ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(a.Amendments, func(am diff.Amendment) bool {
			return am.Action == diff.Republish && am.Country == ""
		})
		if got != whole || !whole && !diff.NeedsHuman(a.Problems) {
			t.Errorf("%s: whole list %v, problems %v", text, got, a.Problems)
		}
	}
}
