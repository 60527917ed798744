package csl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// listKeys are the keys whose values are arrays of strings.
var listKeys = map[string]bool{
	"programs": true, "alt_names": true, "citizenships": true, "dates_of_birth": true, "nationalities": true, "places_of_birth": true,
}

// knownKeys are the keys of a record that are read, and those left out on purpose.
func knownKeys() map[string]bool {
	known := map[string]bool{"source_list_url": true, "source_information_url": true, "score": true}
	t := reflect.TypeFor[jsonRow]()
	for i := range t.NumField() {
		known[t.Field(i).Tag.Get("json")] = true
	}
	return known
}

// loosen rewrites a record whose values have other types than usual, so that it can be read all the same: a number or a boolean for
// a string, one string for a list of strings. What it cannot rewrite it leaves, to fail where it is read.
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
