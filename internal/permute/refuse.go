package permute

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/diff"
)

// Parser reads a file as its list's author does: one Snapshot for each list in it, or a *diff.Refused and none.
type Parser func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error)

// Wholly reads files that must be whole.
func Wholly(parse Parser) Parse {
	return func(body []byte) ([]diff.Snapshot, error) { return parse(bytes.NewReader(body), diff.ReadOptions{}) }
}

// Fixture is a file of the folder testdata beside the test.
func Fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Only is the one list of a file that holds one.
func Only(t testing.TB, body []byte, o diff.ReadOptions, parse Parser) diff.Snapshot {
	t.Helper()
	s, err := parse(bytes.NewReader(body), o)
	if err != nil || len(s) != 1 {
		t.Fatalf("%d snapshots, %v", len(s), err)
	}
	return s[0]
}

// Refused asserts that a file is refused, with no snapshot beside the error, which holds the reason.
func Refused(t *testing.T, name, body, reason string, parse Parser) {
	t.Helper()
	s, err := parse(strings.NewReader(body), diff.ReadOptions{})
	var refused *diff.Refused
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), reason) || s != nil {
		t.Errorf("%s: %d snapshots, %v", name, len(s), err)
	}
}

// Cuts asserts of a file's beginnings, so many bytes apart (more in short tests), that each is refused, and that what is whole in it
// never passes for a whole list, nor without a word to people.
func Cuts(t *testing.T, body []byte, step int, parse Parser) {
	t.Helper()
	if testing.Short() {
		step = max(step, 61)
	}
	body = bytes.TrimSpace(body)
	for n := 0; n < len(body); n += step {
		var refused *diff.Refused
		if s, err := parse(bytes.NewReader(body[:n]), diff.ReadOptions{}); !errors.As(err, &refused) || s != nil {
			t.Fatalf("the first %d bytes: %d snapshots, %v", n, len(s), err)
		}
		all, _ := parse(bytes.NewReader(body[:n]), diff.ReadOptions{Partial: true})
		for i, s := range all {
			if s.Complete || i == 0 && !diff.NeedsHuman(s.Problems) {
				t.Fatalf("the first %d bytes of %d pass for whole: %+v", n, len(body), s)
			}
		}
	}
}
