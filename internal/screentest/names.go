package screentest

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unicode"

	"entitywatch/diff"
)

// CPUTime is what the process has used of all processors so far; it panics where the system does not say.
func CPUTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Heap is what is in use after a collection, in megabytes.
func Heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// NamesOf is every name and alias with the number of its entry.
func NamesOf(entries []diff.Entry) (names []string, entry []int) {
	for i, e := range entries {
		if e.Kind == diff.Address {
			continue
		}
		for _, n := range append([]string{e.Name}, e.Aliases...) {
			names, entry = append(names, n), append(entry, i)
		}
	}
	return names, entry
}

// Mistype makes one typing error: a letter left out, doubled, changed or swapped with the next.
func Mistype(s string, r *rand.Rand) string {
	runes := []rune(s)
	var at []int
	for i, c := range runes {
		if unicode.IsLetter(c) {
			at = append(at, i)
		}
	}
	for {
		i := at[r.IntN(len(at))]
		out := append([]rune(nil), runes...)
		letter := rune('a' + r.IntN(26))
		switch r.IntN(4) {
		case 0:
			out = append(out[:i], out[i+1:]...)
		case 1:
			out = append(out[:i], append([]rune{letter}, out[i:]...)...)
		case 2:
			out[i] = letter
		default:
			if i+1 >= len(out) || !unicode.IsLetter(out[i+1]) {
				continue
			}
			out[i], out[i+1] = out[i+1], out[i]
		}
		if !strings.EqualFold(string(out), s) {
			return string(out)
		}
	}
}

// Letters is how many letters a text has.
func Letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// Endless are names as nobody has them, one for each way in which the reading of a name once grew with the square of
// its length.
func Endless(bytes int) map[string]string {
	out := map[string]string{}
	for what, unit := range map[string]string{
		"words": "Tarvelli Works ", "legal forms that are words elsewhere": "co ", "abbreviation": "a.", "titles": "dr ",
		"initials": "b & ",
		"one word": "x", "one word of Han": "塔", "brackets": "((", "numbers": "twenty one ", "apostrophes": "ʼ",
		"joint stock": "joint stok ",
	} {
		out[what] = strings.Repeat(unit, bytes/len(unit)+1)[:bytes]
	}
	return out
}

// Parties are made-up entries for the tests of searching.
func Parties() []diff.Entry {
	return []diff.Entry{
		{List: diff.EntityList, Key: "1", Name: "Shenzhen Qorvane Microsystems Co., Ltd.",
			Aliases: []string{"Qorvane", "Kuowan Wei"}, Country: "CHINA, PEOPLE'S REPUBLIC OF", Countries: []string{"CN"}},
		{List: diff.SDN, Key: "2", Name: "TARVELLI, Ostap Grigorievich", Kind: diff.Person,
			FormerNames: []string{"Ostap Drel"}},
		{List: diff.EntityList, Key: "3", Name: "Factory 12", WeakAliases: []string{"Works XII"}},
		{List: diff.EntityList, Key: "4", Name: "Address 01", Kind: diff.Address,
			Addresses:          []string{"Room 1803, 18/F, Lucky Mercantile Building, 412 Fa Yuen Street, Mong Kok, Hong Kong"},
			LicenseRequirement: "For all items"},
		{List: diff.SDN, Key: "5", Name: "SEA LANTERN", Kind: diff.Vessel},
	}
}
