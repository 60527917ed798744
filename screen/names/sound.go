package names

// Sound rewrites a folded word so that common ways to romanise one sound come out alike: kh and h, iy and y, ks and x, doubled letters.
// It is meant for comparison only. The result is shorter than or as long as twice the input.
func Sound(s string, buf []byte) []byte {
	buf = buf[:0]
	for i := 0; i < len(s); {
		two := ""
		if i+1 < len(s) {
			two = s[i : i+2]
		}
		out, n := soundOf(s, i, two)
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
func soundOf(s string, i int, two string) (string, int) {
	switch two {
	case "kh", "gh":
		return "h", 2
	case "ph":
		return "f", 2
	case "ck", "cq":
		return "k", 2
	case "zh", "dj":
		return "j", 2
	case "dz":
		if i+2 < len(s) && s[i+2] == 'h' {
			return "j", 3
		}
	case "sc":
		if i+2 < len(s) && s[i+2] == 'h' {
			return "sh", 3
		}
	case "th", "dh":
		return two[:1], 2
	case "ts", "tz", "cz":
		return "c", 2
	case "ya", "ia", "ja":
		if i > 0 {
			return "a", 2
		}
	case "yu", "iu", "ju":
		if i > 0 {
			return "u", 2
		}
	case "ou", "oo":
		return "u", 2
	case "ye", "je", "ie":
		if i > 0 {
			return "e", 2
		}
	case "yo", "jo":
		if i > 0 {
			return "o", 2
		}
	case "ee", "ii", "yy", "iy", "ij", "yi":
		return "i", 2
	case "ks":
		return "x", 2
	case "ae":
		return "ai", 2
	case "xi", "xu":
		if i == 0 {
			return "sh", 1
		}
	}
	switch s[i] {
	case 'q':
		return "k", 1
	case 'w':
		return "v", 1
	case 'y':
		return "i", 1
	case 'c':
		if i+1 < len(s) && (s[i+1] == 'h') {
			return "ch", 2
		}
		return "k", 1
	}
	return s[i : i+1], 1
}

func IsVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// Skeleton is the consonants of a sound, after its first letter: what transliteration from scripts without vowels leaves, and what
// most misspellings keep. An initial vowel is "a"; v, which may be a written w or u, counts as a vowel.
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
