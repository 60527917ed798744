// Package permute checks, for every format of a list, that only what the records say counts and not where they stand: any order of
// the records gives no Change, and a record that is gone gives exactly the removal of its party. It also checks that a parser refuses
// what is no whole list (Refused, Cuts), and what it promises of any bytes (Sound).
package permute

import (
	"math/rand/v2"
	"strings"
	"testing"

	"entitywatch/diff"
)

// File is a list's file taken apart: what stands before the first record, the records with their line ends, what stands behind.
type File struct {
	Head    string
	Records []string
	Tail    string
}

func (f File) with(records []string) []byte {
	return []byte(f.Head + strings.Join(records, "") + f.Tail)
}

// Parse reads a whole file.
type Parse func(body []byte) ([]diff.Snapshot, error)

// Check reads the file in several orders, and without some of its records: without each where most is 0, else without most of them.
// In the long form (Exhaustive) it is Sweep.
func Check(t *testing.T, f File, most int, parse Parse) {
	t.Helper()
	if len(f.Records) < 2 {
		t.Fatalf("only %d records: the file was not taken apart", len(f.Records))
	}
	if most > 0 && Exhaustive() {
		Sweep(t, f, parse)
		return
	}
	base := CheckOrder(t, f, parse)
	step := 1
	if most > 0 {
		step = max(1, len(f.Records)/most)
	}
	for i := step / 2; i < len(f.Records); i += step {
		without(t, f, i, base, parse)
	}
}

// CheckOrder reads the file in several orders, and gives what the first held.
func CheckOrder(t *testing.T, f File, parse Parse) map[diff.ListID]diff.Snapshot {
	t.Helper()
	base := read(t, f.with(f.Records), parse)
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		shuffled := append([]string(nil), f.Records...)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for _, c := range compare(base, read(t, f.with(shuffled), parse)) {
			t.Errorf("in another order: %s %s %+v", c.Change, c.Key, c.Fields)
		}
	}
	return base
}

// without checks what follows where one record is gone: a removal on each list on which it stood, with the parties named inside it.
func without(t *testing.T, f File, i int, base map[diff.ListID]diff.Snapshot, parse Parse) {
	t.Helper()
	rest := append(append([]string(nil), f.Records[:i]...), f.Records[i+1:]...)
	after := read(t, f.with(rest), parse)
	removed, fewer := 0, 0
	for list, s := range base {
		fewer += len(s.Entries) - len(after[list].Entries)
	}
	for _, c := range compare(base, after) {
		if c.Change == diff.Removed {
			removed++
		} else {
			t.Errorf("without record %d: %s %s %+v", i, c.Change, c.Key, c.Fields)
		}
	}
	if fewer < 1 || removed != fewer {
		t.Errorf("without record %d, which held %d entries, %d are removed: %.300s", i, fewer, removed, f.Records[i])
	}
}

func read(t *testing.T, body []byte, parse Parse) map[diff.ListID]diff.Snapshot {
	t.Helper()
	all, err := parse(body)
	if err != nil {
		t.Fatal(err)
	}
	m := map[diff.ListID]diff.Snapshot{}
	for _, s := range all {
		m[s.List] = s
	}
	return m
}

// compare gives all Changes, editorial ones too. A list that is gone altogether is compared with an empty one.
func compare(before, after map[diff.ListID]diff.Snapshot) (out []diff.Change) {
	for list, s := range before {
		next, ok := after[list]
		if !ok {
			next = diff.Snapshot{List: list, Complete: true}
		}
		out = append(out, diff.Compare(s, next).Changes...)
	}
	return out
}

// Elements takes an XML document apart at its elements of one name, which must stand side by side.
func Elements(doc, name string) File {
	var f File
	start, end := "<"+name, "</"+name+">"
	for rest := doc; ; {
		at := next(rest, start)
		to := strings.Index(rest, end)
		if at < 0 || to < 0 {
			f.Tail = rest
			return f
		}
		to += len(end)
		if f.Records == nil {
			f.Head = rest[:at]
		}
		f.Records = append(f.Records, rest[at:to]+"\n")
		rest = rest[to:]
	}
}

// next is where an element begins whose name is not only the beginning of a longer one.
func next(doc, start string) int {
	for from := 0; ; {
		i := strings.Index(doc[from:], start)
		if i < 0 {
			return -1
		}
		from += i + len(start)
		if from < len(doc) && strings.ContainsAny(doc[from:from+1], " >\r\n\t") {
			return from - len(start)
		}
	}
}

// Lines takes a CSV apart behind its first lines, at the line breaks that stand in no quotes. tail is what may stand behind the rows.
func Lines(doc string, head int, tail string) File {
	var f File
	doc, found := strings.CutSuffix(doc, tail)
	if found {
		f.Tail = tail
	}
	quoted, from, n := false, 0, 0
	for i := range len(doc) {
		switch {
		case doc[i] == '"':
			quoted = !quoted
		case doc[i] == '\n' && !quoted || i+1 == len(doc):
			if n++; n <= head {
				f.Head += doc[from : i+1]
			} else {
				f.Records = append(f.Records, doc[from:i+1])
			}
			from = i + 1
		}
	}
	return f
}

// Group joins the records for which of gives the same text: the rows of one party. Their own order stays.
func (f File) Group(of func(record string) string) File {
	at := map[string]int{}
	var groups []string
	for _, r := range f.Records {
		k := of(r)
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			groups = append(groups, "")
		}
		groups[i] += r
	}
	f.Records = groups
	return f
}
