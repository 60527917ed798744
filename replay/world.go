package replay

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
)

// world is what the upstreams show at one state: all states until then, folded.
type world struct {
	at         time.Time
	inspection []filing
	register   []publication
	issues     []issue // of the eCFR, oldest first
	news       map[string][]News
	files      map[string]string
	screened   []Screened // of the Consolidated Screening List
	without    []string   // sources whose records it does not show
	trouble    map[string]*Trouble
	processing bool
}

// filing is a document on public inspection.
type filing struct {
	*Document
	updated time.Time // of its PDF
	revoked bool
	edits   []Edit
}

// publication is a document in the Federal Register.
type publication struct {
	*Document
	hasXML bool
	edits  []Edit
}

// issue is one eCFR issue of part 744.
type issue struct {
	ECFR
	lists   map[diff.ListID][]Group
	changed map[diff.ListID]bool // which supplements it changed, by text or layout
	lost    []lost
}

// lost is an entry that the list dropped without a rule.
type lost struct {
	list  diff.ListID
	under string
	entry Entry
}

// worlds folds the states, so that a server only looks up.
func (s *Scenario) worlds() ([]world, error) {
	w := world{news: map[string][]News{}, files: map[string]string{}}
	var out []world
	for i, st := range s.States {
		w = w.clone()
		w.at, w.trouble = st.At.UTC(), st.Bad
		w.files = maps.Clone(w.files)
		maps.Copy(w.files, st.Files)
		s.inspect(&w, st)
		s.publish(&w, st)
		w.screen(st)
		for _, n := range st.News {
			feed := n.Feed
			if feed == "" {
				feed = "news"
			}
			w.news[feed] = append(w.news[feed], n)
		}
		if st.ECFR != nil {
			next, err := s.nextIssue(w, *st.ECFR)
			if err != nil {
				return nil, fmt.Errorf("replay: scenario %s, state %d: %w", s.Name, i, err)
			}
			w.issues, w.processing = append(w.issues, next), st.ECFR.Processing
		}
		out = append(out, w)
	}
	return out, nil
}

func (w world) clone() world {
	w.inspection = slices.Clone(w.inspection)
	w.register = slices.Clone(w.register)
	w.issues = slices.Clone(w.issues)
	w.news = maps.Clone(w.news)
	for k, v := range w.news {
		w.news[k] = slices.Clone(v)
	}
	return w
}

// inspect moves public inspection on.
func (s *Scenario) inspect(w *world, st State) {
	for _, n := range st.Inspect {
		d := s.document(n)
		w.inspection = append(w.inspection, filing{Document: d, updated: d.FiledAt})
	}
	for i, f := range w.inspection {
		for _, e := range st.Refile {
			if e.Document == f.Number {
				f.updated, f.edits = st.At, append(slices.Clone(f.edits), e)
			}
		}
		f.revoked = f.revoked || slices.Contains(st.Revoke, f.Number)
		w.inspection[i] = f
	}
	w.inspection = slices.DeleteFunc(w.inspection, func(f filing) bool {
		return slices.Contains(st.Withdraw, f.Number) || slices.Contains(st.Publish, f.Number)
	})
}

// publish moves the Federal Register on.
func (s *Scenario) publish(w *world, st State) {
	for _, n := range st.Publish {
		w.register = append(w.register, publication{Document: s.document(n), hasXML: !slices.Contains(st.XMLLater, n)})
	}
	for i, p := range w.register {
		p.hasXML = p.hasXML || slices.Contains(st.LoadXML, p.Number)
		for _, e := range st.Edit {
			if e.Document == p.Number {
				p.edits = append(slices.Clone(p.edits), e)
			}
		}
		w.register[i] = p
	}
}

// nextIssue codifies documents into the lists of the issue before.
func (s *Scenario) nextIssue(w world, e ECFR) (issue, error) {
	prev := issue{lists: s.Lists}
	if n := len(w.issues); n > 0 {
		prev = w.issues[n-1]
	}
	next := issue{ECFR: e, lists: maps.Clone(prev.lists), changed: map[diff.ListID]bool{}, lost: slices.Clone(prev.lost)}
	if next.lists == nil {
		next.lists = map[diff.ListID][]Group{}
	}
	for _, list := range supplementLists() {
		next.changed[list] = len(w.issues) == 0 || e.Layout != prev.Layout
	}
	next.changed[diff.EntityList] = next.changed[diff.EntityList] || e.Reissued
	if e.Restore {
		for _, l := range next.lost {
			next.lists[l.list] = insert(next.lists[l.list], l.under, l.entry)
			next.changed[l.list] = true
		}
		next.lost = nil
	}
	for _, r := range e.Drop {
		kept, gone, ok := remove(next.lists[r.List], r.Under, r.Name)
		if !ok {
			return next, fmt.Errorf("there is no %q under %s to drop", r.Name, r.Under)
		}
		next.lists[r.List], next.changed[r.List] = kept, true
		next.lost = append(next.lost, lost{r.List, r.Under, gone})
	}
	for _, n := range e.Codify {
		if err := next.codify(s.document(n)); err != nil {
			return next, fmt.Errorf("codify %s: %w", n, err)
		}
	}
	return next, nil
}

// codify applies one document's amendments.
func (is *issue) codify(d *Document) error {
	for _, a := range d.Amend {
		g := is.lists[a.List]
		is.changed[a.List] = true
		for _, e := range a.Add {
			e.Citation = d.rowCitation(a.List)
			g = insert(g, a.Under, e)
		}
		for _, name := range a.Remove {
			var ok bool
			if g, _, ok = remove(g, a.Under, name); !ok {
				return fmt.Errorf("there is no %q under %s to remove", name, a.Under)
			}
		}
		for _, e := range a.Revise {
			was := e.Was
			if was == "" {
				was = e.Name
			}
			kept, old, ok := remove(g, a.Under, was)
			if !ok {
				return fmt.Errorf("there is no %q under %s to revise", was, a.Under)
			}
			e.Citation = strings.TrimSpace(old.Citation + " " + d.rowCitation(a.List))
			g = insert(kept, a.Under, e)
		}
		is.lists[a.List] = g
	}
	return nil
}

// rowCitation is how rows of the list cite the document: "84 FR 54004, 10/9/19.", with the month in words on the Unverified List.
func (d *Document) rowCitation(list diff.ListID) string {
	form := "1/2/06"
	switch list {
	case diff.UnverifiedList:
		form = "January 2, 2006"
	case diff.MilitaryEndUserList:
		form = "1/2/2006"
	}
	return fmt.Sprintf("%d FR %d, %s.", d.Volume, d.AmendPage, d.Published.Time().Format(form))
}

// insert puts an entry where the alphabet wants it, opening a country where there is none. The groups given are not changed.
func insert(groups []Group, under string, e Entry) []Group {
	groups = slices.Clone(groups)
	i := slices.IndexFunc(groups, func(g Group) bool { return g.Under == under })
	if i < 0 {
		i = slices.IndexFunc(groups, func(g Group) bool { return g.Under > under })
		if i < 0 {
			i = len(groups)
		}
		groups = slices.Insert(groups, i, Group{Under: under})
	}
	g := groups[i]
	at := slices.IndexFunc(g.Entries, func(o Entry) bool { return strings.ToLower(o.Name) > strings.ToLower(e.Name) })
	if at < 0 {
		at = len(g.Entries)
	}
	g.Entries = slices.Insert(slices.Clone(g.Entries), at, e)
	groups[i] = g
	return groups
}

// remove takes the first entry of that name away, and the heading with its last entry. The groups given are not changed.
func remove(groups []Group, under, name string) ([]Group, Entry, bool) {
	i := slices.IndexFunc(groups, func(g Group) bool { return g.Under == under })
	if i < 0 {
		return groups, Entry{}, false
	}
	g := groups[i]
	at := slices.IndexFunc(g.Entries, func(o Entry) bool { return o.Name == name })
	if at < 0 {
		return groups, Entry{}, false
	}
	gone := g.Entries[at]
	g.Entries = slices.Delete(slices.Clone(g.Entries), at, at+1)
	groups = slices.Clone(groups)
	if groups[i] = g; len(g.Entries) == 0 {
		groups = slices.Delete(groups, i, i+1)
	}
	return groups, gone, true
}

// issueAt is the issue in force on a day: the newest whose as-of date is not later. Days before the first show the first.
func (w world) issueAt(day diff.Date) issue {
	found := w.issues[0]
	for _, is := range w.issues {
		if is.AsOf <= day {
			found = is
		}
	}
	return found
}

func (w world) latest() issue { return w.issues[len(w.issues)-1] }
