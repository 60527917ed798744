package diff

import (
	"reflect"
	"testing"
)

// A field that the fingerprint forgets would be a change that nobody hears of.
func TestPrintLooksAtEveryField(t *testing.T) {
	seen := map[[32]byte]string{(&Entry{}).Print(): "nothing"}
	var e Entry
	v := reflect.ValueOf(&e).Elem()
	for i := range v.NumField() {
		name, f := v.Type().Field(i).Name, v.Field(i)
		e = Entry{}
		forEachValue(f, func() {
			if SameRow(&e, &Entry{}) {
				t.Errorf("%+v is said to be the same row as one that says nothing", e)
			}
			if name == "EntryID" {
				if seen[e.Print()] != "nothing" {
					t.Error("the identity is no part of what a row says")
				}
				return
			}
			if other, twice := seen[e.Print()]; twice {
				t.Errorf("%+v has the same print as %s", e, other)
			}
			seen[e.Print()] = name
		})
	}
	if len(seen) < 2*v.NumField() {
		t.Fatalf("only %d prints", len(seen))
	}
}

// forEachValue sets a field, and each part of it, to something.
func forEachValue(f reflect.Value, yield func()) {
	switch f.Kind() {
	case reflect.String:
		for _, s := range []string{"a", "ab"} {
			f.SetString(s)
			yield()
		}
	case reflect.Bool:
		f.SetBool(true)
		yield()
	case reflect.Int:
		f.SetInt(7)
		yield()
	case reflect.Struct:
		for i := range f.NumField() {
			f.SetZero()
			forEachValue(f.Field(i), yield)
		}
	case reflect.Slice:
		f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		yield()
		forEachValue(f.Index(0), yield)
		f.Set(reflect.MakeSlice(f.Type(), 2, 2))
		yield()
	}
}
