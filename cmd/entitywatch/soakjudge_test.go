package main

import (
	"encoding/json"
	"fmt"
	"maps"
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
	for _, x := range slices.Concat(s.truth, s.revoked) {
		if x.at.Before(s.now) {
			want = append(want, x.line)
		}
	}
	told = slices.DeleteFunc(told, func(line string) bool { // the screening list was sooner than OFAC: first in doubt, then true
		party, is := strings.CutPrefix(line, "discrepancy "+string(diff.SDN))
		return is && slices.Contains(want, "removed "+string(diff.SDN)+party)
	})
	compare(s.t, "alerts", told, want)
	var back []string
	for _, x := range s.revoked {
		back = append(back, x.line)
	}
	compare(s.t, "retractions", s.told("retraction"), back)
	s.readings()
	s.operators()
	s.digests(days)
	if s.peak > 300<<20 {
		s.t.Errorf("the heap came to %d MB", s.peak>>20)
	}
	s.t.Logf("heap at most %d MB; %d true changes; wrong %v; goroutines %v; files %v", s.peak>>20, len(want), s.begun, s.routines, s.files)
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
		for _, c := range h.Data.Changes {
			if h.Data.Kind != "digest" {
				seen[fmt.Sprintf("%s of %s, reading of %s", h.Data.Kind, c.ID, c.DetectedAt)]++
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
	if posts := s.heard(s.ops); len(posts) != len(all) {
		s.t.Errorf("%d notices, and the operators got %d messages", len(all), len(posts))
	}
	begun, ended := map[string]int{}, map[string]int{}
	for _, n := range all {
		count := begun
		if n.Kind == "recovered" {
			count = ended
		}
		if s.hosts[n.Source] != nil {
			count[n.Source]++
			// one notice of a beginning, and of an end where the failure lasted long enough to be told
			if strings.HasPrefix(n.Text, "It answers again, but not credibly.") && begun[n.Source] > ended[n.Source]+1 {
				ended[n.Source]++
			}
			continue
		}
		for line := range strings.Lines(n.Text) { // one notice about several sources
			name, _, _ := strings.Cut(line, ": ")
			count[name]++
		}
	}
	for name := range s.hosts {
		if begun[name] > s.begun[name] {
			s.t.Errorf("%s: told %d faults, and %d were made", name, begun[name], s.begun[name])
		}
		if begun[name] != ended[name] {
			s.t.Errorf("%s: told %d faults and %d ends", name, begun[name], ended[name])
		}
	}
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
	if n < days || n > days+1 {
		s.t.Errorf("%d digests in %d days", n, days)
	}
}
