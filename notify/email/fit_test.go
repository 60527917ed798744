package email

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/notify"
)

// long is a digest of so many Cases with ten parties each: 60 of them are what a busy week of all lists brings.
func long(cases int) notify.Message {
	m := digest()
	m.Digest.Overview = nil
	for i := range cases {
		c := notify.ReportCase{List: diff.EntityList}
		c.Case, c.Headline = fmt.Sprintf("case_%d", i), fmt.Sprintf("Entity List: Case number %d", i)
		for k := range 10 {
			e := &diff.Entry{
				Name: fmt.Sprintf("Party %d of Case %d Technology Co., Ltd.", k, i), Aliases: []string{"An Alias", "例子半导体技术有限公司"},
				Addresses: []string{fmt.Sprintf("Room %d, %d Example Road, Shenzhen, Guangdong, China", k, i)}, LicenseRequirement: fmt.Sprint("Requirement ", k),
			}
			c.Items = append(c.Items, notify.Item{Change: diff.Change{
				ID: e.Name, Change: diff.Added, List: diff.EntityList, Country: "CHINA", Name: e.Name, Entry: e,
			}})
		}
		c.Number = i + 1
		m.Digest.Cases = append(m.Digest.Cases, c)
		m.Digest.Overview = append(m.Digest.Overview, notify.Contents{Text: c.Headline, Cases: []int{c.Number}})
	}
	return m
}

func TestLongDigestFitsAMailProgramAndTheRestIsAttached(t *testing.T) {
	c := channel(t, "127.0.0.1:1", "?tls=none")
	for _, cases := range []int{1, 15, 60, 400, 3000} {
		m := long(cases)
		b, err := c.fit(m)
		if err != nil {
			t.Fatal(err)
		}
		if b.size() > most {
			t.Errorf("%d Cases: %d bytes", cases, b.size())
		}
		for _, text := range []string{string(b.html), b.text} {
			for _, want := range []string{"unsubscribe?c=mail", "entity-list", "last at"} {
				if !strings.Contains(text, want) {
					t.Errorf("%d Cases: %q is missing", cases, want)
				}
			}
		}
		if (b.rest != nil) != (cases > 15) {
			t.Fatalf("%d Cases: attached %t", cases, b.rest != nil)
		}
		if b.rest == nil {
			continue
		}
		if first := strings.Index(b.text, "Case number 0"); first < 0 || first > strings.Index(b.text, "Party 0 of Case 0") {
			t.Errorf("%d Cases: the contents do not come first", cases)
		}
		if !strings.Contains(strings.Join(strings.Fields(b.text), " "), "stand only in the attached file") || parties(b.rest) != 10*cases {
			t.Errorf("%d Cases: the file holds %d parties", cases, parties(b.rest))
		}
	}
}

func parties(f *notify.File) int {
	return strings.Count(strings.Join(strings.Fields(string(f.Data)), " "), "Technology Co., Ltd.")
}

// A mail with more parties than it may show is as full as it may be.
func TestLongMailLeavesOutNoMoreThanItMust(t *testing.T) {
	b, err := channel(t, "127.0.0.1:1", "?tls=none").fit(long(60))
	if err != nil || b.size() < most*9/10 {
		t.Errorf("%d of %d bytes, %v", b.size(), most, err)
	}
}

func TestSubjectSaysEachThingOnce(t *testing.T) {
	for kind, lead := range map[notify.Kind]string{
		notify.KindRetraction: "RETRACTED: ", notify.KindReminder: "Not acknowledged: ", notify.KindSample: "Sample: ",
	} {
		if got := (notify.Message{Kind: kind, Headline: lead + "x"}).Title(); got != lead+"x" {
			t.Errorf("%s: %s", kind, got)
		}
	}
}

func TestMailsAreFiledByListAndSayFirstWhatMatters(t *testing.T) {
	s := &mailServer{}
	s.start(t, false)
	c := channel(t, s.address, "?tls=none")
	for want, m := range map[string]notify.Message{"<mail.entitywatch.example.com>": alert(), "<legal-weekly.entitywatch.example.com>": digest()} {
		if _, err := c.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
		all := s.received()
		msg, found := parts(t, all[len(all)-1])
		if id := msg.Header.Get("List-Id"); !strings.HasSuffix(id, want) {
			t.Errorf("List-Id %q, want %s", id, want)
		}
		if !strings.Contains(found["text/html"], `<div style="display:none`) || !strings.Contains(found["text/html"], "prefers-color-scheme:dark") {
			t.Error("no preheader, or no dark style")
		}
	}
}

// A reminder asks for nothing by a time that is none.
func TestNoMailShowsAYearZero(t *testing.T) {
	m := alert()
	m.Kind, m.Ask = notify.KindReminder, &notify.Ask{}
	b, err := channel(t, "127.0.0.1:1", "?tls=none").fit(m)
	if err != nil || strings.Contains(string(b.html)+b.text, "0001-01-01") || strings.Contains(string(b.html), "0000-12-31") {
		t.Errorf("%v\n%s", err, b.text)
	}
}
