// Package layout holds the tests that keep the house in order: who may import whom, and what a source file may look like.
package layout

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "entitywatch"

// allowed says what of ours a package may import: the longest prefix of its path decides. "*" allows everything but cmd.
// The direction is that of the pipeline; see docs/ARCHITECTURE.md.
var allowed = map[string][]string{
	"cmd":               {"*"},
	"config":            {"diff"},
	"diff":              {"diff"},
	"enrich":            {"diff", "screen"},
	"lawtext":           {"diff"},
	"screen/names":      {},
	"screen/match":      {"diff", "screen/names", "internal/parallel"},
	"screen/mention":    {"diff", "screen/names"},
	"screen/ours":       {"diff", "screen/match", "screen/names", "internal/parallel"},
	"watcher":           {"diff", "watcher/fetch", "watcher"},
	"watcher/fetch":     {"diff", "redact"},
	"watcher/fetch/":    {"diff", "watcher/fetch"},
	"redact":            {},
	"watcher/":          {"diff", "lawtext", "watcher/fetch"},
	"notify":            {"diff", "notify"},
	"notify/":           {"diff", "notify", "redact"},
	"store":             {"diff", "watcher", "watcher/fetch", "notify", "store"},
	"web":               {"diff", "notify", "redact", "web"},
	"replay":            {"diff", "replay"},
	"testdata":          {},
	"internal":          {"*"},
	"internal/holder":   {},
	"internal/require":  {},
	"internal/parallel": {},

	// reading a rule and reading its summary know no source; what a rule says of itself, the summary's reader reads
	"watcher/fedreg":         {"diff", "lawtext", "watcher/fetch", "watcher/fedreg"},
	"watcher/fedreg/rule":    {"diff", "lawtext", "watcher/fetch", "watcher/fedreg/summary"},
	"watcher/fedreg/summary": {"diff", "lawtext"},
}

func TestImportsFollowTheFlow(t *testing.T) {
	root := moduleRoot(t)
	seen := 0
	forEachFile(t, root, func(path, pkg string) {
		seen++
		if strings.HasSuffix(path, "_test.go") {
			return // a test may look across: its truth should come from elsewhere
		}
		for _, imported := range oursIn(t, filepath.Join(root, path)) {
			if imported != pkg && !mayImport(pkg, imported) {
				t.Errorf("%s: package %s must not import %s", path, pkg, imported)
			}
		}
	})
	if seen < 50 {
		t.Fatalf("only %d files seen: the walk is broken", seen)
	}
}

func TestRulesRefuseWhatTheDesignForbids(t *testing.T) {
	for _, pair := range [][2]string{
		{"watcher", "notify"}, {"notify", "watcher"}, {"watcher/lists/ecfr", "store"}, {"watcher/lists/ecfr", "watcher"}, {"diff", "config"},
		{"notify/slack", "store"}, {"screen/names", "watcher"}, {"screen/names", "screen/match"}, {"screen/match", "screen/mention"}, {"screen/match", "screen/ours"},
		{"screen/mention", "screen/match"}, {"screen/mention", "screen/ours"}, {"screen/ours", "screen/mention"}, {"screen/ours", "enrich"}, {"enrich", "watcher/news"}, {"enrich", "store"}, {"enrich", "notify"}, {"config", "watcher"}, {"diff", "internal/require"}, {"watcher/lists/ecfr", "watcher/lists/csl"},
		{"watcher/fedreg/rule", "watcher/fedreg"}, {"watcher/fedreg/summary", "watcher/fedreg"}, {"watcher/fedreg/summary", "watcher/fedreg/rule"},
		{"watcher/fedreg/summary", "watcher/fetch"}, {"watcher/fedreg/rule", "watcher/lists/ecfr"}, {"watcher/fedreg/rule", "watcher"},
		{"watcher/lists/ecfr", "watcher/fedreg/rule"}, {"watcher/fedreg", "watcher"}, {"watcher/fedreg", "watcher/lists/csl"},
		{"lawtext", "watcher/fetch"}, {"diff", "lawtext"}, {"watcher", "lawtext"}, {"notify", "lawtext"},
	} {
		if mayImport(pair[0], pair[1]) {
			t.Errorf("%s may import %s", pair[0], pair[1])
		}
	}
}

func mayImport(pkg, imported string) bool {
	rules, best := []string(nil), -1
	for prefix, list := range allowed {
		matches := pkg == prefix || strings.HasPrefix(pkg, strings.TrimSuffix(prefix, "/")+"/")
		if strings.HasSuffix(prefix, "/") {
			matches = strings.HasPrefix(pkg, prefix)
		}
		if matches && len(prefix) > best {
			rules, best = list, len(prefix)
		}
	}
	for _, r := range rules {
		if r == "*" && !strings.HasPrefix(imported, "cmd") || r == imported || r != "watcher" && r != "notify" && strings.HasPrefix(imported, r+"/") {
			return true
		}
	}
	return false
}

func oursIn(t *testing.T, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var ours []string
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if rest, ok := strings.CutPrefix(path, module+"/"); ok {
			ours = append(ours, rest)
		}
	}
	return ours
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
}

// forEachFile visits every Go file of the module with its path and package, both relative to the root and with slashes.
func forEachFile(t *testing.T, root string, visit func(path, pkg string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && rel != "." {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") {
			rel = filepath.ToSlash(rel)
			visit(rel, filepath.ToSlash(filepath.Dir(rel)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
