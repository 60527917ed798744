package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// one is a rule for the channel "ops", which has a single recipient.
func one() notify.Rule { return notify.Rule{Name: "one", Send: []string{"ops"}} }

// notices are what the operators are to hear and were not told yet.
func (x *teller) notices() (kinds, texts []string) {
	x.t.Helper()
	x.router.Operators = []string{"desk"}
	x.router.Targets = func(context.Context) (map[string]notify.Target, error) {
		return map[string]notify.Target{"desk": {Name: "desk", Recipients: []string{""}}}, nil
	}
	for _, d := range x.route() {
		kinds, texts = append(kinds, d.Message.Headline), append(texts, d.Message.Reason)
	}
	return kinds, texts
}

func (x *teller) channel(name string) store.ChannelState {
	x.t.Helper()
	all, err := x.db.ChannelStates(x.t.Context())
	x.must(err)
	for _, c := range all {
		if c.Channel == name {
			return c
		}
	}
	return store.ChannelState{}
}

var errNotInvited = &notify.Misconfigured{Remedy: "Write “/invite @EntityWatch” in #trade.", Err: errors.New("slack: not_in_channel")}

func pausedIsToldOnceAndNothingIsLost(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	invited := false
	x.ops.fail = func(int) error {
		if invited {
			return nil
		}
		return errNotInvited
	}
	for i := range 5 {
		x.add(fmt.Sprintf("case-%d", i), 0, fmt.Sprintf("Foo %d", i))
	}
	x.route()
	x.must(x.disp.Drain(t.Context(), 4*time.Hour))
	if c := x.channel("ops"); c.Waiting != 5 || c.Dead != 0 || len(c.Pauses) != 1 {
		t.Fatalf("%+v", c)
	}
	if x.ops.n > 20 {
		t.Errorf("%d attempts in four hours on a channel that refuses us", x.ops.n)
	}
	kinds, texts := x.notices()
	if len(texts) != 1 || !strings.Contains(texts[0], "/invite @EntityWatch") || !strings.Contains(texts[0], "retry --channel ops") {
		t.Fatalf("%v %q", kinds, texts)
	}
	invited = true
	x.must(db.Reached(t.Context(), "ops", "", time.Now())) // as the sample of "test ops" does
	x.must(x.disp.Drain(t.Context(), 0))
	if len(x.ops.got) != 5 {
		t.Errorf("%d of 5 arrived at once: %v", len(x.ops.got), x.ops.headlines())
	}
	if kinds, _ := x.notices(); len(kinds) != 1 || kinds[0] != "ops takes messages again" {
		t.Errorf("%v", kinds)
	}
}

// The sample goes out with another token than the daemon has, as one does from a shell with a new environment: what waits must go on waiting.
func pausedOutlastsASampleWithAnotherToken(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	x.ops.fail = func(int) error { return errNotInvited }
	for i := range 3 {
		x.add(fmt.Sprintf("case-%d", i), 0, fmt.Sprintf("Foo %d", i))
	}
	x.route()
	x.must(x.disp.Drain(t.Context(), 0))
	for range 3 {
		time.Sleep(time.Minute)
		x.must(db.Reached(t.Context(), "ops", "", time.Now()))
		x.must(x.disp.Drain(t.Context(), time.Minute))
	}
	if c := x.channel("ops"); c.Waiting != 3 || c.Dead != 0 || len(c.Pauses) != 1 {
		t.Errorf("%+v", c)
	}
}

func pausedIsGivenUpTogether(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	x.disp.GiveUp = 6 * time.Hour
	broken := true
	x.ops.fail = func(int) error {
		if broken {
			return errNotInvited
		}
		return nil
	}
	for i := range 30 {
		x.add(fmt.Sprintf("case-%d", i), 0, fmt.Sprintf("Foo %d", i))
	}
	x.route()
	x.must(x.disp.Drain(t.Context(), 5*time.Hour))
	if c := x.channel("ops"); c.Dead != 0 || c.Waiting != 30 {
		t.Fatalf("before its time: %+v", c)
	}
	x.must(x.disp.Drain(t.Context(), 8*time.Hour))
	if c := x.channel("ops"); c.Dead != 30 || c.Waiting != 0 {
		t.Fatalf("after its time: %+v", c)
	}
	if kinds, texts := x.notices(); len(texts) > 3 {
		t.Errorf("%d messages for one fault: %v %q", len(texts), kinds, texts)
	}
	broken = false
	ids, err := db.RetryChannel(t.Context(), "ops", time.Now())
	x.must(err)
	x.must(x.disp.Drain(t.Context(), 0))
	if len(ids) != 30 || len(x.ops.got) != 30 {
		t.Errorf("%d put back, %d arrived", len(ids), len(x.ops.got))
	}
	if _, _, err := db.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func givenUpIsToldOnce(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	x.disp.GiveUp = time.Hour
	x.ops.fail = func(int) error { return &notify.Temporary{Err: errors.New("connection refused")} }
	for i := range 20 {
		x.add(fmt.Sprintf("case-%d", i), 0, fmt.Sprintf("Foo %d", i))
	}
	x.route()
	x.must(x.disp.Drain(t.Context(), 3*time.Hour))
	if c := x.channel("ops"); c.Dead != 20 {
		t.Errorf("%+v", c)
	}
	if _, texts := x.notices(); len(texts) == 0 || len(texts) > 2 || !strings.Contains(texts[0], "retry --channel ops") {
		t.Errorf("%d messages: %q", len(texts), texts)
	}
}

// poisoned refuses the messages that name a party, whatever is configured.
type poisoned struct{ recorder }

// Send implements notify.Channel.
func (p *poisoned) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	if strings.Contains(m.Headline, "Poison") {
		return notify.Receipt{}, &notify.Misconfigured{Err: errors.New("400 Bad Request")}
	}
	return p.recorder.Send(ctx, m)
}

func pausedByAMessageAlone(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	bad := &poisoned{}
	x.disp = &notify.Dispatcher{Outbox: db, Channels: map[string]notify.Channel{"ops": bad}, Owner: "me"}
	for i, name := range []string{"A Poison", "Foo", "Bar", "Baz"} {
		x.add(fmt.Sprintf("case-%d", i), 0, name)
	}
	x.route()
	x.must(x.disp.Drain(t.Context(), 2*time.Hour))
	if c := x.channel("ops"); len(bad.got) != 3 || c.Dead != 1 || c.Waiting != 0 || len(c.Pauses) != 0 {
		t.Errorf("%v, %+v", bad.headlines(), c)
	}
}

func pausedForOneRecipient(t *testing.T, db Telling) {
	x := newTeller(t, db, all())
	x.mail.fail = func(n int) error {
		if n == 0 {
			return &notify.Misconfigured{Recipient: "a@example.com", Err: errors.New("550 no such user")}
		}
		return nil
	}
	x.add("case-1", 0, "Foo")
	x.add("case-2", 0, "Bar")
	x.route()
	x.must(x.disp.Drain(t.Context(), 0))
	if got := x.mail.got; len(got) != 2 || got[0].Recipient != "b@example.com" || got[1].Recipient != "b@example.com" {
		t.Errorf("%v", x.mail.headlines())
	}
	if c := x.channel("mail"); c.Waiting != 2 || len(c.Pauses) != 1 || c.Pauses[0].Recipient != "a@example.com" {
		t.Errorf("%+v", c)
	}
}

// A case of 460 messages is being sent, one a second; small ones come and must not wait behind it, nor may it wait for ever.
func turnsSmallCasesPassALargeOne(t *testing.T, db Telling) {
	x := newTeller(t, db)
	plan := func(dels ...notify.Delivery) {
		x.write(func(tx watcher.Tx) error {
			return tx.AddNotice(watcher.Notice{ID: dels[0].ID, Kind: "problem", At: time.Now()})
		})
		_, err := db.Route(t.Context(), time.Now(), 0, func(notify.Pending) notify.Plan { return notify.Plan{Deliveries: dels} })
		x.must(err)
	}
	message := func(caseID string, part int) notify.Delivery {
		d := notify.Delivery{Channel: "ops", Kind: notify.KindAlert, Case: caseID, Part: part,
			Message: notify.Message{Headline: fmt.Sprintf("%s %d", caseID, part)}}
		d.ID = notify.DeliveryID(d)
		return d
	}
	var large []notify.Delivery
	for i := range 460 {
		large = append(large, message("large", i+1))
	}
	plan(large...)
	x.disp.Every = map[string]time.Duration{"ops": time.Second}
	x.must(x.disp.Drain(t.Context(), 30*time.Second))
	began := len(x.ops.got)
	for i := range 5 {
		plan(message(fmt.Sprintf("small-%d", i), 1), message(fmt.Sprintf("small-%d", i), 2))
	}
	x.must(x.disp.Drain(t.Context(), 460*time.Second))
	got := x.ops.headlines()
	if len(got) != 470 {
		t.Fatalf("%d sent", len(got))
	}
	for i, h := range got[began : began+10] {
		if !strings.Contains(h, "small-") {
			t.Errorf("message %d after the small ones came is %q", i, h)
		}
	}
	part := 0
	for _, h := range got {
		var n int
		if _, err := fmt.Sscanf(h, "alert: large %d", &n); err == nil {
			if n != part+1 {
				t.Fatalf("part %d follows part %d", n, part)
			}
			part = n
		}
	}
}

// slow is a channel whose other side was still at work when the sender died: the message shows up in its history only later.
type slow struct {
	recorder
	shows time.Time
	looks []time.Time
}

// Find implements notify.Finder.
func (s *slow) Find(context.Context, notify.Message) (notify.Receipt, bool, error) {
	s.looks = append(s.looks, time.Now())
	return notify.Receipt{ID: "1"}, !time.Now().Before(s.shows), nil
}

// Limits implements notify.Limited.
func (s *slow) Limits() notify.Limits { return notify.Limits{Remote: true} }

func restsBeforeItIsJudged(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	other := &slow{shows: time.Now().Add(30 * time.Second)}
	x.add("case-1", 0, "Foo")
	x.route()
	died := &notify.Dispatcher{Outbox: dying{db}, Channels: map[string]notify.Channel{"ops": other}, Owner: "dead"}
	if err := died.Drain(t.Context(), 0); err == nil {
		t.Fatal("it did not die")
	}
	other.got = nil              // the send went nowhere by itself: the other side shows it later
	time.Sleep(18 * time.Second) // in which the process lived, and waited for the answer
	_, err := db.ReleaseDeadLeases(t.Context(), time.Now().Add(20*time.Second), func(string) bool { return true })
	x.must(err)
	again := &notify.Dispatcher{Outbox: db, Channels: map[string]notify.Channel{"ops": other}, Owner: "me"}
	x.must(again.Drain(t.Context(), time.Minute))
	if len(other.got) != 0 || len(other.looks) != 1 {
		t.Errorf("sent again %d times, looked at %v", len(other.got), other.looks)
	}
	if c := x.channel("ops"); c.Waiting != 0 {
		t.Errorf("%+v", c)
	}
}

// dying is an outbox whose process dies after the send and before the record.
type dying struct{ Telling }

// Record implements notify.Outbox.
func (dying) Record(context.Context, notify.Outcome) error { return errors.New("died") }

func triedAnewIsLookedForFromTheStart(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	x.disp.GiveUp = time.Hour
	x.add("case-1", 0, "Foo")
	dels := x.route()
	first := time.Now()
	x.ops.fail = func(int) error { return &notify.Unknown{Err: errors.New("cut off")} }
	x.must(x.disp.Drain(t.Context(), 3*time.Hour))
	time.Sleep(24 * time.Hour)
	x.must(db.Retry(t.Context(), dels[0].ID, time.Now()))
	d, err := db.Lease(t.Context(), notify.Lease{Channel: "ops", Owner: "me", Now: time.Now(), Scenario: time.Now(), Until: time.Now().Add(time.Minute)})
	x.must(err)
	if d == nil || !d.Doubtful || d.Message.Since.After(first) {
		t.Errorf("%+v", d)
	}
}

func leftAndCameBack(t *testing.T, db Telling) {
	x := newTeller(t, db)
	team := "Trade@Example.com"
	for _, digest := range []string{"", "weekly"} {
		x.must(db.Unsubscribe(t.Context(), notify.Subscription{Channel: "mail", Recipient: team, Digest: digest}, time.Now()))
	}
	_, texts := x.notices()
	if len(texts) != 2 || !strings.Contains(texts[0], "subscriptions restore "+team) {
		t.Errorf("%q", texts)
	}
	back, err := db.Resubscribe(t.Context(), notify.Subscription{Channel: "mail", Recipient: team, Digest: "weekly"}, "the link", time.Now())
	if err != nil || len(back) != 1 || back[0].Digest != "weekly" {
		t.Errorf("%v %v", back, err)
	}
	back, err = db.Resubscribe(t.Context(), notify.Subscription{Recipient: "trade@example.com"}, "alice", time.Now())
	if err != nil || len(back) != 1 || back[0].Digest != "" {
		t.Errorf("%v %v", back, err)
	}
	gone, err := db.Unsubscribed(t.Context())
	if len(gone) != 0 || err != nil {
		t.Errorf("%v %v", gone, err)
	}
	if _, texts := x.notices(); len(texts) != 2 || !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, "alice") }) {
		t.Errorf("%q", texts)
	}
}

func remindsOfNothingRetracted(t *testing.T, db Telling) {
	r := all()
	r.Acknowledge = &notify.Acknowledge{Within: 4 * time.Hour, Escalate: []string{"ops"}}
	x := newTeller(t, db, r)
	for _, id := range []string{"withdrawn", "taken-back", "stands"} {
		x.add(id, 0, "Party of "+id)
	}
	x.route()
	x.write(func(tx watcher.Tx) error {
		c, _, err := tx.Case("withdrawn")
		if err != nil {
			return err
		}
		c.Status = diff.Withdrawn
		if err := tx.SaveCase(c); err != nil {
			return err
		}
		gone := diff.Change{ID: "chg-Party of taken-back", Revision: 1, Change: diff.Added, Substantive: true, List: diff.EntityList,
			Name: "Party of taken-back", Case: "taken-back", DetectedAt: time.Now()}
		return tx.AddChange(watcher.StoredChange{Change: gone, Retracted: "read wrongly", RecordedAt: time.Now()})
	})
	x.note("withdrawn", notify.NoteWithdrawn, "the filing was withdrawn")
	x.route()
	x.stage("stands", diff.Codified)
	x.add("stands", 0, "A further party")
	x.route()
	time.Sleep(5 * time.Hour)
	dels, err := x.router.Remind(t.Context(), db)
	x.must(err)
	if len(dels) != 1 || dels[0].Message.Case != "stands" {
		t.Fatalf("%d reminders: %+v", len(dels), dels)
	}
	m := dels[0].Message // as it stands by then, not as it was alerted
	if !slices.ContainsFunc(m.Stages, func(s notify.StageTime) bool { return s.Stage == diff.Codified }) || !strings.Contains(m.Headline, "2 added") {
		t.Errorf("%q, %v", m.Headline, m.Stages)
	}
}
