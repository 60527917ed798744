package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/replay"
	"entitywatch/store"
	"entitywatch/testdata"
)

// rehearsal is the daemon's work against a scenario over HTTP, with the config that replay prints and a clock of this year.
type rehearsal struct {
	t        *testing.T
	e        *engine
	upstream *httptest.Server
	now      time.Time
}

func rehearse(t *testing.T, scenario string) *rehearsal {
	t.Helper()
	s, err := replay.Load(testdata.Scenarios(), scenario)
	if err != nil {
		t.Fatal(err)
	}
	upstreams, err := replay.NewServer(s)
	if err != nil {
		t.Fatal(err)
	}
	r := &rehearsal{t: t, upstream: httptest.NewServer(upstreams), now: time.Now()}
	t.Cleanup(r.upstream.Close)
	var printed bytes.Buffer
	a := &app{getenv: func(string) string { return "" }, now: time.Now, stdout: &printed, stderr: io.Discard}
	a.printRehearsal(upstreams, r.upstream.URL)
	file := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(file, printed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(file, a.checks())
	if err != nil {
		t.Fatalf("the printed config: %v", err)
	}
	if filepath.Base(c.Database) == filepath.Base(config.Default().Database) {
		t.Error("a rehearsal writes into the database of the daemon that works beside it")
	}
	r.e, err = build(t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler), sleep: dontWait, now: func() time.Time { return r.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.e.Close() })
	return r
}

// passes lets time pass in steps, with a look at everything after each.
func (r *rehearsal) passes(steps int, step time.Duration) {
	r.t.Helper()
	for range steps {
		r.now = r.now.Add(step)
		if _, err := r.e.round(r.t.Context(), 0, allSources(r.e.config)...); err != nil {
			r.t.Fatal(err)
		}
	}
}

// next moves the scenario on, as a person does.
func (r *rehearsal) next() (more bool) {
	r.t.Helper()
	resp, err := http.Post(r.upstream.URL+"/replay/next", "", nil)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// told is what a database's readers heard: "added Name", "retraction of a case", "discrepancy Name", "published: a case".
func told(t *testing.T, db *store.DB) (all []string) {
	t.Helper()
	changes, err := db.History(t.Context(), store.HistoryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if c.Retracted == "" {
			all = append(all, string(c.Change.Change)+" "+c.Change.Name)
		} else {
			all = append(all, "taken back: "+c.Change.Name)
		}
		f, _, err := db.CaseFile(t.Context(), c.Change.Case)
		if err != nil {
			t.Fatal(err)
		}
		for _, stage := range []diff.Stage{diff.Filed, diff.Published, diff.Codified, diff.Listed} { // in force is a matter of the clock
			if !f.Case.Stages[stage].IsZero() {
				all = append(all, string(stage)+": "+f.Case.ID)
			}
		}
	}
	deliveries, err := db.Deliveries(t.Context(), store.DeliveryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deliveries {
		if d.Kind == notify.KindRetraction || d.Kind == notify.KindAlert {
			all = append(all, string(d.Kind)+" of "+d.Case)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// harmful reports what must never be told because a clock is years ahead.
func harmful(line string) bool {
	return strings.HasPrefix(line, "retraction") || strings.HasPrefix(line, "taken back") || strings.HasPrefix(line, "discrepancy")
}

// Rehearsing an old scenario under the clock of today comes to what the scenario's own time comes to: at no step a retraction of what
// stands, no discrepancy because a date is long past, no alert less. What takes hours or days by any clock (a filing that is gone counts
// as withdrawn, a list that does not show an act in time is a discrepancy) takes them by this one too.
func TestRehearsingUnderTheRealClockIsTrue(t *testing.T) {
	files, err := filepath.Glob("../../testdata/scenarios/*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d scenarios, %v", len(files), err)
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".yaml")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, ever := toldInItsOwnTime(t, name)
			r := rehearse(t, name)
			r.passes(2, time.Minute)
			for step := 1; r.next(); step++ {
				r.passes(3, time.Minute)
				for _, line := range told(t, r.e.db) {
					if harmful(line) && !ever[line] {
						t.Errorf("minutes after step %d is told: %s", step, line)
					}
				}
			}
			r.passes(3, 6*time.Hour)
			r.passes(12, 24*time.Hour)
			got := told(t, r.e.db)
			got = slices.DeleteFunc(got, func(line string) bool { return strings.HasPrefix(line, "discrepancy") && !slices.Contains(want, line) })
			if !slices.Equal(got, want) {
				t.Errorf("under the real clock is told\n  %s\nand by the scenario's own\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
		})
	}
}

// toldInItsOwnTime is what the scenario's own time has told in the end, and all that it told on the way there: what its publisher takes
// back and prints after all, say.
func toldInItsOwnTime(t *testing.T, scenario string) (last []string, ever map[string]bool) {
	t.Helper()
	s, err := replay.Load(testdata.Scenarios(), scenario)
	if err != nil {
		t.Fatal(err)
	}
	upstreams, err := replay.NewServer(s)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(upstreams)
	defer srv.Close()
	c := config.Default()
	c.Sources, c.Database = replayedSources(upstreams, srv.URL), filepath.Join(t.TempDir(), "own.db")
	e, err := build(t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler), sleep: dontWait, now: upstreams.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	ever = map[string]bool{}
	for more := true; more; more = upstreams.Next() {
		if _, err := e.round(t.Context(), 0, allSources(c)...); err != nil {
			t.Fatal(err)
		}
		last = told(t, e.db)
		for _, line := range last {
			ever[line] = true
		}
	}
	return last, ever
}
