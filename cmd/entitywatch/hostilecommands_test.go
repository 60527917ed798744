package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mostLive is what a command may have in use at any time while it reads a hostile file, in MB, as the collector finds
// it. The most are two million rows of owners, where a file ends.
const mostLive = 400

// hostileSize is how large the files are; with ENTITYWATCH_HOSTILE=1 they are as large as docs/PERFORMANCE.md says.
func hostileSize() int {
	if os.Getenv("ENTITYWATCH_HOSTILE") != "" {
		return 120 << 20
	}
	return 12 << 20
}

// hostileWorld is a folder with a list and counterparties that are as they should be, beside files that are not.
type hostileWorld struct {
	t                *testing.T
	dir, list, names string
}

func newHostileWorld(t *testing.T) *hostileWorld {
	w := &hostileWorld{t: t, dir: t.TempDir()}
	w.list = "csl-json:" + w.file("list.json", shapeNamed(t, "csl").Fixture(20))
	w.names = w.file("names.csv", "id,name\nV-1,Tarvelli Works\n")
	return w
}

func (w *hostileWorld) file(name, text string) string {
	w.t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// hostile is a file of head, a piece again and again, and tail.
func (w *hostileWorld) hostile(name string, f [3]string) string {
	w.t.Helper()
	n := (hostileSize() - len(f[0]) - len(f[2])) / len(f[1])
	return w.file(name, f[0]+strings.Repeat(f[1], n)+f[2])
}

// gigabytesOf is a gzip file that becomes gigabytes.
func gigabytesOf(gigabytes int, f [3]string) []byte {
	const each = 16 << 20
	pack := func(text string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(text)) // a bytes.Buffer never fails
		z.Close()
		return b.Bytes()
	}
	many := pack(strings.Repeat(f[1], each/len(f[1])))
	return slices.Concat(pack(f[0]), bytes.Repeat(many, gigabytes<<30/each), pack(f[2]))
}

var liveAfter = regexp.MustCompile(`(?m)^gc .*->(\d+) MB`)

// reads runs the program and asserts that it ends by itself and never has much in use.
func (w *hostileWorld) reads(what string, args ...string) {
	w.t.Helper()
	exe, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	cmd := exec.CommandContext(w.t.Context(), exe, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "GODEBUG=gctrace=1")
	said, err := cmd.CombinedOutput()
	if ended := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &ended) || !ended.Exited()) {
		w.t.Errorf("%s: %v", what, err)
	}
	most := 0
	for _, m := range liveAfter.FindAllSubmatch(said, -1) {
		n, err := strconv.Atoi(string(m[1]))
		if err != nil {
			w.t.Fatal(err)
		}
		most = max(most, n)
	}
	words := regexp.MustCompile(`(?m)^gc \d+ @.*\n|^[^\n]*MB stacks[^\n]*\n`).ReplaceAllString(string(said), "")
	w.t.Logf("%-60s exit %d, at most %3d MB in use, %.2f CPU-s: %.120q", what, cmd.ProcessState.ExitCode(), most,
		(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), words)
	if most > mostLive {
		w.t.Errorf("%s: %d MB were in use", what, most)
	}
	if strings.Contains(words, "panic:") || strings.Contains(words, "goroutine ") {
		w.t.Errorf("%s: %.2000s", what, words)
	}
}

// Files of counterparties, owners, lists and documents that are hostile in their form stay within the memory of the
// command that is given them: many columns, one row of all, one cell of all, many rows of nearly nothing, nested
// without end.
func TestHostileFilesGivenToCommands(t *testing.T) {
	w := newHostileWorld(t)
	for _, f := range [][3]string{
		{"id,name", ",a", "\n"}, {"id,name\n", "1,", "\n"}, {"id,name\n1,\"", "a", "\"\n"},
		{"id,name\n1,\"", "a\"\"\n", "\"\n"}, {"id,name\n", "1,a\n", ""},
		{"id,name\n", ",\n", ""}, {"id,name,aliases\n1,a,", "b;", "\n"}, {"id,name\n", "\"", ""}, {"id\tname\n", "\x00", ""},
		{"id,name\n", "1,=a\n", ""},
	} {
		path := w.hostile("hostile.csv", f)
		w.reads(fmt.Sprintf("screen --names %q of %q", f[0], f[1]), "screen", "--list", w.list, "--names", path)
		config := w.file("c.yaml", fmt.Sprintf("database: ew.db\ncounterparties: [{name: vendors, file: %q}]\n", path))
		w.reads(fmt.Sprintf("check, counterparties %q of %q", f[0], f[1]), "check", "-c", config)
	}
	for _, f := range [][3]string{
		{"id,owner_id,percent", ",a", "\n"}, {"id,owner_id,percent\n", "1,", "\n"},
		{"id,owner_id,percent\n1,2,\"", "5", "\"\n"},
		{"id,owner_id,percent\n", "1,2,3\n", ""}, {"id,owner_name,percent\n", "1,a,60\n", ""},
		{"id,owner_id,percent\n", ",,\n", ""},
	} {
		path := w.hostile("owners.csv", f)
		w.reads(fmt.Sprintf("screen --owners %q of %q", f[0], f[1]), "screen", "--list", w.list, "--names", w.names,
			"--owners", path)
	}
	for kind, files := range map[string][][3]string{
		"csl-json": {{`{"results":[{}`, ",{}", "]}"}, {`{"results":`, "[", ""},
			{`{"results":[{"alt_names":[""`, `,""`, "]}]}"}},
		"uk-csv": {{"", ",a", "\n"}, {"", "a\n", ""}}, "un-xml": {{"<CONSOLIDATED_LIST>", "<a/>", ""}, {"", "<a>", ""}},
	} {
		for _, f := range files {
			path := w.hostile("list", f)
			w.reads(fmt.Sprintf("screen --list %s of %q", kind, f[1]), "screen", "--list", kind+":"+path, "--names", w.names)
			w.reads(fmt.Sprintf("apply --base %s of %q", kind, f[1]), "apply", "--base", kind+":"+path, w.names)
		}
	}
	for name, f := range map[string][3]string{
		"a.xml": {"<RULE>", "<P>a</P>", "</RULE>"}, "b.xml": {"<RULE>", "<a>", ""},
		"c.json": {`{"document_number":"2024-1","agencies":[{}`, ",{}", "]}"},
		"d.txt":  {"AGENCY: x\nBILLING CODE\n", "1. a\n", ""}, "e.xml": {"<RULE><AMDPAR>", "a. Add b; ", "</AMDPAR></RULE>"},
	} {
		w.reads(fmt.Sprintf("apply %s of %q", name, f[1]), "apply", "--base", w.list, w.hostile(name, f))
	}
}

// A gzip file of some megabytes that becomes five gigabytes ends where it may not become more, as a file and from a
// server.
func TestFilesThatBecomeGigabytes(t *testing.T) {
	w := newHostileWorld(t)
	const gigabytes = 5
	names := w.file("names.csv.gz", string(gigabytesOf(gigabytes, [3]string{"id,name\n", "1,a\n", ""})))
	w.reads("screen --names, 5 GB of rows", "screen", "--list", w.list, "--names", names)
	cell := w.file("cell.csv.gz", string(gigabytesOf(gigabytes, [3]string{"id,name\n1,\"", "a ", "\"\n"})))
	w.reads("screen --names, 5 GB in a cell", "screen", "--list", w.list, "--names", cell)
	record := gigabytesOf(gigabytes, [3]string{`{"results":[{"name":"`, "a ", `"}]}`})
	w.reads("screen --list, 5 GB in a name", "screen", "--list", "csl-json:"+w.file("list.json.gz", string(record)), "--names", w.names)
	document := w.file("rule.xml.gz", string(gigabytesOf(gigabytes, [3]string{"<RULE><P>", "a ", "</P></RULE>"})))
	w.reads("apply, 5 GB in a paragraph", "apply", "--base", w.list, document)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		rw.Header().Set("Content-Encoding", "gzip")
		_, _ = rw.Write(record) // who reads it hangs up
	}))
	defer server.Close()
	config := w.file("c.yaml",
		fmt.Sprintf("database: %q\nfetch: {attempts: 1}\nsources: [{name: csl, kind: csl, url: %q}]\n",
			filepath.Join(w.dir, "ew.db"), server.URL))
	w.reads("poll, 5 GB over HTTP", "poll", "-c", config)
}
