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
