package permute

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"entitywatch/diff"
)

// What a reading may take and give, by the bytes of the file: reading beyond it is quadratic, or a file that unfolds into more than it holds.
const (
	workAtLeast = 32 << 20
	workPerByte = 16 << 10
	textAtLeast = 64 << 10
	textPerByte = 256
)

// Sound asserts of any bytes that a list's parser reads or refuses them as it promises: a refusal has a reason and no snapshot beside it;
// entries belong to the list, have names and keys of their own, and say no more than the file can hold; how the bytes come makes no
// difference; the work grows with them; and the list does not differ from itself.
func Sound(t *testing.T, body []byte, parse Parser) {
	t.Helper()
	for _, partial := range []bool{false, true} {
		var all []diff.Snapshot
		var err error
		Work(t, len(body), func() { all, err = parse(bytes.NewReader(body), diff.ReadOptions{Partial: partial}) })
		var refused *diff.Refused
		if err != nil && (all != nil || errors.As(err, &refused) && refused.Reason == "") {
			t.Fatalf("%d snapshots beside the error %v", len(all), err)
		}
		for _, s := range all {
			soundSnapshot(t, body, s)
		}
		again, errAgain := parse(iotest.OneByteReader(bytes.NewReader(body)), diff.ReadOptions{Partial: partial})
		if (err == nil) != (errAgain == nil) || !reflect.DeepEqual(all, again) {
			t.Fatalf("read byte by byte it is another file: %v, %v", err, errAgain)
		}
	}
}

// Work asserts that what is done with so many bytes allocates in proportion to them. What is allocated stands for the steps taken: unlike
// a clock, it says the same on a loaded machine.
func Work(t *testing.T, size int, do func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	if work := after.TotalAlloc - before.TotalAlloc; work > workAtLeast+workPerByte*uint64(size) {
		t.Fatalf("%d KB are allocated for %d bytes", work>>10, size)
	}
}

func soundSnapshot(t *testing.T, body []byte, s diff.Snapshot) {
	t.Helper()
	keys, size := map[string]bool{}, 0
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.List != s.List || strings.TrimSpace(e.Name) == "" || !utf8.ValidString(e.Name) || strings.HasSuffix(e.Key, "/") || keys[e.Key] {
			t.Fatalf("an entry of %s: %+v", s.List, e)
		}
		keys[e.Key] = true
		written, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		size += len(written)
	}
	if size > textAtLeast+textPerByte*len(body) {
		t.Fatalf("%d bytes give %d bytes of text", len(body), size)
	}
	if c := diff.Compare(s, s); len(c.Changes) > 0 {
		t.Fatalf("the list differs from itself: %+v", c.Changes[0])
	}
}
