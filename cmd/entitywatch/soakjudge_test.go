package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// judge compares what was told with what is true.
func (s *soak) judge(days int) {
	told := s.told("alert")
	var want []string
	for _, x := range s.allTrue() {
		want = append(want, x.line)
	}
	told = s.certain(told, want)
	compare(s.t, "alerts", told, want)
	var back []string
	for _, x := range s.law.revoked {
		if x.at.Before(s.now) {
			back = append(back, x.line)
		}
	}
	compare(s.t, "retractions", s.told("retraction"), back)
	s.everyChannel()
	s.readings()
	s.operators()
	s.digests(days)
	if s.peak > 300<<20 {
		s.t.Errorf("the heap came to %d MB", s.peak>>20)
	}
	s.t.Logf("heap at most %d MB, resident at most %d MB with all upstreams and channels; %d true changes; wrong %v; goroutines %v; files %v", s.peak>>20, mostResident(os.Getpid())>>10, len(want), s.begun, s.routines, s.files)
	for what, n := range map[string][]int{"goroutines": s.routines, "files": s.files} {
		if len(n) > 1 && n[len(n)-1] > n[0]+20 {
			s.t.Errorf("%s grow: %v", what, n)
		}
	}
	for _, st := range s.statuses() {
		if st.Health != "ok" {
			s.t.Errorf("%s is %s after hours of good answers: %s", st.Name, st.Health, st.Reason)
		}
	}
	if holds, err := s.e.db.Holds(s.t.Context()); err != nil || len(holds) > 0 {
		s.t.Errorf("still held: %+v, %v", holds, err)
	}
}

// certain are the alerts with what was told in doubt in the place of what it proved to be: where the screening list was sooner than OFAC, a
// removal is a discrepancy first. That it is true must be told once, in the same alert or as its update.
func (s *soak) certain(told, want []string) (all []string) {
	updates := s.told("update")
	for _, line := range told {
		party, doubted := strings.CutPrefix(line, "discrepancy "+string(diff.SDN))
		removed := "removed " + string(diff.SDN) + party
		switch {
		case !doubted || !slices.Contains(want, removed):
			all = append(all, line)
		case !slices.Contains(told, removed):
			all = append(all, slices.DeleteFunc(slices.Clone(updates), func(u string) bool { return u != removed })...)
		}
	}
	return all
}

func (s *soak) statuses() []store.Status {
	all, err := s.e.db.Statuses(s.t.Context(), time.Time{}, s.clock)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// heard is what a webhook told, as far as the soak reads it.
type heard struct {
	Type string
	Data struct {
		Kind, Headline, Case, Reason string
		Changes                      []diff.Change
		Masses                       []json.RawMessage
		News                         []notify.NewsRef
		Digest                       *struct{ From, To time.Time }
	}
}

func (s *soak) heard(r *receiver) (all []heard) {
	for _, p := range r.all() {
		var h heard
		if err := json.Unmarshal(p.body, &h); err != nil {
			s.t.Fatal(err)
		}
		all = append(all, h)
	}
	return all
}

// told are the Changes in the messages of a kind, each as often as it stands there.
func (s *soak) told(kind string) (all []string) {
	for _, h := range s.heard(s.posts) {
		if h.Data.Kind != kind {
			continue
		}
		for _, c := range h.Data.Changes {
			all = append(all, fmt.Sprintf("%s %s %s", c.Change, c.List, diff.Normalise(c.Name)))
		}
	}
	return all
}

func compare(t *testing.T, what string, got, want []string) {
	t.Helper()
	n := map[string]int{}
	for _, g := range got {
		n[g]++
	}
	for _, w := range want {
		n[w]--
	}
	for _, line := range slices.Sorted(maps.Keys(n)) {
		if d := n[line]; d != 0 {
			t.Errorf("%s: %+d of %s", what, d, line)
		}
	}
}

// readings asserts that no reading of a Change is told twice, and no report.
func (s *soak) readings() {
	seen := map[string]int{}
	for _, h := range s.heard(s.posts) {
		s.trace("%s: %s", h.Data.Kind, h.Data.Headline)
		for _, c := range h.Data.Changes {
			if h.Data.Kind != "digest" {
				seen[fmt.Sprintf("%s of %s, reading of %s: %s", h.Data.Kind, c.ID, c.DetectedAt, h.Data.Headline)]++
			}
		}
		if h.Data.Kind == "news" {
			for _, n := range h.Data.News {
				seen["report "+n.ID]++
			}
		}
	}
	for what, n := range seen {
		if n > 1 {
			s.t.Errorf("told %d times: %s", n, what)
		}
	}
}

// operators asserts that each fault was told at most once, that its end was told where it was, and that nothing is told without a fault.
func (s *soak) operators() {
	all, err := s.e.db.Notices(s.t.Context(), time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	if posts := s.heard(s.ops); len(posts) != len(all) || len(posts) != len(s.notices) {
		s.t.Errorf("%d notices were made, %d are stored, and the operators got %d messages", len(s.notices), len(all), len(posts))
	}
	open, told := map[string]int{}, map[string]int{}
	for _, n := range s.notices {
		if s.hosts[n.Source] != nil {
			told[s.tell(open, n.Kind, n.Source, n.Text)]++
			continue
		}
		name := ""
		for line := range strings.Lines(n.Text) { // one notice about several sources
			if first, _, _ := strings.Cut(line, ": "); s.hosts[first] != nil {
				name = first
				told[s.tell(open, n.Kind, name, line)]++
			}
		}
	}
	for name := range s.hosts {
		if told[name] > s.begun[name] {
			s.t.Errorf("%s: told %d faults, and %d were made", name, told[name], s.begun[name])
		}
	}
	for what, n := range open {
		if n != 0 {
			s.t.Errorf("%s: told %d more beginnings than ends", what, n)
		}
	}
}

var documentNumber = regexp.MustCompile(`2026-\d{5}`)

// tell notes what a notice begins or ends, and gives the source whose fault it begins; "" where it begins none, or a document's.
func (s *soak) tell(open map[string]int, kind, source, text string) (begins string) {
	held, failing := source+", held", source+", failing"
	if documents := documentNumber.FindAllString(text, -1); len(documents) > 0 && strings.Contains(text, "ocument ") || strings.Contains(text, "ext of 2026-") {
		step := 1
		if kind == "recovered" {
			step = -1
		}
		slices.Sort(documents)
		for _, d := range slices.Compact(documents) {
			if open[d+" of "+source] += step; open[d+" of "+source] > 2 || open[d+" of "+source] < 0 {
				s.t.Errorf("%s, document %s: told again: %s", source, d, text)
			}
		}
		return ""
	}
	switch {
	case kind == "recovered" && strings.Contains(text, "believed again"):
		open[held]--
	case kind == "recovered":
		open[failing] = max(0, open[failing]-1)
	case kind == "held":
		open[held]++
		if strings.Contains(text, "It answers again, but not credibly.") {
			open[failing] = 0 // one fault after the other, without an end between them
		}
		return source
	default: // from one that lacks a part to one that is not read at all, there is no end between them either
		open[failing] = 1
		return source
	}
	return ""
}

// digests asserts that the digests cover all time once, without a gap.
func (s *soak) digests(days int) {
	var last time.Time
	n := 0
	for _, h := range s.heard(s.posts) {
		d := h.Data.Digest
		if d == nil {
			continue
		}
		n++
		if !last.IsZero() && !d.From.Equal(last) {
			s.t.Errorf("a digest from %s follows one until %s", d.From, last)
		}
		last = d.To
	}
	if n < days || n > days+2 {
		s.t.Errorf("%d digests in %d days", n, days)
	}
}
