package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"entitywatch/internal/require"
)

// command runs the program in this process and returns its exit code and output.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), args, func(string) string { return "" }, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// summaryOf decodes the last line of a command's NDJSON.
func summaryOf(t *testing.T, out string) map[string]any {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var last struct{ Summary map[string]any }
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Summary == nil {
		t.Fatalf("the last line is no summary: %.200s (%v)", lines[len(lines)-1], err)
	}
	return last.Summary
}

// The real lists, with numbers that were counted by other means (see the data's own notes).
func TestListsHoldWhatWasCounted(t *testing.T) {
	data := require.SharedData(t)
	for _, c := range []struct {
		kind, file       string
		count, countries int
		byList           map[string]float64
	}{
		{kind: "ecfr-entity-list", file: "/ecfr/part-744_2026-03-25.xml.gz", count: 3411, countries: 91},
		{kind: "ecfr-unverified", file: "/ecfr/part-744_2026-03-25.xml.gz", count: 186},
		{kind: "ecfr-military-end-user", file: "/ecfr/part-744_2026-03-25.xml.gz", count: 70},
		{kind: "csl-json", file: "/csl/consolidated_2026-07-31_reshaped.json.gz", count: 25921, byList: map[string]float64{
			"us-ofac-sdn": 19181, "us-bis-entity-list": 3420, "us-bis-denied-persons": 1596, "us-state-itar-debarred": 787,
			"us-ofac-ssi": 286, "us-bis-unverified": 222, "us-state-nonproliferation": 161, "us-ofac-plc": 78,
			"us-bis-military-end-user": 70, "us-ofac-cmic": 68, "us-ofac-mbs": 51, "us-ofac-capta": 1,
		}},
	} {
		code, out, stderr := command(t, "inspect", c.kind, data+c.file, "--json")
		s := summaryOf(t, out)
		if code != exitDone || s["count"] != float64(c.count) {
			t.Errorf("%s: exit %d, count %v, want %d; %s", c.kind, code, s["count"], c.count, stderr)
		}
		if n := len(s["by_country"].(map[string]any)); c.countries > 0 && n != c.countries {
			t.Errorf("%s: %d countries, want %d", c.kind, n, c.countries)
		}
		for list, n := range c.byList {
			if got := s["by_list"].(map[string]any)[list]; got != n {
				t.Errorf("%s: %s %v, want %v", c.kind, list, got, n)
			}
		}
	}
}
