package main

import (
	"context"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/store"
)

// mistakes are the fixtures of config: a file each with one mistake, or several.
func mistakes(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	files, err := filepath.Glob("../../config/testdata/mistakes/*.txtar")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	out := map[string]*txtar.Archive{}
	for _, f := range files {
		ar, err := txtar.ParseFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(f), ".txtar")] = ar
	}
	return out
}

// Reading a config with any of the mistakes again keeps the one in force, and leaves the operators a notice with every error.
func TestReloadRefusesEveryMistake(t *testing.T) {
	for name, ar := range mistakes(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "c.yaml")
			if err := os.WriteFile(file, ar.Files[0].Data, 0o600); err != nil {
				t.Fatal(err)
			}
			d := &daemon{app: &app{getenv: environment, now: time.Now}, log: slog.New(slog.DiscardHandler), build: build}
			d.inForce(filepath.Join(dir, "e.db"), true)
			changed := make(chan *config.Config, 1)
			d.reload(t.Context(), file, changed)
			if len(changed) > 0 {
				t.Fatal("the config was taken over")
			}
			notices := noticesOf(t, filepath.Join(dir, "e.db"))
			if len(notices) != 1 || notices[0].Kind != "config" {
				t.Fatalf("notices %+v", notices)
			}
			for line := range strings.Lines(string(ar.Files[1].Data)) {
				parts := strings.SplitN(strings.TrimPrefix(strings.TrimSpace(line), "c.yaml"), ": ", 3)
				if want := strings.Join(parts[:min(2, len(parts))], ": "); !strings.Contains(notices[0].Text, want) { // the words are config's own tests' matter
					t.Errorf("the notice lacks %q:\n%s", want, notices[0].Text)
				}
			}
		})
	}
}

// environment has what the fixtures do not miss.
func environment(name string) string {
	if name == "TOKEN" {
		return "xoxb-token"
	}
	return ""
}

// noticesOf are what a database has for its operators and nobody was told yet.
func noticesOf(t *testing.T, path string) (all []notify.Notice) {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Route(t.Context(), time.Now(), 0, func(p notify.Pending) notify.Plan { all = p.Notices; return notify.Plan{} }); err != nil {
		t.Fatal(err)
	}
	return all
}

// daemonRun is a daemon in this process.
type daemonRun struct {
	stop   context.CancelFunc
	ended  chan int
	stderr *watched
}

// startDaemon runs the daemon until the test ends, and returns when it is at work.
func startDaemon(t *testing.T, file string) *daemonRun {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	d := &daemonRun{stop: stop, ended: make(chan int, 1), stderr: &watched{lines: make(chan string, 1000)}}
	go func() {
		d.ended <- run(ctx, []string{"run", "-c", file}, func(string) string { return "" }, strings.NewReader(""), &watched{}, d.stderr)
	}()
	t.Cleanup(d.end)
	d.await(t, "msg=running")
	return d
}

func (d *daemonRun) end() {
	d.stop()
	d.ended <- <-d.ended // the code stays for the next caller
}

// await reads the daemon's log up to a line with a text.
func (d *daemonRun) await(t *testing.T, text string) {
	t.Helper()
	for {
		select {
		case line := <-d.stderr.lines:
			if strings.Contains(line, text) {
				return
			}
		case code := <-d.ended:
			d.ended <- code
			t.Fatalf("the daemon ended with %d before %q", code, text)
		case <-time.After(30 * time.Second):
			t.Fatalf("the daemon never logged %q", text)
		}
	}
}

// watched passes each line that is written on; nobody need read it.
type watched struct{ lines chan string }

func (w *watched) Write(b []byte) (int, error) {
	select {
	case w.lines <- string(b):
	default:
	}
	return len(b), nil
}

// A running daemon whose config file is replaced by one with mistakes, or that is told to read such a file, goes on with the old one,
// and its operators hear where the mistakes are.
func TestRunningDaemonRefusesABadConfig(t *testing.T) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP) // a signal that comes before the daemon listens must not end the tests
	defer signal.Stop(hup)
	w := newWorld(t)
	w.posts.heard = make(chan posted, 10)
	rules := "operators: [cases]\nsources: [{name: press, kind: news, url: \"" + quietFeed(t) + "\", schedule: \"@every 24h\"}]\nrules: [{name: all, send: [trade]}]\n"
	file := w.config(t, rules)
	d := startDaemon(t, file)
	w.hearBegun(t)
	replace(t, file, strings.Replace(rules, "send: [trade]", "send: [traed]", 1), w)
	if got := w.hear(t).text(t, "text"); !strings.Contains(got, "traed") || !strings.Contains(unwrapped(got), "did you mean") {
		t.Errorf("the operators heard:\n%s", got)
	}
	replace(t, file, strings.Replace(rules, "rules:", "rulez:", 1), w)
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if got := w.hear(t).text(t, "text"); !strings.Contains(got, "rulez") {
		t.Errorf("the operators heard:\n%s", got)
	}
	replace(t, file, rules, w)
	if got := w.hear(t).text(t, "text"); !strings.Contains(got, "is in force") || !strings.Contains(unwrapped(got), "it had been refused since ") {
		t.Errorf("of the end the operators heard:\n%s", got)
	}
	d.stop()
	code := <-d.ended
	d.ended <- code // for the clean-up
	if code != exitDone {
		t.Errorf("exit %d", code)
	}
}

// A config without a mistake that cannot be put to work, because its database cannot be opened or its address is taken, is refused too.
func TestRunningDaemonOutlivesAConfigThatCannotBePutToWork(t *testing.T) {
	w := newWorld(t)
	w.posts.heard = make(chan posted, 10)
	rules := "operators: [cases]\nsources: [{name: press, kind: news, url: \"" + quietFeed(t) + "\", schedule: \"@every 24h\"}]\nrules: [{name: all, send: [trade]}]\n"
	file := w.config(t, rules)
	startDaemon(t, file)
	w.hearBegun(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for settings, want := range map[string]string{
		"database: nowhere/e2e.db\nlisten: \"\"\n":                      "nowhere does not exist",
		"database: e2e.db\nlisten: \"" + taken.Addr().String() + "\"\n": "address already in use",
	} {
		replaceWhole(t, file, settings+w.channels()+rules)
		if got := w.hear(t).text(t, "text"); !strings.Contains(unwrapped(got), want) || !strings.Contains(unwrapped(got), "stays in force") {
			t.Errorf("the operators heard:\n%s", got)
		}
		replace(t, file, rules, w)
		if got := w.hear(t).text(t, "text"); !strings.Contains(got, "is in force") {
			t.Errorf("of the end the operators heard:\n%s", got)
		}
	}
}

// replace writes a config with other sections.
func replace(t *testing.T, file, sections string, w *world) {
	t.Helper()
	replaceWhole(t, file, "database: e2e.db\nlisten: \"\"\n"+w.channels()+sections)
}

// replaceWhole writes the config as editors do: a new file under the old name.
func replaceWhole(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
}

// hearBegun waits for what the operators of a new database hear first.
func (w *world) hearBegun(t *testing.T) {
	t.Helper()
	if got := w.hear(t).text(t, "text"); !strings.Contains(got, "monitoring began with a new database") {
		t.Fatalf("first the operators heard:\n%s", got)
	}
}

// hear waits for the next webhook.
func (w *world) hear(t *testing.T) posted {
	t.Helper()
	select {
	case p := <-w.posts.heard:
		return p
	case <-time.After(30 * time.Second):
		t.Fatal("the operators heard nothing")
	}
	return posted{}
}
