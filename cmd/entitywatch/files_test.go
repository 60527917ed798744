package main

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestZipFilesAreOpened: a ZIP with one file in it is that file, as OFAC serves its exports; any other is refused with what to do.
func TestZipFilesAreOpened(t *testing.T) {
	pack := func(names ...string) string {
		path := filepath.Join(t.TempDir(), "list.zip")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		z := zip.NewWriter(f)
		for _, name := range names {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, "what is in "+name); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		names      []string
		text, fail string
	}{
		{[]string{"CONS_ENHANCED.XML"}, "what is in CONS_ENHANCED.XML", ""},
		{[]string{"xl/workbook.xml", "xl/styles.xml"}, "", "save it as CSV"},
		{[]string{"sdn.csv", "alt.csv"}, "", "holds 2 files"},
	} {
		f, err := (&app{}).open(pack(c.names...), false)
		if c.fail != "" {
			if err == nil || !strings.Contains(err.Error(), c.fail) {
				t.Errorf("%v: %v, want %q", c.names, err, c.fail)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil || string(text) != c.text {
			t.Errorf("%v: %q, %v", c.names, text, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
