package slack

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

var (
	ourSigns = regexp.MustCompile(`:(rotating_light|warning|dart|newspaper|red_circle):`)
	ourLinks = regexp.MustCompile(`<([^|<>]+)\|([^<>]*)>`)
)

// read takes Slack's markup off blocks again.
func read(t *testing.T, m notify.Message) (r notifytest.Reading) {
	t.Helper()
	raw, err := json.Marshal(Blocks(m, true))
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Text string `json:"text"`
	}
	var blocks []struct {
		Text     object `json:"text"`
		Elements []struct {
			Text json.RawMessage `json:"text"`
			URL  string          `json:"url"`
		} `json:"elements"`
	}
	if err := json.Unmarshal(raw, &blocks); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, b := range blocks {
		all = append(all, b.Text.Text)
		for _, e := range b.Elements {
			var s string
			var o object
			if json.Unmarshal(e.Text, &s) != nil && json.Unmarshal(e.Text, &o) != nil {
				t.Fatalf("%s", e.Text)
			}
			all, r.Links = append(all, s+o.Text), append(r.Links, e.URL)
		}
	}
	text := ourSigns.ReplaceAllString(strings.Join(all, "\n"), "")
	for _, l := range ourLinks.FindAllStringSubmatch(text, -1) {
		r.Links = append(r.Links, html.UnescapeString(l[1]))
	}
	r.Text = html.UnescapeString(ourLinks.ReplaceAllString(text, "$2"))
	return r
}

func TestSaysTheFactsAndNothingElse(t *testing.T) {
	notifytest.Conform(t, notifytest.Channel{Limits: (&Channel{}).Limits(), Read: read, Own: []string{"Acknowledge"}})
}
