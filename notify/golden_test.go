package notify_test

import (
	"flag"
	"strings"
	"testing"
	"unicode"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenTexts(t *testing.T) {
	seen := 0
	notifytest.Golden(t, ".txt", *update, func(t *testing.T, m notify.Message) []byte {
		seen++
		got := notify.Text(m, notify.TextOptions{})
		for _, r := range got {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Errorf("%s: the character %U reaches the terminal", m.Headline, r)
			}
		}
		for line := range strings.Lines(got) {
			if w := notify.Columns(strings.TrimSuffix(line, "\n")); w > 100 && !strings.Contains(line, "://") {
				t.Errorf("%s: %d columns: %s", m.Headline, w, line)
			}
		}
		return []byte(got)
	})
	if seen != 13 {
		t.Errorf("%d messages", seen)
	}
}
