package notify_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenTexts(t *testing.T) {
	messages, err := notifytest.Messages()
	if err != nil {
		t.Fatal(err)
	}
	if len(messages) != 13 {
		t.Fatalf("%d messages", len(messages))
	}
	for _, n := range messages {
		got := notify.Text(n.Message, notify.TextOptions{})
		path := filepath.Join("testdata", n.Name+".txt")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || string(want) != got {
			t.Errorf("%s differs (%v):\n%s", path, err, got)
		}
		for _, r := range got {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Errorf("%s: the character %U reaches the terminal", n.Name, r)
			}
		}
		for line := range strings.Lines(got) {
			if w := notify.Columns(strings.TrimSuffix(line, "\n")); w > 100 && !strings.Contains(line, "://") {
				t.Errorf("%s: %d columns: %s", n.Name, w, line)
			}
		}
	}
}
