package config

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// An error that repeats what ${VAR} stands for puts a secret into logs, messages and the database. Each key is given a value that does not
// fit it; whatever the error says, no part of the value may be in it.
func TestErrorsPrintTheUnexpandedText(t *testing.T) {
	const secret = `hunter2 "s3cret-word" *zz/9`
	checks := testChecks()
	checks.Getenv = func(string) string { return secret }
	checks.Schedule = func(spec string, _ *time.Location) error {
		return fmt.Errorf("field %q is not a number", strings.Fields(spec)[1])
	}
	checks.Condition = func(src string) error { return fmt.Errorf("unexpected token %q", strings.Fields(src)[0]) }
	for _, text := range []string{
		`timezone: "${X}"`, `listen: "${X}"`, `public_url: "${X}"`, `database: "postgres://${X}"`, `operators: ["${X}"]`,
		`heartbeat: {url: "${X}", every: "${X}"}`, `fetch: {attempts: "${X}", rate: "${X}"}`,
		`sources: [{name: a, kind: "${X}", schedule: "${X}", url: "${X}", agencies: ["${X}"], lists: ["${X}"], match: ["(${X}"], was: "${X}", articles: "${X}"}]`,
		`sources: [{name: "${X}", kind: un}, {name: "${X}", kind: un}]`, `sources: [{name: a, kind: un, schedule: "1 ${X}"}]`,
		`counterparties: [{name: a, file: "${X}", owners: "${X}", threshold: "${X}"}]`, `ownership: {bis: "${X}", threshold: "${X}"}`,
		`channels: [{name: a, kind: email, smtp: "smtp://u:${X}@h?tls=${X}", from: "${X}", to: ["${X}"]}]`,
		`channels: [{name: a, kind: webhook, url: "${X}", secret: "whsec_${X}"}]`, `channels: [{name: a, kind: slack, token: "${X}", api_url: "${X}"}]`,
		`channels: [{name: "${X}", kind: console}]` + "\noperators: [none]",
		`digests: [{name: a, schedule: "${X}", timezone: "${X}", channel: "${X}", to: ["${X}"]}]`,
		`rules: [{name: a, lists: ["${X}"], changes: ["${X}"], stages: ["${X}"], countries: ["${X}"], names: ["(${X}"], if: "${X}", severity: "${X}", send: ["${X}"]}]`,
		`rules: [{name: a, send: [console], mute: {between: "${X}", timezone: "${X}", days: ["${X}"]}, acknowledge: {within: "${X}", escalate: ["${X}"]}}]`,
	} {
		_, err := Parse([]byte(text), "c.yaml", checks)
		if err == nil {
			t.Errorf("%s: no error", text)
			continue
		}
		for _, part := range []string{"hunter2", "s3cret", "zz/9"} {
			if strings.Contains(err.Error(), part) {
				t.Errorf("%s shows %q:\n%v", text, part, err)
			}
		}
	}
}

// What stands in the file itself as a secret is no better shown than what a variable stands for.
func TestErrorsShowNoPartOfAWrittenSecret(t *testing.T) {
	for _, smtp := range []string{"smtp://u:hun?ter2=x@h", "smtp://u@h?tls=hunter2", "smtp://u:p#hunter2", "hunter2", "smtp://u:hunter2@h?hunter2=1"} {
		_, err := Parse([]byte(`channels: [{name: a, kind: email, smtp: "`+smtp+`", from: a@example.com, to: [a@example.com]}]`), "c.yaml", testChecks())
		if err != nil && strings.Contains(err.Error(), "ter2") {
			t.Errorf("%s: %v", smtp, err)
		}
	}
}

func TestSecretsAreAllFound(t *testing.T) {
	c, err := Parse([]byte(`
api_token: one
heartbeat: {url: https://two.example/ping}
sources: [{name: a, kind: news, url: https://three.example/rss}, {name: b, kind: un}]
channels:
  - {name: s, kind: slack, token: four, app_token: five, channel: c, api_url: https://six.example/api}
  - {name: w, kind: webhook, url: https://seven.example/h, secrets: [whsec_ZWlnaHQ=, whsec_bmluZQ==]}
`), "c.yaml", testChecks())
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(c.Secrets(), " ")
	if feeds := c.Feeds(); len(feeds) != 1 || feeds[0] != "https://three.example/rss" || strings.Contains(got, "three.example") {
		t.Errorf("the feeds are %q, beside %s", feeds, got)
	}
	for _, want := range []string{"one", "two.example", "four", "five", "six.example", "seven.example", "whsec_ZWlnaHQ=", "whsec_bmluZQ=="} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not among %s", want, got)
		}
	}
	if strings.Contains(got, "scsanctions") {
		t.Error("a built-in address counts as a secret")
	}
}
