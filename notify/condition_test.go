package notify

import (
	"reflect"
	"strings"
	"testing"

	"entitywatch/diff"
)

// A condition may speak of every field that an entry has, under the name that it has in JSON.
func TestConditionsKnowEveryFieldOfAnEntry(t *testing.T) {
	known := map[string]bool{}
	for f := range fieldsOf(reflect.TypeFor[condEntry]()) {
		known[f.Tag.Get("expr")] = true
	}
	n := 0
	for f := range fieldsOf(reflect.TypeFor[diff.Entry]()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if n++; !known[name] && name != "within" { // where a party stands in the row is nothing to decide by
			t.Errorf("conditions do not know %s", name)
		}
	}
	if n < 20 {
		t.Fatalf("only %d fields seen", n)
	}
}

func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}
