package names

// The letters of scripts that lists and papers transliterate by custom rather than letter by letter. What is not here
// goes through go-unidecode.

// letterTable is one table of letters.txt: what becomes of each letter.
func letterTable(name string) map[rune]string {
	f := ParseSets(table("letters.txt"))[name]
	out := make(map[rune]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		to := f[i+1]
		if to == "-" {
			to = ""
		}
		for _, r := range f[i] {
			out[r] = to
		}
	}
	return out
}
