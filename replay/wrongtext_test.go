package replay_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/replay"
)

// wrongFor serves a scenario with a trouble of one source in the state that is looked at, where path holds a text.
func wrongFor(t *testing.T, d *daemon, source string, trouble replay.Trouble) (end func()) {
	t.Helper()
	i, _, _ := d.v.State()
	st := &d.v.Scenario().States[i]
	st.Bad = map[string]*replay.Trouble{source: &trouble}
	d.v.Restate()
	return func() {
		st.Bad = nil
		d.v.Restate()
	}
}

// A text that is wrong for a look takes nothing back, whatever is wrong with it: what was told stands, the operators
// hear of it once, and of its end. The true text is read again and changes nothing.
func TestWrongTextTakesNothingBack(t *testing.T) {
	for _, do := range []string{"stub", "shortened", "other", "lost", "html-lie", "empty", "truncated"} {
		t.Run(do, func(t *testing.T) {
			d := newDaemon(t, "ten-entities-2023", filepath.Join(t.TempDir(), "test.db"))
			d.poll(t)
			for range 2 {
				d.v.Next()
				d.poll(t)
			}
			told := len(d.told)
			clear(d.again) // the names of the typescript, told whole when the rule was published
			if told != 13 {
				t.Fatalf("%d told before anything went wrong", told)
			}
			end := wrongFor(t, d, "federal-register", replay.Trouble{Do: do, Path: "full_text"})
			var notices []string
			for _, d.ahead = range []time.Duration{time.Hour, 90 * time.Minute, 3 * time.Hour, 6 * time.Hour, 20 * time.Hour} {
				for _, n := range d.look(t, "register").Notices {
					notices = append(notices, n.Kind)
				}
			}
			end()
			for _, d.ahead = range []time.Duration{27 * time.Hour, 28 * time.Hour, 35 * time.Hour} {
				for _, n := range d.look(t, "register").Notices {
					notices = append(notices, n.Kind)
				}
			}
			if d.retracts != 0 || len(d.told) != told || len(d.again) != 0 {
				t.Errorf("taken back %d, told %d more, told again %d", d.retracts, len(d.told)-told, len(d.again))
			}
			if len(notices) != 2 || notices[1] != "recovered" || notices[0] != "held" && notices[0] != "problem" {
				t.Errorf("the operators heard %q, want it once and its end once", notices)
			}
		})
	}
}

// A first text that is wrong tells no other rule's party, and the true one is told in full when it comes.
func TestWrongFirstTextIsMendedByTheTrueOne(t *testing.T) {
	for _, do := range []string{"stub", "shortened", "other", "html-lie"} {
		t.Run(do, func(t *testing.T) {
			d := newDaemon(t, "ten-entities-2023", filepath.Join(t.TempDir(), "test.db"))
			d.poll(t)
			d.v.Next()
			d.v.Next()
			end := wrongFor(t, d, "federal-register", replay.Trouble{Do: do, Path: "full_text"})
			d.poll(t)
			end()
			d.ahead = 10 * time.Minute
			d.poll(t)
			if n := d.count(diff.Added); n != 13 || d.retracts != 0 || slices.ContainsFunc(names(d), func(s string) bool { return strings.HasPrefix(s, "Another") }) {
				t.Errorf("%d added, %d taken back: %q", n, d.retracts, names(d))
			}
		})
	}
}

// A list of filings that is wrong for an hour, or for the first look of the day, takes no filing back; nor does an
// agency's new slug.
func TestWrongListOfFilingsTakesNothingBack(t *testing.T) {
	for _, do := range []string{"half", "none", "moved", "html-lie", "empty"} {
		t.Run(do, func(t *testing.T) {
			d := newDaemon(t, "withdrawn-filing", filepath.Join(t.TempDir(), "test.db"))
			d.poll(t)
			d.v.Next()
			d.poll(t)
			told := len(d.told)
			end := wrongFor(t, d, "public-inspection", replay.Trouble{Do: do, Path: "current.json"})
			for _, d.ahead = range []time.Duration{10 * time.Minute, time.Hour, 20 * time.Hour, 21 * time.Hour} {
				d.poll(t)
			}
			end()
			for _, d.ahead = range []time.Duration{22 * time.Hour, 23 * time.Hour} {
				d.poll(t)
			}
			if d.retracts != 0 || len(d.told) != told || told != 3 {
				t.Errorf("taken back %d, told %d, %d before: %q", d.retracts, len(d.told), told, d.reasons)
			}
		})
	}
}

// A search that finds nothing where it found documents is not well.
func TestSearchThatFindsNothingAnyMoreIsToldAndItsEnd(t *testing.T) {
	for _, do := range []string{"none", "moved"} {
		d := newDaemon(t, "ten-entities-2023", filepath.Join(t.TempDir(), "test.db"))
		d.poll(t)
		d.v.Next()
		d.v.Next()
		d.poll(t)
		end := wrongFor(t, d, "federal-register", replay.Trouble{Do: do, Path: "documents.json"})
		d.ahead = time.Hour
		look := d.look(t, "register")
		if look.Outcome != "failed" || !strings.Contains(look.Reason, "finds none of the 1 documents") || len(look.Notices) != 1 {
			t.Errorf("%s: %s %q, %d notices", do, look.Outcome, look.Reason, len(look.Notices))
		}
		d.ahead = 30 * time.Hour
		if look = d.look(t, "register"); look.Outcome != "failed" || len(look.Notices) != 0 {
			t.Errorf("%s, a day later: %s, %d notices", do, look.Outcome, len(look.Notices))
		}
		end()
		d.ahead = 31 * time.Hour
		if look = d.look(t, "register"); len(look.Notices) != 1 || look.Notices[0].Kind != "recovered" || d.retracts != 0 {
			t.Errorf("%s, found again: %+v", do, look.Notices)
		}
	}
}
