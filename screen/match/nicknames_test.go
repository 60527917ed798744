package match_test

import (
	"os"
	"strings"
	"testing"

	"entitywatch/screen/match"
)

// TestEveryNicknameScores demands that each given name of the table stands for the first of its group.
func TestEveryNicknameScores(t *testing.T) {
	table, err := os.ReadFile("../names/tables/nicknames.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		for _, w := range words {
			if s := match.Compare(w+" Quorvanelli", words[0]+" Quorvanelli"); s.Value < match.DefaultThreshold {
				t.Errorf("%q for %q: %v %q", w, words[0], s.Value, s.Reasons)
			}
		}
	}
}
