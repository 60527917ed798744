package damage

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// more are the kinds that touch columns, encodings and dates.
func more() []Kind {
	return []Kind{
		inTexts("read as MacRoman", misread(charmap.Macintosh)),
		inTexts("read as Windows-1252", misread(charmap.Windows1252)),
		inTexts("read as Windows-1251", misread(charmap.Windows1251)),
		inTexts("read as KOI8-R", misread(charmap.KOI8R)),
		inTexts("read as code page 437", misread(charmap.CodePage437)),
		inTexts("Windows-1252 read as MacRoman", taken(charmap.Windows1252, charmap.Macintosh)),
		inTexts("Windows-1252 read as Windows-1251", taken(charmap.Windows1252, charmap.Windows1251)),
		inTexts("UTF-16 read as bytes", func(_ int, s string) string {
			return strings.Join(mapRunes(s, func(r rune) string { return string(r) + "&#0;" }), "")
		}),
		inTexts("a byte order mark in every text", func(_ int, s string) string { return "\ufeff" + s }),
		{"served in UTF-16", func(_ Shape, file string) (string, bool) {
			out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(file)
			return out, err == nil
		}},
		inTexts("cut at twenty characters", cutAt(20)),
		inTexts("cut at fifty characters", cutAt(50)),
		inTexts("spaces lost", func(_ int, s string) string {
			if !isWord(s) {
				return s
			}
			return strings.ReplaceAll(s, " ", "")
		}),
		inTexts("in small letters", func(_ int, s string) string {
			if !isWord(s) {
				return s
			}
			return strings.ToLower(s)
		}),
		inTexts("every text twice", func(_ int, s string) string { return s + s }),
		inTexts("digits dropped", func(_ int, s string) string {
			if !isWord(s) {
				return s
			}
			return regexp.MustCompile(`\d`).ReplaceAllString(s, "")
		}),
		column("a column one row down", func(all []string, i int) string { return all[(i+len(all)-1)%len(all)] }),
		column("a column sorted by itself", func(all []string, i int) string {
			return slices.Sorted(slices.Values(all))[i]
		}),
		column("nothing, in a program's word", func(_ []string, _ int) string { return "null" }),
		column("an error of a spreadsheet", func(_ []string, _ int) string { return "#REF!" }),
		{"two columns swapped", swapColumns},
		{"days for months in dates", swapDates},
		{"a page served twice", pages(2)},
		{"the second of three pages missing", pages(0)},
	}
}

// misread writes UTF-8 as a reader of another encoding shows it.
func misread(as encoding.Encoding) func(int, string) string {
	return func(_ int, s string) string {
		return strings.Join(mapRunes(s, func(r rune) string {
			if r < 0x80 {
				return string(r)
			}
			out, err := as.NewDecoder().String(string(r))
			if err != nil {
				return "?"
			}
			return out
		}), "")
	}
}

// taken writes text of one encoding as a reader of another shows it.
func taken(of, as encoding.Encoding) func(int, string) string {
	return func(_ int, s string) string {
		return strings.Join(mapRunes(s, func(r rune) string {
			raw, err := of.NewEncoder().String(string(r))
			if r < 0x80 || err != nil {
				return string(r)
			}
			out, err := as.NewDecoder().String(raw)
			if err != nil {
				return "?"
			}
			return out
		}), "")
	}
}

func cutAt(n int) func(int, string) string {
	return func(_ int, s string) string {
		if r := []rune(s); len(r) > n && isWord(s) {
			return string(r[:n])
		}
		return s
	}
}

// column gives each row the value that f has for it in the column of addresses.
func column(name string, f func(all []string, i int) string) Kind {
	return Kind{name, func(s Shape, file string) (string, bool) {
		var all []string
		mapSub(s.Column, file, func(_ int, text string) string { all = append(all, text); return text })
		return mapSub(s.Column, file, func(i int, _ string) string { return f(all, i) }), len(all) > 1
	}}
}

// swapColumns puts the address in the place of the name, and the name in its.
func swapColumns(s Shape, file string) (string, bool) {
	if s.Name == "ecfr" {
		return "", false // its columns are of different kinds
	}
	return s.Record.ReplaceAllStringFunc(file, func(r string) string {
		name, other := s.Title.FindStringSubmatch(r), s.Column.FindStringSubmatch(r)
		if name == nil || other == nil {
			return r
		}
		r = mapSub(s.Column, r, func(i int, t string) string {
			if i > 0 {
				return t
			}
			return name[1]
		})
		return mapSub(s.Title, r, func(i int, t string) string {
			if i > 0 {
				return t
			}
			return strings.ReplaceAll(other[1], ",", " ")
		})
	}), true
}

var (
	slashDate = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/(\d{2,4})\b`)
	isoDate   = regexp.MustCompile(`\b(\d{4})-(\d\d)-(\d\d)\b`)
)

// swapDates puts the day in the place of the month in all dates of the records in which that gives a date.
func swapDates(s Shape, file string) (string, bool) {
	n := 0
	out := s.Record.ReplaceAllStringFunc(file, func(r string) string {
		r = slashDate.ReplaceAllStringFunc(r, func(d string) string {
			n++
			m := slashDate.FindStringSubmatch(d)
			if a, b := len(m[1]), len(m[2]); a > 2 || b > 2 || m[1] > "12" && a == 2 || m[2] > "12" && b == 2 {
				return d
			}
			return m[2] + "/" + m[1] + "/" + m[3]
		})
		return isoDate.ReplaceAllStringFunc(r, func(d string) string {
			n++
			m := isoDate.FindStringSubmatch(d)
			if m[3] > "12" {
				return d
			}
			return fmt.Sprintf("%s-%s-%s", m[1], m[3], m[2])
		})
	})
	return out, n > 0
}

// pages serves the middle third of the records as often as said.
func pages(times int) func(Shape, string) (string, bool) {
	return func(s Shape, file string) (string, bool) {
		all := len(s.Record.FindAllString(file, -1))
		i, n := 0, 0
		out := s.Record.ReplaceAllStringFunc(file, func(r string) string {
			i++
			if i-1 < all/3 || i-1 >= 2*all/3 {
				return r
			}
			n += times - 1
			if times > 1 && s.Name == "csl" {
				return strings.TrimRight(r, ", \n") + ",\n" + r
			}
			return strings.Repeat(r, times)
		})
		return s.recount(out, n), s.Name != "uk" || times == 0 // there a row is an alias: the same again says nothing
	}
}

// some is a kind that damages the rows of one in so many parties.
func some(k Kind, every int, name string) Kind {
	return Kind{k.Name + ", in " + name, func(s Shape, file string) (string, bool) {
		bad, ok := k.Do(s, file)
		good, hurt := s.Record.FindAllStringIndex(file, -1), s.Record.FindAllStringIndex(bad, -1)
		if !ok || len(good) != len(hurt) {
			return "", false
		}
		var b strings.Builder
		end := 0
		number := map[string]int{} // of a party, whose rows are damaged together
		for i, at := range good {
			b.WriteString(file[end:at[0]])
			end = at[1]
			party := fmt.Sprint(i)
			if s.ID != nil {
				party = s.id(file[at[0]:at[1]])
			}
			if _, known := number[party]; !known {
				number[party] = len(number)
			}
			if number[party]%every == every/2 {
				b.WriteString(bad[hurt[i][0]:hurt[i][1]])
			} else {
				b.WriteString(file[at[0]:at[1]])
			}
		}
		return b.String() + file[end:], true
	}}
}
