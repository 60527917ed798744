package diff

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// damageKind is how the characters of a text were damaged on their way to us, for a person.
type damageKind string

// The kinds of damage.
const (
	undamaged    damageKind = ""
	lostLetters  damageKind = "letters became question marks or replacement characters"
	wrongCharset damageKind = "characters were read in the wrong encoding"
	escapedTwice damageKind = "characters stand as HTML escapes or markup"
	foldedAway   damageKind = "letters outside ASCII were dropped or replaced"
	emptiedOut   damageKind = "a program's word for nothing stands in the place of a text"
)

// mojibake is what UTF-8 looks like when its bytes are read as Windows-1252, Latin-1 or Windows-1251: a lead byte as a letter, then a
// continuation byte as a letter or sign that stands there in no word. C1 controls and byte order marks stand
// in no text at all.
var mojibake = regexp.MustCompile(`[\x{80}-\x{9f}\x{feff}]|[ÂÃÄÅÆÐÑØÙÎÏ][\x{80}-\x{bf}€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›œžŸ]|â€|[РС][\x{a0}-\x{bf}ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ]`)

// escapes are character references, and the tags of a page, in what should be text.
var escapes = regexp.MustCompile(`&(?:amp;)*(?:(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});|#\d{3,6}\b|#[xX][0-9a-fA-F]{2,5}\b|(?:amp|lt|gt|quot|apos|nbsp)$)|</?[a-zA-Z][^<>]{0,40}>`)

// marksOfDamage are the kinds of damage that a text shows by itself. Question marks say nothing alone.
func marksOfDamage(s string) damageKind {
	switch {
	case strings.ContainsRune(s, utf8.RuneError):
		return lostLetters
	case strings.IndexByte(s, '&') >= 0 && escapes.MatchString(s), strings.IndexByte(s, '<') >= 0 && escapes.MatchString(s):
		return escapedTwice
	case !isASCII(s) && mojibake.MatchString(s):
		return wrongCharset
	}
	return undamaged
}

// damageBetween says how the second text came from the first by damage to its characters; undamaged where it did not, or where the first is
// the damaged one.
func damageBetween(before, after string) damageKind {
	if before == "" || after == "" || before == after || len(before) > maxDamaged || len(after) > maxDamaged {
		return undamaged
	}
	mark := marksOfDamage(after)
	switch {
	case mark != undamaged && marksOfDamage(before) == mark:
		return undamaged
	case mark == escapedTwice:
		if letters(plainOf(after)) == letters(plainOf(before)) {
			return escapedTwice
		}
	case mark == wrongCharset:
		if asciiLetters(after) == asciiLetters(before) {
			return wrongCharset
		}
	}
	switch {
	case emptied(before, after):
		return emptiedOut
	case lostIn(before, after):
		return lostLetters
	case misreadAs(before, after):
		return wrongCharset
	case isASCII(before) || marksOfDamage(before) != undamaged:
		return undamaged
	case foldedFrom(before, after):
		return foldedAway
	}
	return undamaged
}

// maxDamaged bounds the work on one text, in bytes.
const maxDamaged = 20_000

// plainOf takes character references, however often they were escaped, and tags out of a text.
func plainOf(s string) string {
	for range 4 {
		next := html.UnescapeString(s)
		if next == s {
			break
		}
		s = next
	}
	return escapes.ReplaceAllString(s, "")
}

// asciiLetters are the letters and digits of a text that every encoding shares.
func asciiLetters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

// lostIn reports whether some letters of a text became U+FFFD or question marks: what stands between those is the text's own, in its
// order, and nothing else is missing.
func lostIn(before, after string) bool {
	marks := lossMarks(after) - lossMarks(before)
	if marks <= 0 {
		return false
	}
	rest := letters(before)
	pieces := strings.FieldsFunc(after, isLossMark)
	kept := 0
	for i, p := range pieces {
		p = letters(p)
		at := strings.Index(rest, p)
		last := i == len(pieces)-1 && !isLossMark(lastRune(after))
		if last && strings.HasSuffix(rest, p) {
			at = len(rest) - len(p)
		}
		if at < 0 || i == 0 && at > 0 && !isLossMark(firstRune(after)) || last && at+len(p) != len(rest) {
			return false
		}
		rest, kept = rest[at+len(p):], kept+len(p)
	}
	// one letter may become several marks, never one mark several letters of ASCII
	lost := utf8.RuneCountInString(letters(before)) - utf8.RuneCountInString(letters(strings.Join(pieces, "")))
	return lost > 0 && lost <= marks && (kept > 0 || lost == marks)
}

func isLossMark(r rune) bool { return r == utf8.RuneError || r == '?' }

func lossMarks(s string) (n int) {
	for _, r := range s {
		if isLossMark(r) {
			n++
		}
	}
	return n
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// foldedFrom reports whether a text lost its letters outside ASCII, or they became others of them: what every encoding shares is the same.
// Diacritics that were taken off leave other ASCII letters, so the plain letters count too.
func foldedFrom(before, after string) bool {
	was, is := foreign(before), foreign(after)
	if was == 0 || is > was {
		return false
	}
	plain := asciiLetters(before)
	return len(plain) >= 3 && plain == asciiLetters(after) && letters(before) != letters(after) ||
		is < was && letters(before) != letters(after) && plainLetters(before) == plainLetters(after)
}

// foreign counts the letters outside ASCII.
func foreign(s string) (n int) {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
