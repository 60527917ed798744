package damage

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Kind is one way in which an answer is damaged.
type Kind struct {
	Name string
	// Do damages a file; ok is false where the damage means nothing in this shape.
	Do func(s Shape, file string) (out string, ok bool)
}

// Kinds are all of them, in all rows, in a fifth of them and in one of fifteen. None is a thing that a publisher does to a list in a day.
func Kinds() (all []Kind) {
	whole := slices.Concat(texts(), more())
	all = slices.Clone(whole)
	for _, k := range whole {
		if strings.Contains(k.Name, " third") || strings.Contains(k.Name, " ten ") {
			continue // of some rows only as it is
		}
		all = append(all, some(k, 5, "a fifth"), some(k, 15, "one of fifteen"))
	}
	return all
}

// texts are the kinds that touch characters, names, ids and rows.
func texts() []Kind {
	return slices.Concat(inEveryText(), ofNames(), ofRows())
}

func inEveryText() []Kind {
	return []Kind{
		inTexts("letters lost to question marks", lose("?")),
		inTexts("letters lost to replacement characters", lose("\ufffd")),
		inTexts("letters lost to two replacement characters", lose("\ufffd\ufffd")),
		inTexts("letters outside ASCII dropped", lose("")),
		inTexts("diacritics taken off", bare),
		inTexts("read in the wrong encoding", latin1),
		inTexts("read in the wrong encoding twice", func(i int, s string) string { return latin1(i, latin1(i, s)) }),
		inTexts("entities escaped twice", escaped("&amp;#%d;")),
		inTexts("entities escaped three times", escaped("&amp;amp;#%d;")),
		inTexts("texts cut short", func(_ int, s string) string {
			if r := []rune(s); len(r) > 9 && isWord(s) {
				return string(r[:9])
			}
			return s
		}),
		inTexts("digits one up", func(_ int, s string) string {
			if !isWord(s) {
				return s
			}
			return strings.Map(func(r rune) rune {
				if r >= '1' && r <= '8' {
					return r + 1
				}
				return r
			}, s)
		}),
		inTexts("tags of a page in the text", func(i int, s string) string { return "&lt;span&gt;" + s + "&lt;/span&gt;" }),
		{"served in Latin-1", func(_ Shape, file string) (string, bool) {
			var b strings.Builder
			for _, r := range file {
				if r > 0xff {
					r = '?'
				}
				b.WriteByte(byte(r))
			}
			return b.String(), true
		}},
	}
}

func ofNames() []Kind {
	return []Kind{
		inNames("a letter lost in every name", func(_ int, s string) string { return cutRune(s, 2) }),
		inNames("the end of every name lost", func(_ int, s string) string { return cutRune(cutRune(s, -1), -1) }),
		inNames("names reversed", func(_ int, s string) string { r := []rune(s); slices.Reverse(r); return string(r) }),
		inNames("words of names swapped for those of the next", nil),
		inNames("one name in all rows", func(_ int, _ string) string { return "Acme Trading" }),
		inNames("one letter for another in a third of the names", func(i int, s string) string {
			if i%3 != 0 {
				return s
			}
			return strings.Map(func(r rune) rune {
				if r == 'e' || r == 'E' {
					return 'a'
				}
				return r
			}, s) + "x"
		}),
	}
}

func ofRows() []Kind {
	return []Kind{
		{"ids change at once", moveIDs(func(i, n int) bool { return true })},
		{"ids of a third change at once", moveIDs(func(i, n int) bool { return i%3 == 0 })},
		{"ids handed to the next row", rotateIDs},
		{"every row stands twice", double(func(i int) bool { return true })},
		{"one row in ten stands twice", double(func(i int) bool { return i%10 == 0 })},
		{"half of the rows", halve},
		{"grown threefold", grow},
	}
}

// mapSub replaces the first submatch of each match; i counts them.
func mapSub(re *regexp.Regexp, file string, f func(i int, text string) string) string {
	var b strings.Builder
	end, i := 0, 0
	for _, m := range re.FindAllStringSubmatchIndex(file, -1) {
		if m[2] < 0 || strings.TrimSpace(file[m[2]:m[3]]) == "" {
			continue
		}
		b.WriteString(file[end:m[2]])
		b.WriteString(f(i, foreignRefs(file[m[2]:m[3]])))
		end = m[3]
		i++
	}
	b.WriteString(file[end:])
	return b.String()
}

var ref = regexp.MustCompile(`&#x?[0-9A-Fa-f]+;`)

// foreignRefs writes character references of letters outside ASCII as the letters: the eCFR has no other.
func foreignRefs(s string) string {
	return ref.ReplaceAllStringFunc(s, func(r string) string {
		if c := html.UnescapeString(r); len(c) > 1 {
			return c
		}
		return r
	})
}

func inTexts(name string, f func(int, string) string) Kind {
	return Kind{name, func(s Shape, file string) (string, bool) { return mapSub(s.Text, file, f), true }}
}

func inNames(name string, f func(int, string) string) Kind {
	return Kind{name, func(s Shape, file string) (string, bool) {
		if f != nil {
			return mapSub(s.Title, file, f), true
		}
		var names []string
		mapSub(s.Title, file, func(_ int, t string) string { names = append(names, t); return t })
		return mapSub(s.Title, file, func(i int, _ string) string { return names[(i+1)%len(names)] }), true
	}}
}

// lose turns letters outside ASCII into something else. In a text without any, in every seventh, one letter goes.
func lose(to string) func(int, string) string {
	return func(i int, s string) string {
		foreign := strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) >= 0
		if !foreign && (i%7 != 0 || to == "") {
			return s
		}
		n := 0
		return strings.Join(mapRunes(s, func(r rune) string {
			if n++; foreign && r > unicode.MaxASCII && unicode.IsLetter(r) || !foreign && n == 3 && unicode.IsLetter(r) && r != 'x' && r != 'b' {
				return to
			}
			return string(r)
		}), "")
	}
}

func mapRunes(s string, f func(rune) string) (out []string) {
	for _, r := range s {
		out = append(out, f(r))
	}
	return out
}

func bare(_ int, s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// latin1 writes each byte of UTF-8 as a character of its own. Control characters, which XML forbids, are written as 0x80 and above only.
func latin1(_ int, s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// escaped writes letters outside ASCII, and in every seventh text without any a space, as a reference that shows after one unescaping.
func escaped(format string) func(int, string) string {
	return func(i int, s string) string {
		return strings.Join(mapRunes(s, func(r rune) string {
			if r > unicode.MaxASCII || r == 'e' && i%7 == 0 && isWord(s) {
				return fmt.Sprintf(format, r)
			}
			return string(r)
		}), "")
	}
}

func isWord(s string) bool { return !strings.ContainsAny(s, "<&\\") }

func cutRune(s string, at int) string {
	r := []rune(s)
	if len(r) < 4 {
		return s
	}
	if at < 0 {
		at += len(r)
	}
	return string(slices.Delete(r, at, at+1))
}

// moveIDs gives records other numbers. Rows of one number keep a common one.
func moveIDs(moved func(i, n int) bool) func(Shape, string) (string, bool) {
	return func(s Shape, file string) (string, bool) {
		if s.ID == nil {
			return "", false
		}
		at := map[string]int{}
		return mapSub(s.ID, file, func(_ int, id string) string {
			if _, known := at[id]; !known {
				at[id] = len(at)
			}
			if !moved(at[id], len(at)) {
				return id
			}
			digits := regexp.MustCompile(`\d+`)
			return digits.ReplaceAllStringFunc(id, func(n string) string { return "9" + n })
		}), true
	}
}

// rotateIDs gives each record the number of the next.
func rotateIDs(s Shape, file string) (string, bool) {
	if s.ID == nil {
		return "", false
	}
	var ids []string
	mapSub(s.ID, file, func(_ int, id string) string {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		return id
	})
	return mapSub(s.ID, file, func(_ int, id string) string { return ids[(slices.Index(ids, id)+1)%len(ids)] }), true
}

func double(twice func(i int) bool) func(Shape, string) (string, bool) {
	return func(s Shape, file string) (string, bool) {
		i, n := 0, 0
		out := s.Record.ReplaceAllStringFunc(file, func(r string) string {
			i++
			if !twice(i - 1) {
				return r
			}
			n++
			if s.Name == "csl" {
				return strings.TrimRight(r, ", \n") + ",\n" + r
			}
			return r + r
		})
		return s.recount(out, n), s.Name != "uk" // there a row is an alias: the same again says nothing
	}
}

// recount brings the file's own count up to date, so that nothing but the damage shows.
func (s Shape) recount(file string, more int) string {
	if s.Count == nil {
		return file
	}
	return mapSub(s.Count, file, func(_ int, n string) string {
		old, _ := strconv.Atoi(n)
		return strconv.Itoa(old + more)
	})
}

func halve(s Shape, file string) (string, bool) {
	all := s.Record.FindAllString(file, -1)
	i, gone := 0, 0
	out := s.Record.ReplaceAllStringFunc(file, func(r string) string {
		if i++; i > len(all)/2 && i < len(all) {
			gone++
			return ""
		}
		return r
	})
	return s.recount(out, -gone), true
}

// grow puts two more records behind each, of other parties.
func grow(s Shape, file string) (string, bool) {
	n := 0
	out := s.Record.ReplaceAllStringFunc(file, func(r string) string {
		parts := []string{r}
		for k := range 2 {
			c := r
			if s.ID != nil {
				c = mapSub(s.ID, c, func(_ int, id string) string {
					return regexp.MustCompile(`\d+`).ReplaceAllString(id, fmt.Sprint(8+k)+"${0}")
				})
			}
			c = mapSub(s.Title, c, func(_ int, t string) string { return fmt.Sprint("Newcomer ", k, " ", t) })
			n++
			if s.Name == "csl" {
				parts[len(parts)-1] = strings.TrimRight(parts[len(parts)-1], ", \n") + ",\n"
			}
			parts = append(parts, c)
		}
		return strings.Join(parts, "")
	})
	return s.recount(out, n), true
}

// Without is the file without its nth record, and without whatever else has that record's number: what a publisher does.
func (s Shape) Without(file string, nth int) string {
	gone := s.Record.FindAllString(file, -1)[nth]
	n := 0
	out := s.Record.ReplaceAllStringFunc(file, func(r string) string {
		if r != gone && (s.ID == nil || s.id(r) != s.id(gone)) {
			return r
		}
		n++
		return ""
	})
	return s.recount(out, -n)
}

func (s Shape) id(record string) string {
	if m := s.ID.FindStringSubmatch(record); m != nil {
		return m[1]
	}
	return ""
}
