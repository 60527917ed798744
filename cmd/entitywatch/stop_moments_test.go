package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"entitywatch/notify/slack/slacktest"
)

// A daemon ends within ten seconds of SIGTERM whatever is under way just then: a look at a source that does not answer, a message on a
// channel that does not, a screening request that is being read, a digest that is being written.
func TestStopsWhateverIsUnderWay(t *testing.T) {
	for name, moment := range map[string]func(*testing.T, *killsWorld, string) *child{
		"a source does not answer":  hangingSource,
		"a channel does not answer": hangingChannel,
		"a name is being screened":  screeningUnderWay,
		"a digest is being written": digestUnderWay,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKillsWorld(t, nowhere, nowhere)
			port, err := freePort()
			if err != nil {
				t.Fatal(err)
			}
			k.listen(port)
			c := moment(t, k, port)
			asked := time.Now()
			if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			<-c.ended
			if took := time.Since(asked); took > 10*time.Second {
				t.Errorf("it took %s:\n%s", took, &c.out)
			}
			t.Logf("it ended %s after SIGTERM: %v", time.Since(asked).Round(time.Millisecond), c.cmd.ProcessState)
		})
	}
}

// edit replaces a text of the config.
func (k *killsWorld) edit(old, with string) {
	k.t.Helper()
	text, err := os.ReadFile(k.file)
	if err != nil {
		k.t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		k.t.Fatalf("the config has no %q", old)
	}
	if err := os.WriteFile(k.file, []byte(strings.Replace(string(text), old, with, 1)), 0o600); err != nil {
		k.t.Fatal(err)
	}
}

// hangs is a server that takes a request and answers it when the test is over.
func hangs(t *testing.T) (url string, asked chan struct{}) {
	t.Helper()
	asked, over := make(chan struct{}), make(chan struct{})
	first := make(chan struct{}, 1)
	first <- struct{}{}
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		select {
		case <-first:
			close(asked)
		default:
		}
		<-over
	}))
	t.Cleanup(srv.Close)
	t.Cleanup(func() { close(over) })
	return srv.URL, asked
}

func hangingSource(t *testing.T, k *killsWorld, _ string) *child {
	url, asked := hangs(t)
	k.edit("sources:\n", fmt.Sprintf("sources:\n  - {name: slow, kind: news, url: %q, schedule: \"@every 30m\"}\n", url))
	c := startChild(t, daemonOrder{Config: k.file, Now: k.at()})
	c.await(t, asked)
	return c
}

func hangingChannel(t *testing.T, k *killsWorld, _ string) *child {
	s := &slowSlack{Server: slacktest.New(), received: make(chan struct{}), done: make(chan struct{})}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	t.Cleanup(func() { close(s.done) })
	k.edit(k.slackURL, srv.URL)
	c := startChild(t, daemonOrder{Config: k.file, Now: k.at()})
	c.until(t, func() bool { return k.settled(k.at()) })
	c.kill()
	k.next()
	c = startChild(t, daemonOrder{Config: k.file, Now: k.at()})
	c.await(t, s.received)
	return c
}

func screeningUnderWay(t *testing.T, k *killsWorld, port string) *child {
	c := startChild(t, daemonOrder{Config: k.file, Now: k.at()})
	c.until(t, func() bool { return k.settled(k.at()) })
	conn, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "POST /api/v1/screen HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n", port)
	answer := make([]byte, 64)
	if n, err := conn.Read(answer); err != nil || !strings.Contains(string(answer[:n]), "100 Continue") { // the handler reads
		t.Fatalf("%q, %v", answer[:n], err)
	}
	fmt.Fprint(conn, `{"queries":[{"name":"Tarnow `)
	return c
}

func digestUnderWay(t *testing.T, k *killsWorld, _ string) *child {
	k.edit("rules:\n", "digests: [{name: often, schedule: \"* * * * *\", channel: mail, skip_empty: false}]\nrules:\n  - {name: collected, digest: often}\n")
	c := startChild(t, daemonOrder{Config: k.file, Now: k.at(), Speed: 60, Mark: "INSERT INTO digest_cuts"})
	c.looksForWork(t, 2)
	return c
}
