package require

import (
	"path/filepath"
	"testing"
)

func TestSharedDataIsBesideTheModule(t *testing.T) {
	dir := SharedData(t)
	if filepath.Base(dir) != "data" || !filepath.IsAbs(dir) {
		t.Errorf("SharedData = %q, want an absolute …/shared/data", dir)
	}
}

func TestToolTakesTheFirstThatExists(t *testing.T) {
	if got := Tool(t, "no-such-program-anywhere", "go"); filepath.Base(got) != "go" {
		t.Errorf("Tool = %q, want the go command", got)
	}
}

func TestMissingToolSkips(t *testing.T) {
	t.Setenv("ENTITYWATCH_REQUIRE", "")
	skipped := false
	t.Run("inner", func(t *testing.T) {
		defer func() { skipped = t.Skipped() }()
		Tool(t, "no-such-program-anywhere")
	})
	if !skipped {
		t.Error("a missing program did not skip the test")
	}
}
