package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Rendered messages hold counterparties and unsubscribe links.
func TestRenderedFilesAreForTheirOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var stderr strings.Builder
	code := run(t.Context(), []string{"demo", "--render", dir}, func(string) string { return "" }, strings.NewReader(""), &strings.Builder{}, &stderr)
	if code != exitDone && code != exitHuman {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		want := privateFolder
		if !d.IsDir() {
			files, want = files+1, privateFile
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %04o", path, info.Mode().Perm())
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files, %v", files, err)
	}
}

// A file that stood there before is closed too, before anything is written into it.
func TestOverwrittenFileIsClosedToOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte("old and longer"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := writePrivate(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != privateFile || info.Size() != 3 {
		t.Errorf("mode %v, size %d, %v", info.Mode(), info.Size(), err)
	}
}

// A daemon started in the wrong folder must not look as if the rules were in force.
func TestRunningWithoutAFileSaysSoAndWhereItLooked(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var stderr strings.Builder
	run(t.Context(), []string{"check"}, func(string) string { return "" }, strings.NewReader(""), &strings.Builder{}, &stderr)
	for _, want := range []string{"NO CONFIG FILE", filepath.Join(filepath.Base(dir), "entitywatch.yaml"), "--config", "$ENTITYWATCH_CONFIG", "entitywatch.db"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("lacks %q: %s", want, stderr.String())
		}
	}
}
