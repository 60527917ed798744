package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/notify"
)

var errNoServer = &notify.Temporary{Err: errors.New("dial tcp 192.0.2.1:25: connection refused")}

// during sends and tells for some time, as the daemon does, and returns the headlines and texts that came to be told to the operators.
func (x *teller) during(span time.Duration) (headlines []string, told []notify.Delivery) {
	x.t.Helper()
	for until := time.Now().Add(span); time.Now().Before(until); time.Sleep(time.Minute) {
		x.must(x.disp.Drain(x.t.Context(), 0))
		x.must(x.router.TellFailing(x.t.Context(), x.db, time.Now(), 30*time.Minute))
		for _, d := range x.route() {
			if d.Kind == notify.KindOperator {
				told = append(told, d)
				headlines = append(headlines, d.Channel+": "+d.Message.Headline)
			}
		}
	}
	return headlines, told
}

// out has a channel refuse everything for the time being until it is called.
func (r *recorder) out(err error) (mend func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = func(int) error { return err }
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.fail = nil
	}
}

// A mail server that is down is told after half an hour, once, where somebody hears it, and so is its end; nothing is paused and nothing lost.
func failingIsToldOnceElsewhereAndItsEndToo(t *testing.T, db Telling) {
	x := newTeller(t, db, all())
	x.router.Operators = []string{"mail", "ops"}
	mend := x.mail.out(errNoServer)
	x.add("case-1", 0, "Foo")
	x.route()
	if got, _ := x.during(29 * time.Minute); len(got) > 0 {
		t.Errorf("before its time: %q", got)
	}
	x.add("case-2", 0, "Bar")
	x.route()
	got, told := x.during(6 * time.Hour)
	if !slices.Equal(got, []string{"ops: mail cannot send messages"}) {
		t.Fatalf("told %q", got)
	}
	for _, want := range []string{"since 2000-01-01 00:00 UTC (", "connection refused. 4 messages wait, the oldest since 2000-01-01 00:00 UTC.",
		"Ask whoever runs", "`entitywatch retry --channel mail`", "you hear"} {
		if !strings.Contains(told[0].Message.Reason, want) {
			t.Errorf("the message lacks %q: %s", want, told[0].Message.Reason)
		}
	}
	if c := x.channel("mail"); len(c.Pauses) > 0 || c.Waiting != 4 || c.Dead != 0 {
		t.Errorf("%+v", c)
	}
	mend()
	got, _ = x.during(2 * time.Hour)
	slices.Sort(got)
	if want := []string{"mail: mail can send messages again", "mail: mail can send messages again", "ops: mail can send messages again"}; !slices.Equal(got, want) {
		t.Errorf("told %q", got)
	}
	if rows, err := db.FailingChannels(t.Context()); len(rows) > 0 || err != nil {
		t.Errorf("%+v, %v", rows, err)
	}
	for _, h := range x.mail.headlines() {
		if strings.Contains(h, "cannot send") {
			t.Errorf("the mended channel is told late that it was broken: %q", h)
		}
	}
}

// A full mailbox is told of that address alone, on the same channel to those who can read; the others get their mail meanwhile.
func failingForOneRecipient(t *testing.T, db Telling) {
	x := newTeller(t, db, all())
	x.router.Operators = []string{"mail"}
	full := errors.New("email: 452 4.2.2 mailbox full")
	x.disp.Channels["mail"] = &choosy{recorder: x.mail, refuse: "b@example.com", err: &notify.Temporary{Err: full}}
	x.add("case-1", 0, "Foo")
	x.route()
	got, told := x.during(2 * time.Hour)
	if !slices.Equal(got, []string{"mail: mail to b@example.com cannot send messages"}) || told[0].Recipient != "a@example.com" {
		t.Fatalf("told %q %+v", got, told)
	}
	if n := len(x.mail.got); n != 2 {
		t.Errorf("%d mails to the address that works, want the alert and the notice: %q", n, x.mail.headlines())
	}
}

// Channels that fail together are one message, and so is their end; one success in between is no failure.
func failingTogetherIsOneMessage(t *testing.T, db Telling) {
	x := newTeller(t, db, all(), one())
	desk := &recorder{}
	x.disp.Channels["desk"] = desk
	x.router.Operators = []string{"desk"}
	targets := x.router.Targets
	x.router.Targets = withDesk(targets)
	mends := []func(){x.mail.out(errNoServer), x.ops.out(&notify.Unknown{Err: errors.New("slack: timeout")})}
	x.add("case-1", 0, "Foo")
	x.route()
	got, told := x.during(2 * time.Hour)
	if !slices.Equal(got, []string{"desk: 2 channels cannot send messages"}) || !strings.Contains(told[0].Message.Reason, "\nops: no message") {
		t.Fatalf("told %q %+v", got, told)
	}
	for _, mend := range mends {
		mend()
	}
	if got, _ := x.during(time.Hour); !slices.Equal(got, []string{"desk: 2 channels can send messages again"}) {
		t.Errorf("told %q", got)
	}
	n := 0
	x.mail.fail = func(int) error { // every third attempt is taken
		if n++; n%3 == 0 {
			return nil
		}
		return errNoServer
	}
	for i := range 30 {
		x.add(fmt.Sprintf("more-%d", i), 0, fmt.Sprintf("Bar %d", i))
		x.route()
		if got, _ := x.during(10 * time.Minute); len(got) > 0 {
			t.Fatalf("a channel that works now and then is told: %q", got)
		}
	}
}

// Where no channel of the operators works, that is an error for the log, and they hear of it all when one does.
func failingWithNobodyToTell(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	mend := x.ops.out(errNoServer)
	x.add("case-1", 0, "Foo")
	x.route()
	var said []string
	for range 60 {
		x.must(x.disp.Drain(t.Context(), 0))
		x.must(x.router.TellFailing(t.Context(), db, time.Now(), 30*time.Minute))
		if _, err := x.router.Route(t.Context()); err != nil {
			said = append(said, err.Error())
		}
		time.Sleep(time.Minute)
	}
	if len(said) != 1 || !strings.Contains(said[0], "none of the operators' channels works") {
		t.Errorf("said %q", said)
	}
	mend()
	if got, told := x.during(time.Hour); !slices.Equal(got, []string{"ops: ops can send messages again"}) || !strings.Contains(told[0].Message.Reason, "since 2000-01-01") {
		t.Errorf("told %q", got)
	}
}

// A daemon that was down tries before it tells: what failed for a minute in the evening works in the morning.
func failingIsNotToldForTheTimeNobodyTried(t *testing.T, db Telling) {
	x := newTeller(t, db, all())
	mend := x.mail.out(errNoServer)
	x.add("case-1", 0, "Foo")
	x.route()
	x.during(time.Minute)
	time.Sleep(12 * time.Hour)
	x.must(x.router.TellFailing(t.Context(), db, time.Now(), 30*time.Minute))
	mend()
	if got, _ := x.during(time.Hour); len(got) > 0 {
		t.Errorf("told %q", got)
	}
}

// choosy refuses one recipient.
type choosy struct {
	*recorder
	refuse string
	err    error
}

// Send refuses the messages for one recipient and keeps the others.
func (c *choosy) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	if m.Recipient == c.refuse {
		return notify.Receipt{}, c.err
	}
	return c.recorder.Send(ctx, m)
}

// withDesk has one more channel, "desk".
func withDesk(targets func(context.Context) (map[string]notify.Target, error)) func(context.Context) (map[string]notify.Target, error) {
	return func(ctx context.Context) (map[string]notify.Target, error) {
		all, err := targets(ctx)
		if err == nil {
			all["desk"] = notify.Target{Name: "desk", Recipients: []string{""}}
		}
		return all, err
	}
}
