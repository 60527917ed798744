package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/diff"
)

// A rule of 140 parties with thousands of names is too long for most channels: split as it must be, each channel still gets every name,
// alias and address.
func TestNothingIsLostInSplitting(t *testing.T) {
	dir := t.TempDir()
	var stdout, stderr bytes.Buffer
	args := []string{"demo", "--scenario", "mass-listing", "--json", "--render", dir}
	if code := run(t.Context(), args, func(string) string { return "" }, strings.NewReader(""), &stdout, &stderr); code != 0 {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	texts := map[string]bool{}
	for line := range strings.Lines(stdout.String()) {
		var c diff.Change
		if json.Unmarshal([]byte(line), &c) == nil && c.Entry != nil {
			for _, text := range append(append([]string{c.Name}, c.Entry.Aliases...), c.Entry.Addresses...) {
				texts[text] = true
			}
		}
	}
	if len(texts) < 3000 {
		t.Fatalf("%d names, aliases and addresses, want thousands", len(texts))
	}
	for channel, most := range map[string]int{"slack": 40, "teams": 40, "mail": 1, "webhook": 1, "console": 1} {
		files, err := filepath.Glob(filepath.Join(dir, channel, "*-update-*"))
		if err != nil || len(files) < 2 {
			t.Fatalf("%s: %d files, %v", channel, len(files), err)
		}
		whole := ""
		parts := 0
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(f, ".html") || strings.HasSuffix(f, ".eml") {
				continue // the same once more, encoded
			}
			parts++
			whole += " " + plainText(f, b)
		}
		missing := 0
		for text := range texts {
			if !strings.Contains(whole, text) {
				if missing++; missing < 4 {
					t.Errorf("%s: %q is missing", channel, text)
				}
			}
		}
		if missing > 0 || parts > most+1 { // the stage in the eCFR is an update too
			t.Errorf("%s: %d of %d texts are missing from %d messages, of which at most %d are in order", channel, missing, len(texts), parts, most+1)
		}
		t.Logf("%s: %d texts in %d messages", channel, len(texts), parts)
	}
}

// plainText is a rendered message without its markup of strings and line breaks.
func plainText(name string, b []byte) string {
	if !strings.HasSuffix(name, ".json") {
		return strings.Join(strings.Fields(string(b)), " ")
	}
	var v any
	if json.Unmarshal(b, &v) != nil {
		return string(b)
	}
	var out strings.Builder
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out.WriteString(v + " ")
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return out.String()
}
