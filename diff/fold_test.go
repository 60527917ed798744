package diff

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// slowNormalise is the definition, without the shortcut for ASCII.
func slowNormalise(s string) string {
	var words []string
	var w strings.Builder
	for _, r := range norm.NFKC.String(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			w.WriteRune(unicode.ToLower(r))
		case strings.ContainsRune("'’‘`\u00ad", r):
		default:
			words = append(words, w.String())
			w.Reset()
		}
	}
	words = append(words, w.String())
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func TestNormaliseFastPathIsTheDefinition(t *testing.T) {
	for _, s := range []string{"", " ", "a", " a", "a ", "a  b", "A b", "'a", "a'", "a '", "' a", "a ' b", "`", "abc def ", "x\ty", "d'E f", "a b  "} {
		if got, want := Normalise(s), slowNormalise(s); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("abAB01 '`.,-\t\n’üİ"))).Draw(t, "s")
		if got, want := Normalise(s), slowNormalise(s); got != want {
			t.Fatalf("Normalise(%q) = %q, want %q", s, got, want)
		}
		if got, want := letters(s), strings.ReplaceAll(slowNormalise(s), " ", ""); got != want {
			t.Fatalf("letters(%q) = %q, want %q", s, got, want)
		}
	})
}

func TestSameText(t *testing.T) {
	cases := []struct {
		a, b string
		same bool
	}{
		{"See § 744.11 of the EAR).", "See §744.11 of the EAR)", true},
		{"Co., Ltd.", "CO LTD", true},
		{"“Quoted”", `"quoted"`, true},
		{"Room 12, 3 Street", "Room 1, 23 Street", false},
		{"1-2345", "12345", true},
		{"Room 3", "Room 4", false},
		{"Ağ", "Ag", false},
		{"½", "1⁄2", true},
		{"", "", true},
		{"a", "", false},
		{"¹", "", false},
	}
	for _, c := range cases {
		if SameText(c.a, c.b) != c.same || SameText(c.b, c.a) != c.same {
			t.Errorf("SameText(%q, %q) is not %v", c.a, c.b, c.same)
		}
	}
}

func TestKeysOfSourceIDs(t *testing.T) {
	if k := MakeIDKey(SDN, "36/A"); !HasSourceID(k) {
		t.Errorf("%q is not seen as a source's id", k)
	}
	if k := MakeKey(EntityList, "", "A/B"); HasSourceID(k) {
		t.Errorf("%q is seen as a source's id", k)
	}
}
