package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// teller is the telling half over a real database.
type teller struct {
	t      *testing.T
	path   string
	db     *store.DB
	router *notify.Router
	mail   *recorder
	ops    *recorder
	disp   *notify.Dispatcher
}

// recorder is a channel that keeps what it took, and fails as told.
type recorder struct {
	mu   sync.Mutex
	got  []notify.Message
	fail func(n int) error // by attempt, from 0
	n    int
}

func (r *recorder) Send(_ context.Context, m notify.Message) (notify.Receipt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.n
	r.n++
	if r.fail != nil {
		if err := r.fail(n); err != nil {
			return notify.Receipt{}, err
		}
	}
	r.got = append(r.got, m)
	return notify.Receipt{ID: fmt.Sprintf("id-%d", len(r.got)), Status: "ok"}, nil
}

func (r *recorder) headlines() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, m := range r.got {
		out = append(out, string(m.Kind)+": "+m.Headline)
	}
	return out
}

func newTeller(t *testing.T, rules ...notify.Rule) *teller {
	t.Helper()
	x := &teller{t: t, path: filepath.Join(t.TempDir(), "ew.db"), mail: &recorder{}, ops: &recorder{}}
	x.open()
	x.router = &notify.Router{
		Store: x.db, Rules: rules, Operators: []string{"ops"}, Now: time.Now,
		Targets: func(context.Context) (map[string]notify.Target, error) {
			return map[string]notify.Target{
				"mail": {Name: "mail", Recipients: []string{"a@example.com", "b@example.com"}},
				"ops":  {Name: "ops", Recipients: []string{""}},
			}, nil
		},
	}
	return x
}

func (x *teller) open() {
	x.t.Helper()
	db, err := store.Open(x.t.Context(), x.path)
	if err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() { db.Close() })
	x.db = db
	x.disp = &notify.Dispatcher{Outbox: db, Channels: map[string]notify.Channel{"mail": x.mail, "ops": x.ops}, Owner: "me"}
}

func (x *teller) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *teller) write(f func(*store.Tx) error) { x.t.Helper(); x.must(x.db.Write(x.t.Context(), f)) }

func (x *teller) route() []notify.Delivery {
	x.t.Helper()
	dels, err := x.router.Route(x.t.Context())
	x.must(err)
	return dels
}

func (x *teller) drain() { x.t.Helper(); x.must(x.disp.Drain(x.t.Context(), time.Hour)) }

// add stores a case with additions of these names, as a poll would.
func (x *teller) add(caseID string, revision int, names ...string) {
	x.t.Helper()
	x.write(func(tx *store.Tx) error {
		if _, found, err := tx.Case(caseID); err != nil {
			return err
		} else if !found {
			if err := tx.SaveCase(diff.Case{ID: caseID, Title: "A rule", Status: diff.Open, OpenedAt: time.Now()}); err != nil {
				return err
			}
		}
		for _, n := range names {
			e := &diff.Entry{List: diff.EntityList, Key: n, Country: "CANADA", Countries: []string{"CA"}, Name: n}
			c := diff.Change{ID: "chg-" + n, Revision: revision, Change: diff.Added, Substantive: true, List: diff.EntityList, Key: n, Country: "CANADA",
				Name: n, Entry: e, Case: caseID, Stage: diff.Filed, DetectedAt: time.Now()}
			if err := tx.AddChange(watcher.StoredChange{Change: c, RecordedAt: time.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (x *teller) stage(caseID string, s diff.Stage) {
	x.t.Helper()
	x.write(func(tx *store.Tx) error {
		_, err := tx.AddStage(watcher.StageMark{Case: caseID, Stage: s, At: time.Now(), RecordedAt: time.Now()})
		return err
	})
}

func (x *teller) note(caseID, kind, text string) {
	x.t.Helper()
	x.write(func(tx *store.Tx) error {
		_, err := tx.AddCaseNote(watcher.CaseNote{ID: caseID + kind, Case: caseID, Kind: kind, Text: text, At: time.Now()})
		return err
	})
}

func all() notify.Rule { return notify.Rule{Name: "all", Send: []string{"mail"}} }

func TestACaseIsToldOnceAndItsStagesFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t, all(), notify.Rule{Name: "again", Send: []string{"mail"}, Severity: notify.High})
		x.add("case-1", 0, "Foo", "Bar")
		if n := len(x.route()); n != 2 {
			t.Fatalf("%d deliveries, want one for each recipient", n)
		}
		if n := len(x.route()); n != 0 {
			t.Fatalf("routing again: %d deliveries", n)
		}
		x.stage("case-1", diff.Published)
		x.route()
		x.add("case-1", 0, "Late Ltd.")
		x.route()
		x.add("case-1", 1, "Foo") // a second reading
		x.route()
		x.note("case-1", "withdrawn", "the document was withdrawn")
		x.route()
		x.drain()
		want := []string{
			"alert: Entity List: 2 added: Canada 2", "update: Now published: Entity List: 2 added: Canada 2",
			"update: Further: Entity List: 1 added: Late Ltd. (Canada)", "update: Read again: Entity List: 1 added: Foo (Canada)",
			"retraction: RETRACTED: Entity List: 2 added: Canada 2",
		}
		for _, to := range []string{"a@example.com", "b@example.com"} {
			var got []string
			for _, m := range x.mail.got {
				if m.Recipient == to {
					got = append(got, string(m.Kind)+": "+m.Headline)
					if (m.Thread == nil) != (m.Kind == notify.KindAlert) || m.Severity != notify.High {
						t.Errorf("%s: thread %v, severity %s", m.Headline, m.Thread, m.Severity)
					}
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s:\n%s", to, strings.Join(got, "\n"))
			}
		}
	})
}

func TestStagesLimitUpdatesOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := all()
		r.Stages = []diff.Stage{diff.Effective}
		x := newTeller(t, r)
		x.add("case-1", 0, "Foo")
		if len(x.route()) == 0 {
			t.Error("the first notice is sent whatever its stage")
		}
		x.stage("case-1", diff.Published)
		if n := len(x.route()); n != 0 {
			t.Errorf("published: %d deliveries", n)
		}
		x.stage("case-1", diff.Effective)
		if n := len(x.route()); n != 2 {
			t.Errorf("effective: %d deliveries, want 2", n)
		}
	})
}

func TestWhatNobodyHeardIsNotRetracted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t, notify.Rule{Name: "china", Countries: []string{"CN"}, Send: []string{"mail"}})
		x.add("case-1", 0, "Foo")
		x.note("case-1", "withdrawn", "withdrawn")
		if n := len(x.route()); n != 0 {
			t.Errorf("%d deliveries", n)
		}
	})
}

func TestADocumentThatCannotBeReadIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t, notify.Rule{Name: "entity", Lists: []diff.ListID{diff.EntityList}, Countries: []string{"CN"}, Send: []string{"mail"}},
			notify.Rule{Name: "sdn", Lists: []diff.ListID{diff.SDN}, Send: []string{"ops"}})
		x.write(func(tx *store.Tx) error {
			if err := tx.SaveCase(diff.Case{ID: "case-1", Title: "Order Denying Export Privileges", Status: diff.Open, OpenedAt: time.Now()}); err != nil {
				return err
			}
			_, err := tx.AddCaseNote(watcher.CaseNote{ID: "n", Case: "case-1", Kind: notify.NoteReadThis, Lists: []diff.ListID{diff.EntityList}, Text: "a table could not be read", At: time.Now()})
			return err
		})
		x.route()
		x.drain()
		if got := fmt.Sprint(x.mail.headlines()); got != "[alert: Read this: Order Denying Export Privileges alert: Read this: Order Denying Export Privileges]" {
			t.Errorf("%s", got)
		}
		x.add("case-1", 0, "Foo", "Bar")
		x.stage("case-1", diff.Published)
		x.router.Rules[0].Countries = nil
		x.route()
		x.drain()
		if got := x.mail.headlines()[2]; got != "update: Now published: Entity List: 2 added: Canada 2" {
			t.Errorf("then its parties: %s", got)
		}
		if len(x.ops.got) != 0 || !slices.Contains(x.mail.got[0].NeedsHuman, "a table could not be read") {
			t.Errorf("ops %v, needs %v", x.ops.headlines(), x.mail.got[0].NeedsHuman)
		}
	})
}

func TestEnrichmentIsWaitedForButNotLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t, notify.Rule{Name: "ours", Counterparties: []string{"vendors"}, Send: []string{"ops"}}, all())
		x.router.Wait = 2 * time.Minute
		x.add("case-1", 0, "Foo", "Bar")
		if n := len(x.route()); n != 0 {
			t.Fatalf("%d deliveries before enrichment", n)
		}
		todo, err := x.db.Unenriched(t.Context())
		x.must(err)
		if len(todo) != 2 {
			t.Fatalf("%d to enrich", len(todo))
		}
		x.must(x.db.SaveEnrichment(t.Context(), "chg-Foo", 0, []notify.Hit{{Counterparties: "vendors", Name: "Foo GmbH", Score: 0.95}}, time.Now()))
		if n := len(x.route()); n != 0 {
			t.Fatalf("%d deliveries with half the Case enriched", n)
		}
		time.Sleep(2 * time.Minute)
		dels := x.route()
		if len(dels) != 3 {
			t.Fatalf("%d deliveries, want 3", len(dels))
		}
		if m := dels[0].Message; dels[0].Channel != "ops" || len(m.Items) != 1 || m.Others != 1 || len(m.Hits) != 1 {
			t.Errorf("ops: %+v", m)
		}
	})
}

func TestDeadLettersAreToldAndRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t, notify.Rule{Name: "all", Send: []string{"mail"}})
		x.disp.GiveUp = time.Hour
		broken := true
		x.mail.fail = func(n int) error {
			switch {
			case !broken:
				return nil
			case n == 0:
				return errors.New("550 no such user")
			}
			return &notify.Temporary{Err: errors.New("451 later")}
		}
		x.add("case-1", 0, "Foo")
		x.route()
		x.must(x.disp.Drain(t.Context(), 3*time.Hour))
		x.route()
		x.drain()
		dead, err := x.db.Deliveries(t.Context(), store.DeliveryFilter{State: notify.Dead})
		x.must(err)
		if len(dead) != 2 || len(x.ops.got) != 2 {
			t.Fatalf("%d dead, operators heard %v", len(dead), x.ops.headlines())
		}
		if !strings.Contains(x.ops.got[0].Reason, dead[0].ID) || !strings.Contains(x.ops.got[1].Reason, "given up after") {
			t.Errorf("%s / %s", x.ops.got[0].Reason, x.ops.got[1].Reason)
		}
		broken = false
		for _, d := range dead {
			x.must(x.db.Retry(t.Context(), d.ID, time.Now()))
		}
		x.drain()
		if len(x.mail.got) != 2 {
			t.Errorf("after retry: %v", x.mail.headlines())
		}
		if err := x.db.Retry(t.Context(), dead[0].ID, time.Now()); err == nil {
			t.Error("a sent delivery can be retried")
		}
		if _, _, err := x.db.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestOneChannelDelaysNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t, notify.Rule{Name: "all", Send: []string{"mail", "ops"}})
		x.mail.fail = func(int) error { return &notify.Temporary{After: time.Minute, Err: errors.New("busy")} }
		for i := range 5 {
			x.add(fmt.Sprintf("case-%d", i), 0, fmt.Sprintf("Foo %d", i))
		}
		x.route()
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { x.disp.Run(ctx); close(done) }()
		time.Sleep(time.Second)
		if n := len(x.ops.headlines()); n != 5 {
			t.Errorf("%d of 5 arrived on the channel that works", n)
		}
		if x.mail.n != 1 {
			t.Errorf("%d attempts on a channel that asked to wait", x.mail.n)
		}
		stop()
		<-done
	})
}

func TestMutedDeliveriesAreLateNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the bubble's clock begins at midnight UTC
		r := all()
		r.Mute = &notify.Mute{From: 22 * time.Hour, To: 6 * time.Hour, Location: time.UTC}
		x := newTeller(t, r)
		x.add("case-1", 0, "Foo")
		x.route()
		x.drain()
		if len(x.mail.got) != 0 {
			t.Fatal("sent in quiet hours")
		}
		x.must(x.disp.Drain(t.Context(), 24*time.Hour))
		if len(x.mail.got) != 2 || time.Now().UTC().Hour() != 6 {
			t.Errorf("%d sent at %s", len(x.mail.got), time.Now())
		}
	})
}

func TestUnacknowledgedCasesAreEscalatedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := all()
		r.Acknowledge = &notify.Acknowledge{Within: 4 * time.Hour, Escalate: []string{"ops"}}
		x := newTeller(t, r)
		x.add("case-1", 0, "Foo")
		x.add("case-2", 0, "Bar")
		x.route()
		first, err := x.db.Acknowledge(t.Context(), "case-1", "alice", time.Now())
		again, err2 := x.db.Acknowledge(t.Context(), "case-1", "bob", time.Now())
		if !first || again || err != nil || err2 != nil {
			t.Errorf("%v %v %v %v", first, again, err, err2)
		}
		if _, err := x.db.Acknowledge(t.Context(), "case-9", "alice", time.Now()); err == nil {
			t.Error("a case that is none can be acknowledged")
		}
		remind := func() int {
			dels, err := x.router.Remind(t.Context(), x.db)
			x.must(err)
			return len(dels)
		}
		if n := remind(); n != 0 {
			t.Errorf("reminded too early: %d", n)
		}
		time.Sleep(4 * time.Hour)
		if n := remind(); n != 1 {
			t.Errorf("%d reminders, want 1", n)
		}
		if n := remind(); n != 0 {
			t.Errorf("reminded twice: %d", n)
		}
		x.drain()
		if got := x.ops.headlines(); len(got) != 1 || got[0] != "reminder: Not acknowledged: Entity List: 1 added: Bar (Canada)" {
			t.Errorf("%v", got)
		}
	})
}

func TestOperatorNoticesAreToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t)
		n := watcher.Notice{ID: "n1", Kind: "held", Source: "entity-list", List: diff.EntityList, Text: "1,600 of 3,411 entries are missing", At: time.Now()}
		for range 2 {
			x.write(func(tx *store.Tx) error { return tx.AddNotice(n) })
			x.route()
		}
		x.drain()
		if got := x.ops.headlines(); len(got) != 1 || got[0] != "operator: entity-list (Entity List) held: its answer is not believed" {
			t.Errorf("%v", got)
		}
	})
}

// everyHour is a schedule.
type everyHour struct{}

func (everyHour) Next(t time.Time) time.Time { return t.Truncate(time.Hour).Add(time.Hour) }

func TestDigestsCoverEveryCommitOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTeller(t)
		d := &notify.Digester{
			Store: x.db, Now: time.Now, Targets: x.router.Targets,
			Rules:   []notify.Rule{{Name: "all", Digest: []string{"hourly"}}},
			Digests: []notify.Digest{{Name: "hourly", Schedule: everyHour{}, Channel: "mail", To: []string{"legal@example.com"}}},
		}
		due := func() []notify.Delivery {
			dels, err := d.Due(t.Context())
			x.must(err)
			return dels
		}
		x.add("case-0", 0, "Before the digest began")
		time.Sleep(time.Second)
		due()
		time.Sleep(30 * time.Minute)
		x.add("case-1", 0, "Foo")
		late := time.Now()
		if n := len(due()); n != 0 {
			t.Fatalf("%d before its time", n)
		}
		time.Sleep(30 * time.Minute)
		first := due()
		if len(first) != 1 || len(first[0].Message.Digest.Cases) != 1 || first[0].Recipient != "legal@example.com" || first[0].Message.Digest.Late != "" {
			t.Fatalf("%+v", first)
		}
		x.write(func(tx *store.Tx) error { // a commit that was stamped before the cut-off and came after it
			if err := tx.SaveCase(diff.Case{ID: "case-2", Status: diff.Open, OpenedAt: late}); err != nil {
				return err
			}
			c := diff.Change{ID: "chg-late", Change: diff.Added, Substantive: true, List: diff.EntityList, Name: "Stamped early", Case: "case-2", DetectedAt: late}
			return tx.AddChange(watcher.StoredChange{Change: c, RecordedAt: late})
		})
		time.Sleep(5 * time.Hour) // nobody called for five hours
		second := due()
		if len(second) != 1 || len(second[0].Message.Digest.Cases) != 1 {
			t.Fatalf("%+v", second)
		}
		if late := second[0].Message.Digest.Late; !strings.Contains(late, "stands for 5 digests, of which 4 were missed") {
			t.Errorf("late: %q", late)
		}
		if n := len(due()); n != 0 {
			t.Errorf("%d sent twice", n)
		}
		time.Sleep(time.Hour)
		empty := due()
		if len(empty) != 1 || !strings.Contains(empty[0].Message.Headline, "nothing changed") {
			t.Errorf("%+v", empty)
		}
		d.Digests[0].SkipEmpty = true
		time.Sleep(time.Hour)
		if n := len(due()); n != 0 {
			t.Errorf("skip_empty: %d sent", n)
		}
	})
}

// The process dies at 300 random statements while it routes and sends, and starts again each time: nothing is lost, and what the other
// side saw twice carries the same id.
func TestCrashesLoseNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		died := errors.New("died")
		rng := rand.New(rand.NewPCG(1, 2))
		x := newTeller(t, all())
		const cases = 60
		for i := range cases {
			x.add(fmt.Sprintf("case-%d", i), 0, fmt.Sprintf("Foo %d", i))
			x.stage(fmt.Sprintf("case-%d", i), diff.Published)
		}
		for range 300 {
			left := rng.IntN(25)
			db, err := store.Open(t.Context(), x.path, store.WithFault(func(string) error {
				if left--; left < 0 {
					return died
				}
				return nil
			}))
			x.must(err)
			if _, err := db.ReleaseDeadLeases(t.Context(), func(string) bool { return false }); err != nil && !errors.Is(err, died) {
				t.Fatal(err)
			}
			r := *x.router
			r.Store = db
			if _, err := r.Route(t.Context()); err == nil {
				disp := &notify.Dispatcher{Outbox: db, Channels: map[string]notify.Channel{"mail": x.mail}, Owner: fmt.Sprint("p", left)}
				disp.Drain(t.Context(), 0)
			}
			db.Close()
		}
		x.db.ReleaseDeadLeases(t.Context(), func(string) bool { return false })
		x.route()
		x.drain()
		ids := map[string]string{}
		for _, m := range x.mail.got {
			if key := m.Recipient + m.Case; ids[key] != "" && ids[key] != m.Delivery {
				t.Errorf("%s was told as %s and as %s", key, ids[key], m.Delivery)
			} else {
				ids[key] = m.Delivery
			}
		}
		if len(ids) != 2*cases {
			t.Errorf("%d of %d arrived", len(ids), 2*cases)
		}
		t.Logf("%d sends for %d deliveries", len(x.mail.got), len(ids))
	})
}
