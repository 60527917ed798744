package names

import (
	"entitywatch/internal/screentest"
	"strings"
	"testing"
)

func TestWhatIsReadOfANameIsBounded(t *testing.T) {
	for what, name := range screentest.Endless(187_000) {
		r := NewReader()
		if r.Read(name); len(r.words) > MaxName || len(r.out.Parts) > MaxName {
			t.Errorf("%s: %d words were read", what, len(r.words))
		}
	}
	long := "Tarvelli Works" + strings.Repeat(" and nobody else", 20)
	if r := NewReader().Read(long); len(r.Parts) < 30 {
		t.Errorf("of a name of %d bytes %d words were read", len(long), len(r.Parts))
	}
}
