package fedreg

import (
	"slices"
	"strings"
	"unicode"
)

// known reports whether an agency is one of those that a config names by their slugs. Slugs change with the way in
// which a name is put ("industry-and-security-bureau", "bureau-of-industry-and-security"), so their words are compared,
// and those of the names.
func (a agency) known(slugs []string) bool {
	return slices.ContainsFunc(slugs, func(slug string) bool {
		want := agencyWords(slug)
		return slices.ContainsFunc([]string{a.Slug, a.Name, a.RawName}, func(s string) bool {
			return s != "" && agencyWords(s) == want
		})
	})
}

// agencyWords are the words of an agency's slug or name, in the order of the alphabet, without those that only join
// them.
func agencyWords(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	words = slices.DeleteFunc(words, func(w string) bool { return w == "and" || w == "of" || w == "the" || w == "for" })
	slices.Sort(words)
	return strings.Join(words, " ")
}
