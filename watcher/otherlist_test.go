package watcher_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/damage"
)

// only is a shape's file with the invented parties from one on.
func only(s damage.Shape, from, to int) string {
	file := s.Fixture(to)
	parties := map[string]bool{}
	n := 0
	return s.Record.ReplaceAllStringFunc(file, func(r string) string {
		id := fmt.Sprint(n)
		if s.ID != nil {
			id = s.ID.FindStringSubmatch(r)[1]
		}
		if !parties[id] {
			parties[id] = true
			n++
		}
		if n-1 < from {
			return ""
		}
		return r
	})
}

// Another list in this one's place, whatever it is: the file of another source at this one's address, or a list of this source's that is
// not this one. Nothing is believed of it, at a first look where its form tells and at every later one; the operators are told once.
func TestAnotherListInAListsPlaceIsHeld(t *testing.T) {
	for _, shape := range damage.Shapes() {
		list, _ := listed(shape.Name)
		good := shape.Fixture(60)
		others := map[string]string{}
		for _, other := range damage.Shapes() {
			if other.Name != shape.Name {
				others["the file of "+other.Name] = other.Fixture(60)
			}
		}
		t.Run(shape.Name+" at a first look", func(t *testing.T) {
			for name, file := range others {
				f := newFeed(t, shape, list)
				f.shows(file)
				if got := f.poll(); len(got) != 1 || got[0] != "notice held entity-list" && got[0] != "notice broken entity-list" {
					t.Errorf("%s: told %q", name, got)
				}
				if f.inForceOf(list) != "" {
					t.Errorf("%s is the state", name)
				}
			}
		})
		count := func(file string) string { return file }
		if shape.Count != nil {
			count = func(file string) string {
				n := len(shape.Record.FindAllString(file, -1))
				return regexp.MustCompile(`("total": ?|<Record_Count>)\d+`).ReplaceAllString(file, fmt.Sprintf("${1}%d", n))
			}
		}
		others["as many other parties"] = count(only(shape, 60, 120))
		others["more other parties"] = count(only(shape, 60, 200))
		others["fewer other parties"] = count(only(shape, 60, 90))
		t.Run(shape.Name, func(t *testing.T) {
			f := newFeed(t, shape, list)
			f.shows(good)
			f.want(f.poll())
			state := f.inForceOf(list)
			for name, file := range others {
				t.Run(name, func(t *testing.T) {
					f.t = t
					f.shows(file)
					got := f.poll()
					if len(got) != 1 || got[0] != "notice held entity-list" && got[0] != "notice broken entity-list" {
						t.Fatalf("told %.600q", got)
					}
					t.Log(f.heldReason())
					f.want(f.poll())
					f.shows(good)
					f.want(f.poll(), "notice recovered entity-list")
					if f.inForceOf(list) != state {
						t.Error("the state in force is another one")
					}
				})
			}
		})
	}
}

// A copy of years ago under a date of today, or without one: the list as it was before a tenth of it came and a twentieth went.
func TestAnOldCopyUnderANewDateIsHeld(t *testing.T) {
	for _, shape := range damage.Shapes() {
		for _, dated := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s dated %v", shape.Name, dated), func(t *testing.T) {
				list, _ := listed(shape.Name)
				f := newFeed(t, shape, list)
				show := func(file string, day diff.Date) {
					all, err := f.parse(file, day)
					if err != nil {
						t.Fatal(err)
					}
					for i := range all {
						if all[i].List == list {
							if all[i].AsOf, all[i].Undated = day, false; !dated {
								all[i].Undated = true
							}
							f.bench.list.lists(all[i])
						}
					}
				}
				good := shape.Fixture(200)
				for i := range 10 {
					good = shape.Without(good, i)
				}
				show(good, "2026-08-02")
				f.want(f.poll())
				state := f.inForceOf(list)
				f.now = f.now.Add(30 * time.Hour)
				show(shape.Fixture(180), "2026-08-04")
				if got := f.poll(); len(got) != 1 || !strings.HasPrefix(got[0], "notice held") {
					t.Fatalf("told %.600q", got)
				}
				t.Log(f.heldReason())
				f.want(f.poll())
				show(good, "2026-08-05")
				f.want(f.poll(), "notice recovered entity-list")
				if f.inForceOf(list) != state {
					t.Error("the state in force is another one")
				}
			})
		}
	}
}

// A mirror that is a week behind shows the list as it was, to the last letter: under a date of today or without one, what it lacks is not
// removed, though a publisher may well remove so many. A person who knows better lets it through.
func TestACopyOfLastWeekIsHeld(t *testing.T) {
	for _, dated := range []bool{true, false} {
		t.Run(fmt.Sprintf("dated %v", dated), func(t *testing.T) {
			shape := shapeOf(t, "csl")
			f := newFeed(t, shape, diff.SDN)
			week := shape.Fixture(200)
			show := func(file string, day diff.Date) {
				t.Helper()
				all, err := f.parse(file, day)
				if err != nil || len(all) != 1 {
					t.Fatal(len(all), err)
				}
				all[0].AsOf, all[0].Undated = day, !dated
				f.bench.list.lists(all[0])
			}
			show(week, "2026-08-01")
			f.want(f.poll())
			f.now = f.now.Add(24 * time.Hour)
			show(shape.Fixture(205), "2026-08-02")
			if got := f.poll(); len(got) != 5 {
				t.Fatalf("told %q", got)
			}
			state := f.inForceOf(diff.SDN)
			f.now = f.now.Add(7 * 24 * time.Hour)
			show(week, "2026-08-09")
			f.want(f.poll(), "notice held entity-list")
			if why := f.heldReason(); !strings.Contains(why, "to the last letter, without 5 entries") {
				t.Errorf("held because %q", why)
			}
			f.now = f.now.Add(30 * time.Hour)
			f.want(f.poll())
			show(shape.Fixture(205), "2026-08-11")
			f.want(f.poll(), "notice recovered entity-list")
			if f.inForceOf(diff.SDN) != state {
				t.Error("the state in force is another one")
			}
			f.now = f.now.Add(30 * time.Hour)
			show(week, "2026-08-13")
			f.want(f.poll(), "notice held entity-list")
			if _, err := f.w.ReleaseSource(t.Context(), "entity-list", "ada"); err != nil {
				t.Fatal(err)
			}
			if got := f.poll(); len(got) != 6 || got[5] != "notice recovered entity-list" {
				t.Errorf("told %q", got)
			}
			f.now = f.now.Add(30 * time.Hour)
			f.want(f.poll())
		})
	}
}

// Entries that are held as missing count once: an edit that is undone while they are is told, and is no old copy.
func TestEntriesHeldAsMissingMakeNoOldCopy(t *testing.T) {
	b := newBench(t)
	gone := []string{"Gone One", "Gone Two", "Gone Three", "Gone Four"}
	b.list.lists(listOf("2026-03-02", append([]string{"Old Foe"}, gone...)...))
	b.want(b.poll())
	for i := range gone {
		b.now = b.now.Add(48 * time.Hour)
		b.list.lists(listOf("2026-03-02", append([]string{"Old Foe"}, gone[i+1:]...)...))
		b.want(b.poll(), "notice missing entity-list")
	}
	edited := listOf("2026-03-22", "Old Foe")
	edited.Entries[60].Aliases = []string{"Foe of Old"}
	for _, s := range []diff.Snapshot{edited, listOf("2026-03-25", "Old Foe")} {
		b.list.lists(s)
		b.want(b.poll(), "amended Old Foe [without a rule]")
	}
}
