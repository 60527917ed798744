package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Whoever is alerted of an article opens it: below the address of its feed, too, its link stands whole in what every channel is sent,
// and the article itself is read there. The address of the feed, which may hold a key, is shown nowhere.
func TestLinkOfAnArticleBelowItsFeedCanBeOpened(t *testing.T) {
	w := newWorld(t)
	const story = "Commerce added Foo Optics Co., Ltd. and Bar Precision Co., Ltd. to the Entity List on Monday."
	read, looks := 0, 0
	site := newUpstream(t, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/world/quiet-trade" {
			read++
			fmt.Fprintf(rw, "<html><body><article><p>%s</p></article></body></html>", strings.Repeat(story+" ", 9))
			return
		}
		rw.Header().Set("Content-Type", "application/rss+xml")
		item := ""
		if looks++; looks > 1 { // the first look tells nothing
			item = fmt.Sprintf("<item><guid>g1</guid><title>%s</title><link>http://%s/world/quiet-trade/2026/on-file</link></item>", story, r.Host)
		}
		fmt.Fprint(rw, `<rss version="2.0"><channel><title>Trade</title>`+item+`</channel></rss>`)
	}))
	file := w.config(t, fmt.Sprintf("operators: [ops]\nrules: [{name: press, news: listing, send: [trade, mail, cases, team]}]\n"+
		"sources: [{name: press, kind: news, url: %q, schedule: \"@every 1h\", articles: true}]\n", site.URL+"/world/quiet-trade"))
	entitywatch(t, exitDone, "poll", "--source", "press", "-c", file)
	shown := entitywatch(t, exitDone, "poll", "--source", "press", "-c", file)
	link := site.URL + "/world/quiet-trade/2026/on-file"
	told := map[string]string{"the console and pages": shown + contents(t, w.db())}
	for _, m := range w.slack.Messages() {
		told["Slack"] += m.Text + string(m.Blocks)
	}
	for _, p := range w.posts.all() {
		told["a webhook"] += string(p.body)
	}
	for _, p := range w.cards.all() {
		told["Teams"] += string(p.body)
	}
	for _, l := range w.mail.all() {
		o := readLetter(t, l.raw)
		told["a mailbox"] += o.text + o.html
	}
	if read != 1 {
		t.Errorf("the article was read %d times", read)
	}
	for _, who := range []string{"the console and pages", "Slack", "a webhook", "Teams", "a mailbox"} {
		if !strings.Contains(told[who], link) {
			t.Errorf("%s cannot open the article:\n%.2000s", who, told[who])
		}
		if strings.Contains(strings.ReplaceAll(told[who], link, ""), "quiet-trade") {
			t.Errorf("%s shows the address of the feed", who)
		}
	}
}
