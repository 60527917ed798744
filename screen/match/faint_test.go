package match_test

import (
	"testing"

	"entitywatch/screen/match"
)

// TestFaint sets names that share only what anybody's name may have beside names that a person wants to see.
func TestFaint(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool // at or over the default threshold
	}{
		{"Gazprom", "OOO Gazprom", true},
		{"Lazerservis Company", "AO Lazerservis", true},
		{"Matrix", "Matrix LLC", true},
		{"The Qasiyun", "Al-Qasiyun", true},
		{"Limited Company", "Companion", false},
		{"OOO Ltd", "LTK", false},
		{"Luna", "De Luna", false},
		{"For Enterprise", "NA Enterprises", false},
		{"Progress GmbH", "Progress AO", false},
		{"Bank Trading", "T-Bank", false},
		{"Parviz Lab", "Parviz Lavi", false},
	} {
		if s := match.Compare(c.a, c.b); s.Value >= match.DefaultThreshold != c.want {
			t.Errorf("%q and %q: %v %q", c.a, c.b, s.Value, s.Reasons)
		}
	}
}
