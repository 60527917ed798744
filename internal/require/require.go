// Package require finds what a test needs from outside the module: the reference data beside it and programs on the machine.
//
// What is missing skips the test and says so. With ENTITYWATCH_REQUIRE=all a miss is a failure, so that a full check never passes by
// skipping.
package require

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// SharedData is the absolute path of the reference data, ../shared/data relative to the module's root.
func SharedData(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's directory")
		}
		dir = up
	}
	data := filepath.Join(filepath.Dir(dir), "shared", "data")
	if _, err := os.Stat(data); err != nil {
		missing(t, "the reference data is not at "+data)
	}
	return data
}

// File is a file of the reference data by its path there ("ecfr/part-744_2026-03-25.xml.gz"), unpacked where its name ends in .gz.
func File(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(SharedData(t), filepath.FromSlash(name)))
	if err == nil && strings.HasSuffix(name, ".gz") {
		var z *gzip.Reader
		if z, err = gzip.NewReader(bytes.NewReader(b)); err == nil {
			b, err = io.ReadAll(z)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Tool is the path of the first of the named programs that is installed.
func Tool(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
		// servers live in sbin, which is not on every user's PATH
		for _, dir := range []string{"/usr/sbin", "/usr/local/sbin", "/sbin"} {
			if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
				return path
			}
		}
	}
	missing(t, "none of these programs is installed: "+strings.Join(names, ", "))
	return ""
}

// Root is for what only works as the machine's administrator.
func Root(t testing.TB) {
	t.Helper()
	if os.Getuid() != 0 {
		missing(t, "the test must run as root")
	}
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("ENTITYWATCH_REQUIRE") == "all" {
		t.Fatal(what + " (required by ENTITYWATCH_REQUIRE=all)")
	}
	t.Skip(what)
}
