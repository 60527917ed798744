package diff

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// freeAlike is how many entries may be edited in one and the same mechanical way at once: so many typing mistakes may well be mended in
// one way on a day.
const freeAlike = 2

// alike finds entries whose texts were not written anew but treated, each in the same way: cut off, turned round, handed from row to row,
// a letter taken for another. A publisher edits what texts say; a program that goes wrong treats them all alike. A publisher who changes
// how it transliterates does so too, and a person lets that through.
func (c *checker) alike(d Difference, _ Plausible) {
	edits := edited(d)
	if len(edits) <= freeAlike {
		return
	}
	t := treatments{owners: ownersOf(d.Old.Entries), governed: d.New.List.ActGoverned(), lent: map[int]bool{}}
	count, first := map[string]int{}, map[string]string{}
	for _, fields := range edits {
		for how, text := range t.of(fields) {
			if count[how]++; count[how] == 1 {
				first[how] = text
			}
		}
	}
	var most string
	for how, n := range count {
		if n > freeAlike && (most == "" || n > count[most] || n == count[most] && how < most) {
			most = how
		}
	}
	if most != "" {
		what, _, _ := strings.Cut(most, "|")
		c.add("edited", "in %d entries %s, as in %s: no publisher edits so", count[most], what, first[most])
	}
}

// edited are the differences of each entry that is edited, and of names that went beside each name that came: of an entry that is known by
// its name alone, another name is another entry.
func edited(d Difference) (edits [][]FieldChange) {
	var gone []*Change
	for i := range d.News {
		switch k := &d.News[i]; k.Change {
		case Amended, Renamed:
			if !heals(k) {
				edits = append(edits, k.Fields)
			}
		case Removed, Discrepancy:
			gone = append(gone, k)
		}
	}
	for i := range d.Found { // a name without its spaces or capitals is the same name
		if k := &d.Found[i]; k.Change == Amended && !k.Substantive && slices.ContainsFunc(k.Fields, treated) {
			edits = append(edits, k.Fields)
		}
	}
	pairs := 0
	for i := range d.News {
		if k := &d.News[i]; k.Change == Added && pairs < maxTreated {
			pairs += len(gone)
			edits = append(edits, besides(gone, k))
		}
	}
	return edits
}

// besides are names that went beside one that came; none where it is among them, and the entry only moved.
func besides(gone []*Change, come *Change) (both []FieldChange) {
	for _, g := range gone {
		if g.Name == come.Name {
			return nil
		}
		both = append(both, FieldChange{Field: "name", Before: g.Name, Substantive: true})
	}
	return append(both, FieldChange{Field: "name", After: come.Name, Substantive: true})
}

// maxTreated bounds the pairs of names that went and names that came.
const maxTreated = 100_000

// treated reports whether a name lost all its spaces or capitals.
func treated(f FieldChange) bool { return f.Field == "name" && layout(f.Before, f.After) != "" }

// layout says how a text of the same letters lost its spaces or capitals.
func layout(before, after string) string {
	switch {
	case letters(before) != letters(after):
	case strings.Count(before, " ") > 1 && !strings.Contains(after, " "):
		return "texts have no spaces any more"
	case before != strings.ToLower(before) && after == strings.ToLower(after) && after != strings.ToUpper(after):
		return "texts have no capitals any more"
	}
	return ""
}

// treatments are the ways in which a text can have come from another without being written anew.
type treatments struct {
	governed bool           // the list changes by acts alone, and none explains these
	lent     map[int]bool   // entries whose address another got besides its own: affiliates get one entry's, never each another's
	owners   map[string]int // by a value and its field: the entry that has it, plus one; -1 where several have it
}

// ownersOf are the names and values that only one entry has.
func ownersOf(entries []Entry) map[string]int {
	owners := map[string]int{}
	for i := range entries {
		e := &entries[i]
		own := func(field, text string) {
			key := ownKey(field, text)
			if at := owners[key]; at == 0 || at == i+1 {
				owners[key] = i + 1
			} else {
				owners[key] = -1
			}
		}
		own("name", e.Name)
		for _, a := range e.Addresses {
			own("addresses", a)
		}
		for _, c := range e.Citations {
			own("citations", citationText(c))
		}
	}
	return owners
}

// ownKey is a value as its owner is found by: an address by its street, since the rest of it stands in columns of its own.
func ownKey(field, text string) string {
	if street, _, ok := strings.Cut(text, ","); ok && field == "addresses" && len(letters(street)) > 4 {
		text = street
	}
	return field + "|" + letters(text)
}

// of are the ways in which an edit treated its texts, each with an example. What stands behind a bar makes several ways of one kind.
func (t treatments) of(fields []FieldChange) map[string]string {
	ways := map[string]string{}
	lost := slices.ContainsFunc(fields, func(f FieldChange) bool { return f.Field == "addresses" && f.Before != "" })
	for _, g := range fields {
		if at := t.owners[ownKey(g.Field, g.After)]; g.Field == "addresses" && g.After != "" && !lost && at > 0 && !t.lent[at] {
			t.lent[at] = true
			ways["the address is another entry's"] = quoted(g.Before, g.After)
		}
		if g.Before == "" || len(g.Before) > maxDamaged {
			continue
		}
		if g.Field == "parent" && t.governed { // the heading above them is lost, or was moved
			ways["the party is out of its group|"+g.Before] = quoted(g.Before, g.After)
		}
		if how := layout(g.Before, g.After); how != "" && treated(g) {
			ways[how] = quoted(g.Before, g.After)
		}
		for _, f := range fields {
			if f.After == "" || !f.Substantive || !g.Substantive || len(f.After) > maxDamaged {
				continue
			}
			for _, how := range t.between(g, f) {
				ways[how] = quoted(g.Before, f.After)
			}
		}
	}
	return ways
}

// between are the ways from one field's text to one field's text.
func (t treatments) between(g, f FieldChange) (ways []string) {
	was, is := letters(g.Before), letters(f.After)
	if was == "" || is == "" {
		return nil
	}
	if g.Field != f.Field {
		if g.Field == "addresses" && f.Field == "name" && len(is) >= 6 && strings.HasPrefix(was, is) {
			return []string{"the address stands in the place of the name"}
		}
		return nil
	}
	if was == is {
		if how := layout(g.Before, f.After); how != "" {
			return []string{how}
		}
		return nil
	}
	add := func(how string) {
		if how != "" {
			ways = append(ways, how)
		}
	}
	add(t.cutOff(g.Before, f.After))
	add(digitEdit(g.Before, f.After))
	add(lettersLost([]rune(was), []rune(is)))
	add(substitution([]rune(was), []rune(is)))
	if len(was) >= 4 && is == reversed(was) {
		add("texts are turned round")
	}
	if len(was) >= 6 && strings.Count(is, was) > 1 {
		add("texts stand twice")
	}
	if at, own := t.owners[ownKey(f.Field, f.After)], t.owners[ownKey(g.Field, g.Before)]; at > 0 && own > 0 && own != at {
		add("the text is another entry's")
	}
	return ways
}

// abbreviated are the beginnings of words that stand for them.
var abbreviated = strings.Fields("co corp int tech ind univ inst dept no st ave apt bldg str inc ltd gen dist prov")

// cutOff says how a text is the beginning of another, cut off inside a word, or anywhere where nobody may shorten a text without an act.
func (t treatments) cutOff(before, after string) string {
	after = strings.TrimSpace(after)
	rest, ok := strings.CutPrefix(before, after)
	if !ok {
		return ""
	}
	if t.governed && hasLetters(rest) {
		return "texts are cut off"
	}
	next, last := firstRune(rest), lastRune(after)
	if !wordRune(next) || !wordRune(last) {
		return ""
	}
	word := after[strings.LastIndexFunc(after, func(r rune) bool { return !wordRune(r) })+1:]
	if slices.Contains(abbreviated, strings.ToLower(word)) {
		return ""
	}
	return "texts are cut off inside a word"
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func reversed(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

var (
	digitRun = regexp.MustCompile(`[0-9]+`)
	dates    = regexp.MustCompile(`\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b|\b([0-9]{1,2})/([0-9]{1,2})/([0-9]{2,4})\b`)
)

// digitEdit says what was done to the digits of a text whose letters stayed.
func digitEdit(before, after string) string {
	if digitRun.ReplaceAllString(letters(before), "") != digitRun.ReplaceAllString(letters(after), "") {
		return ""
	}
	if !digitRun.MatchString(after) {
		return "digits are gone"
	}
	if swapped := dates.ReplaceAllStringFunc(before, swapDay); swapped != before && letters(swapped) == letters(after) {
		return "days stand for months"
	}
	was, is := digitRun.FindAllString(before, -1), digitRun.FindAllString(after, -1)
	step, n, unknown := 0, 0, true
	a, b := strings.Join(was, ""), strings.Join(is, "")
	if len(a) != len(b) || len(a) < 2 {
		return ""
	}
	for i := range len(a) {
		if d := int(b[i]) - int(a[i]); d != 0 {
			if step != 0 && d != step {
				return ""
			}
			step, n, unknown = d, n+1, unknown && a[i] == '0'
		}
	}
	if n < 2 || unknown { // a day and a month that were not known stand as 00/00
		return ""
	}
	return "digits are moved up or down"
}

func swapDay(date string) string {
	m := dates.FindStringSubmatch(date)
	if m[1] != "" {
		return m[1] + "-" + m[3] + "-" + m[2]
	}
	return m[5] + "/" + m[4] + "/" + m[6]
}

// lettersLost says at which place a text lost one or two letters.
func lettersLost(was, is []rune) string {
	n := len(was) - len(is)
	if n < 1 || n > 2 || len(is) < 3 {
		return ""
	}
	i := 0
	for i < len(is) && was[i] == is[i] {
		i++
	}
	if string(was[i+n:]) != string(is[i:]) {
		return ""
	}
	if len(is) == i {
		return "" // at the end: cut off, or a plural
	}
	return "a letter is gone at the same place|" + string(rune('a'+i))
}

// substitution says which letters became which, where each did so throughout a text.
func substitution(was, is []rune) string {
	if len(was) != len(is) || len(was) < 4 {
		return ""
	}
	to := map[rune]rune{}
	for i, r := range was {
		if unicode.IsDigit(r) != unicode.IsDigit(is[i]) {
			return ""
		}
		if o, seen := to[r]; seen && o != is[i] {
			return ""
		}
		to[r] = is[i]
	}
	var pairs []string
	for r, o := range to {
		if r != o && !unicode.IsDigit(r) {
			pairs = append(pairs, string(r)+string(o))
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	slices.Sort(pairs)
	return "letters are others throughout|" + strings.Join(pairs, " ")
}
