package notify

import (
	"strings"
	"testing"
	"time"
)

// The operators' message says in its first line what happened, in words, and below what follows where the notice does
// not.
func TestNoticesSayWhatHappenedAndWhatFollows(t *testing.T) {
	r := &Router{Location: time.UTC}
	for kind, want := range map[string][2]string{
		"broken":         {"X cannot be read", "Reading is tried again"},
		"unreadable":     {"X cannot be read", "as soon as it is saved"},
		"stale":          {"X showed an older state", "A cache or a mirror"},
		"fewer":          {"X has fewer parties than before", "As it was said."},
		"held":           {"X held: its answer is not believed", "`entitywatch held`"},
		"missing":        {"X no longer shows an entry that no rule removed", "`entitywatch held`"},
		"counterparties": {"X has parties that resemble listed ones", "As it was said."},
	} {
		m := r.Notice(Notice{Kind: kind, Subject: "X", Text: "As it was said."}, time.Unix(1700000000, 0))
		if m.Headline != want[0] || !strings.Contains(m.Reason, want[1]) {
			t.Errorf("%s: %q, %q", kind, m.Headline, m.Reason)
		}
	}
}

// A message about several things has a line for each, on every channel: run together, they read as one.
func TestNoticesKeepTheirLines(t *testing.T) {
	r := &Router{Location: time.UTC}
	m := r.Notice(Notice{Kind: "broken", Subject: "2 sources", Text: "a: no answer.\nb: no answer."},
		time.Unix(1700000000, 0))
	if got := m.Compose().Sections[0].Texts; len(got) != 3 || got[0] != "a: no answer." || got[1] != "b: no answer." {
		t.Errorf("%q", got)
	}
}
