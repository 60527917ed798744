package ecfr

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// limit of a part's size in bytes; the file has 2.5 MB.
const limit = 256 << 20

// supplements are the lists and their appendices, in the order of the part.
func supplements() []supplement {
	return []supplement{
		{diff.EntityList, "Supplement No. 4 to Part 744", 5},
		{diff.UnverifiedList, "Supplement No. 6 to Part 744", 3},
		{diff.MilitaryEndUserList, "Supplement No. 7 to Part 744", 3},
	}
}

type supplement struct {
	list    diff.ListID
	name    string // the attribute N of its DIV9
	columns int
}

// Parse reads the lists out of the XML of 15 CFR part 744 as the eCFR serves it. With lists it reads those and refuses
// a file that lacks one; without, it reads all that the file has. Snapshots come in the order of the supplements,
// Complete, as of o.AsOf (the file carries no date). A file that cannot be trusted gives a *diff.Refused; with
// o.Partial the whole rows of a cut file are read, Complete is false and the cut is a problem.
func Parse(r io.Reader, o diff.ReadOptions, lists ...diff.ListID) ([]diff.Snapshot, error) {
	doc, err := whole(r)
	if err != nil {
		return nil, err
	}
	snapshots, absent, err := parse(doc, o, lists)
	if err != nil {
		return nil, err
	}
	if len(absent) > 0 && len(lists) > 0 {
		return nil, records.Refuse("%s", absent[0].reason)
	}
	return snapshots, nil
}

// whole is the text of a file.
func whole(r io.Reader) (string, error) {
	var doc strings.Builder
	if sized, ok := r.(interface{ Len() int }); ok {
		doc.Grow(min(sized.Len(), limit) + 1)
	}
	if _, err := io.Copy(&doc, io.LimitReader(r, limit+1)); err != nil {
		return "", fmt.Errorf("ecfr: read part 744: %w", err)
	}
	if doc.Len() > limit {
		return "", records.Refuse("the file is larger than %d MB", limit>>20)
	}
	return doc.String(), nil
}

// absence is a wanted list that the file does not show.
type absence struct {
	list   diff.ListID
	reason string
}

// parse reads the wanted lists (all where none is named), and says which of them the file does not show.
func parse(doc string, o diff.ReadOptions, lists []diff.ListID) (snapshots []diff.Snapshot, absent []absence,
	err error) {
	if err := check(doc); err != nil {
		return nil, nil, err
	}
	p := parser{tokens: tokens{doc: doc}, options: o, found: map[diff.ListID]*table{}}
	cut := p.document(lists)
	if refused := (*diff.Refused)(nil); errors.As(cut, &refused) {
		return nil, nil, refused
	}
	if cut != nil && !o.Partial {
		if errors.Is(cut, errCut) {
			return nil, nil, records.Refuse("the file is cut: it ends %s", p.place())
		}
		return nil, nil, records.Refuse("the file is not well-formed XML: %v, %s", cut, p.place())
	}
	for _, s := range supplements() {
		if len(lists) > 0 && !slices.Contains(lists, s.list) {
			continue
		}
		switch t := p.found[s.list]; {
		case t == nil:
			absent = append(absent, absence{s.list, fmt.Sprintf("the file has no %s (%s)", s.name, s.list.Title())})
		case t.number == 0 && cut == nil:
			absent = append(absent, absence{s.list, fmt.Sprintf("%s (%s) has no table rows", s.name, s.list.Title())})
		default:
			snapshots = append(snapshots, p.snapshot(t, cut))
		}
	}
	if len(snapshots) == 0 {
		return nil, nil, records.Refuse("%s", absent[0].reason)
	}
	return snapshots, absent, nil
}

// check refuses what is plainly no XML of the eCFR.
func check(doc string) error {
	trimmed := strings.TrimSpace(strings.TrimPrefix(doc, "\xef\xbb\xbf"))
	head := strings.ToLower(trimmed[:min(len(trimmed), 512)])
	switch {
	case len(trimmed) == 0:
		return records.Refuse("the file is empty")
	case strings.HasPrefix(head, "<!doctype html"), strings.Contains(head, "<html"):
		return records.Refuse("the file is an HTML page, not XML")
	case trimmed[0] != '<':
		return records.Refuse("the file is not XML: it begins with %q", trimmed[:min(len(trimmed), 20)])
	case !utf8.ValidString(doc):
		return records.Refuse("the file is not UTF-8")
	}
	return nil
}

// snapshot makes a snapshot of a table; cut is why the document could not be read to its end.
func (p *parser) snapshot(t *table, cut error) diff.Snapshot {
	entries, count := t.entries()
	diff.NumberKeys(entries)
	s := diff.Snapshot{List: t.list, AsOf: p.options.AsOf, Complete: cut == nil, Entries: entries, Rows: count,
		Problems: t.problems, Unread: t.missed}
	if cut != nil {
		s.Problems = append(s.Problems, diff.Problem{Kind: diff.Unread, Text: fmt.Sprintf("not all was read: %v", cut),
			Where: p.place()})
	}
	return s
}
