package summary

import (
	"slices"
	"strings"
)

// group reads "Canada (2), the People's Republic of China (China) (5), and Russia (3)".
func (s *sentence) group(at int) ([]destination, int) {
	var out []destination
	end := at - 1
	for i := at; i < len(s.t); i++ {
		if last := s.itsNumber(i, end, out); last > 0 {
			if s.t[i+1].kind == tNum {
				out[len(out)-1].n, s.read[i+1] = s.t[i+1].num, true
			}
			i, end = last, last
			continue
		}
		switch t := s.t[i]; {
		case t.kind == tCountry:
			out, end = append(out, destination{country: t.text}), i
		case t.kind == tWord && capital(t.text):
			text, last := s.unknownPlace(i)
			out, end, i = append(out, destination{country: text}), last, last
		case !s.joins(i):
			return out, end
		}
	}
	return out, end
}

// joins reports whether the token at i parts two destinations of one list.
func (s *sentence) joins(i int) bool {
	next := s.at(i + 1).kind
	return s.t[i].is(";") && s.nextPlace(i) || s.t[i].is("and", "the", "or", "both") || s.t[i].is(",") && next != tNum &&
		next != tVerb
}

// itsNumber finds the number of the last of some destinations at i: "(25)", "(25 entities)", ", 25;". It returns where
// that ends, or 0.
func (s *sentence) itsNumber(i, end int, out []destination) int {
	switch {
	case len(out) == 0:
	case s.t[i].is("(") && s.at(i+2).is(")"):
		return i + 2
	case s.t[i].is("(") && s.at(i+1).kind == tNum && s.t[i+2].kind == tNoun && s.at(i+3).is(")"):
		return i + 3
	case out[len(out)-1].n == 0 && end == i-1 && s.numberBehind(i, len(out) > 1 && out[len(out)-2].n > 0):
		return i + 1
	}
	return 0
}

// nextPlace reports whether a semicolon at i parts two destinations of one list: "China (42); Iran (2); and Pakistan
// (19)".
func (s *sentence) nextPlace(i int) bool {
	for i++; i < len(s.t) && s.t[i].is("and", "the", ","); i++ {
	}
	return i+2 < len(s.t) && s.t[i].place() && s.t[i+2].kind == tNum && (s.t[i+1].text == "(" || s.numberBehind(i+1, true))
}

// numberBehind reports whether the mark at i, behind a country, leads to its number and to nothing else: "(China, 30;
// Hong Kong, 5)", "China: 30". In a row of such ("…, and Oman, 2."), a comma's number may end the sentence.
func (s *sentence) numberBehind(i int, row bool) bool {
	if i+1 >= len(s.t) || s.t[i+1].kind != tNum || !slices.Contains([]string{",", ":", "-", "–", "—"}, s.t[i].text) {
		return false
	}
	last := i+2 >= len(s.t) || i+3 == len(s.t) && s.t[i+2].text == "."
	if s.t[i].text == "," {
		return row && last || i+2 < len(s.t) && slices.Contains([]string{";", ")"}, s.t[i+2].text)
	}
	return last || slices.Contains([]string{";", ")", ","}, s.t[i+2].text)
}

// unknownPlace is a capitalised run that names no country we know: it is kept as written.
func (s *sentence) unknownPlace(i int) (string, int) {
	words := []string{s.t[i].text}
	for i+1 < len(s.t) && s.t[i+1].kind == tWord && capital(s.t[i+1].text) {
		i++
		words = append(words, s.t[i].text)
	}
	return strings.Join(words, " "), i
}
