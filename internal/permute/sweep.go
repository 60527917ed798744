package permute

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
)

// Exhaustive reports whether the long form of the checks is asked for: ENTITYWATCH_SWEEP=all deletes every record of every real file.
func Exhaustive() bool { return os.Getenv("ENTITYWATCH_SWEEP") == "all" }

// groupSize is how many records a group has at least: each deletion reads one group, each round of deletions the whole file.
const groupSize = 40

// Sweep deletes every record of a file and tries many orders, and prints what it did. It is Check for a file of any size:
//
//   - Each record is read alone. What it then holds is what its deletion must remove, no more and no less.
//   - Records that share a key, a name or a parent are kin. The file is cut into groups that hold kin together; the entries of the groups
//     must be exactly those of the whole file, so what holds in a group holds in the file.
//   - In its group each record is deleted alone. Small sets of kin are put into every order.
//   - In the whole file one record of every group is deleted at a time, until each has been: the removals must be those of the groups.
func Sweep(t *testing.T, f File, parse Parse) {
	t.Helper()
	s := &sweep{t: t, f: f, parse: parse, random: rand.New(rand.NewPCG(3, 4))}
	s.base = read(t, f.with(f.Records), parse)
	s.alone()
	s.group()
	s.orders()
	s.inGroups()
	s.inFile()
	t.Logf("%d records in %d groups, %d of them on no list that is read; %d orders and %d deletions in groups, %d orders and %d rounds of"+
		" deletions in the whole file; %d wrong", len(f.Records), len(s.groups), s.silent, s.shuffles, s.deletions, s.wholeOrders, s.rounds, s.wrong)
}

type sweep struct {
	t      *testing.T
	f      File
	parse  Parse
	random *rand.Rand
	base   map[diff.ListID]diff.Snapshot
	holds  [][]diff.Entry // by record: what it holds when it is read alone
	kin    [][]int        // records that share a key, a name or a parent
	groups [][]int

	silent, shuffles, deletions, wholeOrders, rounds, wrong int
}

func (s *sweep) fail(format string, args ...any) {
	s.t.Helper()
	if s.wrong++; s.wrong <= 20 {
		s.t.Errorf(format, args...)
	}
}

// alone reads each record by itself.
func (s *sweep) alone() {
	s.holds = make([][]diff.Entry, len(s.f.Records))
	for i, r := range s.f.Records {
		for _, x := range read(s.t, s.f.with([]string{r}), s.parse) {
			s.holds[i] = append(s.holds[i], x.Entries...)
		}
		if len(s.holds[i]) == 0 {
			s.silent++
		}
	}
}

// group joins kin, and packs them with others.
func (s *sweep) group() {
	parent := make([]int, len(s.f.Records))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	first := map[string]int{}
	for i, entries := range s.holds {
		for _, e := range entries {
			for _, mark := range []string{plainKey(e.Key), plainKey(e.Parent), string(e.List) + e.Name} {
				if j, known := first[mark]; known && mark != "" {
					parent[root(i)] = root(j)
				}
				first[mark] = i
			}
		}
	}
	families := map[int][]int{}
	for i := range parent {
		families[root(i)] = append(families[root(i)], i)
	}
	s.kin = slices.SortedFunc(maps.Values(families), func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	var now []int
	s.random.Shuffle(len(s.kin), func(i, j int) { s.kin[i], s.kin[j] = s.kin[j], s.kin[i] })
	for _, family := range s.kin { // mixed: neighbors of one program alone would be another list's file
		if now = append(now, family...); len(now) >= groupSize {
			s.groups, now = append(s.groups, now), nil
		}
	}
	if last := len(s.groups) - 1; last >= 0 && len(now) < groupSize { // a group of one is an empty file without it
		s.groups[last] = append(s.groups[last], now...)
	} else {
		s.groups = append(s.groups, now)
	}
}

// plainKey is a key without its ordinal.
func plainKey(key string) string { base, _, _ := strings.Cut(key, "#"); return base }

func (s *sweep) records(at []int) []string {
	out := make([]string, len(at))
	for i, n := range at {
		out[i] = s.f.Records[n]
	}
	return out
}

func (s *sweep) read(at []int) map[diff.ListID]diff.Snapshot {
	return read(s.t, s.f.with(s.records(at)), s.parse)
}

// orders puts each set of kin into every order, or many where they are more than four, and the whole file into several.
func (s *sweep) orders() {
	for _, family := range s.kin {
		if len(family) < 2 {
			continue
		}
		base := s.read(family)
		for order := range s.permutations(family) {
			s.shuffles++
			for _, c := range compare(base, s.read(order)) {
				s.fail("in another order: %s %s %+v", c.Change, c.Key, c.Fields)
			}
		}
	}
	whole := make([]int, len(s.f.Records))
	for i := range whole {
		whole[i] = i
	}
	backwards := slices.Clone(whole)
	slices.Reverse(backwards)
	sorted := slices.SortedFunc(slices.Values(whole), func(a, b int) int { return strings.Compare(s.f.Records[a], s.f.Records[b]) })
	for _, order := range [][]int{backwards, sorted, s.shuffled(whole), s.shuffled(whole), s.shuffled(whole)} {
		s.wholeOrders++
		for _, c := range compare(s.base, s.read(order)) {
			s.fail("the whole file in another order: %s %s %+v", c.Change, c.Key, c.Fields)
		}
	}
}

func (s *sweep) shuffled(at []int) []int {
	out := slices.Clone(at)
	s.random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// permutations are all of at most four records, and 24 of more.
func (s *sweep) permutations(at []int) func(yield func([]int) bool) {
	return func(yield func([]int) bool) {
		if len(at) > 4 {
			for range 24 {
				if !yield(s.shuffled(at)) {
					return
				}
			}
			return
		}
		permuted(at, nil, yield)
	}
}

func permuted(rest, done []int, yield func([]int) bool) bool {
	if len(rest) == 0 {
		return yield(done)
	}
	for i := range rest {
		others := slices.Concat(rest[:i], rest[i+1:])
		if !permuted(others, append(slices.Clone(done), rest[i]), yield) {
			return false
		}
	}
	return true
}

// inGroups deletes each record alone in its group.
func (s *sweep) inGroups() {
	together := map[diff.ListID]diff.Snapshot{}
	for _, group := range s.groups {
		base := s.read(group)
		for list, x := range base {
			all := together[list]
			all.Entries = append(all.Entries, x.Entries...)
			together[list] = all
		}
		for k, gone := range group {
			s.deletions++
			after := s.read(slices.Concat(group[:k], group[k+1:]))
			s.removes(compare(base, after), s.holds[gone], fmt.Sprintf("without record %d of its group: %.200s", gone, s.f.Records[gone]))
		}
	}
	for list, x := range s.base {
		a, b := byKey(x.Entries), byKey(together[list].Entries)
		if len(a) != len(b) {
			s.fail("%s: the groups hold %d entries, and the file %d", list, len(b), len(a))
		}
		for key, e := range a {
			if !reflect.DeepEqual(e, b[key]) {
				s.fail("%s is read otherwise in its group: %.300s", key, fmt.Sprintf("%+v, %+v", b[key], e))
			}
		}
	}
}

// byKey are entries without the places of their problems, which are numbers of rows.
func byKey(entries []diff.Entry) map[string]diff.Entry {
	m := make(map[string]diff.Entry, len(entries))
	for _, e := range entries {
		e.Problems = slices.Clone(e.Problems)
		for i := range e.Problems {
			e.Problems[i].Where = ""
		}
		m[e.Key] = e
	}
	return m
}

// inFile deletes one record of every group at a time, until each is deleted once.
func (s *sweep) inFile() {
	for k := 0; ; k++ {
		var rest []int
		var held []diff.Entry
		for _, group := range s.groups {
			if k < len(group) {
				held = append(held, s.holds[group[k]]...)
				rest = append(append(rest, group[:k]...), group[k+1:]...)
			} else {
				rest = append(rest, group...)
			}
		}
		if len(rest) == len(s.f.Records) {
			return
		}
		slices.Sort(rest)
		s.rounds++
		s.removes(compare(s.base, s.read(rest)), held, fmt.Sprintf("round %d in the whole file", k))
	}
}

// removes asserts that changes are the removal of exactly these entries.
func (s *sweep) removes(changes []diff.Change, entries []diff.Entry, what string) {
	s.t.Helper()
	var want, got []string
	for _, e := range entries {
		want = append(want, e.Name) // of which list a file is, a record alone need not tell
	}
	for _, c := range changes {
		if c.Change != diff.Removed {
			s.fail("%s: %s %s %+v", what, c.Change, c.Key, c.Fields)
			continue
		}
		got = append(got, c.Name)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		s.fail("%s: %d removals, want %d: %.300q, want %.300q", what, len(got), len(want), got, want)
	}
}
