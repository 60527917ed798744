package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/redact"
	"entitywatch/store"
)

// asDaemon has the test binary be the daemon, as `run` is, with what a test changes about it: a daemonOrder as JSON.
const asDaemon = "ENTITYWATCH_TEST_AS_DAEMON"

// daemonOrder says how a daemon of a test differs from `run`.
type daemonOrder struct {
	Config string
	Now    time.Time // by its clock, when it starts; zero is the machine's
	KillAt int64     // it kills itself before its nth statement or query; 0 is never
	Mark   string    // a statement or query with this text is told apart
	MarkOf string    // where set, only queries whose first argument it is
	Speed  int       // how often faster its clock goes than the machine's; 0 is once
	Ahead  string    // a file that says how far its clock is ahead besides: "1h0m0s"
	Spin   string    // where it spins for ever
}

// The files that such a process is given: it writes bytes there while it begins statements and queries, and what it was about to do when it killed
// itself.
const (
	eventsFile = 3
	lastFile   = 4

	seldom = 3 * time.Millisecond // how much is between two of the bytes, where they mark nothing

	plain  = '.'
	marked = '!'
)

// beDaemon is main for a process that a test started as a daemon.
func beDaemon(text string) int {
	var o daemonOrder
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	leaveAfter(ctx, stop, os.Exit)
	scrub := redact.New()
	a := &app{getenv: os.Getenv, stdout: scrub.Writer(os.Stdout), stderr: scrub.Writer(os.Stderr), now: time.Now, room: store.Room, scrub: scrub, configPath: o.Config}
	c, err := a.loadConfig()
	if err != nil {
		return a.exit(err)
	}
	defer holdHeap(a.getenv)()
	d := &daemon{app: a, log: a.logger(slog.LevelInfo), build: o.build}
	return a.exit(d.run(ctx, c))
}

// build is the daemon's own with the order's differences.
func (o daemonOrder) build(ctx context.Context, c *config.Config, p parts) (*engine, error) {
	began := time.Now()
	if !o.Now.IsZero() {
		p.now = func() time.Time { return o.Now.Add(time.Duration(max(o.Speed, 1))*time.Since(began) + o.ahead()) }
	}
	events, last := os.NewFile(eventsFile, "events"), os.NewFile(lastFile, "last")
	var n, said atomic.Int64
	hear := func(query string, args []any) {
		if n.Add(1) == o.KillAt {
			fmt.Fprint(last, query)
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // the signal is on its way
		}
		event := []byte{plain}
		if at := time.Since(began).Microseconds(); at-said.Load() < seldom.Microseconds() {
			event = nil // so that it costs nothing
		} else {
			said.Store(at)
		}
		if o.Mark != "" && strings.Contains(query, o.Mark) && (o.MarkOf == "" || len(args) > 0 && args[0] == o.MarkOf) {
			event = []byte{marked}
		}
		events.Write(event)
	}
	p.store = append(p.store, store.WithFault(func(q string) error { hear(q, nil); return nil }), store.WithQueries(hear))
	e, err := build(ctx, c, p)
	if err == nil && o.Spin != "" {
		e.enricher = spinning(e, o.Spin)
	}
	return e, err
}

// ahead is what the file says, which is replaced as a whole; 0 where there is none.
func (o daemonOrder) ahead() time.Duration {
	text, err := os.ReadFile(o.Ahead)
	if err != nil {
		return 0
	}
	d, err := time.ParseDuration(string(text))
	if err != nil {
		panic(err)
	}
	return d
}

// child is such a process.
type child struct {
	cmd    *exec.Cmd
	out    output
	events chan string   // bytes while it begins statements and queries; closed when it is gone
	ended  chan struct{} // closed when it is gone, and the rest stands
	last   string        // what it was about to do when it killed itself
}

// output is what a process printed so far.
type output struct {
	mu   sync.Mutex
	text strings.Builder
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

// String is all of it.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// startChild starts a process with an order.
func startChild(t testing.TB, o daemonOrder) *child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	order, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	events, writeEvents, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	last, writeLast, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.CommandContext(t.Context(), exe), events: make(chan string), ended: make(chan struct{})}
	c.cmd.Env = append(os.Environ(), asDaemon+"="+string(order))
	c.cmd.Stdout, c.cmd.Stderr, c.cmd.ExtraFiles = &c.out, &c.out, []*os.File{writeEvents, writeLast}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	writeEvents.Close()
	writeLast.Close()
	go c.hear(events)
	go c.wait(last)
	t.Cleanup(func() { c.cmd.Process.Kill(); <-c.ended })
	return c
}

// hear passes on what the process begins, as much at once as it is asked for.
func (c *child) hear(events *os.File) {
	defer close(c.events)
	defer events.Close()
	b := make([]byte, 64<<10)
	for {
		n, err := events.Read(b)
		if err != nil {
			return
		}
		select {
		case c.events <- string(b[:n]):
		case <-c.ended:
			return
		}
	}
}

func (c *child) wait(last *os.File) {
	defer last.Close()
	b := make([]byte, 4<<10)
	n, _ := last.Read(b) // ends with the process
	c.last = string(b[:n])
	_ = c.cmd.Wait() // how it ended stands in ProcessState
	close(c.ended)
}

// kill ends the process as nothing can that it could catch.
func (c *child) kill() {
	c.cmd.Process.Kill()
	<-c.ended
}

// until lets the process work until something is so, which is looked at whenever it begins something.
func (c *child) until(t testing.TB, enough func() bool) {
	t.Helper()
	for range c.events {
		if enough() {
			return
		}
	}
	<-c.ended
	t.Fatalf("the daemon is gone: %v\n%s", c.cmd.ProcessState, &c.out)
}

// await lets it work until a channel is closed.
func (c *child) await(t *testing.T, closed <-chan struct{}) {
	t.Helper()
	for {
		select {
		case <-closed:
			return
		case _, alive := <-c.events:
			if !alive {
				<-c.ended
				t.Fatalf("the daemon is gone: %v\n%s", c.cmd.ProcessState, &c.out)
			}
		}
	}
}

// goesOn lets it begin some statements and queries, or work for some time where one is given.
func (c *child) goesOn(t *testing.T, n int, during time.Duration) {
	t.Helper()
	if during > 0 {
		over := make(chan struct{})
		time.AfterFunc(during, func() { close(over) })
		c.await(t, over)
		return
	}
	if n > 0 {
		c.until(t, func() bool { n--; return n <= 0 })
	}
}

// looksForWork lets it begin some of the queries that are told apart.
func (c *child) looksForWork(t testing.TB, n int) {
	t.Helper()
	for some := range c.events {
		if n -= strings.Count(some, string(marked)); n <= 0 {
			return
		}
	}
	<-c.ended
	t.Fatalf("the daemon is gone: %v\n%s", c.cmd.ProcessState, &c.out)
}
