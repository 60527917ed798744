package ofac

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch"
)

// maxWalk is how many publications one look walks; behind a longer absence the full files alone tell what is.
const maxWalk = 60

// publication is one entry of the history.
type publication struct {
	ID        int64  `json:"publicationID"`
	Published string `json:"datePublished"` // "2026-01-16T10:01:44.740051", Eastern time
}

// walked is what the walk over the publications found.
type walked struct {
	deltas    []delta
	due       bool   // the full files must be read
	last      string // the newest publication, to be the next mark
	problems  []diff.Problem
	evidence  []diff.Evidence
	forbidden error // the service refuses us
}

type delta struct {
	publication
	Delta
}

// walk reads the publications behind the mark.
func (s *Source) walk(ctx context.Context, f *fetch.Session) walked {
	var w walked
	history, err := s.history(ctx, f)
	if err != nil {
		w.due = true
		var status *fetch.StatusError
		if errors.As(err, &status) && status.Status == http.StatusForbidden {
			w.forbidden = err
		}
		w.problem("the history of publications cannot be read (%v); the full files are read instead", err)
		return w
	}
	if len(history) == 0 {
		return w
	}
	w.last = strconv.FormatInt(history[len(history)-1].ID, 10)
	mark, err := strconv.ParseInt(f.Mark(markPublication), 10, 64)
	if err != nil { // a first look: the full files are the baseline
		w.due = true
		return w
	}
	history = slices.DeleteFunc(history, func(p publication) bool { return p.ID <= mark })
	w.due = len(history) > 0
	if len(history) > maxWalk {
		w.problem("%d publications came since the last look; the oldest %d are not walked", len(history),
			len(history)-maxWalk)
		history = history[len(history)-maxWalk:]
	}
	for _, p := range history {
		s.readDelta(ctx, f, p, &w)
	}
	return w
}

func (w *walked) problem(format string, args ...any) {
	w.problems = append(w.problems, diff.Problem{Kind: diff.Unread, Text: fmt.Sprintf(format, args...)})
}

func (s *Source) readDelta(ctx context.Context, f *fetch.Session, p publication, w *walked) {
	r, err := f.Get(ctx, s.Below(fmt.Sprintf("/changes/%d", p.ID)), fetch.Expect("xml"), fetch.Fresh())
	var d Delta
	if err == nil {
		d, err = ParseDelta(bytes.NewReader(r.Body))
	}
	if err != nil {
		w.problem("publication %d cannot be read (%v); the full files are read instead", p.ID, err)
		return
	}
	w.deltas = append(w.deltas, delta{publication: p, Delta: d})
	w.evidence = append(w.evidence, r.Evidence())
	for _, problem := range d.Problems {
		problem.Where = fmt.Sprintf("publication %d, %s", p.ID, problem.Where)
		w.problems = append(w.problems, problem)
	}
}

// history is the publications of this year, and of the last where the mark may lie in it, oldest first.
func (s *Source) history(ctx context.Context, f *fetch.Session) ([]publication, error) {
	now := s.Now().UTC()
	years := []int{now.Year()}
	young := now.YearDay() <= 31 // the year may have no publication, and no history, yet
	if at, err := time.Parse(time.RFC3339, f.Mark(markFull)); err == nil && at.Year() < now.Year() || young {
		years = []int{now.Year() - 1, now.Year()}
	}
	var all []publication
	for _, year := range years {
		r, err := f.Get(ctx, s.Below(fmt.Sprintf("/changes/history/%d", year)), fetch.Expect("json"), fetch.Fresh())
		var status *fetch.StatusError
		if young && errors.As(err, &status) && status.Status == http.StatusNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		list, err := parseHistory(r.Body)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b publication) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b publication) bool { return a.ID == b.ID }), nil
}

// parseHistory reads an array of publications, bare or under the key publications.
func parseHistory(body []byte) ([]publication, error) {
	var list []publication
	if json.Unmarshal(body, &list) != nil {
		var object struct {
			Publications *[]publication `json:"publications"`
		}
		if err := json.Unmarshal(body, &object); err != nil {
			return nil, fmt.Errorf("the history is not a list of publications: %w", err)
		}
		if object.Publications == nil {
			return nil, errors.New("the history has no publications")
		}
		list = *object.Publications
	}
	for _, p := range list {
		if p.ID <= 0 {
			return nil, errors.New("the history has a publication without an id")
		}
	}
	return list, nil
}

// settle compares what the deltas told with what the full files show, and reports whether the publications are done
// with. One that the full files do not show yet is looked at again, for a day after it was published.
func (s *Source) settle(w walked, out *diff.Reading) bool {
	if len(out.Snapshots) == 0 {
		return len(w.deltas) == 0
	}
	shown := map[diff.ListID]map[string]bool{}
	for _, snap := range out.Snapshots {
		shown[snap.List] = map[string]bool{}
		for i := range snap.Entries {
			shown[snap.List][snap.Entries[i].Key] = true
		}
	}
	settled := true
	for _, finding := range compareWalk(w.deltas, shown) {
		out.Problems = append(out.Problems, diff.Problem{Kind: diff.Surprise, Text: finding.text})
		if finding.open && s.Now().Sub(finding.at) < 24*time.Hour {
			settled = false
		}
	}
	return settled
}

// finding is a disagreement of the deltas with the full files.
type finding struct {
	text string
	open bool // the full files may yet follow
	at   time.Time
}

// shows reports whether the full files show a party where a delta says it is. Which of the lists other than the SDN
// List it is on the two tell in different ways, so any of them will do.
func shows(shown map[diff.ListID]map[string]bool, list diff.ListID, id string) bool {
	if shown[list][diff.MakeIDKey(list, id)] || list == diff.SDN {
		return shown[list][diff.MakeIDKey(list, id)]
	}
	for other := range shown {
		if other != diff.SDN && shown[other][diff.MakeIDKey(other, id)] {
			return true
		}
	}
	return false
}

// compareWalk follows each party through the deltas, oldest first. Where a delta names no list, the SDN List is meant.
func compareWalk(deltas []delta, shown map[diff.ListID]map[string]bool) []finding {
	type last struct {
		action diff.Action
		id     int64
		at     time.Time
		name   string
		passed int64 // the publication that added a party which a later one removes
		list   diff.ListID
		party  string
	}
	state := map[string]last{}
	var order []string
	for _, d := range deltas {
		for _, c := range d.Changes {
			for _, list := range orSDN(c.Lists) {
				k := diff.MakeIDKey(list, c.ID)
				was, known := state[k]
				if !known {
					order = append(order, k)
				}
				now := last{action: c.Action, id: d.ID, at: published(d.Published), name: cmp.Or(c.Name, was.name), list: list,
					party: c.ID}
				if c.Action == diff.Remove && was.action == diff.Add {
					now.passed = was.id
				}
				if c.Action == diff.Revise && known { // it is still what the earlier publication made it
					now.action = was.action
				}
				state[k] = now
			}
		}
	}
	var out []finding
	for _, k := range order {
		l := state[k]
		on := shown[l.list][k]
		add := func(open bool, format string, args ...any) {
			out = append(out, finding{open: open, at: l.at, text: fmt.Sprintf(format, args...)})
		}
		switch {
		case l.passed != 0 && !on:
			add(false, "%s (%s) was added by publication %d and removed by %d, both since the last look", l.name, k, l.passed,
				l.id)
		case l.action == diff.Add && !shows(shown, l.list, l.party):
			add(true, "publication %d adds %s (%s), which the full list does not show", l.id, l.name, k)
		case l.action == diff.Remove && on:
			add(true, "publication %d removes %s (%s), which the full list still shows", l.id, l.name, k)
		}
	}
	return out
}

func orSDN(lists []diff.ListID) []diff.ListID {
	if len(lists) == 0 {
		return []diff.ListID{diff.SDN}
	}
	return lists
}

// published reads a stamp of the history, to the day where its form is new. Zone differences of hours do not matter
// here.
func published(stamp string) time.Time {
	if t, err := time.Parse("2006-01-02T15:04:05", stamp[:min(len(stamp), 19)]); err == nil {
		return t
	}
	d, _ := lawtext.StampDate(stamp)
	return d.Time()
}
