package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// Pos is a place in the file, both from 1.
type Pos struct{ Line, Column int }

// Error is one mistake in the file.
type Error struct {
	File string
	Pos  Pos
	Path string // where in the structure: rules[2].send[0]
	Text string // what is wrong, with the offending text
	Hint string // what to do
}

// Error implements error: file:line:column: what: hint.
func (e *Error) Error() string {
	place := e.File
	if e.Pos.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", e.File, e.Pos.Line, e.Pos.Column)
	}
	s := place + ": " + e.Text
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// Errors are all mistakes of a file, in its order.
type Errors []*Error

// Error implements error, a mistake a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

func (es Errors) sorted() Errors {
	slices.SortStableFunc(es, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return es
}

// ErrorAt makes a late error about the value at a path (rules[2].send[0]); the nearest enclosing value lends its place where the
// path itself was not written.
func (c *Config) ErrorAt(path, text, hint string) *Error {
	return &Error{File: c.file, Pos: c.At(path), Path: path, Text: c.unexpanded(path, text), Hint: c.unexpanded("", hint)}
}

// At is the place of the value at a path, or of the nearest enclosing value that the file has.
func (c *Config) At(path string) Pos {
	for path != "" {
		if p, ok := c.lines[path]; ok {
			return p
		}
		path = path[:max(strings.LastIndexByte(path, '.'), strings.LastIndexByte(path, '['), 0)]
	}
	return Pos{}
}

// File is the path that the config was read from; "" for the built-in one.
func (c *Config) File() string { return c.file }

// nearest suggests the valid word that the text was probably meant to be; "" where none is near.
func nearest(text string, valid []string) string {
	best, distance := "", max(2, len(text)/3)+1
	for _, v := range valid {
		if len(text) > 2 && strings.Contains(v, strings.ToLower(text)) { // sdn for us-ofac-sdn
			return v
		}
	}
	low := []rune(strings.ToLower(text))
	for _, v := range valid {
		if d := diff.EditDistance(low, []rune(strings.ToLower(v))); d < distance {
			best, distance = v, d
		}
	}
	return best
}

// DidYouMean is the hint for a word that is none of the valid ones: the nearest one, or all; "" where there are none.
func DidYouMean(text string, valid []string) string {
	if n := nearest(text, valid); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	if len(valid) == 0 {
		return ""
	}
	return "one of: " + strings.Join(valid, ", ")
}
