package diff

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The table of docs/CONFIG.md is what an admin knows of the built-in limits.
func TestBuiltInLimitsAreInTheDocument(t *testing.T) {
	text, err := os.ReadFile("../docs/CONFIG.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(line, "|\n "), " | ")
		if len(cells) != 3 {
			continue
		}
		for list := range strings.SplitSeq(cells[0], ", ") {
			rows[strings.Trim(list, "`")] = cells[1] + " | " + cells[2]
		}
	}
	for _, list := range Lists() {
		p := BuiltIn(list)
		least := fmt.Sprint(max(1, p.MinEntries))
		if len(least) > 3 {
			least = least[:len(least)-3] + "," + least[len(least)-3:]
		}
		if want := fmt.Sprintf("%s | %.0f%%", least, 100*p.MaxShrink); rows[string(list)] != want {
			t.Errorf("%s: the document says %q, want %q", list, rows[string(list)], want)
		}
	}
}
