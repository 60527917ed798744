package diff

import (
	"slices"
	"strings"
)

// cutAnew reports whether an entry's names, addresses and notes differ only in where they were cut: the same letters in the same
// order throughout, or items that are made of others, whole and without remainder, each of two at least. An item that merely moved to
// another field is not cut: an alias that becomes a former name is a difference.
func cutAnew(before, after Entry, fields []FieldChange) bool {
	var gone, come []string
	for _, f := range fields {
		if !f.Substantive || !fieldIs(f.Field, func(f Field) bool { return f.cut }) {
			continue
		}
		if f.Before != "" {
			gone = append(gone, letters(f.Before))
		}
		if f.After != "" {
			come = append(come, letters(f.After))
		}
	}
	switch {
	case slices.ContainsFunc(gone, func(s string) bool { return slices.Contains(come, s) }):
		return false
	case strung(&before) == strung(&after):
		return true
	case len(gone) == 0 || len(come) == 0 || len(gone)+len(come) > maxCuts:
		return false
	}
	gone, come = tileAll(gone, come)
	come, gone = tileAll(come, gone)
	return len(gone)+len(come) == 0
}

// maxCuts bounds the work: nobody cuts more items of one entry anew at once.
const maxCuts = 40

// tileAll takes out the wholes that two or more of the pieces make up, and those pieces.
func tileAll(pieces, wholes []string) (leftPieces, leftWholes []string) {
	for _, w := range wholes {
		if rest, n := tile(w, pieces); n >= 2 {
			pieces = rest
		} else {
			leftWholes = append(leftWholes, w)
		}
	}
	return pieces, leftWholes
}

// tile lays pieces end to end until they make up the whole; it returns those it did not need and how many it needed, 0 where they do
// not fit.
func tile(whole string, pieces []string) (rest []string, n int) {
	for i, p := range pieces {
		if p == "" || !strings.HasPrefix(whole, p) {
			continue
		}
		others := slices.Delete(slices.Clone(pieces), i, i+1)
		if len(p) == len(whole) {
			return others, 1
		}
		if left, m := tile(whole[len(p):], others); m > 0 {
			return left, m + 1
		}
	}
	return nil, 0
}

// strung is the letters of an entry's names, addresses and notes in reading order, whatever field each stands in.
func strung(e *Entry) string {
	var b strings.Builder
	for _, s := range e.textsOf(isCut) {
		b.WriteString(letters(s))
	}
	return b.String()
}
