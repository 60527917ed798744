package mention

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entitywatch/internal/screentest"
	"entitywatch/screen/names"
)

// tellingNames are the names of the Consolidated Screening List by their words, those that a name of nobody else's
// could not be.
func tellingNames(t *testing.T) map[string]string {
	b := &scanBuilder{sc: NewScanner(nil, ScanOptions{}), reader: names.NewReader(), every: theEveryday()}
	other := func(w string) bool { return len(names.Nicknames(w)) == 0 }
	listed := map[string]string{}
	for _, e := range screentest.ScreeningList(t) {
		for _, n := range append([]string{e.Name}, e.Aliases...) {
			words := names.Fold(n)
			if key := strings.Join(words, " "); len(key) >= 6 && hasRare(b.read(n)) && slices.ContainsFunc(words, other) {
				listed[key] = n
			}
		}
	}
	if len(listed) < 20_000 {
		t.Fatalf("only %d names", len(listed))
	}
	return listed
}

// TestNoListedPartyStandsInCodeOrTables looks for the names of the Consolidated Screening List in all sources and
// tables of the packages that read names and texts. A name that ordinary text, places, trades and given names make up
// is nobody's; the table of Han variants has single characters only.
func TestNoListedPartyStandsInCodeOrTables(t *testing.T) {
	listed := tellingNames(t)
	for _, pattern := range []string{"../*/*.go", "../*/*.txt", "../*/tables/*.txt", "../../lawtext/*.go",
		"../../watcher/fedreg/*.go", "../../watcher/fedreg/*/*.go",
		"../../watcher/news/*.go", "../../internal/mentionfit/*.go"} {
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
			for _, name := range namesAmong(names.Fold(string(text)), listed) {
				t.Errorf("%s has the listed name %q", file, name)
			}
		}
	}
}

// namesAmong are the listed names that stand in a text, by its words.
func namesAmong(words []string, listed map[string]string) (found []string) {
	for i := range words {
		for n := i + 1; n <= min(len(words), i+8); n++ {
			if name, ok := listed[strings.Join(words[i:n], " ")]; ok {
				found = append(found, name)
			}
		}
	}
	return found
}
