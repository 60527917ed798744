package ecfr

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"entitywatch/diff"
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

// Parse reads the lists out of the XML of 15 CFR part 744 as the eCFR serves it. With lists it reads those and refuses a file that
// lacks one; without, it reads all that the file has. Snapshots come in the order of the supplements, Complete, as of o.AsOf (the
// file carries no date). A file that cannot be trusted gives a *diff.Refused; with o.Partial the whole rows of a cut file are read,
// Complete is false and the cut is a problem.
func Parse(r io.Reader, o diff.ReadOptions, lists ...diff.ListID) ([]diff.Snapshot, error) {
	doc, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("ecfr: read part 744: %w", err)
	}
	if len(doc) > limit {
		return nil, refuse("the file is larger than %d MB", limit>>20)
	}
	snapshots, missing, err := parse(doc, o, lists)
	if err != nil {
		return nil, err
	}
	if len(missing) > 0 && len(lists) > 0 {
		return nil, refuse("the file has no %s (%s)", supplementOf(missing[0]).name, missing[0].Title())
	}
	return snapshots, nil
}

func refuse(format string, args ...any) error {
	return &diff.Refused{Reason: fmt.Sprintf(format, args...)}
}

func supplementOf(list diff.ListID) supplement {
	for _, s := range supplements() {
		if s.list == list {
			return s
		}
	}
	return supplement{list: list, name: list.Title()}
}

// parse reads the wanted lists (all where none is named) and says which of them the file lacks.
func parse(doc []byte, o diff.ReadOptions, lists []diff.ListID) (snapshots []diff.Snapshot, missing []diff.ListID, err error) {
	if err := check(doc); err != nil {
		return nil, nil, err
	}
	p := parser{tokens: tokens{doc: doc}, options: o}
	cut := p.document(lists)
	if cut != nil && !o.Partial {
		if errors.Is(cut, errCut) {
			return nil, nil, refuse("the file is cut: it ends %s", p.place())
		}
		return nil, nil, refuse("the file is no well-formed XML: %v %s", cut, p.place())
	}
	for _, s := range supplements() {
		if len(lists) > 0 && !slices.Contains(lists, s.list) {
			continue
		}
		if i := slices.IndexFunc(p.snapshots, func(n diff.Snapshot) bool { return n.List == s.list }); i < 0 {
			missing = append(missing, s.list)
		} else {
			snapshots = append(snapshots, p.snapshots[i])
		}
	}
	if len(snapshots) == 0 {
		return nil, nil, refuse("the file has no %s: it is not 15 CFR part 744", supplementOf(missing[0]).name)
	}
	for i := range snapshots {
		if err := p.settle(&snapshots[i], cut); err != nil {
			return nil, nil, err
		}
	}
	return snapshots, missing, nil
}

// check refuses what is plainly no XML of the eCFR.
func check(doc []byte) error {
	trimmed := bytes.TrimSpace(bytes.TrimPrefix(doc, []byte("\xef\xbb\xbf")))
	head := strings.ToLower(string(trimmed[:min(len(trimmed), 512)]))
	switch {
	case len(trimmed) == 0:
		return refuse("the file is empty")
	case strings.HasPrefix(head, "<!doctype html"), strings.Contains(head, "<html"):
		return refuse("the file is an HTML page, not XML")
	case trimmed[0] != '<':
		return refuse("the file is no XML: it begins with %q", string(trimmed[:min(len(trimmed), 20)]))
	case !utf8.Valid(doc):
		return refuse("the file is not UTF-8")
	}
	return nil
}

// settle finishes a snapshot: numbers the keys, and refuses a table without rows.
func (p *parser) settle(s *diff.Snapshot, cut error) error {
	if s.Rows == 0 && cut == nil {
		return refuse("%s has no table rows", supplementOf(s.List).name)
	}
	s.AsOf = p.options.AsOf
	s.Complete = cut == nil
	if cut != nil {
		s.Problems = append(s.Problems, diff.Problem{Kind: diff.Unread, Text: fmt.Sprintf("not all was read: %v", cut), Where: p.place()})
	}
	number(s.Entries)
	return nil
}

// number makes the keys unique; the parties inside an entry follow it, and get its new key as their parent.
func number(entries []diff.Entry) {
	keys := make(map[string]bool)
	for i := range entries {
		keys[entries[i].Key] = true
	}
	children := make([]bool, len(entries))
	for i := range entries {
		children[i] = keys[entries[i].Parent]
	}
	diff.NumberKeys(entries)
	parent := ""
	for i := range entries {
		if !children[i] {
			parent = entries[i].Key
		} else {
			entries[i].Parent = parent
		}
	}
}
