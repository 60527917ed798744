package notify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// The page of a Case shows a corrected entry as it stands, whole, and says which document corrected it.
func TestCaseStateShowsACorrectedEntryWhole(t *testing.T) {
	c := party("LEBANON", "Mithal Trading")
	right := *c.Entry
	right.Addresses, right.LicenseRequirement = []string{"Right Road 2"}, "For all items"
	c.Correction, c.Entry, c.After = diff.Corrected("2024-06001", "2024-05501", c.Entry, &right), &right, &right
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Standing: []PendingChange{{Change: c}}}
	text := CaseState(pc, nil, time.Now(), time.UTC).Text(TextOptions{})
	for _, want := range []string{"1 added", "For all items", "Right Road 2", "2024-06001 corrects 2024-05501"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text, "→") {
		t.Error(text)
	}
}

// A page says once what a person must read, and of what it has no room for, how much that is.
func TestCaseStateSaysOnceWhatToReadAndHowMuchItLeavesOut(t *testing.T) {
	const each = maxShown + 3
	pc := PendingCase{Case: diff.Case{ID: "case-1"}, Notes: []CaseNote{
		{Kind: NoteReadThis, Text: "It speaks of denied persons."}, {Kind: NoteReinstated, Text: "It was filed again."},
	}}
	for i := range 2 * each {
		c := PendingChange{Change: party(china, fmt.Sprintf("Party Number %d", i))}
		if i%2 == 1 {
			c.Retracted = "misread"
		}
		pc.Standing = append(pc.Standing, c)
	}
	text := strings.Join(strings.Fields(CaseState(pc, nil, time.Now(), time.UTC).Text(TextOptions{})), " ")
	for want, n := range map[string]int{
		"It speaks of denied persons.": 1, "It was filed again.": 1, "3 more changes": 1, "3 more are not shown": 1,
		"TAKEN BACK": 1, "misread": maxShown,
	} {
		if got := strings.Count(text, want); got != n {
			t.Errorf("%q stands there %d times, want %d", want, got, n)
		}
	}
}
