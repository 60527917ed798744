package watcher_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"entitywatch/internal/damage"
)

// A publisher may change how it transliterates: that looks like one letter taken for another, is held, and is told when a person lets it
// through; then it is the state, and says nothing more.
func TestAnotherTransliterationIsHeldAndReleased(t *testing.T) {
	for _, shape := range damage.Shapes() {
		if shape.ID == nil {
			continue // without numbers another name is another entry
		}
		t.Run(shape.Name, func(t *testing.T) {
			list, _ := listed(shape.Name)
			f := newFeed(t, shape, list)
			good := shape.Fixture(60)
			other := strings.NewReplacer("Kite", "Kyte", "Lantern", "Lanterne", "Cargo", "Kargo", "Falcon", "Falkon").Replace(good)
			f.shows(good)
			f.want(f.poll())
			f.shows(other)
			f.want(f.poll(), "notice held entity-list")
			if lists, err := f.w.ReleaseSource(context.Background(), "entity-list", "ada"); err != nil || len(lists) != 1 {
				t.Fatalf("released %v, %v", lists, err)
			}
			n := 0
			for _, told := range f.poll() {
				if strings.HasPrefix(told, "renamed ") || strings.HasPrefix(told, "amended ") {
					n++
				}
			}
			if n == 0 {
				t.Error("nothing is told of what a person let through")
			}
			f.want(f.poll())
		})
	}
}

// In a list of one entry a single letter lost is a slip as in any other: the entry stays as it was.
func TestALetterLostInAListOfOne(t *testing.T) {
	for _, shape := range damage.Shapes() {
		if shape.Name == "un" {
			continue // its file has two kinds of records at least
		}
		for _, word := range []string{"Optics", "Amber", "Société", "Aa"} {
			for at := range []rune(word) {
				t.Run(shape.Name+" "+word, func(t *testing.T) {
					list, _ := listed(shape.Name)
					f := newFeed(t, shape, list)
					good := shape.Fixture(1)
					f.shows(good)
					f.want(f.poll())
					r := []rune(word)
					r[at] = '?'
					f.shows(strings.Replace(good, word, string(r), 1))
					for _, told := range f.poll() {
						if !strings.HasPrefix(told, "notice ") {
							t.Errorf("told %q of %s", told, string(r))
						}
					}
				})
			}
		}
	}
}

// Three parties may move into the offices of three others on one day: that looks like a column that slipped, is held and told to the
// operators once, and is told to everybody when a person lets it through; then it is the state, and says nothing more.
func TestAddressesOfOthersAreHeldAndReleased(t *testing.T) {
	for _, shape := range damage.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			list, _ := listed(shape.Name)
			f := newFeed(t, shape, list)
			good := shape.Fixture(60)
			moved := good
			for i := range 3 {
				street := func(n int) string {
					return regexp.MustCompile(fmt.Sprintf(`No\. %d Rue[^,]*, District \d`, n)).FindString(good)
				}
				moved = strings.ReplaceAll(moved, street(10+i), street(40+i))
			}
			f.shows(good)
			f.want(f.poll())
			f.shows(moved)
			f.want(f.poll(), "notice held entity-list")
			if why := f.heldReason(); !strings.Contains(why, "another entry's") {
				t.Errorf("held because %q", why)
			}
			f.want(f.poll())
			if lists, err := f.w.ReleaseSource(context.Background(), "entity-list", "ada"); err != nil || len(lists) != 1 {
				t.Fatalf("released %v, %v", lists, err)
			}
			amended := 0
			for _, told := range f.poll() {
				if strings.HasPrefix(told, "amended ") {
					amended++
				}
			}
			if amended != 3 {
				t.Errorf("%d amendments are told after the release, want 3", amended)
			}
			f.want(f.poll())
		})
	}
}
