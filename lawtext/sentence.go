package lawtext

import (
	"regexp"
	"strings"
)

// Tidy collapses layout and takes away the spaces that markup leaves inside quotes and before punctuation.
func Tidy(s string) string {
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
	return tidier.Replace(s)
}

var tidier = strings.NewReplacer("“ ", "“", " ”", "”", " ,", ",", " ;", ";", "( ", "(", " )", ")", " .", ".")

var sentenceEnd = regexp.MustCompile(`([.!?]['’”"]?)\s+([“"(]?\p{Lu})`)

// Sentences cuts a text after full stops that end a sentence, not after those of abbreviations.
func Sentences(text string) []string {
	var out []string
	from := 0
	for _, m := range sentenceEnd.FindAllStringSubmatchIndex(text, -1) {
		if abbreviated.MatchString(text[max(from, m[2]-12) : m[2]+1]) {
			continue
		}
		out = append(out, text[from:m[3]])
		from = m[4]
	}
	return append(out, text[from:])
}

var abbreviated = regexp.MustCompile(`(?:\b(?:Co|Ltd|Inc|No|Nos|Corp|Mr|Ms|Dr|St|vs|U\.S|i\.e|e\.g|supp|pt)|\b\p{Lu})\.$`)
