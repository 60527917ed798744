package lawtext

import (
	"regexp"
	"testing"
)

// Each number is whole, and what a text runs into it is none of it.
func TestDocumentNumbersAreWhole(t *testing.T) {
	rule := regexp.MustCompile(`(?i)FR Doc\. (` + DocumentNumber + `)`)
	for text, want := range map[string]string{
		"FR Doc. 2023-03929 Filed 2-24-23": "2023-03929", "FR Doc. E6–10730 Filed": "E6-10730", "FR Doc. 05-7305]": "05-7305",
		"FR Doc. C1-2013-16962": "C1-2013-16962", "FR Doc. 94-2050F Filed 1-28-94": "94-2050F", "FR Doc. 94-2050Filed 1-28-94": "94-2050",
		"FR Doc. 94-2050 F": "94-2050",
	} {
		m := rule.FindStringSubmatch(text)
		if m == nil || ASCIIDashes(m[1]) != want {
			t.Errorf("%q: %q, want %q", text, m, want)
		}
	}
}
