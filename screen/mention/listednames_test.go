package mention

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/screen/names"
	"entitywatch/watcher/lists/csl"
)

// TestNoListedPartyStandsInCodeOrTables looks for the names of the Consolidated Screening List in all sources and tables of the packages
// that read names and texts. A name that ordinary text, places, trades and given names make up is nobody's; the table of Han variants has single characters only.
func TestNoListedPartyStandsInCodeOrTables(t *testing.T) {
	snaps, err := csl.ParseJSON(bytes.NewReader(require.File(t, "csl/consolidated_2026-07-31_reshaped.json.gz")), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	b := &scanBuilder{sc: NewScanner(nil, ScanOptions{}), reader: names.NewReader(), every: theEveryday()}
	listed := map[string]string{} // the words of a telling name, to the name
	for _, s := range snaps {
		for i := range s.Entries {
			for _, n := range append([]string{s.Entries[i].Name}, s.Entries[i].Aliases...) {
				words := names.Fold(n)
				other := func(w string) bool { return len(names.Nicknames(w)) == 0 }
				if key := strings.Join(words, " "); len(key) >= 6 && hasRare(b.read(n)) && slices.ContainsFunc(words, other) {
					listed[key] = n
				}
			}
		}
	}
	if len(listed) < 20_000 {
		t.Fatalf("only %d names", len(listed))
	}
	for _, pattern := range []string{"../*/*.go", "../*/*.txt", "../*/tables/*.txt", "../../lawtext/*.go", "../../watcher/fedreg/*.go", "../../watcher/news/*.go",
		"../../internal/mentionfit/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || filepath.Base(file) == "hanvariants.txt" {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			words := names.Fold(string(text))
			for i := range words {
				for n := i + 1; n <= min(len(words), i+8); n++ {
					if name, ok := listed[strings.Join(words[i:n], " ")]; ok {
						t.Errorf("%s has the listed name %q", file, name)
					}
				}
			}
		}
	}
}
