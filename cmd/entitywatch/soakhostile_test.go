package main

import (
	"bytes"
	"fmt"
	"strings"
)

// hostileNames are what names, headlines and rows hold in the worst case: letters that are none, marks without a letter, what markup,
// mail, Slack and spreadsheets read as theirs.
func hostileNames() []string {
	return []string{
		"Hawaiʻ i Trading ʼ ʻ ʹ", "طهران ـ موسكو Trading", "ـ", "ʼ", "=cmd|' /C calc'!A0 Ltd", "＝HYPERLINK(\"http://x\") Ltd", "<!channel> <@U1> Works",
		"{{DATE(2026-01-01)}} *Bold* _x_ Works", "a\u202egnp.exe Works", "x\u0085y\u009bz Works", strings.Repeat("Ä", 3000), "]]></title><script>alert(1)</script>",
		"日本\u3000精機 ـ ｱｲｳ", "O'Neill “&” <Sons> \"Ltd\"", "\u200b\u200d\ufeff", "e\u0301\u0301\u0301\u0301 Zalgo " + strings.Repeat("\u0301", 200),
	}
}

// hostileRows are a file of counterparties with all of them, and one party that is ours.
func hostileRows(ours string) []byte {
	var b bytes.Buffer
	b.WriteString("id,name,country,aliases\n")
	for i, n := range append(hostileNames(), ours) {
		fmt.Fprintf(&b, "V-%d,\"%s\",CN,\"%s\"\n", i, strings.ReplaceAll(n, `"`, `""`), "ʹ;ـ")
	}
	return b.Bytes()
}

// hostileConfigs are what a daemon may find in the place of its config; each is refused whole.
func hostileConfigs(good string) []string {
	var bomb strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	rule := func(condition string) string {
		return strings.Replace(good, "\nrules:\n", fmt.Sprintf("\nrules:\n  - {name: hostile, if: %q, send: [cases]}\n", condition), 1)
	}
	return []string{
		"", "# all is commented out\n", "rules: [", "\x00\xff\xfe", good[:len(good)/2], good + "nonsense: 1\n", good + "database: other.db\n",
		strings.Replace(good, "30 1 * * *", "30 1 31 2 *", 1), strings.Replace(good, "send: [cases", "send: [nobody", 1), bomb.String() + good,
		rule("count(1..3000, count(1..3000, # > 0) > 0) > 0"), rule(strings.Repeat("(", 100_000) + "true" + strings.Repeat(")", 100_000)),
		rule("change.nonsense == 1"), strings.Repeat("[", 100_000),
	}
}
