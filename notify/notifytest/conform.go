package notifytest

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"entitywatch/diff"
	"entitywatch/notify"
)

// Reading is what a person reads of one message in a channel, from top to bottom, with the channel's own markup and
// escaping taken off again. Marks, blanks, and the case of letters do not count.
type Reading struct {
	Text  string
	Links []string // where what can be followed leads
	// Overflow is the file beside the message that repeats all of it, where the message leaves something out; File is its
	// name, which the message says.
	Overflow, File string
}

// Channel is a channel whose conformance is looked at.
type Channel struct {
	Limits notify.Limits
	Read   func(t *testing.T, m notify.Message) Reading
	// Own are words of the channel's controls and its envelope, which are no facts: "Acknowledge" of a button,
	// "Unsubscribe".
	Own []string
}

// Conform holds a channel that writes for people to the composition: of messages of every kind, of every size and with
// hostile names, each fact stands in what it writes, in the order of the composition, or in the file that what it
// writes names; and nothing else does.
func Conform(t *testing.T, c Channel) {
	t.Helper()
	all, err := Messages()
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, Named{"hostile texts",
		Hostile("<!channel> *b* _i_ ~n~ `c` {{X}} [t](https://evil.example/x) a\u202eb :fire:\n-- # x")},
		Named{"many parties", many(150)}, Named{"many Cases", manyCases(60)}, Named{"many links", manyLinks(30)})
	for _, n := range all {
		t.Run(n.Name, func(t *testing.T) {
			var said strings.Builder
			for _, part := range notify.Split(n.Message, c.Limits) {
				r := c.Read(t, part)
				Hold(t, part.Compose(), r, c.Own...)
				said.WriteString(plain(r.Text) + plain(r.Overflow))
			}
			for _, p := range parties(n.Message.Compose()) {
				if long := c.Limits.Size > 0 && len(p) > c.Limits.Size/4; !long && !strings.Contains(said.String(), plain(p)) {
					t.Fatalf("%q stands in no part of the message", p)
				}
			}
		})
	}
}

// Hold holds one reading to the composition that it shows. own are words that are no facts.
func Hold(t *testing.T, c notify.Composition, r Reading, own ...string) {
	t.Helper()
	if r.Overflow != "" {
		if !strings.Contains(plain(r.Text), plain(r.File)) {
			t.Errorf("the message does not name the file %s, which holds what it leaves out", r.File)
		}
		r.Text, own = r.Overflow, nil
	}
	rest, err := follow(plain(r.Text), factsOf(c), own)
	if err != nil {
		t.Errorf("%v\nread:\n%s", err, r.Text)
	} else if rest != "" {
		t.Errorf("this is no fact of the message, or stands there twice: %.300q\nread:\n%s", rest, r.Text)
	}
	led := map[string]bool{}
	for _, l := range r.Links {
		led[unescaped(l)] = true
	}
	for _, l := range linksOf(c) {
		if !led[unescaped(l.URL)] && !strings.Contains(r.Overflow, l.URL) {
			t.Errorf("nothing leads to %s (%s); what can be followed: %q", l.URL, l.Label, r.Links)
		}
	}
}

func unescaped(link string) string {
	if u, err := url.PathUnescape(link); err == nil {
		return u
	}
	return link
}

// fact is one thing that is said. Of the alternatives one stands there; any number of them, none too, where they are
// optional.
type fact struct {
	texts    []string
	optional bool
}

// factsOf are the facts of a composition below its head, in order. The labels of links may stand for them or not:
// addresses are looked at apart.
func factsOf(c notify.Composition) (out []fact) {
	say := func(texts ...string) {
		for _, s := range texts {
			out = append(out, fact{texts: []string{s}})
		}
	}
	links := func(title string, all []notify.Link) {
		f := fact{[]string{title}, true}
		for _, l := range all {
			f.texts = append(f.texts, l.Label, l.Action())
		}
		out = append(out, f)
	}
	lines := func(all []notify.Line) {
		for _, l := range all {
			say(l.Label)
			say(l.Values...)
		}
	}
	head := []string{c.Title, c.Frame.Kind, c.Frame.Severity, c.Frame.AsOf, c.Frame.Part}
	out = append(out, fact{texts: head})
	for _, s := range c.Sections {
		if s.Kind == notify.SecLinks {
			links(s.Title, s.Links)
			continue
		}
		say(s.Title)
		say(s.Texts...)
		lines(s.Facts)
		links("", s.Links)
		for _, p := range s.Parties {
			say(p.Name)
			lines(p.Lines)
		}
		for _, n := range s.Stories {
			say(n.Title, n.About)
			links("", n.Also)
			lines(n.Lines)
		}
	}
	return append(out, fact{[]string{c.Foot}, true})
}

// follow reads along a text and gives what it does not explain at its end. The first fact is the head: all of its
// texts, in any order.
func follow(text string, facts []fact, own []string) (rest string, err error) {
	head := facts[0].texts
	for left := len(nonEmpty(head)); left > 0; left-- {
		i := longestLead(text, head)
		if i < 0 {
			text = without(text, own)
			i = longestLead(text, head)
		}
		if i < 0 {
			return "", fmt.Errorf("the head does not say %q before %.100q", nonEmpty(head), text)
		}
		text, head = text[len(plain(head[i])):], append(append([]string{}, head[:i]...), head[i+1:]...)
	}
	for _, f := range facts[1:] {
		before := text
		switch {
		case f.optional:
			text = without(text, f.texts)
		case plain(f.texts[0]) != "":
			for ok := false; !ok; {
				if text, ok = strings.CutPrefix(text, plain(f.texts[0])); ok {
					break
				}
				i := longestLead(text, own)
				if i < 0 {
					return "", fmt.Errorf("%q does not come next: there stands %.100q", f.texts[0], before)
				}
				text = text[len(plain(own[i])):]
			}
		}
	}
	return without(text, own), nil
}

// without is a text without those that lead in it.
func without(text string, leads []string) string {
	for i := longestLead(text, leads); i >= 0; i = longestLead(text, leads) {
		text = text[len(plain(leads[i])):]
	}
	return text
}

// longestLead is the longest of the texts that another one begins with; -1 where it begins with none.
func longestLead(text string, leads []string) int {
	best, size := -1, 0
	for i, l := range leads {
		if p := plain(l); len(p) > size && strings.HasPrefix(text, p) {
			best, size = i, len(p)
		}
	}
	return best
}

func nonEmpty(all []string) (out []string) {
	for _, s := range all {
		if plain(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// address is a word that is one: channels show it, or hide it behind its label, or break it so that nothing leads
// there.
var address = regexp.MustCompile(`\S*://\S*`)

// plain is a text as it is compared: letters and digits alone.
func plain(s string) string {
	s = address.ReplaceAllString(strings.ReplaceAll(s, "\u200b", ""), " ")
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			return -1
		}
		return unicode.ToLower(unicode.ToUpper(r))
	}, s)
}

func parties(c notify.Composition) (out []string) {
	for _, s := range c.Sections {
		for _, p := range s.Parties {
			out = append(out, p.Name)
			for _, l := range p.Lines {
				out = append(out, l.Values...)
			}
		}
	}
	return out
}

func linksOf(c notify.Composition) (out []notify.Link) {
	for _, s := range c.Sections {
		out = append(out, s.Links...)
		for _, n := range s.Stories {
			out = append(out, n.Also...)
			if n.URL != "" {
				out = append(out, notify.Link{Label: n.Title, URL: n.URL})
			}
		}
	}
	return out
}

// numbered is the number that stands before a party in plain text.
var numbered = regexp.MustCompile(`(?m)^ {0,3}\d+  `)

// Plain reads what notify.Text wrote.
func Plain(text string) Reading {
	return Reading{Text: numbered.ReplaceAllString(text, ""), Links: address.FindAllString(text, -1)}
}

// many is an alert with so many parties.
func many(parties int) notify.Message {
	m := Hostile("Some text")
	m.Items = items("the rule", parties)
	return m
}

func items(of string, n int) (out []notify.Item) {
	for i := range n {
		c := party(china, fmt.Sprintf("Party %d of %s & Sons Co., Ltd.", i, of), fmt.Sprintf("%d Example Road, Shenzhen", i),
			"An alias", "例子公司").Change
		c.Entry.LicenseRequirement = fmt.Sprintf("Requirement %d", i)
		out = append(out, notify.Item{Change: c})
	}
	return out
}

// manyCases is a digest of so many Cases.
func manyCases(n int) notify.Message {
	m := notify.Message{Kind: notify.KindDigest, Headline: "weekly: much", Case: "digest/weekly/1", Part: 1, Parts: 1,
		AsOf: now, Recipient: "legal@example.com"}
	m.Digest = &notify.Report{Name: "weekly", To: now, Sources: []notify.SourceReport{{Name: "register", State: "ok",
		Checks: 3, LastGood: now}}}
	for i := range n {
		parties := 1 + i%20
		if i == 5 {
			parties = 90 // more than a part holds
		}
		m.Digest.Cases = append(m.Digest.Cases, notify.ReportCase{List: diff.EntityList, Message: notify.Message{
			Case: fmt.Sprint(i), Headline: fmt.Sprintf("Case number %d", i), Items: items(fmt.Sprint(i), parties),
			Links: []notify.Link{{Rel: "case", Label: "Case", URL: fmt.Sprintf("https://ew.example.com/cases/%d", i)}},
		}})
	}
	return m
}

// manyLinks is an alert with more places to read on than a channel has buttons for.
func manyLinks(n int) notify.Message {
	m := Hostile("Some text")
	m.Links = nil
	for i := range n {
		m.Links = append(m.Links, notify.Link{Rel: "list", Label: fmt.Sprintf("List %d", i),
			URL: fmt.Sprintf("https://lists.example.com/%d", i)})
	}
	return m
}
