package rule

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"entitywatch/diff"
)

// The doubts about a text as such, whatever its numbers say.
const (
	cutOff   = "its text is cut"
	nameless = "its text does not say which document it is"
)

const ownNumbers = "the document's own numbers"

// Settle completes an act that has been read, once it has what its record says too: its placeholder citations become
// real where its volume, pages and day are known, and its Doubt says why it may take nothing back. It may be called
// again after the act has changed.
func Settle(a *diff.Act) {
	resolveCitations(a)
	weigh(a)
}

// weigh sets the Doubt of an act that is read to its end: why it may take nothing back. It may be called again after
// the act has changed.
func weigh(a *diff.Act) {
	switch {
	case a.Doubt == cutOff || a.Doubt == nameless:
	case damaged(a):
		a.Doubt = diff.Damaged
	default:
		a.Doubt = contradiction(a)
	}
}

// contradiction is what of a document speaks against itself, or that nothing in it speaks for itself.
func contradiction(a *diff.Act) string {
	unread, counted := 0, true
	for _, p := range a.Problems {
		if p.Where == ownNumbers {
			return "it states other numbers than it holds: " + p.Text
		}
		if p.Kind == diff.Unread {
			unread++
		}
	}
	for _, am := range a.Amendments {
		unread += len(slices.DeleteFunc(slices.Clone(am.Problems), func(p diff.Problem) bool {
			return p.Kind != diff.Unread
		}))
		_, states := a.Declared[am.List]
		counted = counted && states
	}
	switch {
	case unread > 0:
		return fmt.Sprintf("%d of its parts cannot be read", unread)
	case len(a.Amendments) == 0 && len(a.Declared) > 0:
		return "it speaks of changes and holds none"
	case !counted:
		return diff.Uncounted
	}
	return ""
}

// lostLetters is what becomes of a letter that a character set does not have, or that was read in the wrong one: a
// replacement character, a question mark within a word, two letters for one.
var lostLetters = regexp.MustCompile(`\x{FFFD}|\p{L}\?+\p{L}|Ã[\x{80}-\x{BF}]|â€|[\x{80}-\x{9F}]`)

// damaged reports whether letters are lost in the parties that an act names.
func damaged(a *diff.Act) bool {
	for _, am := range a.Amendments {
		texts := []string{am.Name}
		if e := am.Entry; e != nil {
			texts = slices.Concat(texts, []string{e.Name}, e.Aliases, e.Addresses)
		}
		if slices.ContainsFunc(texts, lostLetters.MatchString) {
			return true
		}
	}
	return false
}

// Identify refuses, with *diff.Refused, an act whose text says of itself that it is another document than number. One
// that does not say which it is may be read, and takes nothing back.
func Identify(a *diff.Act, number string) error {
	switch {
	case a.DocumentNumber == "":
		a.Doubt = cmp.Or(a.Doubt, nameless)
	case diff.FoldDocumentNumber(a.DocumentNumber) != diff.FoldDocumentNumber(number):
		return &diff.Refused{Reason: "its text is that of another document, " + a.DocumentNumber}
	}
	return nil
}
