package rule

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
)

const seeds = 200

// TestGeneratedRules renders rows of the lists as rules, in every wording, and reads them back.
func TestGeneratedRules(t *testing.T) {
	rows := listRows(t)
	var total, texts, wrong int
	count := map[string]int{}
	for seed := range uint64(seeds) {
		s := generate(rows, seed)
		source := s.render()
		a, err := ParseXML(strings.NewReader(source), diff.ReadOptions{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, p := range a.Problems {
			t.Errorf("seed %d: problem %v", seed, p)
		}
		got := slices.Clone(a.Amendments)
		for _, w := range s.wants {
			total++
			count[string(w.action)]++
			i := slices.IndexFunc(got, func(am diff.Amendment) bool { return w.is(am, s) })
			if i < 0 {
				t.Errorf("seed %d, style %d: no %s of %q under %s (%s)", seed, s.style, w.action, w.name, w.country, w.list)
				continue
			}
			am := got[i]
			got = slices.Delete(got, i, i+1)
			for _, p := range am.Problems {
				t.Errorf("seed %d: problem of %s: %v", seed, w.name, p)
			}
			if w.action == diff.Remove || w.entry == nil {
				continue
			}
			for _, pair := range [][2][]string{{am.Entry.Aliases, w.entry.Aliases}, {am.Entry.Addresses, w.entry.Addresses}} {
				texts += max(len(pair[0]), len(pair[1]))
				if n := differ(pair[0], pair[1]); n > 0 {
					wrong += n
					t.Logf("seed %d: %s: got %q want %q", seed, w.name, pair[0], pair[1])
				}
			}
		}
		for _, am := range got {
			t.Errorf("seed %d, style %d: not in the rule: %s %q under %s", seed, s.style, am.Action, am.Name, am.Country)
		}
	}
	t.Logf("%d amendments in %d rules (%v); %d of %d aliases and addresses differ", total, seeds, count, wrong, texts)
	if wrong*100 > texts {
		t.Errorf("%d of %d aliases and addresses differ: more than 1 %%", wrong, texts)
	}
}

// is reports whether an amendment is the one wanted.
func (w want) is(am diff.Amendment, s *script) bool {
	if am.List != w.list || am.Country != w.country {
		return false
	}
	switch {
	case w.action == diff.Remove:
		return am.Action == diff.Remove && diff.Normalise(am.Name) == diff.Normalise(w.name)
	case w.action == diff.EditFields:
		return am.Action == diff.EditFields && am.Name == w.name && fmt.Sprint(am.Edits) == fmt.Sprint(w.edits)
	case am.Entry == nil || diff.Normalise(am.Entry.Name) != diff.Normalise(w.entry.Name):
		return false
	case s.style == oldStyle: // the state decides
		return am.Action == diff.AddOrRevise || am.Action == w.action && w.action == diff.Revise
	}
	return am.Action == w.action && am.Name == w.name
}

func differ(got, want []string) int {
	n := 0
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || diff.Normalise(got[i]) != diff.Normalise(want[i]) {
			n++
		}
	}
	return n
}
