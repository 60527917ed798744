package main

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/notify"
)

// spinningStore spins for ever, whatever its context says: where the lists in force are searched, or in the very loop that enriches.
type spinningStore struct {
	enrich.Store
	where string
}

// Where a daemon of a test spins.
const (
	inSearch = "search"
	inLoop   = "loop"
)

func (s spinningStore) InForce(ctx context.Context, day diff.Date, f func(diff.Entry)) (int64, error) {
	if s.where == inSearch {
		spin()
	}
	return s.Store.InForce(ctx, day, f)
}

func (s spinningStore) Dismissals(ctx context.Context) ([]enrich.Dismissal, error) {
	if s.where == inLoop {
		spin()
	}
	return s.Store.Dismissals(ctx)
}

func spin() {
	for n := 0; ; n++ {
		_ = n
	}
}

// spinning is the engine's enricher with such a store, and less patience.
func spinning(e *engine, where string) *enrich.Enricher {
	o := e.enricher.Options
	o.Store = spinningStore{o.Store, where}
	o.Limits = enrich.Limits{All: 200 * time.Millisecond, Many: 200 * time.Millisecond, One: 100 * time.Millisecond, Grace: 50 * time.Millisecond}
	return enrich.New(o)
}

// A daemon whose search for our counterparties spins tells a Change without hits when its two minutes are over, says that it is not well,
// and ends within ten seconds of SIGTERM, in order; one whose loop itself spins is left behind by then.
func TestSpinningEnrichmentHoldsNothingUp(t *testing.T) {
	for where, code := range map[string]int{inSearch: exitDone, inLoop: exitFailed} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			k := newKillsWorld(t, nowhere, nowhere)
			port, err := freePort()
			if err != nil {
				t.Fatal(err)
			}
			k.listen(port)
			first := startChild(t, daemonOrder{Config: k.file, Now: k.at()})
			first.until(t, func() bool { return k.settled(k.at()) })
			first.kill()
			k.next()
			c := startChild(t, daemonOrder{Config: k.file, Now: k.at(), Speed: 60, Spin: where})
			c.until(t, func() bool { // a report may be told before it
				return slices.ContainsFunc(k.posts.all(), func(p posted) bool { return p.text(t, "kind") == string(notify.KindAlert) })
			})
			k.toldWithoutHits(wait)
			if where == inSearch {
				c.until(t, func() bool { return unwell(t, port, "not ended") })
			}
			asked := time.Now()
			if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			<-c.ended
			if took := time.Since(asked); took > 10*time.Second || c.cmd.ProcessState.ExitCode() != code {
				t.Errorf("it ended after %s with %v, want exit %d:\n%s", took, c.cmd.ProcessState, code, &c.out)
			}
			t.Logf("it ended %s after SIGTERM, after %s of CPU", time.Since(asked).Round(time.Millisecond), c.cmd.ProcessState.UserTime())
		})
	}
}

// listen has the daemon's pages on a port.
func (k *killsWorld) listen(port string) {
	k.t.Helper()
	k.edit(`listen: ""`, "listen: 127.0.0.1:"+port)
}

// toldWithoutHits asserts that what was told so far is an alert that waited, and in which no counterparty stands.
func (k *killsWorld) toldWithoutHits(waited time.Duration) {
	k.t.Helper()
	alerts := 0
	for _, d := range deliveriesIn(k.t, k.db()) {
		if d.Kind != notify.KindAlert {
			continue
		}
		alerts++
		if !slices.ContainsFunc(d.Message.NeedsHuman, func(n string) bool { return strings.Contains(n, "could not be screened against this in time") }) {
			k.t.Errorf("the alert does not say that nobody was screened: %q", d.Message.NeedsHuman)
		}
		for _, it := range d.Message.Items {
			if since := d.Message.AsOf.Sub(it.Change.DetectedAt); since < waited || len(it.Hits) > 0 {
				k.t.Errorf("%s was told after %s, with the hits %+v", it.Change.Name, since, it.Hits)
			}
		}
	}
	if alerts == 0 {
		k.t.Error("no alert was told")
	}
}

// unwell reports whether /healthz says that the daemon is not well, for a reason.
func unwell(t *testing.T, port, reason string) bool {
	t.Helper()
	resp, err := http.Get("http://127.0.0.1:" + port + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode == http.StatusServiceUnavailable && strings.Contains(string(body), reason)
}
