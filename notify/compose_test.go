package notify

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// notSaid are the fields of a message that say nothing by themselves, and why.
var notSaid = map[string]string{
	"Subject": "the headline ends with it", "Rules": "the foot says them", "Zone": "times are written in it", "Case": "the foot says it",
	"Status": "the headline and the reason say what it means", "Stage": "of Stages", "New": "the headline leads with them", "Counts": "the headline says them",
	"Unlisted": "a note says it", "Withdrawn": "the headline and the reason say it", "Restated": "the headline and the reason say it",
	"Short": "how much of a text is said", "Brief": "the notes of the parties say it", "Digest": "looked at below", "Revision": "the order of messages", "Below": "where it stands", "Pointer": "where it stands",
	"Delivery": "the envelope", "Recipient": "the envelope", "Thread": "the envelope", "Since": "the envelope",
}

// notSaidOfCase are those that a Case in a digest does not say.
var notSaidOfCase = map[string]string{
	"Kind": "the digest's", "Severity": "the digest's", "AsOf": "the digest's", "Parts": "the digest's", "Hits": "the digest's",
	"Ours": "the digest's", "News": "the digest's", "Fallen": "of an update", "Case": "the links lead to it",
}

// A field that is filled but never said would be a fact that no channel shows: every one is said, or says here why not.
func TestEveryFieldOfAMessageIsSaid(t *testing.T) {
	everyField(t, notSaid, func(set func(v reflect.Value)) Message {
		m := Message{Kind: KindAlert, AsOf: time.Unix(0, 0), Part: 1, Parts: 2, Case: "case-1"}
		set(reflect.ValueOf(&m).Elem())
		return m
	})
	for name := range notSaid {
		notSaidOfCase[name] = cmp.Or(notSaidOfCase[name], notSaid[name])
	}
	everyField(t, notSaidOfCase, func(set func(v reflect.Value)) Message {
		c := ReportCase{}
		set(reflect.ValueOf(&c.Message).Elem())
		return Message{Kind: KindDigest, Digest: &Report{Cases: []ReportCase{c}, News: []NewsRef{{}}}}
	})
}

func everyField(t *testing.T, not map[string]string, with func(func(reflect.Value)) Message) {
	t.Helper()
	of := reflect.TypeFor[Message]()
	said := func(m Message) string { return Text(m, TextOptions{Width: 2000}) }
	nothing := said(with(func(reflect.Value) {}))
	for i := range of.NumField() {
		f := of.Field(i)
		got := said(with(func(v reflect.Value) { fill(v.Field(i), f.Name) }))
		if (got == nothing) != (not[f.Name] != "") {
			t.Errorf("%s.%s: not said %t, although %q", of.Name(), f.Name, got == nothing, not[f.Name])
		}
	}
}

// fill sets a field, and all below it, to something.
func fill(v reflect.Value, name string) {
	if at, ok := v.Addr().Interface().(*time.Time); ok {
		*at = time.Date(2031, 5, 6, 7, 8, 0, 0, time.UTC)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(map[reflect.Type]string{
			reflect.TypeFor[Kind](): string(KindUpdate), reflect.TypeFor[Severity](): string(High), reflect.TypeFor[diff.Stage](): string(diff.Codified),
		}[v.Type()])
		if v.String() == "" {
			v.SetString("the " + strings.ToLower(name))
		}
		if name == "URL" {
			v.SetString("https://example.com/" + name)
		}
	case reflect.Int, reflect.Bool, reflect.Float64:
		v.Set(reflect.ValueOf(map[reflect.Kind]any{reflect.Int: 3, reflect.Bool: true, reflect.Float64: 0.5}[v.Kind()]).Convert(v.Type()))
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), name)
		}
	case reflect.Pointer:
		if v.Type() != reflect.TypeFor[*Report]() {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), v.Type().Field(i).Name)
			}
		}
	case reflect.Map:
	default:
		panic(fmt.Sprint(v.Type()))
	}
}
