package ecfr_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"

	"entitywatch/diff"
)

// TestReferenceKeepsEveryWord reads the party cells a second time, by encoding/xml, and finds each of their words again in the entries
// made of them. Only the words that introduce aliases, parts and addresses may be gone.
func TestReferenceKeepsEveryWord(t *testing.T) {
	connective := strings.Fields("a k f aka the following follow and andblg alias aliases aliaes or to include as including named for entity entities " +
		"subordinate institution institutions instituion affiliated addresses address alt apply")
	for _, c := range []struct {
		list    diff.ListID
		name    string
		columns int
	}{
		{diff.EntityList, "Supplement No. 4 to Part 744", 5},
		{diff.UnverifiedList, "Supplement No. 6 to Part 744", 3},
	} {
		cells := partyCells(t, part744(t, "2026-03-25"), c.name, c.columns)
		var entries [][]diff.Entry
		for _, e := range snapshot(t, "2026-03-25", c.list).Entries {
			if inside(e) {
				entries[len(entries)-1] = append(entries[len(entries)-1], e)
			} else {
				entries = append(entries, []diff.Entry{e})
			}
		}
		if len(cells) != len(entries) {
			t.Fatalf("%s: %d cells, %d entries", c.list, len(cells), len(entries))
		}
		for i, cell := range cells {
			kept := map[string]bool{}
			for _, e := range entries[i] {
				for _, text := range slices.Concat([]string{e.Name, e.Remarks}, e.Aliases, e.FormerNames, e.Addresses, e.Notes) {
					for _, w := range words(text) {
						kept[w] = true
					}
				}
			}
			for _, w := range words(cell) {
				glued := kept[strings.TrimPrefix(w, "and")]
				if !kept[w] && !glued && !slices.Contains(connective, w) && !counts(w) {
					t.Errorf("%s: the word %q is lost", entries[i][0].Key, w)
				}
			}
		}
	}
}

// counts reports whether a word is one of those that state how many aliases follow.
func counts(w string) bool {
	return slices.Contains(strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen 11 12 13 15 22 26 6"), w)
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// partyCells are the texts of a supplement's second column, rows without further cells joined to the one above.
func partyCells(t *testing.T, doc []byte, name string, columns int) []string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(doc))
	var all, row []string
	inside, body, cell := false, false, false
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			switch tok.Name.Local {
			case "DIV9":
				inside = slices.ContainsFunc(tok.Attr, func(a xml.Attr) bool { return a.Name.Local == "N" && a.Value == name })
			case "TBODY":
				body = inside
			case "TR":
				row = nil
			case "TD":
				row, cell = append(row, ""), true
			case "br":
				if cell {
					row[len(row)-1] += "\n"
				}
			}
		case xml.CharData:
			if cell {
				row[len(row)-1] += string(tok)
			}
		case xml.EndElement:
			switch {
			case tok.Name.Local == "TD":
				cell = false
			case tok.Name.Local == "TBODY":
				body = false
			case tok.Name.Local == "TR" && body && len(row) == columns:
				if columns == 5 && strings.TrimSpace(row[2]+row[3]+row[4]) == "" {
					all[len(all)-1] += "\n" + row[1]
				} else {
					all = append(all, row[1])
				}
			}
		}
	}
}
