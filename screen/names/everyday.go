package names

import (
	"strings"
	"sync"
)

// theEnglish is english.txt as a set.
var theEnglish = sync.OnceValue(func() map[string]bool { return SetOf(strings.Fields(table("english.txt"))) })

// IsEveryday reports whether a folded word is an everyday word, or a form of one.
func IsEveryday(w string) bool {
	english := theEnglish()
	if english[w] {
		return true
	}
	for _, end := range []string{"s", "es", "d", "ed", "ing", "er", "ers", "ly"} {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) >= 3 && (english[stem] || english[stem+"e"]) {
			return true
		}
	}
	return false
}
