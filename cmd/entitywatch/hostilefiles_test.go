package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"runtime"
	"strings"
	"testing"
)

// mostAllocated is what reading a hostile file may allocate in all, in bytes, freed memory included: far less than that is in use at any
// time. The most are the screening list's 250,000 records, each read and let go.
const mostAllocated = 800 << 20

// repeated is head, a piece so often that it has some 24 MB, and tail.
func repeated(head, piece, tail string) io.Reader {
	const each = 1 << 10
	many := strings.Repeat(piece, each)
	parts := []io.Reader{strings.NewReader(head)}
	for range 24 << 20 / len(many) {
		parts = append(parts, strings.NewReader(many))
	}
	return io.MultiReader(append(parts, strings.NewReader(tail))...)
}

// Files that become gigabytes in memory where a parser makes a value of each of their pieces: every kind that is read refuses them, or
// reads as much as it may hold, whether they come as they are or compressed. What is allocated is counted.
func TestHostileFilesStayWithinTheirMemory(t *testing.T) {
	deep, attributes := [3]string{"", "<a>", ""}, [3]string{"<r ", `a="" `, "></r>"}
	rss := `<rss version="2.0" xmlns:x="u"><channel>`
	elements := func(root string) [3]string { return [3]string{"<" + root + ">", "<a/>", "</" + root + ">"} }
	list := func(root string) [][3]string { return [][3]string{deep, attributes, elements(root)} }
	rows := [][3]string{{"", "a\n", ""}, {"", ",", "\n"}, {`"`, `a""`, ""}, {"", "\n", ""}}
	for kind, files := range map[string][][3]string{
		"news": {{rss, "<x:a/>", "</channel></rss>"}, {rss, "<x:a>", ""}, {rss, "<item/>", "</channel></rss>"}, attributes,
			{`{"version":"https://jsonfeed.org/version/1","items":[{}`, ",{}", "]}"}, {rss, "\x00", ""}},
		"federal-register": {elements("RULE"), {"<RULE>", "<a>", ""}, {"<RULE ", `a="" `, "></RULE>"}, {`{"count":1,"results":[0`, ",0", "]}"},
			{`{"document_number":"2024-1","agencies":[{}`, ",{}", "]}"}, {`{"a":`, "[", ""}},
		"public-inspection": {{"AGENCY: x\nBILLING CODE\n", "\n", ""}, {"AGENCY: x\nBILLING CODE\n", `a "b" `, ""}},
		"ecfr-entity-list":  list("DIV9"), "un-xml": list("CONSOLIDATED_LIST"), "eu-xml": list("export"), "ofac-sdn-xml": list("sdnList"),
		"uk-csv": rows, "csl-csv": rows, "ofac-sdn-csv": rows,
		"csl-json": {{`{"results":[0`, ",0", "]}"}, {`{"results":[{}`, ",{}", "]}"}, {`{"results":`, "[", ""}, {`{"results":[{"alt_names":[""`, `,""`, "]}]}"}},
	} {
		for i, f := range files {
			for _, packed := range []bool{false, true}[:2-min(i, 1)] { // the first of each kind compressed, too
				var stdin io.Reader = repeated(f[0], f[1], f[2])
				if packed {
					var b bytes.Buffer
					z := gzip.NewWriter(&b)
					if _, err := io.Copy(z, stdin); err != nil {
						t.Fatal(err)
					}
					z.Close()
					stdin = &b
				}
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				code := run(t.Context(), []string{"inspect", kind, "-"}, func(string) string { return "" }, stdin, io.Discard, io.Discard)
				runtime.ReadMemStats(&after)
				n := after.TotalAlloc - before.TotalAlloc
				t.Logf("%s of %q, packed %v: exit %d, %d MB", kind, f[1], packed, code, n>>20)
				if n > mostAllocated {
					t.Errorf("%s of %q, packed %v: %d MB were allocated", kind, f[1], packed, n>>20)
				}
			}
		}
	}
}
