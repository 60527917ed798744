package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"entitywatch/internal/permute"
)

// Whatever a file holds, reading it ends, and gives a config or mistakes that have a place and show no secret.
func FuzzParse(f *testing.F) {
	f.Add(string(Sample))
	for _, pattern := range []string{"testdata/mistakes/*.txtar", "testdata/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal(pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			if strings.HasSuffix(file, ".txtar") {
				data = txtar.Parse(data).Files[0].Data
			}
			f.Add(string(data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		var c *Config
		var err error
		permute.Work(t, len(text), func() { c, err = Parse([]byte(text), "c.yaml", testChecks()) })
		if (c == nil) == (err == nil) {
			t.Fatalf("config %v, error %v", c, err)
		}
		if err == nil {
			c.Secrets()
			return
		}
		es, ok := errors.AsType[Errors](err)
		if !ok || len(es) == 0 || len(es) > mostMistakes+100 {
			t.Fatalf("%d mistakes: %.300v", len(es), err)
		}
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + strings.Count(text, "\u0085") + strings.Count(text, "\u2028") + strings.Count(text, "\u2029") + 2
		for _, e := range es {
			if e.Pos.Line < 0 || e.Pos.Line > lines || e.Pos.Column < 0 || e.Error() == "" {
				t.Fatalf("a mistake at %d:%d of %d lines: %v", e.Pos.Line, e.Pos.Column, lines, e)
			}
		}
		if said := err.Error(); len(said) > 200*len(es)+8*len(text)+1000 {
			t.Fatalf("%d bytes are said of %d mistakes in %d bytes", len(said), len(es), len(text))
		}
		if strings.Contains(err.Error(), "xoxb-secret") && !strings.Contains(text, "xoxb-secret") {
			t.Fatalf("a secret is shown: %v", err)
		}
	})
}
