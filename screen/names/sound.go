package names

// Sound rewrites a folded word so that common ways to romanise one sound come out alike: kh and h, iy and y, ks and x,
// doubled letters. It is meant for comparison only. The result is shorter than or as long as twice the input.
func Sound(s string, buf []byte) []byte {
	buf = buf[:0]
	for i := 0; i < len(s); {
		out, n := soundOf(s, i)
		for j := 0; j < len(out); j++ {
			if k := len(buf); k == 0 || buf[k-1] != out[j] || out[j] <= '9' {
				buf = append(buf, out[j])
			}
		}
		i += n
	}
	return buf
}

// soundOf is the sound of the letters at i, and how many letters it takes.
func soundOf(s string, i int) (string, int) {
	if i+1 < len(s) && isLetter(s[i]) && isLetter(s[i+1]) {
		if r := &soundPairs[s[i]-'a'][s[i+1]-'a']; r.holds(s, i) {
			return r.out, r.takes
		}
	}
	switch s[i] {
	case 'c', 'q':
		return "k", 1
	case 'w':
		return "v", 1
	case 'y':
		return "i", 1
	}
	return s[i : i+1], 1
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// soundRule says how letters sound: takes of them, from a pair on, as out.
type soundRule struct {
	out     string
	takes   int
	inside  bool // not at the start of a word
	first   bool // only there
	beforeH bool // only before an "h"
}

// holds reports whether a rule for the pair at i holds there.
func (r *soundRule) holds(s string, i int) bool {
	return r.takes > 0 && (!r.inside || i > 0) && (!r.first || i == 0) && (!r.beforeH || i+2 < len(s) && s[i+2] == 'h')
}

// soundPairs are the rules by pair of letters, counted from "a".
var soundPairs = func() (t [26][26]soundRule) {
	set := func(r soundRule, pairs ...string) {
		for _, p := range pairs {
			t[p[0]-'a'][p[1]-'a'] = r
		}
	}
	for out, pairs := range map[string][]string{
		"h": {"kh", "gh"}, "f": {"ph"}, "k": {"ck", "cq"}, "j": {"zh", "dj"}, "t": {"th"}, "d": {"dh"},
		"c": {"ts", "tz", "cz"}, "u": {"ou", "oo"},
		"i": {"ee", "ii", "yy", "iy", "ij", "yi"}, "x": {"ks"}, "ai": {"ae"}, "ch": {"ch"},
	} {
		set(soundRule{out: out, takes: 2}, pairs...)
	}
	for out, pairs := range map[string][]string{"a": {"ya", "ia", "ja"}, "u": {"yu", "iu", "ju"}, "e": {"ye", "je", "ie"},
		"o": {"yo", "jo"}} {
		set(soundRule{out: out, takes: 2, inside: true}, pairs...)
	}
	set(soundRule{out: "sh", takes: 1, first: true}, "xi", "xu")
	set(soundRule{out: "j", takes: 3, beforeH: true}, "dz")
	set(soundRule{out: "sh", takes: 3, beforeH: true}, "sc")
	return t
}()

// IsVowel reports whether a folded letter is a vowel, y among them.
func IsVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// Skeleton is the consonants of a sound, after its first letter: what transliteration from scripts without vowels
// leaves, and what most misspellings keep. An initial vowel is "a"; v, which may be a written w or u, counts as a
// vowel.
func Skeleton[T string | []byte](snd T, buf []byte) []byte {
	buf = buf[:0]
	for i := range len(snd) {
		c := snd[i]
		switch {
		case IsVowel(c) && i == 0:
			buf = append(buf, 'a')
		case IsVowel(c), (c == 'h' || c == 'v') && i > 0:
		case len(buf) > 0 && buf[len(buf)-1] == c:
		default:
			buf = append(buf, c)
		}
	}
	return buf
}
