package names

import (
	"embed"
	"strings"
	"sync"
)

// tableFiles are facts about words, letters and places, never about listed parties. The head of each file, lines that
// begin with "#", says what its rows are, and their source and date.
//
//go:embed tables
var tableFiles embed.FS

// table is the rows of a file of tables.
func table(file string) string {
	raw, err := tableFiles.ReadFile("tables/" + file)
	if err != nil {
		panic("names: " + err.Error())
	}
	return withoutComments(string(raw))
}

func withoutComments(text string) string {
	var rows strings.Builder
	rows.Grow(len(text))
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			rows.WriteString(line)
		}
	}
	return rows.String()
}

// ParseSets reads a table of sets of words: each row names its set and then has words of it; a set may have several
// rows, and lines that begin with "#" are comments. The words of each set are in their order.
func ParseSets(text string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(withoutComments(text)) {
		words := strings.Fields(line)
		out[words[0]] = append(out[words[0]], words[1:]...)
	}
	return out
}

// SetOf makes a set of words.
func SetOf(words []string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[w] = true
	}
	return out
}

// theSets are the sets of sets.txt.
var theSets = sync.OnceValue(func() map[string][]string { return ParseSets(table("sets.txt")) })

// setOf is one set of sets.txt.
func setOf(name string) map[string]bool { return SetOf(theSets()[name]) }
