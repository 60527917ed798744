package storetest

import (
	"strings"
	"testing"
	"time"

	"entitywatch/notify"
	"entitywatch/watcher"
)

// look stores a look at a source, with its outcome.
func (x *teller) look(source string, h watcher.Health, reason string) {
	x.t.Helper()
	now := time.Now()
	l, err := x.db.Claim(x.t.Context(), watcher.Claim{Name: source, Kind: "ecfr", Holder: "me", Now: now, Until: now.Add(time.Minute)})
	x.must(err)
	s := l.State
	s.PolledAt, s.Health, s.Reason = now, h, reason
	outcome := string(h)
	if h == watcher.OK {
		s.SucceededAt, outcome = now, "unchanged"
	}
	x.must(x.db.Commit(x.t.Context(), l, func(tx watcher.Tx) (watcher.SourceState, error) {
		return s, tx.RecordPoll(watcher.Poll{ID: source + now.String(), Source: source, At: now, Outcome: outcome, Reason: reason})
	}))
}

// assuredAsOfTheCutOff: a digest that goes out late says how its sources did at its cut-off, since what later looks brought is in the next
// one; and in what time a source was not read as a whole, though it is well again.
func assuredAsOfTheCutOff(t *testing.T, db Telling) {
	x := newTeller(t, db)
	judged := map[string]time.Time{}
	d := &notify.Digester{
		Store: x.db, Now: time.Now, Targets: x.router.Targets,
		Rules:   []notify.Rule{{Name: "all", Digest: []string{"hourly"}}},
		Digests: []notify.Digest{{Name: "hourly", Schedule: everyHour{}, Channel: "mail", To: []string{"legal@example.com"}}},
		Judge: func(r notify.SourceReport, at time.Time) (notify.SourceReport, bool) {
			judged[r.Name] = at
			return r, r.Name != "dropped"
		},
	}
	_, err := d.Due(t.Context())
	x.must(err)
	time.Sleep(time.Minute)
	began := time.Now()
	x.look("well", watcher.OK, "")
	x.look("dropped", watcher.OK, "")
	x.look("breaks", watcher.OK, "")
	x.look("mended", watcher.Failed, "no answer")
	failed := time.Now()
	time.Sleep(time.Minute)
	x.look("breaks", watcher.Failed, "404 Not Found")
	x.look("mended", watcher.OK, "")
	time.Sleep(2 * time.Hour) // nobody called
	for _, source := range []string{"well", "breaks", "late"} {
		x.look(source, watcher.OK, "")
	}
	dels, err := d.Due(t.Context())
	x.must(err)
	if len(dels) != 1 {
		t.Fatalf("%d digests", len(dels))
	}
	rep := dels[0].Message.Digest
	got := map[string]notify.SourceReport{}
	for _, r := range rep.Sources {
		got[r.Name] = r
	}
	if r := got["well"]; r.State != "ok" || !r.LastChecked.Equal(began) || !r.LastGood.Equal(began) || r.Checks != 1 {
		t.Errorf("well, as of the cut-off: %+v", r)
	}
	if r := got["breaks"]; r.State != "broken" || r.Reason != "404 Not Found" || !r.LastGood.Equal(began) || r.Failed != 1 {
		t.Errorf("broken at the cut-off, and mended since: %+v", r)
	}
	if r := got["mended"]; r.State != "ok" || r.Failed != 1 || !r.LastFailed.Equal(failed) || !strings.Contains(r.Text(nil), "what was shown only in between is not known") {
		t.Errorf("mended within the period: %s, %+v", r.Text(nil), r)
	}
	if r := got["late"]; r.State != "never" {
		t.Errorf("first looked at after the cut-off: %+v", r)
	}
	if _, there := got["dropped"]; there || len(got) != 4 {
		t.Errorf("sources %v", got)
	}
	if at := judged["well"]; !at.Equal(rep.To) {
		t.Errorf("judged as of %s, the cut-off is %s", at, rep.To)
	}
	if text := rep.Assurance(nil); !strings.Contains(text, "in 2 of 4 sources") {
		t.Errorf("assurance: %s", text)
	}
}
