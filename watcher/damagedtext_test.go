package watcher_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// A single damaged text is a publisher's slip: its entry stays as it was, what else the answer says is taken, and the
// text's return says nothing.
func TestSingleDamagedTextIsKeptAsItWas(t *testing.T) {
	b := newBench(t)
	s := listOf("2026-02-27", "Zürich Handel")
	b.list.lists(s)
	b.want(b.poll())
	for name, damaged := range map[string]string{
		"lost": "Z\ufffdrich Handel", "question mark": "Z?rich Handel", "encoding": "ZÃ¼rich Handel", "escape": "Z&#252;rich Handel",
	} {
		hurt := listOf("2026-03-02", "Zürich Handel")
		e := &hurt.Entries[len(hurt.Entries)-1]
		e.Name, e.Key = damaged, diff.MakeKey(diff.EntityList, e.Country, damaged)
		hurt.Entries = append(hurt.Entries, entry("New Foe "+name))
		b.list.lists(hurt)
		b.want(b.poll(), "added New Foe "+name+" [without a rule]", "notice problem entity-list")
		b.want(b.poll())
		if in := b.inForce("2026-03-10"); !slices.Contains(in, "Zürich Handel") || slices.Contains(in, damaged) {
			t.Errorf("in force: %q", in[60:])
		}
		healed := listOf("2026-03-02", "Zürich Handel")
		healed.Entries = append(healed.Entries, entry("New Foe "+name))
		b.list.lists(healed)
		b.want(b.poll(), "notice recovered entity-list")
		b.list.lists(listOf("2026-03-02", "Zürich Handel"))
		b.now = b.now.Add(48 * time.Hour)
		b.want(b.poll(), "retracted added New Foe "+name+" (revision 1) [without a rule]")
	}
}

// What was damaged, or could not be read, and is as it was within a day is no older copy: nothing of it was believed, so
// nothing comes back.
func TestHealingWithinADayIsNoFlapping(t *testing.T) {
	for name, c := range map[string]struct {
		hurt func(*diff.Snapshot)
		told string
	}{
		"a damaged text": {func(s *diff.Snapshot) {
			s.Entries[60].Addresses = []string{"Z?rich Handel Road 1, Beijing, China"}
		}, "notice problem entity-list"},
		"an unreadable record": {func(s *diff.Snapshot) {
			s.Entries, s.Unread = s.Entries[:60], []diff.UnreadRecord{diff.UnreadOf("", "no name")}
		}, "notice partly entity-list"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			good, hurt := undated(listOf("2026-02-27", "Zürich Handel")), undated(listOf("2026-02-27", "Zürich Handel"))
			c.hurt(&hurt)
			b.list.lists(good)
			b.want(b.poll())
			b.list.lists(hurt)
			b.want(b.poll(), c.told)
			b.list.lists(good)
			b.want(b.poll(), "notice recovered entity-list")
			if why := b.heldReason(); why != "" {
				t.Errorf("held because %q", why)
			}
		})
	}
}

// A publisher may mean a text that looks damaged: it stays kept and is not told again, until a person lets it through.
func TestDamagedTextIsTakenWhenAPersonLetsItThrough(t *testing.T) {
	b := newBench(t)
	b.list.lists(listOf("2026-02-27", "Zürich Handel"))
	b.want(b.poll())
	hurt := listOf("2026-03-02", "Zürich Handel")
	hurt.Entries[60].Addresses = []string{"Z?rich Handel Road 1, Beijing, China"}
	b.list.lists(hurt)
	b.want(b.poll(), "notice problem entity-list")
	b.restart()
	b.want(b.poll())
	b.list.put(diff.Reading{}, nil) // nothing new
	b.want(b.poll())
	if s := b.status("entity-list"); s.Health != watcher.Partly || !strings.Contains(s.Reason, "stays as it was") {
		t.Errorf("%s, %q", s.Health, s.Reason)
	}
	if lists, err := b.w.ReleaseSource(context.Background(), "entity-list", "ada"); err != nil || len(lists) != 1 {
		t.Fatalf("released %v, %v", lists, err)
	}
	b.list.lists(hurt)
	b.want(b.poll(), "amended Zürich Handel [without a rule]", "notice recovered entity-list")
	b.want(b.poll())
	if s := b.status("entity-list"); s.Health != watcher.OK {
		t.Errorf("%s, %q", s.Health, s.Reason)
	}
	// the slip that was meant counts for none
	hurt.Entries[3].Addresses = []string{"St?nding Company AD Road 1, Beijing, China"}
	b.list.lists(hurt)
	b.want(b.poll(), "notice problem entity-list")
	if lists, err := b.w.ReleaseSource(context.Background(), "entity-list", "ada"); err != nil || len(lists) != 1 {
		t.Fatalf("released %v, %v", lists, err)
	}
	b.list.lists(listOf("2026-03-03", "Zürich Handel")) // it was not that answer
	b.want(b.poll(), "amended Zürich Handel [without a rule]", "notice recovered entity-list")
}

// Each list's damaged texts last for as long as that list does not show them whole, whatever the source's other lists
// say.
func TestDamagedTextLastsWhileAnotherListAnswers(t *testing.T) {
	b := newBench(t)
	b.specs[1].Lists = []diff.ListID{diff.EntityList, diff.UnverifiedList}
	b.specs[1].Primary = b.specs[1].Lists
	b.restart()
	second := func(day diff.Date) diff.Snapshot {
		s := listOf(day)
		s.List = diff.UnverifiedList
		for i := range s.Entries {
			s.Entries[i].List, s.Entries[i].Key = s.List, diff.MakeKey(s.List, s.Entries[i].Country, s.Entries[i].Name)
		}
		return s
	}
	b.list.lists(listOf("2026-02-27", "Zürich Handel"), second("2026-02-27"))
	b.want(b.poll())
	hurt := listOf("2026-03-02", "Zürich Handel")
	hurt.Entries[60].Addresses = []string{"Z?rich Handel Road 1, Beijing, China"}
	b.list.lists(hurt, second("2026-03-02"))
	b.want(b.poll(), "notice problem entity-list")
	b.list.lists(second("2026-03-03")) // the other list has not changed
	b.want(b.poll())
	if s := b.status("entity-list"); s.Health != watcher.Partly {
		t.Errorf("%s, %q", s.Health, s.Reason)
	}
	b.list.lists(listOf("2026-03-04", "Zürich Handel"), second("2026-03-03"))
	b.want(b.poll(), "notice recovered entity-list")
}

// A server that says "not modified" does not delay what a person let through: the look after the release asks without
// validators.
func TestReleaseOfDamagedTextsAsksAnew(t *testing.T) {
	b := newBench(t)
	body, etag := "good", `"1"`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", etag)
		io.WriteString(w, body)
	}))
	defer server.Close()
	b.specs[1].Own = []string{server.URL}
	b.specs[1].Source = fetch.List{Name: "list", URL: server.URL, Files: []fetch.ListFile{{
		Path: "/list.txt", Timeout: time.Minute, Lists: []diff.ListID{diff.EntityList},
		Parse: func(r io.Reader, _ diff.ReadOptions) ([]diff.Snapshot, error) {
			text, err := io.ReadAll(r)
			s := undated(listOf("2026-03-02", "Zürich Handel"))
			if string(text) == "hurt" {
				s.Entries[60].Addresses = []string{"Z?rich Handel Road 1, Beijing, China"}
			}
			return []diff.Snapshot{s}, err
		},
	}}}.New(fetch.ListOptions{})
	b.w = b.watcher(b.db)
	b.want(b.poll())
	body, etag = "hurt", `"2"`
	b.want(b.poll(), "notice problem entity-list")
	b.want(b.poll())
	if lists, err := b.w.ReleaseSource(context.Background(), "entity-list", "ada"); err != nil || len(lists) != 1 {
		t.Fatalf("released %v, %v", lists, err)
	}
	b.want(b.poll(), "amended Zürich Handel [without a rule]", "notice recovered entity-list")
	b.want(b.poll())
}
