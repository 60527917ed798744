package watcher_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/watcher"
)

// heldReason is why a list is held; "" where none is.
func (b *bench) heldReason() string {
	b.t.Helper()
	holds, err := b.db.Holds(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	var why []string
	for _, h := range holds {
		if h.Entry == nil {
			why = append(why, h.Reason)
		}
	}
	return strings.Join(why, "; ")
}

func undated(s diff.Snapshot) diff.Snapshot {
	s.Undated = true
	return s
}

func TestFeedServingOlderCopyIsHeldAsFlapping(t *testing.T) {
	b := baselined(t)
	older, newer := undated(listOf("2026-02-27", "Old Foe")), undated(listOf("2026-02-27", "Old Foe", "New Foe"))
	b.list.lists(newer)
	b.want(b.poll(), "added New Foe [without a rule]")
	b.list.lists(older)
	b.want(b.poll(), "notice held entity-list")
	if why := b.heldReason(); !strings.Contains(why, "flapping") {
		t.Errorf("held because %q", why)
	}
	for range 5 { // each flip says nothing more
		b.list.lists(newer)
		b.want(b.poll())
		b.list.lists(older)
		b.want(b.poll())
	}
	b.restart()
	b.list.lists(newer)
	for range 23 {
		b.want(b.poll())
	}
	b.want(b.poll(), "notice recovered entity-list")
	b.want(b.poll())
	b.list.lists(undated(listOf("2026-02-27", "Old Foe", "New Foe", "Newest Foe")))
	b.want(b.poll(), "added Newest Foe [without a rule]")
}

func TestFlappingSettlesOnWhatIsShownForADay(t *testing.T) {
	b := baselined(t)
	b.specs[1].Lists = []diff.ListID{diff.SDN}
	b.specs[1].Primary = b.specs[1].Lists
	b.restart()
	sdn := func(names ...string) diff.Snapshot {
		s := undated(listOf("2026-02-27", names...))
		s.List = diff.SDN
		for i := range s.Entries {
			s.Entries[i].List = diff.SDN
		}
		return s
	}
	b.list.lists(sdn("Old Foe"))
	b.want(b.poll())
	b.list.lists(sdn("Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe")
	b.list.lists(sdn("Old Foe"))
	b.want(b.poll(), "notice held entity-list")
	for range 23 {
		b.want(b.poll())
	}
	b.want(b.poll(), "removed New Foe", "notice recovered entity-list")
	b.want(b.poll())
}

func TestNewChangeDuringFlappingIsTold(t *testing.T) {
	b := baselined(t)
	older := undated(listOf("2026-02-27", "Old Foe"))
	b.list.lists(undated(listOf("2026-02-27", "Old Foe", "New Foe")))
	b.want(b.poll(), "added New Foe [without a rule]")
	b.list.lists(older)
	b.want(b.poll(), "notice held entity-list")
	b.list.lists(undated(listOf("2026-02-27", "Old Foe", "New Foe", "Newest Foe")))
	b.want(b.poll(), "added Newest Foe [without a rule]", "notice recovered entity-list")
	b.list.lists(older)
	b.want(b.poll(), "notice held entity-list")
}

func TestReturnToAnEarlierStateUnderALaterDateIsBelieved(t *testing.T) {
	b := baselined(t)
	b.list.lists(listOf("2026-03-02", "Old Foe", "New Foe"))
	b.want(b.poll(), "added New Foe [without a rule]")
	b.list.lists(listOf("2026-03-03", "Old Foe"))
	b.want(b.poll(), "retracted added New Foe (revision 1) [without a rule]")
}

func TestDateToComeIsHeldAndMakesNothingStale(t *testing.T) {
	for name, asOf := range map[string]diff.Date{"next week": "2026-03-09", "another age": "2062-01-01"} {
		t.Run(name, func(t *testing.T) {
			b := baselined(t)
			b.list.ahead = true
			b.list.lists(listOf(asOf, "Old Foe", "New Foe"))
			b.want(b.poll(), "notice held entity-list")
			if why := b.heldReason(); !strings.Contains(why, "still to come") {
				t.Errorf("held because %q", why)
			}
			b.want(b.poll())
			b.list.lists(listOf(asOf, "Old Foe")) // the stored state under that date
			b.want(b.poll())
			b.list.lists(listOf("2026-03-02", "Old Foe"))
			b.want(b.poll(), "notice recovered entity-list")
			b.list.lists(listOf("2026-03-03", "Old Foe", "New Foe")) // where the publisher is, it is tomorrow already
			b.want(b.poll(), "added New Foe [without a rule]")
		})
	}
}

func TestDateToComeThatWasLetThroughMakesNothingStale(t *testing.T) {
	b := baselined(t)
	b.list.ahead = true
	b.list.lists(listOf("2062-01-01", "Old Foe", "New Foe"))
	b.want(b.poll(), "notice held entity-list")
	if _, err := b.w.ReleaseSource(context.Background(), "entity-list", "ada"); err != nil {
		t.Fatal(err)
	}
	b.want(b.poll(), "added New Foe [without a rule]", "notice recovered entity-list")
	b.list.lists(listOf("2026-03-02", "Old Foe", "New Foe", "Newest Foe"))
	b.want(b.poll(), "added Newest Foe [without a rule]")
}

func TestSecondLookThatStillSaysSoIsBelievedWhereConfigured(t *testing.T) {
	b := newBench(t)
	b.specs[1].AcceptAfter = 6 * time.Hour
	b.restart()
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.want(b.poll())
	renamed := listOf("2026-03-02", "Old Foe")
	for i := range 20 {
		renamed.Entries[i].Name += " Holding"
		renamed.Entries[i].Key = diff.MakeKey(diff.EntityList, renamed.Entries[i].Country, renamed.Entries[i].Name)
	}
	b.list.lists(renamed)
	b.want(b.poll(), "notice held entity-list")
	b.want(b.poll())
	other := renamed
	other.Entries = append(other.Entries[:0:0], renamed.Entries...)
	other.Entries[30].Name = "Another"
	b.list.lists(other) // not the same answer: its time begins anew
	b.want(b.poll())
	b.list.lists(renamed)
	for range 6 {
		b.want(b.poll())
	}
	if got := b.poll(); len(got) != 21 || got[20] != "notice recovered entity-list" {
		t.Errorf("told %q", got)
	}
	if got := b.status("entity-list"); got.Health != watcher.OK {
		t.Errorf("status %+v", got)
	}
}

func TestWhatLacksAPartIsNeverBelievedByTime(t *testing.T) {
	b := newBench(t)
	b.specs[1].AcceptAfter = 2 * time.Hour
	b.restart()
	b.list.lists(listOf("2026-02-27", "Old Foe"))
	b.want(b.poll())
	for name, edit := range map[string]func(*diff.Snapshot){
		"a half":  func(s *diff.Snapshot) { s.Lacks = "it has no entities" },
		"a count": func(s *diff.Snapshot) { s.Declared, s.Rows = 9999, 61 },
		"characters": func(s *diff.Snapshot) {
			s.Entries[3].Addresses, s.Entries[4].Addresses = []string{"St?nding Company AD Road 1, Beijing, China"}, []string{"St?nding Company AE Road 1, Beijing, China"}
		},
	} {
		s := listOf("2026-03-02", "Old Foe")
		edit(&s)
		b.list.lists(s)
		if got := b.poll(); len(got) != 1 || got[0] != "notice held entity-list" {
			t.Fatalf("%s: told %q", name, got)
		}
		for range 5 {
			b.want(b.poll())
		}
		b.list.lists(listOf("2026-03-02", "Old Foe"))
		b.want(b.poll(), "notice recovered entity-list")
	}
}

func TestActThatExplainsAnImplausibleAnswerReleasesIt(t *testing.T) {
	b := baselined(t)
	var names []string
	var adds []diff.Amendment
	for i := range 60 {
		name := "Newly Listed " + string(rune('A'+i/26)) + string(rune('A'+i%26))
		names, adds = append(names, name), append(adds, add(name))
	}
	b.list.lists(listOf("2026-03-03", append(names, "Old Foe")...))
	b.want(b.poll(), "notice held entity-list")
	b.acts.documents(act("2026-04001", "2026-03-02", "2026-03-02", adds...))
	got := b.poll()
	if len(got) != 62 || got[60] != "stage codified" || got[61] != "notice recovered entity-list" {
		t.Errorf("told %q", got)
	}
	b.want(b.poll())
}

// TestHalfOfTheUNsFileIsHeld leaves out one half, at a first look and later: an absence is not the end of three hundred listings.
func TestHalfOfTheUNsFileIsHeld(t *testing.T) {
	var shape damage.Shape
	for _, s := range damage.Shapes() {
		if s.Name == "un" {
			shape = s
		}
	}
	good := shape.Fixture(60)
	persons, _, _ := strings.Cut(good, "<ENTITIES>")
	_, entities, _ := strings.Cut(good, "</INDIVIDUALS>")
	head, _, _ := strings.Cut(good, "<INDIVIDUALS>")
	for name, half := range map[string]string{
		"no entities": persons + "</CONSOLIDATED_LIST>", "empty entities": persons + "<ENTITIES/></CONSOLIDATED_LIST>",
		"no individuals": head + entities,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFeed(t, shape, diff.UNSC)
			f.shows(half)
			f.want(f.poll(), "notice held entity-list")
			f.shows(good)
			f.want(f.poll(), "notice recovered entity-list")
			f.shows(half)
			f.want(f.poll(), "notice held entity-list")
			f.want(f.poll())
			f.shows(good)
			f.want(f.poll(), "notice recovered entity-list")
		})
	}
}

func TestScreeningListThatMiscountsItselfIsHeld(t *testing.T) {
	var shape damage.Shape
	for _, s := range damage.Shapes() {
		if s.Name == "csl" {
			shape = s
		}
	}
	good := shape.Fixture(76)
	f := newFeed(t, shape, diff.SDN)
	f.shows(good)
	f.want(f.poll())
	f.shows(shape.Without(strings.Replace(good, `"total": 76`, `"total": 9999`, 1), 20))
	f.want(f.poll(), "notice held entity-list")
	if why := f.heldReason(); !strings.Contains(why, "says that it has 9998 records, and 75 can be read") {
		t.Errorf("held because %q", why)
	}
	f.want(f.poll())
	f.shows(good)
	f.want(f.poll(), "notice recovered entity-list")
}
