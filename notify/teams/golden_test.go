package teams

import (
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

var update = flag.Bool("update", false, "write the golden files anew; read them before committing")

func TestGoldenCards(t *testing.T) {
	notifytest.Golden(t, ".json", *update, func(t *testing.T, m notify.Message) []byte {
		body, err := Body(m)
		var c any
		if err == nil {
			err = json.Unmarshal(body, &c)
		}
		if err != nil {
			t.Fatal(err)
		}
		got, _ := json.MarshalIndent(c, "", "  ")
		return got
	})
}

// texts are all texts of a posted card that a client renders.
func texts(t *testing.T, body []byte) []string {
	t.Helper()
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	var out []string
	walk(m.Attachments[0].Content.Body, func(s *string) { out = append(out, *s) })
	return out
}

func addition(country, name string, aliases ...string) notify.Item {
	e := &diff.Entry{List: diff.EntityList, Country: country, Name: name, Aliases: aliases,
		Addresses: []string{"1 Example Road, " + country}}
	return notify.Item{Change: diff.Change{ID: name, Change: diff.Added, List: diff.EntityList, Country: country,
		Name: name, Entry: e}}
}

// Acts of every size stay within what Teams takes, and every name arrives whole, once.
func TestLargeActsStayWithinTheLimit(t *testing.T) {
	many := func(parties, aliases int, mark string) []notify.Item {
		var out []notify.Item
		for i := range parties {
			var also []string
			for k := range aliases {
				also = append(also, fmt.Sprintf("alias %d of %d %s", k, i, mark))
			}
			out = append(out, addition(fmt.Sprintf("COUNTRY %d", i%40), fmt.Sprintf("Party %d & %s", i, mark), also...))
		}
		return out
	}
	for name, items := range map[string][]notify.Item{
		"140 parties, 4,000 aliases":     many(140, 29, "Company Limited"),
		"one party with 4,000 aliases":   many(1, 4000, "Company Limited"),
		"a country for each party":       many(40, 1, "Ltd."),
		"everything must be escaped":     many(80, 20, `*_[x](y)_* \ "q" <b>`),
		"parties with nothing but names": many(700, 0, "Ltd."),
		"Han":                            many(140, 10, "有限公司半导体技术"),
	} {
		t.Run(name, func(t *testing.T) {
			m := notify.Message{Kind: notify.KindAlert, Headline: "Entity List: much", Case: "case_1", Items: items, Part: 1,
				Parts: 1}
			var all strings.Builder
			parts := notify.Split(m, (&Channel{}).Limits())
			for i, part := range parts {
				body, err := Body(part)
				if err != nil {
					t.Fatal(err)
				}
				if len(body) > maxBody {
					t.Errorf("part %d is %d bytes", i+1, len(body))
				}
				all.WriteString(strings.Join(texts(t, body), "\n") + "\n")
			}
			for _, it := range items {
				for _, n := range append([]string{it.Change.Name}, it.Change.Entry.Aliases...) {
					if !strings.Contains(all.String(), markdown(n)) {
						t.Fatalf("%q is missing or cut", n)
					}
				}
			}
			if strings.Contains(all.String(), "…") {
				t.Error("something was shortened")
			}
			if n := len(parts); n > 1 && !strings.Contains(all.String(), fmt.Sprintf("part 1 of %d", n)) {
				t.Errorf("the first of %d parts does not say that more follow", n)
			}
		})
	}
}

// A text that is longer than a card is shortened, since otherwise Teams would refuse everything else too.
func TestOneTextLongerThanACard(t *testing.T) {
	m := notify.Message{Kind: notify.KindAlert, Headline: "Entity List: 1 added", Part: 1, Parts: 1, Items: []notify.Item{
		addition("CHINA", "A Name That Stays Whole Ltd.", strings.Repeat("wörd ", 12000), strings.Repeat("語", 20000)),
	}}
	body, err := Body(m)
	if err != nil || len(body) > maxBody {
		t.Fatalf("%d bytes, %v", len(body), err)
	}
	if s := strings.Join(texts(t, body), "\n"); !strings.Contains(s, "A Name That Stays Whole Ltd.") ||
		strings.ContainsRune(s, '\ufffd') {
		t.Error("a name or a character was cut")
	}
}

func TestNamesAreInert(t *testing.T) {
	for in, want := range map[string]string{
		"*bold* _it_ ~no~ `code`":              "\\*bold\\* \\_it\\_ \\~no\\~ \\`code\\`",
		"[click](https://evil.example)":        `\[click\](https:` + zero + `//evil.example)`,
		"<at>everyone</at> <script>x":          `\<at\>everyone\</at\> \<script\>x`,
		"# heading":                            `\# heading`,
		"- item":                               `\- item`,
		"12. item":                             `12\. item`,
		"3M Company":                           "3M Company",
		"AT&T &lt;b&gt; &#60;":                 `AT&T \&lt;b\&gt; \&#60;`,
		"{{DATE(2026-01-01T00:00:00Z,SHORT)}}": "{" + zero + "{" + zero + "DATE(2026-01-01T00:00:00Z,SHORT)}}",
		"one\u202etwo\x1b[2J\nthree":           `onetwo\[2J three`,
		`back\slash`:                           `back\\slash`,
		"=cmd()":                               `\=cmd()`,
		"Example Co., Ltd. (Shenzhen) #2 - B":  "Example Co., Ltd. (Shenzhen) #2 - B",
	} {
		if got := markdown(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := link("https://news.example/a(1) b", "[t](u)"); got != `[\[t\](u)](https://news.example/a%281%29%20b)` {
		t.Errorf("link %q", got)
	}
}
