package csl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"entitywatch/diff"
)

// listKeys are the keys whose values are arrays of strings.
var listKeys = map[string]bool{
	"programs": true, "alt_names": true, "citizenships": true, "dates_of_birth": true, "nationalities": true,
	"places_of_birth": true,
}

// knownKeys are the keys of a record that are read, those of its addresses and ids too ("ids/number"), and those left
// out on purpose.
func knownKeys() map[string]bool {
	known := map[string]bool{"source_list_url": true, "source_information_url": true, "score": true}
	for prefix, t := range map[string]reflect.Type{
		"": reflect.TypeFor[jsonRow](), "addresses/": reflect.TypeFor[jsonAddress](), "ids/": reflect.TypeFor[jsonID](),
	} {
		for i := range t.NumField() {
			known[prefix+t.Field(i).Tag.Get("json")] = true
		}
	}
	return known
}

// further are the fields of a record that are not known here, in the order of their names.
func (g *gather) further(raw []byte, where func() string) (out []diff.Attribute) {
	var rec map[string]json.RawMessage
	if json.Unmarshal(raw, &rec) != nil {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(rec)) {
		out = append(out, g.field(key, rec[key], where)...)
		if key != "addresses" && key != "ids" {
			continue
		}
		var parts []map[string]json.RawMessage
		if json.Unmarshal(rec[key], &parts) != nil {
			continue
		}
		for _, p := range parts {
			for _, k := range slices.Sorted(maps.Keys(p)) {
				out = append(out, g.field(key+"/"+k, p[k], where)...)
			}
		}
	}
	return out
}

func (g *gather) field(key string, raw json.RawMessage, where func() string) []diff.Attribute {
	value := string(raw)
	if value == "null" || value == `""` || value == "[]" || g.known[key] {
		return nil
	}
	if text := ""; json.Unmarshal(raw, &text) == nil {
		value = text
	}
	return []diff.Attribute{g.log.Unknown(key, value, where())}
}

// loosen rewrites a record whose values have other types than usual, so that it can be read all the same: a number or a
// boolean for a string, one string for a list of strings. What it cannot rewrite it leaves, to fail where it is read.
func loosen(raw []byte) []byte {
	var rec map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if dec.Decode(&rec) != nil {
		return raw
	}
	for key, v := range rec {
		s, text := v.(string)
		switch {
		case listKeys[key] && text:
			rec[key] = split(s)
		case key == "addresses" && text && s == "", key == "ids" && text && s == "":
			rec[key] = nil
		default:
			rec[key] = scalars(v)
		}
	}
	out, err := json.Marshal(rec)
	if err != nil {
		return raw
	}
	return out
}

// scalars makes strings of numbers and booleans, at every depth.
func scalars(v any) any {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case bool:
		return strings.ToUpper(fmt.Sprint(v))[:1] // the CSV writes Y and N, or T and F
	case []any:
		for i := range v {
			v[i] = scalars(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = scalars(v[k])
		}
	}
	return v
}
