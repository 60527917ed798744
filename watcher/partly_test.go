package watcher_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// councilled is a bench whose second source shows the UN's list, which changes without acts.
func councilled(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.specs = []watcher.Spec{{Name: "un", Kind: "un", Source: b.second, Lists: []diff.ListID{diff.UNSC}, Primary: []diff.ListID{diff.UNSC}}}
	b.w = b.watcher(b.db)
	return b
}

// council is the UN's list of 400 parties without those of some numbers, and with records that nobody could read.
func council(day diff.Date, unread []diff.UnreadRecord, without ...int) diff.Snapshot {
	s := diff.Snapshot{List: diff.UNSC, AsOf: day, Complete: true, Unread: unread, Evidence: []diff.Evidence{{SHA256: string(day), URL: "https://un.example"}}}
	for i := range 400 {
		if !slices.Contains(without, i) {
			name := fmt.Sprintf("Party %c%c", 'A'+i/26, 'A'+i%26)
			s.Entries = append(s.Entries, diff.Entry{List: diff.UNSC, Key: diff.MakeIDKey(diff.UNSC, fmt.Sprint(i)), Name: name, Aliases: []string{name + " Group"}})
		}
	}
	return s
}

func TestOneUnreadableRecordHidesNoMoreThanItMayBe(t *testing.T) {
	b := councilled(t)
	x, y := diff.UnreadOf("", "x"), diff.UnreadOf("", "y")
	look := func(day diff.Date, unread []diff.UnreadRecord, without ...int) []string {
		b.second.lists(council(day, unread, without...))
		return b.poll()
	}
	b.want(look("2026-03-02", []diff.UnreadRecord{x}), "notice partly un")
	b.want(b.poll())
	if s := b.status("un"); s.Health != watcher.Partly || !strings.Contains(s.Reason, "one record cannot be read") || !s.SucceededAt.IsZero() {
		t.Errorf("%s, %q", s.Health, s.Reason)
	}
	// a removal beside a record that was unreadable before is one
	b.want(look("2026-03-03", []diff.UnreadRecord{x}, 5), "removed Party AF")
	// a new record that cannot be read may be the party that is gone, and whoever goes while it is there
	b.want(look("2026-03-04", []diff.UnreadRecord{x, y}, 5, 6), "notice partly un")
	b.want(look("2026-03-05", []diff.UnreadRecord{y, x}, 5, 6, 7), "notice partly un")
	if s := b.status("un"); !strings.Contains(s.Reason, "2 records cannot be read; what may be hidden by that stays listed as it was: Party AG, Party AH") {
		t.Errorf("%q", s.Reason)
	}
	b.restart()
	b.want(b.poll())
	// it was the one of them
	b.want(look("2026-03-06", []diff.UnreadRecord{x}, 5, 7), "removed Party AH", "notice partly un")
	b.want(look("2026-03-07", nil, 5, 7), "notice recovered un")
	if s := b.status("un"); s.Health != watcher.OK || s.Reason != "" {
		t.Errorf("%s, %q", s.Health, s.Reason)
	}
}

func TestARecordKnownByItsNumberHidesItselfAlone(t *testing.T) {
	b := councilled(t)
	b.second.lists(council("2026-03-02", nil))
	b.want(b.poll())
	eight := []diff.UnreadRecord{diff.UnreadOf("un-sc/8", "no name")}
	b.second.lists(council("2026-03-03", eight, 8, 9))
	b.want(b.poll(), "removed Party AJ", "notice partly un")
	// a part of it may be read: it stays as it was
	half := council("2026-03-04", eight, 9)
	half.Entries[8].Aliases = nil
	b.second.lists(half)
	b.want(b.poll())
	b.second.lists(council("2026-03-05", nil, 9))
	b.want(b.poll(), "notice recovered un")
	b.second.lists(council("2026-03-06", eight, 8, 9, 10))
	b.want(b.poll(), "removed Party AK", "notice partly un")
	b.second.lists(council("2026-03-07", nil, 8, 9, 10))
	b.want(b.poll(), "removed Party AI", "notice recovered un")
}

func TestALookThatCouldReadAPartIsNotOK(t *testing.T) {
	b := councilled(t)
	lacking := diff.Reading{Snapshots: []diff.Snapshot{council("2026-03-02", nil)}, Lacks: []diff.Problem{{Kind: diff.Unread, Text: "SDN.XML: 404"}}}
	b.second.put(lacking, nil)
	b.want(b.poll(), "notice partly un")
	lacking.Snapshots = nil // the part that can be read did not change
	b.second.put(lacking, nil)
	for range 3 {
		b.want(b.poll())
	}
	s := b.status("un")
	if s.Health != watcher.Partly || s.Reason != "SDN.XML: 404" || !s.SucceededAt.IsZero() || s.Failed != 4 {
		t.Errorf("%s, %q, %d failed", s.Health, s.Reason, s.Failed)
	}
	b.second.fails("the service is down")
	b.want(b.poll(), "notice broken un")
	b.second.put(lacking, nil)
	b.want(b.poll(), "notice recovered un", "notice partly un")
	b.second.put(diff.Reading{}, nil)
	b.want(b.poll(), "notice recovered un")
}

// The same fault says other ports and sizes each time, and is told once; another fault of the part is another thing to tell.
func TestAPartThatLacksForTheSameReasonIsToldOnce(t *testing.T) {
	b := councilled(t)
	lacks := func(reason string) []string {
		b.second.put(diff.Reading{Snapshots: []diff.Snapshot{council("2026-03-02", nil)}, Lacks: []diff.Problem{{Kind: diff.Unread, Text: reason}}}, nil)
		return b.poll()
	}
	b.want(lacks("SDN.XML: read tcp 10.0.0.5:43210->192.0.2.1:443: connection reset after 20481 bytes in 1.25s"), "notice partly un")
	b.want(lacks("SDN.XML: read tcp 10.0.0.5:51007->192.0.2.1:443: connection reset after 65536 bytes in 0.5s"))
	b.want(lacks("SDN.XML: the answer is 404"), "notice partly un")
	b.want(lacks("SDN.XML: the answer is 503"), "notice partly un")
}
