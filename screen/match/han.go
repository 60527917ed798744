package match

import (
	"entitywatch/diff"
	"entitywatch/screen/names"
)

// hanDiffer is the share of two names' Han characters that are others, 0 to 1; characters that only one has are not
// counted, nor is anything where one side has none. Two characters of one sound are two characters: half of all Chinese
// given names share their sound with others.
func hanDiffer(a, b string) float32 {
	if a == b || a == "" || b == "" {
		return 0
	}
	ra, rb := []rune(a), []rune(b)
	ra, rb = ra[:min(len(ra), names.MaxWord)], rb[:min(len(rb), names.MaxWord)]
	long, gap := max(len(ra), len(rb)), max(len(ra), len(rb))-min(len(ra), len(rb))
	return float32(max(0, diff.EditDistance(ra, rb)-gap)) / float32(long)
}
