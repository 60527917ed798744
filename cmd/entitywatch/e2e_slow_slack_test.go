package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/notify/slack/slacktest"
)

// slowSlack works on the first post for as long as a test wants, whether anybody still waits for its answer or not: until then its history
// does not show it.
type slowSlack struct {
	*slacktest.Server
	received chan struct{} // closed when the first post is there
	done     chan struct{} // closed by the test when Slack is to be done with it

	mu    sync.Mutex
	first bool
	early int // how often its history was read, or something was posted again, before it was done
}

func (s *slowSlack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	posts := strings.HasSuffix(r.URL.Path, "chat.postMessage")
	s.mu.Lock()
	holds := posts && !s.first
	select {
	case <-s.done:
	default:
		if s.first && (posts || strings.Contains(r.URL.Path, "conversations.history")) {
			s.early++
		}
	}
	s.first = s.first || posts
	s.mu.Unlock()
	if holds {
		close(s.received)
		<-s.done
	}
	answer := httptest.NewRecorder() // Slack takes it all the same where nobody hears the answer
	s.Server.ServeHTTP(answer, r)
	w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
	w.Write(answer.Body.Bytes())
}

// A daemon that is killed while Slack still works on its post, and started again at once, leaves the post alone until Slack is done, and
// then finds it: it stands there once. ENTITYWATCH_SLOW_SLACK=1 waits real times instead: Slack takes 6 s, and the rest is the built-in one.
func TestKilledWhileSlackStillWorks(t *testing.T) {
	kills := map[string]slowKill{
		"as it gets the post":               {rest: "2s"},
		"a while later":                     {rest: "2s", goesOn: 1},
		"later":                             {rest: "2s", goesOn: 2},
		"and again while the attempt rests": {rest: "2s", again: true},
	}
	if os.Getenv("ENTITYWATCH_SLOW_SLACK") != "" {
		kills = map[string]slowKill{}
		for _, after := range []time.Duration{300 * time.Millisecond, 1500 * time.Millisecond, 3 * time.Second, 5 * time.Second} {
			kills[after.String()] = slowKill{rest: "20s", after: after, takes: 6 * time.Second}
		}
	}
	for name, kill := range kills {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kill.run(t)
		})
	}
}

// slowKill says when a daemon is killed while Slack works on its post.
type slowKill struct {
	rest   string        // of the config
	goesOn int           // what the daemon begins in its database between the post and the kill
	again  bool          // its successor is killed too
	after  time.Duration // in real time, from the post to the kill; 0 goes by goesOn
	takes  time.Duration // in real time, from the post to the end of Slack's work; 0 ends it once the successor has looked twice what is due
}

func (k slowKill) run(t *testing.T) {
	s := &slowSlack{Server: slacktest.New(), received: make(chan struct{}), done: make(chan struct{})}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	var once sync.Once
	release := func() { once.Do(func() { close(s.done) }) }
	t.Cleanup(release) // before the server waits for its handlers
	file := filepath.Join(t.TempDir(), "c.yaml")
	text := fmt.Sprintf("database: slack.db\nlisten: \"\"\ndeliveries: {rest: %s}\nchannels:\n  - {name: trade, kind: slack, token: xoxb-1, channel: \"#trade\", "+
		"api_url: %q}\n  - {name: ops, kind: console}\noperators: [ops]\nrules: [{name: all, send: [trade]}]\n"+
		"sources: [{name: press, kind: news, url: %q, schedule: \"@every 24h\"}]\n", k.rest, srv.URL, quietFeed(t))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(file), "slack.db")
	m := notify.Message{Kind: notify.KindAlert, Headline: "Entity List: 1 added: Party Ltd. (China)", Case: "case_1", Stage: diff.Filed,
		AsOf: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Rules: []string{"all"}}
	enqueue(t, path, notify.Deliveries(notify.Target{Name: "trade", Recipients: []string{""}}, "", m, time.Time{}))

	order := daemonOrder{Config: file, Mark: "WITH heads", MarkOf: "trade"}
	first := startChild(t, order)
	first.await(t, s.received)
	if k.takes > 0 {
		time.AfterFunc(k.takes, release)
	}
	first.goesOn(t, k.goesOn, k.after)
	first.kill()
	second := startChild(t, order)
	if k.again {
		second.looksForWork(t, 2)
		second.kill()
		second = startChild(t, order)
	}
	if k.takes == 0 {
		second.looksForWork(t, 2)
		release()
	}
	second.until(t, func() bool { return allSent(t, path) })
	second.kill()
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.Messages()); n != 1 || s.early > 0 {
		t.Errorf("the post stands there %d times; it was judged %d times before Slack was done with it", n, s.early)
	}
	all := slices.DeleteFunc(deliveriesIn(t, path), func(d notify.Delivery) bool { return d.Channel != "trade" })
	if len(all) != 1 || all[0].Proof == nil || !all[0].Proof.Found {
		t.Errorf("the delivery is not proved by what Slack shows: %+v", all)
	}
}
