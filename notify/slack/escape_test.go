package slack

import (
	"strings"
	"testing"
)

// People copy ids from Slack into commands: nothing invisible may stand in them, and everything else stays inert.
func TestIDsCanBeCopied(t *testing.T) {
	const command = "entitywatch ack case_7e49e2bfeff826f93d4d"
	if got := mrkdwn("Run " + command + " now"); !strings.Contains(got, command+" now") {
		t.Errorf("%q", got)
	}
	for _, text := range []string{"_x_", "a_case_7e49e2bfeff826f93d4d_", "case_7e49", "*case_zzzzzzzzzzzzzzzzzzzz*"} {
		if got := mrkdwn(text); strings.Contains(strings.ReplaceAll(strings.ReplaceAll(got, zero+"_"+zero, ""),
			zero+"*"+zero, ""), "_") {
			t.Errorf("%q became %q", text, got)
		}
	}
}
