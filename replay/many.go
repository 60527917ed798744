package replay

import (
	"fmt"
	"strconv"
	"strings"
)

// Many stands for a long run of invented entries, so that a rule of a hundred parties stays readable. In its patterns {word} becomes a
// word that no other entry of the run has, {n} the entry's number from 1, and in Alias and Address {i} the number of the alias or address.
type Many struct {
	Count       int    `yaml:"count"`
	First       int    `yaml:"first"` // of the words, so that two runs have different ones
	Name        string `yaml:"name"`
	Aliases     int    `yaml:"aliases"` // for each entry
	Alias       string `yaml:"alias"`
	Addresses   int    `yaml:"addresses"` // for each entry
	Address     string `yaml:"address"`
	Requirement string `yaml:"requirement"`
	Policy      string `yaml:"policy"`
}

func (m *Many) check() error {
	switch {
	case m == nil:
		return nil
	case m.Count < 1 || m.First < 0 || m.First+m.Count > words:
		return fmt.Errorf("many: first and count must lie within 0 and %d", words)
	case !strings.Contains(m.Name, "{word}"):
		return fmt.Errorf("many: the name %q has no {word}, so all entries would have it", m.Name)
	case m.Aliases > 0 && !strings.Contains(m.Alias, "{i}"):
		return fmt.Errorf("many: the alias %q has no {i}, so all would be the same", m.Alias)
	}
	return nil
}

// entries writes the run out.
func (m *Many) entries() []Entry {
	if m == nil {
		return nil
	}
	out := make([]Entry, m.Count)
	for n := range out {
		fill := func(pattern string, i int) string {
			return strings.NewReplacer("{word}", word(m.First+n), "{n}", strconv.Itoa(n+1), "{i}", strconv.Itoa(i)).Replace(pattern)
		}
		e := Entry{Name: fill(m.Name, 0), Requirement: m.Requirement, Policy: m.Policy}
		for i := range m.Aliases {
			e.Aliases = append(e.Aliases, fill(m.Alias, i+1))
		}
		for i := range max(1, m.Addresses) {
			e.Addresses = append(e.Addresses, fill(m.Address, i+1))
		}
		out[n] = e
	}
	return out
}

// words is how many words there are.
const words = 16 * 16 * 16

// word is the n-th of words of three syllables, those next to each other being unlike.
func word(n int) string {
	syllables := [16]string{"ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "xu", "za"}
	n = n * 1597 % words // odd, so prime to words: every number once
	s := syllables[n/256] + syllables[n/16%16] + syllables[n%16]
	return strings.ToUpper(s[:1]) + s[1:]
}
