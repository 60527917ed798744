package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A database with a damaged page must not pass doctor, whichever page it is.
func TestDoctorFindsADamagedPage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "e.db")
	none := func(string) string { return "" }
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"demo", "--db", path, "--json"}, none, nil, &out, &errs); code != exitDone && code != exitHuman {
		t.Fatalf("demo: %d %s", code, &errs)
	}
	file := filepath.Join(dir, "c.yaml")
	if err := os.WriteFile(file, []byte("database: e.db\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for _, at := range []int{len(whole)/page - 1, len(whole) / page / 2, len(whole) / page / 3} {
		broken := bytes.Clone(whole)
		for i := range page {
			broken[at*page+i] = 0xA5
		}
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		errs.Reset()
		if code := run(t.Context(), []string{"doctor", "-c", file}, none, nil, &out, &errs); code != exitFailed || !strings.Contains(errs.String(), "is damaged; stop the daemon") {
			t.Errorf("page %d: code %d, %s", at, code, &errs)
		}
	}
}
