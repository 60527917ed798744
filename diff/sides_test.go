package diff

import (
	"encoding/json"
	"reflect"
	"testing"
)

// A Change that is read back holds an entry that stands in it twice once, as the Change that was written did, and says
// the same.
func TestAChangeReadBackHoldsItsEntryOnce(t *testing.T) {
	old, now := entry("CHINA", "Foo"), entry("CHINA", "Foo")
	now.Aliases = []string{"Bar"}
	for name, c := range map[string]Change{
		"added":    {Change: Added, Entry: &now, After: &now},
		"removed":  {Change: Removed, Entry: &old, Before: &old},
		"amended":  {Change: Amended, Entry: &now, Before: &old, After: &now},
		"apart":    {Change: Discrepancy, Entry: &old, After: &now},
		"by name":  {Change: Added, Entry: &now},
		"no entry": {Change: Discrepancy},
	} {
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var got Change
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(got); err != nil || string(again) != string(text) {
			t.Errorf("%s: read back\n%s\nwant\n%s, %v", name, again, text, err)
		}
		if got.Entry != nil && (c.Entry == c.After) != (got.Entry == got.After) || got.Entry != nil &&
			(c.Entry == c.Before) != (got.Entry == got.Before) {
			t.Errorf("%s: the same entry stands there twice: %p %p %p", name, got.Entry, got.Before, got.After)
		}
		if (got.Before == nil) != (c.Before == nil) || got.Before != nil && reflect.DeepEqual(got.Before, got.After) {
			t.Errorf("%s: before %v, after %v", name, got.Before, got.After)
		}
	}
	for _, wrong := range []string{`{"entry": 1}`, `{"entry": {"name": "a"}, "after": {"name": 7}}`, `{"before": []}`} {
		if err := json.Unmarshal([]byte(wrong), new(Change)); err == nil {
			t.Errorf("%s was read", wrong)
		}
	}
}
