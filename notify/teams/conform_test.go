package teams

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

var ourLinks = regexp.MustCompile(`(^|[^\\])\[((?:[^\]\\]|\\.)*)\]\(([^)\s]*)\)`)

// read takes the Markdown and the JSON off a card again.
func read(t *testing.T, m notify.Message) (r notifytest.Reading) {
	t.Helper()
	body, err := Body(m)
	if err != nil {
		t.Fatal(err)
	}
	var posted message
	if err := json.Unmarshal(body, &posted); err != nil {
		t.Fatal(err)
	}
	var all []string
	var walk func([]element)
	walk = func(es []element) {
		for _, e := range es {
			all = append(all, e.Text)
			for _, f := range e.Facts {
				all = append(all, f.Title, f.Value)
			}
			walk(e.Items)
		}
	}
	c := posted.Attachments[0].Content
	walk(c.Body)
	for _, a := range c.Actions {
		all, r.Links = append(all, a.Title), append(r.Links, a.URL)
	}
	text := strings.Join(all, "\n")
	for _, l := range ourLinks.FindAllStringSubmatch(text, -1) {
		r.Links = append(r.Links, l[3])
	}
	r.Text = strings.ReplaceAll(ourLinks.ReplaceAllString(text, "$1$2"), `\`, "")
	return r
}

func TestSaysTheFactsAndNothingElse(t *testing.T) {
	notifytest.Conform(t, notifytest.Channel{Limits: (&Channel{}).Limits(), Read: read})
}
