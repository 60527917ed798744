package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// decoder fills Go values from YAML nodes, notes where each value stands, and collects every mistake on the way.
type decoder struct {
	file   string
	expand func(string) (string, error)
	lines  map[string]Pos
	errs   Errors
	values int // decoded so far, those behind aliases each time

	expanded map[string]expansion // by path
}

// A config of a thousand rules has some 20,000 values. Aliases of aliases can stand for billions; more mistakes than these nobody reads.
const (
	mostValues   = 200_000
	mostMistakes = 1_000
)

// enough reports whether no more of the file is read, and says so once.
func (d *decoder) enough(n *yaml.Node, path string) bool {
	switch d.values++; {
	case d.values > mostValues+1:
		return true
	case d.values == mostValues+1:
		d.fail(n, path, fmt.Sprintf("the file stands for more than %d values", mostValues), "it repeats itself through aliases (*name); write them out")
		return true
	}
	return len(d.errs) >= mostMistakes
}

func (d *decoder) fail(n *yaml.Node, path, text, hint string) {
	d.errs = append(d.errs, &Error{File: d.file, Pos: Pos{n.Line, n.Column}, Path: path, Text: text, Hint: hint})
}

func (d *decoder) value(n *yaml.Node, v reflect.Value, path string) {
	if d.enough(n, path) {
		return
	}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	d.lines[path] = Pos{n.Line, n.Column}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return // "key:" with nothing after it leaves the default
	}
	if s, ok := v.Addr().Interface().(scalar); ok {
		d.scalar(n, path, "a single value", s.parse)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, path)
	case reflect.Slice:
		d.list(n, v, path)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), path)
	case reflect.String:
		d.scalar(n, path, "a text", func(s string) error { v.SetString(s); return nil })
	case reflect.Bool:
		d.scalar(n, path, "true or false", boolean(v))
	case reflect.Int:
		d.scalar(n, path, "a number", integer(v))
	case reflect.Float64:
		d.scalar(n, path, "a number", float(v))
	}
}

func boolean(v reflect.Value) func(string) error {
	return func(s string) error {
		switch s {
		case "true", "on", "yes":
			v.SetBool(true)
		case "false", "off", "no":
			v.SetBool(false)
		default:
			return fmt.Errorf("is neither true nor false")
		}
		return nil
	}
}

func integer(v reflect.Value) func(string) error {
	return func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 {
			return fmt.Errorf("is not a whole number of 0 or more")
		}
		v.SetInt(int64(n))
		return nil
	}
}

func float(v reflect.Value) func(string) error {
	return func(s string) error {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || !(f >= 0 && f < 1e9) {
			return fmt.Errorf("is not a number of 0 or more")
		}
		v.SetFloat(f)
		return nil
	}
}

func (d *decoder) scalar(n *yaml.Node, path, wanted string, parse func(string) error) {
	if n.Kind != yaml.ScalarNode {
		d.fail(n, path, fmt.Sprintf("%s is %s where %s belongs", path, shape(n), wanted), "")
		return
	}
	text, err := d.expand(n.Value)
	if err != nil {
		d.fail(n, path, fmt.Sprintf("%s: %v", path, err), "")
		return
	}
	if text != n.Value {
		d.expanded[path] = expansion{written: n.Value, value: text}
	}
	if err := parse(text); err != nil {
		// the text as written, not as expanded: an expanded value may be a secret
		d.fail(n, path, fmt.Sprintf("%s: %q %v", path, n.Value, err), "")
	}
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind == yaml.ScalarNode && v.Type() == reflect.TypeFor[Names]() {
		n = &yaml.Node{Kind: yaml.SequenceNode, Line: n.Line, Column: n.Column, Content: []*yaml.Node{n}}
	}
	if n.Kind != yaml.SequenceNode {
		d.fail(n, path, fmt.Sprintf("%s is %s where a list belongs", path, shape(n)), "write it as [a, b] or with a dash a line")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		d.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
	}
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, path, fmt.Sprintf("%s is %s where keys belong", orFile(path), shape(n)), "write key: value")
		return
	}
	fields, seen := keysOf(v.Type()), map[string]int{}
	for i := 0; i+1 < len(n.Content) && len(d.errs) < mostMistakes; i += 2 {
		key, at := n.Content[i], join(path, n.Content[i].Value)
		index, known := fields[key.Value]
		switch first, twice := seen[key.Value]; {
		case twice:
			d.fail(key, at, fmt.Sprintf("key %q stands twice", key.Value), fmt.Sprintf("first in line %d", first))
		case !known:
			d.fail(key, at, fmt.Sprintf("unknown key %q", key.Value), DidYouMean(key.Value, sortedKeys(fields)))
		default:
			d.value(n.Content[i+1], v.Field(index), at)
		}
		seen[key.Value] = key.Line
	}
	d.needed(n, v, path)
}

// needed reports required keys that are missing or empty, and words outside a field's fixed choice.
func (d *decoder) needed(n *yaml.Node, v reflect.Value, path string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		key := f.Tag.Get("yaml")
		if f.Tag.Get("need") != "" && v.Field(i).IsZero() && !d.failedAt(join(path, key)) {
			d.fail(n, path, fmt.Sprintf("%s needs %q", orFile(path), key), "")
		}
		if words := f.Tag.Get("oneof"); words != "" && v.Field(i).String() != "" {
			d.oneOf(join(path, key), v.Field(i).String(), splitWords(words))
		}
	}
}

func (d *decoder) oneOf(path, text string, valid []string) {
	if slices.Contains(valid, text) {
		return
	}
	shown := text
	if e, ok := d.expanded[path]; ok {
		shown = e.written
	}
	d.errs = append(d.errs, &Error{File: d.file, Pos: d.lines[path], Path: path, Text: fmt.Sprintf("%s: %q is not known", path, shown),
		Hint: DidYouMean(text, valid)})
}

func (d *decoder) failedAt(path string) bool {
	return slices.ContainsFunc(d.errs, func(e *Error) bool { return e.Path == path })
}
