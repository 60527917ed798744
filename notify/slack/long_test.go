package slack

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"entitywatch/diff"
	"entitywatch/notify"
)

// words is a text of n different words, so that a lost one is noticed.
func words(mark string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(mark)
		b.WriteString(strings.Repeat("x", i%5))
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// withinSlack asserts Slack's limits of one message and returns its texts, without the signs that keep them from being
// formatted.
func withinSlack(t *testing.T, m notify.Message) string {
	t.Helper()
	blocks := Blocks(m, true)
	if len(blocks) == 0 || len(blocks) > maxBlocks {
		t.Errorf("%d blocks", len(blocks))
	}
	total := 0
	var all []string
	for _, b := range blocks {
		limit, text := maxSection, ""
		switch b := b.(type) {
		case *slack.HeaderBlock:
			limit, text = maxHeader, b.Text.Text
		case *slack.SectionBlock:
			text = b.Text.Text
		case *slack.ContextBlock:
			text = b.ContextElements.Elements[0].(*slack.TextBlockObject).Text
		default:
			continue
		}
		n := utf8.RuneCountInString(text)
		if total += n; n > limit || n == 0 {
			t.Errorf("a text of %d characters, where %d may stand: %.80s", n, limit, text)
		}
		all = append(all, text)
	}
	if total > maxText {
		t.Errorf("%d characters in all", total)
	}
	return strings.ReplaceAll(strings.Join(all, " "), zero, "")
}

// One field above 13,000 characters, in any place, makes parts that Slack takes, and nothing of a party is lost.
func TestOneLongFieldMakesPartsThatSlackTakes(t *testing.T) {
	long := words("w", 6000)
	hostile := strings.Repeat("*_~`<&>:a:b:", 1500)
	base := func() notify.Message {
		e := &diff.Entry{List: diff.EntityList, Country: "CHINA", Name: "A Name", Addresses: []string{"1 Road"}}
		return notify.Message{
			Kind: notify.KindAlert, Headline: "Entity List: 1 added", Case: "case_1", Part: 1, Parts: 1, Act: &notify.Act{Number: "2024-1", Title: "A rule"},
			Items: []notify.Item{{Change: diff.Change{ID: "c1", Change: diff.Added, List: e.List, Name: e.Name, Country: e.Country, Entry: e}}},
		}
	}
	for name, set := range map[string]func(*notify.Message, string){
		"requirement": func(m *notify.Message, s string) { m.Items[0].Change.Entry.LicenseRequirement = s },
		"alias":       func(m *notify.Message, s string) { m.Items[0].Change.Entry.Aliases = []string{"short", s} },
		"address":     func(m *notify.Message, s string) { m.Items[0].Change.Entry.Addresses = []string{s, "2 Road"} },
		"note":        func(m *notify.Message, s string) { m.Items[0].Change.Note = s },
		"name":        func(m *notify.Message, s string) { m.Items[0].Change.Name = s },
		"program":     func(m *notify.Message, s string) { m.Items[0].Change.Entry.Programs = []string{s} },
		"apart": func(m *notify.Message, s string) {
			m.Items[0].Apart = []notify.Line{{Label: "needs a human", Values: []string{s}}}
		},
		"amended":      func(m *notify.Message, s string) { amend(&m.Items[0].Change, s) },
		"needs human":  func(m *notify.Message, s string) { m.NeedsHuman = []string{s, s} },
		"headline":     func(m *notify.Message, s string) { m.Headline = s },
		"title":        func(m *notify.Message, s string) { m.Act.Title = s },
		"reason":       func(m *notify.Message, s string) { m.Reason = s },
		"to come":      func(m *notify.Message, s string) { m.ToCome = []string{s} },
		"hits":         func(m *notify.Message, s string) { m.Hits = []notify.Hit{{ID: "V-1", Name: s, Match: s, Reason: s}} },
		"news":         func(m *notify.Message, s string) { m.News = []notify.NewsRef{{Title: s, Names: []string{s, s}}} },
		"shared terms": func(m *notify.Message, s string) { m.Terms = &notify.Terms{Requirement: s, Policy: s, N: 2, Of: 2} },
		"link": func(m *notify.Message, s string) {
			m.Links = []notify.Link{{Rel: "document", Label: s, URL: "https://x.example/" + s}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, s := range []string{long, hostile} {
				m := base()
				set(&m, s)
				var all strings.Builder
				for _, part := range notify.Split(m, (&Channel{}).Limits()) {
					all.WriteString(withinSlack(t, part) + " ")
				}
				inHead := strings.Contains("needs human headline title reason to come hits news shared terms link", name)
				if n := strings.Count(all.String(), "wxxxx"); s == long && !inHead && n < 1200 {
					t.Errorf("%d of 1200 words arrive", n)
				}
			}
		})
	}
}

func amend(c *diff.Change, s string) {
	c.Change, c.Fields = diff.Amended, []diff.FieldChange{{Field: "remarks", Before: "short", After: s}}
}

// Digests with long fields are divided likewise.
func TestLongFieldsOfADigestMakePartsThatSlackTakes(t *testing.T) {
	s := words("w", 6000)
	e := &diff.Entry{Name: "A Name", LicenseRequirement: s}
	m := notify.Message{Kind: notify.KindDigest, Headline: "weekly: " + s, Digest: &notify.Report{
		Name: "weekly", Overview: []notify.Contents{{Text: s, Cases: []int{1}}, {Text: s}, {Text: s}}, News: []notify.NewsRef{{Title: s}}, Held: []notify.HeldEntry{{Name: s}},
		Sources: []notify.SourceReport{{Name: "a", State: "held", Reason: s}, {Name: "b", State: "ok"}},
		Cases: []notify.ReportCase{{Message: notify.Message{Headline: s, NeedsHuman: []string{s}, Reason: s, Items: []notify.Item{
			{Change: diff.Change{Change: diff.Added, List: diff.EntityList, Name: e.Name, Entry: e}},
		}}}},
	}}
	for _, part := range notify.Split(m, (&Channel{}).Limits()) {
		withinSlack(t, part)
	}
}

// The text of notifications is formatted by Slack too.
func TestFallbackIsInert(t *testing.T) {
	b, err := json.Marshal(Fallback(notify.Message{Headline: "<!channel> *x* :fire: & `y`"}))
	if err != nil || strings.Contains(string(b), "<!") || strings.Contains(string(b), ":fire:") || strings.Contains(string(b), "*x*") {
		t.Errorf("%s, %v", b, err)
	}
}
