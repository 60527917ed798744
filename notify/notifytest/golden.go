package notifytest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"entitywatch/notify"
)

// Golden compares what a channel makes of one message of every kind with the files of testdata, and writes them anew
// where update says so.
func Golden(t *testing.T, ext string, update bool, write func(t *testing.T, m notify.Message) []byte) {
	t.Helper()
	messages, err := Messages()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range messages {
		got, path := write(t, n.Message), filepath.Join("testdata", n.Name+ext)
		if update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || !bytes.Equal(want, got) {
			t.Errorf("%s differs (%v):\n%s", path, err, got)
		}
	}
}
