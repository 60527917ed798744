package notify

import (
	"slices"
	"testing"
)

// Who has ended one digest must still get alerts; who has ended the channel gets nothing.
func TestWhoRemains(t *testing.T) {
	target := Target{Name: "mail", Recipients: []string{"a", "b", "c"}, Gone: []Subscription{
		{Channel: "mail", Recipient: "a", Digest: "weekly"}, {Channel: "mail", Recipient: "b"},
		{Channel: "other", Recipient: "c"},
	}}
	for digest, want := range map[string][]string{"": {"a", "c"}, "weekly": {"c"}, "daily": {"a", "c"}} {
		if got := target.remaining(digest); !slices.Equal(got, want) {
			t.Errorf("digest %q: %v, want %v", digest, got, want)
		}
	}
}
