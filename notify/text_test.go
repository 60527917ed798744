package notify

import (
	"strings"
	"testing"
	"time"
)

func TestTextOfAnAlert(t *testing.T) {
	now := time.Date(2023, 2, 27, 14, 0, 0, 0, time.UTC)
	r := testRouter(now, Rule{Name: "all", Send: []string{"ops"}, Severity: High, Acknowledge: &Acknowledge{Within: 4 * time.Hour, Escalate: []string{"mail"}}})
	r.Location = newYork(t)
	plan := r.plan(Pending{Cases: []PendingCase{twoCountries()}}, targets(), now)
	if len(plan.Deliveries) != 1 {
		t.Fatalf("%d deliveries, want 1", len(plan.Deliveries))
	}
	got := Text(plan.Deliveries[0].Message, TextOptions{})
	golden(t, "alert.txt", got)
	for line := range strings.Lines(got) {
		if n := columns(strings.TrimSuffix(line, "\n")); n > 100 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}
