package parallel

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
)

// Every one is run, and a panic in one of them is the caller's, who can recover from it, once all have ended.
func TestEachRunsAllAndPanicsInItsCaller(t *testing.T) {
	var ran atomic.Int64
	said := func() (said string) {
		defer func() { said = fmt.Sprint(recover()) }()
		Each(20, func(i int) {
			ran.Add(1 << i)
			if i == 7 {
				panic("the seventh fell")
			}
		})
		return ""
	}()
	if got := ran.Load(); got != 1<<20-1 {
		t.Errorf("%b ran", got)
	}
	if !strings.HasPrefix(said, "the seventh fell\n") || !strings.Contains(said, "parallel_test.go") {
		t.Errorf("the caller hears %q", said)
	}
	Each(0, func(int) { t.Error("there was nothing to run") })
}
