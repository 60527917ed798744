package layout

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A module that nobody can say a reason for should not be imported; docs/DEPENDENCIES.md holds the reasons.
func TestEveryDependencyIsExplained(t *testing.T) {
	root := moduleRoot(t)
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(filepath.Join(root, "docs", "DEPENDENCIES.md"))
	if err != nil {
		t.Fatal(err)
	}
	direct := 0
	for line := range strings.Lines(string(mod)) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) < 2 || !strings.HasPrefix(fields[1], "v") || strings.Contains(line, "// indirect") {
			continue
		}
		direct++
		if !strings.Contains(string(doc), "`"+fields[0]+"`") {
			t.Errorf("docs/DEPENDENCIES.md says no reason for %s", fields[0])
		}
	}
	if direct < 10 {
		t.Fatalf("only %d direct dependencies seen: the reading of go.mod is broken", direct)
	}
}
