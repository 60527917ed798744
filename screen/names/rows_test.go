package names

import (
	"slices"
	"strings"
	"testing"
)

// rows are the rows of a table as fields; it demands of the file that its head says what it holds, and its date.
func rows(t *testing.T, file string) [][]string {
	t.Helper()
	raw, err := tableFiles.ReadFile("tables/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if head, _, _ := strings.Cut(string(raw), "\n"+strings.TrimSpace(strings.SplitN(table(file), "\n",
		2)[0])); !strings.HasPrefix(head, "# ") ||
		!strings.Contains(head, "2026") {
		t.Errorf("%s does not say what it is and from when", file)
	}
	var out [][]string
	for line := range strings.Lines(table(file)) {
		out = append(out, strings.Fields(line))
	}
	if len(out) == 0 {
		t.Fatalf("%s has no rows", file)
	}
	return out
}

// folds demands that words are what their own folding gives, so that they can be met in a name.
func folds(t *testing.T, file string, words ...string) {
	t.Helper()
	if got := Fold(strings.Join(words, " ")); !slices.Equal(got, words) {
		t.Errorf("%s: %q cannot be met: it is read as %q", file, words, got)
	}
}

// once demands that a word stands once in a table.
func once(t *testing.T, file string, seen map[string]bool, word string) {
	t.Helper()
	if seen[word] {
		t.Errorf("%s: %q stands there twice", file, word)
	}
	seen[word] = true
}

func TestEveryLegalFormMatters(t *testing.T) {
	const file = "legal.txt"
	seen := map[string]bool{}
	for line := range strings.Lines(table(file)) {
		ways := strings.Split(strings.TrimSpace(line), "|")
		_, canon, _ := strings.Cut(ways[0], " ")
		once(t, file, seen, "as "+canon)
		for _, way := range ways[1:] {
			words := strings.Fields(way)
			once(t, file, seen, way)
			folds(t, file, words...)
			if f, n := theLexicon().legal.match(words); n != len(words) || f.canon != canon {
				t.Errorf("%s: %q of %s is read as %d words of %s", file, way, canon, n, f.canon)
			}
		}
	}
}

func TestEveryPlaceMatters(t *testing.T) {
	const file = "places.txt"
	a := theLexicon().atlas
	seen := map[string]bool{}
	for _, row := range rows(t, file) {
		country := true
		for _, w := range row[1:] {
			if w == "/" {
				country = false
				continue
			}
			once(t, file, seen, w)
			words := strings.Split(w, "-")
			folds(t, file, words...)
			switch {
			case country:
				if got := CountryCode(strings.Join(words, " ")); got != row[0] {
					t.Errorf("%s: %q is of %q, want %s", file, w, got, row[0])
				}
			case !slices.ContainsFunc(words, func(w string) bool { return a.word[w] }):
				t.Errorf("%s: no word of %q is a place", file, w)
			case len(words) == 1 && a.of[w] != row[0] && !slices.Contains(theSets()["placeless"], w):
				t.Errorf("%s: %q leads to %q, want %s", file, w, a.of[w], row[0])
			}
		}
	}
}

func TestEveryWordOfBusinessMatters(t *testing.T) {
	const file = "generic.txt"
	seen := map[string]bool{}
	for _, row := range rows(t, file) {
		for _, w := range row[1:] {
			once(t, file, seen, w)
			folds(t, file, w)
			if r, canon := RoleOf(w); r != GenericWord || canon != row[1] {
				t.Errorf("%s: %q has the role %d and is %q, want %q", file, w, r, canon, row[1])
			}
		}
	}
}

func TestEveryNumberMatters(t *testing.T) {
	const file = "numbers.txt"
	seen := map[string]bool{}
	for _, row := range rows(t, file) {
		for i := 0; i < len(row); i += 2 {
			w := row[i]
			once(t, file, seen, w)
			folds(t, file, w)
			parts := NewReader().Read("Tarvelli " + strings.ToUpper(w)).Parts
			if p := parts[len(parts)-1]; p.Role != Numeral || p.Canon != row[i+1] {
				t.Errorf("%s: %q is read as %+v, want %s", file, w, p, row[i+1])
			}
		}
	}
}

func TestEveryCommonNameMatters(t *testing.T) {
	const file = "commonnames.txt"
	seen := map[string]bool{}
	for _, w := range slices.Concat(rows(t, file)...) {
		once(t, file, seen, w)
		folds(t, file, w)
		if r, _ := RoleOf(w); r != CommonName {
			t.Errorf("%s: %q has the role %d", file, w, r)
		}
	}
}

func TestEveryEnglishWordMatters(t *testing.T) {
	const file = "english.txt"
	seen := map[string]bool{}
	for _, w := range slices.Concat(rows(t, file)...) {
		once(t, file, seen, w)
		folds(t, file, w)
	}
}

func TestEveryAddressWordMatters(t *testing.T) {
	const file = "address.txt"
	seen := map[string]bool{}
	for _, row := range rows(t, file) {
		for _, w := range row {
			once(t, file, seen, w)
			folds(t, file, w)
			if full, ok := AddressWord(w); !ok || full != row[0] {
				t.Errorf("%s: %q is %q, want %q", file, w, full, row[0])
			}
		}
	}
}

func TestEveryLetterMatters(t *testing.T) {
	rows(t, "letters.txt")
	for name := range ParseSets(table("letters.txt")) {
		for r, to := range letterTable(name) {
			if name == "lookalike" {
				if got := theLetters().unmix("xyz" + string(r)); got != "xyz"+to {
					t.Errorf("letters.txt: beside Latin letters %c is read as %q, want %q", r, got, to)
				}
				continue
			}
			if got := foldWord(string(r), 1<<ScriptOf(r)); got != to {
				t.Errorf("letters.txt: %c is read as %q, want %q", r, got, to)
			}
		}
	}
}

func TestEveryHanWordMatters(t *testing.T) {
	const file = "hanwords.txt"
	seen := map[string]bool{}
	for _, row := range rows(t, file) {
		once(t, file, seen, simplified(row[0]))
		if got := Fold(row[0]); !slices.Equal(got, row[1:]) {
			t.Errorf("%s: %s is read as %q, want %q", file, row[0], got, row[1:])
		}
	}
}

// TestEverySetMatters demands of each word of each set that what asks for the set can be asked for the word.
func TestEverySetMatters(t *testing.T) {
	const file = "sets.txt"
	rows(t, file)
	l := theLexicon()
	form := func(w string) bool { _, n := l.legal.match([]string{w}); return n == 1 }
	inForm := SetOf(strings.Fields(strings.ReplaceAll(table("legal.txt"), "|", " ")))
	// of the name of a place
	part := SetOf(strings.Fields(strings.ReplaceAll(table("places.txt")+strings.Join(theSets()["region"], " "), "-", " ")))
	matters := map[string]func(w string) bool{
		"title": func(w string) bool {
			return NewReader().Read(w + " Ostap Tarvelli").Parts[0].Role == Title
		},
		"particle": func(w string) bool { r, _ := RoleOf(w); return r == Particle || len(w) == 1 },
		"region": func(w string) bool {
			return !slices.ContainsFunc(strings.Split(w, "-"), func(w string) bool {
				return !IsPlaceWord(w)
			}) || strings.Contains(w, "-")
		},
		"leading":    func(w string) bool { return form(w) && l.ambiguous[w] },
		"ambiguous":  form,
		"and":        func(w string) bool { return !form(w) || len(w) == 1 },
		"connective": func(w string) bool { r, _ := RoleOf(w); return r == Particle },
		"long":       func(w string) bool { return inForm[w] },
		"legal-end":  form,
		"placeless":  func(w string) bool { return part[w] && IsPlaceWord(w) },
		"no-place":   func(w string) bool { return part[w] },
		"nation":     IsPlaceWord,
	}
	for name, words := range theSets() {
		seen := map[string]bool{}
		if matters[name] == nil {
			t.Errorf("%s: nothing asks for %q", file, name)
			continue
		}
		for _, w := range words {
			once(t, file+": "+name, seen, w)
			folds(t, file+": "+name, strings.Split(w, "-")...)
			if name != "region" {
				folds(t, file+": "+name, w)
			}
			if !matters[name](w) {
				t.Errorf("%s: %q can never be met as %s", file, w, name)
			}
		}
	}
}
