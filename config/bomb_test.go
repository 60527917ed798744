package config

import (
	"fmt"
	"strings"
	"testing"
)

// Small files that stand for very much, by aliases or by mistakes: what is read and reported of them is bounded. Without the bound each
// takes from half a minute to for ever.
func TestFilesThatStandForTooMuchAreRefused(t *testing.T) {
	list := func(item string, n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + "]"
	}
	var nested strings.Builder
	nested.WriteString("a0: &a0 " + list("x", 9) + "\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&nested, "a%d: &a%d %s\n", i, i, list(fmt.Sprintf("*a%d", i-1), 9))
	}
	for name, text := range map[string]string{
		"aliases of aliases":    nested.String() + "rules: *a9\n",
		"lists behind aliases":  "operators: &s " + list("x", 4000) + "\nrules: [&r {name: a, send: *s}, " + list("*r", 4000)[1:] + "\n",
		"an alias within it":    "rules: &r [*r]\n",
		"a name nobody defines": "operators: " + list("x", 100_000) + "\n",
		"one name again":        "sources: " + list("{name: a, kind: un}", 30_000) + "\n",
		"keys nobody knows":     "x: 1\n" + strings.Repeat("zz: 1\n", 50_000),
		"mistakes":              "rules: " + list("{name: a, send: [zz], nme: y}", 20_000) + "\n",
		"depth":                 strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
	} {
		_, err := Parse([]byte(text), "c.yaml", testChecks())
		es, ok := err.(Errors)
		if !ok || len(es) == 0 || len(es) > mostMistakes {
			t.Errorf("%s: %d mistakes, %.100v", name, len(es), err)
		}
	}
}
