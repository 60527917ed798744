package diff

import (
	"regexp"
	"strings"
)

// oneName finds a name that more entries bear than parties share names: of 14,400 SDN entries 4 do, of 3,467 Entity List rows 6.
func (c *checker) oneName(entries []Entry) {
	count, most := map[string]int{}, ""
	for i := range entries {
		if name := entries[i].Name; strings.TrimSpace(name) != "" {
			if count[name]++; count[name] > count[most] {
				most = name
			}
		}
	}
	if n := count[most]; n > limit(freeNamesakes, 0.02, len(entries)) {
		c.add("one_name", "%d of %d entries bear one name, %q", n, len(entries), short(most))
	}
}

// freeNamesakes may always share a name. The largest real group is of 6.
const freeNamesakes = 12

// damaged finds what a first look cannot compare: characters that show damage by themselves, and rows that stand twice. Real lists have
// such slips: one entry of the UN's 1,003, three of 4,226 rows of the screening list.
func (c *checker) damaged(entries []Entry) {
	counts, first := map[damageKind]int{}, map[damageKind]string{}
	named, twins := map[string][]*Entry{}, 0
	for i := range entries {
		e := &entries[i]
		if kind, text := damagedText(e); kind != undamaged {
			if counts[kind]++; first[kind] == "" {
				first[kind] = text
			}
		}
		same := named[e.Name]
		for _, o := range same[:min(len(same), maxTwins)] {
			if sameFields(o, e) {
				twins++
				break
			}
		}
		named[e.Name] = append(same, e)
	}
	for _, kind := range []damageKind{lostLetters, wrongCharset, escapedTwice, questioned} {
		share := 0.01
		if kind == questioned {
			share = 0.10
		}
		if counts[kind] > limit(freeSlips, share, len(entries)) {
			c.add("characters", "in %d entries %s, as in %q", counts[kind], kind, short(first[kind]))
		}
	}
	if twins > limit(freeSlips, 0.01, len(entries)) {
		c.add("doubled", "%d of %d rows stand there twice and differ in nothing but their place", twins, len(entries))
	}
}

// questioned is a question mark inside a word. It is the weakest sign: 130 of 4,226 rows of a real screening list have one.
const questioned damageKind = "question marks stand inside words"

var inWord = regexp.MustCompile(`\pL\?+\pL`)

// freeSlips are a publisher's own slips, which a first look takes as they are.
const freeSlips = 3

// damagedText finds a text of an entry that shows damage.
func damagedText(e *Entry) (damageKind, string) {
	for _, s := range e.textsOf(isCut) {
		if kind := marksOfDamage(s); kind != undamaged {
			return kind, s
		}
		if strings.IndexByte(s, '?') > 0 && inWord.MatchString(s) {
			return questioned, s
		}
	}
	return undamaged, ""
}
