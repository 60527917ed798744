package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"entitywatch/notify"
)

// refused has the alerts of n Cases wait on the channel ops, which refuses us until invite is called.
func (x *teller) refused(n int) (invite func()) {
	invited := false
	x.ops.fail = func(int) error {
		if invited {
			return nil
		}
		return errNotInvited
	}
	for i := range n {
		x.add(fmt.Sprintf("case-%d", i), 0, fmt.Sprintf("Foo %d", i))
	}
	x.route()
	return func() { invited = true }
}

func pausedIsToldOnceAndNothingIsLost(t *testing.T, db Telling) {
	x := newTeller(t, db, one())
	invite := x.refused(5)
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
	invite()
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
	x.refused(3)
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
	invite := x.refused(30)
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
	invite()
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
