package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// Checks answers what needs another package's knowledge. A nil check accepts everything.
type Checks struct {
	Getenv    func(string) string                          // of ${VAR}; os.Getenv if nil
	Schedule  func(spec string, zone *time.Location) error // does it fire, and not too often; its error names it
	Condition func(source string) error                    // does an `if:` compile
	Country   func(code string) bool                       // is it an ISO 3166 code that a list can show
}

// largestFile is in bytes; a config of a thousand rules has some 300,000.
const largestFile = 4 << 20

// Load reads a config file. The error is an Errors with every mistake of the file, or says why it could not be read.
func Load(path string, checks Checks) (*Config, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("config: %w; `entitywatch init` writes one to start from", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, largestFile+1))
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	if len(data) > largestFile {
		return nil, Errors{{File: path, Text: fmt.Sprintf("the file is larger than %d MiB, so it is not a config file", largestFile>>20)}}
	}
	return Parse(data, path, checks)
}

// Parse is Load for bytes that were already read; relative paths in them are relative to path's folder.
func Parse(data []byte, path string, checks Checks) (*Config, error) {
	if checks.Getenv == nil {
		checks.Getenv = os.Getenv
	}
	root, err := document(data, path)
	if err != nil {
		return nil, err
	}
	c := &Config{file: path, lines: map[string]Pos{}, expanded: map[string]expansion{}}
	d := &decoder{file: path, expand: expander(filepath.Dir(path), checks.Getenv), lines: c.lines, expanded: c.expanded}
	d.value(root, reflect.ValueOf(c).Elem(), "")
	c.fillDefaults()
	k := &checker{Config: c, checks: checks, errs: d.errs}
	k.all()
	if len(k.errs) > 0 {
		return nil, k.errs.sorted()
	}
	c.resolvePaths(filepath.Dir(path))
	return c, nil
}

// document parses the YAML itself. A file that says nothing is a mistake: taken for the built-in config it would open another database,
// with other rules, where an editor or a full disk has only emptied the file.
func document(data []byte, path string) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, noContent(path)
	case err != nil:
		return nil, syntaxError(path, err)
	}
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, Errors{{File: path, Pos: Pos{max(second.Line, 1), 1}, Text: "the file holds more than one YAML document", Hint: "remove the line ---"}}
	}
	if len(doc.Content) == 0 || saysNothing(doc.Content[0]) {
		return nil, noContent(path)
	}
	return doc.Content[0], nil
}

// saysNothing reports whether a value sets nothing: null, an empty text, or keys that are all left open.
func saysNothing(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return n.Tag == "!!null" || strings.TrimSpace(n.Value) == ""
	case yaml.SequenceNode:
		return len(n.Content) == 0
	case yaml.MappingNode:
		for i := 1; i < len(n.Content); i += 2 {
			if n.Content[i].Tag != "!!null" {
				return false
			}
		}
		return true
	}
	return false
}

func noContent(path string) error {
	return Errors{{File: path, Text: "the file holds no settings, so it is not taken for a config",
		Hint: "restore it, or write one anew with `entitywatch init FILE`; without any config file the built-in config applies"}}
}

func syntaxError(path string, err error) error {
	e := &Error{File: path, Text: "not YAML: " + err.Error(), Hint: "check the indentation (spaces, no tabs), quotes and brackets near it"}
	if le, ok := errors.AsType[*yaml.LoadErrors](err); ok && len(le.Errors) > 0 {
		first := le.Errors[0]
		e.Text, e.Pos = "not YAML: "+first.Message, Pos{first.Mark.Line, first.Mark.Column}
	} else if le, ok := errors.AsType[*yaml.LoadError](err); ok {
		e.Text, e.Pos = "not YAML: "+le.Message, Pos{le.Mark.Line, le.Mark.Column}
	}
	return Errors{e}
}

// resolvePaths makes the file's relative paths relative to the file, not to the daemon's working folder.
func (c *Config) resolvePaths(dir string) {
	for i := range c.Counterparties {
		p := &c.Counterparties[i]
		p.File, p.Owners = inFolder(dir, p.File), inFolder(dir, p.Owners)
	}
	c.Database = databasePath(dir, c.Database)
}

func inFolder(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
