package csl

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// gather collects the rows of one file by list.
type gather struct {
	log     records.Log
	o       diff.ReadOptions
	entries map[diff.ListID]entries
	unread  map[diff.ListID][]diff.UnreadRecord // rows that cannot be read and whose list is known
	total   int                                 // how many records the file says that it has; 0 where it does not
	whole   bool                                // false when the file is cut
	ids     map[string]string                   // _id: where it stood first
	numbers map[numbered]bool                   // list and entity_number
	strange map[string]*strangeRow              // sources that we do not know
	texts   map[string]string                   // texts that many rows share
	sources map[string]diff.ListID              // the lists that names of sources stand for
	known   map[string]bool                     // keys of a JSON record
	rec     jsonRow                             // the JSON record at hand
}

// entries are those of one list in pieces of one size: a list that grows as a whole is copied several times over.
type entries [][]diff.Entry

func (all entries) with(e diff.Entry) entries {
	const size = 128
	if n := len(all); n == 0 || len(all[n-1]) == size {
		all = append(all, make([]diff.Entry, 0, size))
	}
	last := &all[len(all)-1]
	*last = append(*last, e)
	return all
}

type numbered struct {
	list   diff.ListID
	number string
}

// named reports whether a name has a letter or a digit in it.
func named(name string) bool {
	return strings.IndexFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

type strangeRow struct {
	where string
	n     int
}

func newGather(o diff.ReadOptions) *gather {
	return &gather{
		o: o, entries: map[diff.ListID]entries{}, unread: map[diff.ListID][]diff.UnreadRecord{}, whole: true,
		ids: map[string]string{}, numbers: map[numbered]bool{}, strange: map[string]*strangeRow{}, texts: map[string]string{},
		sources: map[string]diff.ListID{},
	}
}

// list is the list of a source, looked up once for each name.
func (g *gather) list(source string) (diff.ListID, bool) {
	list, seen := g.sources[source]
	if !seen {
		list, _ = listOf(source)
		g.sources[source] = list
	}
	return list, list != ""
}

// add takes one row, read from the place where.
func (g *gather) add(r *row, where func() string) {
	list, known := g.list(r.Source)
	switch {
	case strings.TrimSpace(r.Source) == "":
		g.log.Miss(r.print(""), where(), "the row cannot be read: it names no source list")
		return
	case !known:
		if g.strange[r.Source] == nil {
			g.strange[r.Source] = &strangeRow{where: where()}
		}
		g.strange[r.Source].n++
		return
	case !named(r.Name):
		g.unread[list] = append(g.unread[list], r.print(list))
		g.log.MissIn(where(), "the row of %q cannot be read: it has no name", r.Source)
		return
	}
	g.doubled(r, list, where)
	r.LicenseRequirement, r.LicensePolicy = g.shared(r.LicenseRequirement), g.shared(r.LicensePolicy)
	g.entries[list] = g.entries[list].with(r.entry(list))
}

// doubled reports ids that stand twice. One party on two lists has the same id on both, which is in order; in a file
// that was glued together (Partial) it may as well be the seam.
func (g *gather) doubled(r *row, list diff.ListID, where func() string) {
	if g.o.Partial && r.ID != "" {
		if first, twice := g.ids[r.ID]; twice {
			g.log.Note(diff.Unread, where(), "the id %s stands twice, first on %s", r.ID, first)
		} else {
			g.ids[r.ID] = where()
		}
	}
	if r.EntityNumber == "" {
		return
	}
	number := numbered{list, r.EntityNumber}
	if g.numbers[number] {
		g.log.Note(diff.SourceSlip, where(), "the entity number %s stands twice on %s", r.EntityNumber, list.Title())
	}
	g.numbers[number] = true
}

// shared keeps one copy of a text that thousands of rows repeat.
func (g *gather) shared(s string) string {
	if kept, ok := g.texts[s]; ok {
		return kept
	}
	g.texts[s] = s
	return s
}

// snapshots are the lists that were seen, in the order of diff.Lists. What concerns the file as a whole stands on the
// first.
func (g *gather) snapshots() ([]diff.Snapshot, error) {
	if err := g.log.Verdict("the Consolidated Screening List", g.o.Partial); err != nil {
		return nil, fmt.Errorf("csl: %w", err)
	}
	for source, s := range g.strange {
		g.log.Note(diff.Unread, s.where, "the list %q is not known here; its %d rows were not read", source, s.n)
	}
	var out []diff.Snapshot
	for _, list := range diff.Lists() {
		entries := slices.Concat(g.entries[list]...)
		if len(entries) == 0 && len(g.unread[list]) == 0 {
			continue
		}
		diff.NumberKeys(entries)
		out = append(out, diff.Snapshot{
			List: list, AsOf: g.o.AsOf, Complete: g.whole, Entries: entries, Rows: len(entries),
			Unread: slices.Concat(g.unread[list], g.log.Hidden),
		})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("csl: %w", records.Refuse("no list that is known stands in it"))
	}
	if g.total != 0 && g.total != g.log.Rows { // whose rows are missing nobody can tell
		for i := range out {
			out[i].Declared, out[i].Rows = g.total, g.log.Rows
		}
	}
	out[0].Problems = g.log.Problems()
	return out, nil
}
