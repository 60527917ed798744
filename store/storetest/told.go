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

func toldACaseIsToldOnceAndItsStagesFollow(t *testing.T, db Telling) {
	x := newTeller(t, db, all(), notify.Rule{Name: "again", Send: []string{"mail"}, Severity: notify.High})
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
		"alert: Entity List: 2 added (Canada)", "update: Now published: Entity List: 2 added (Canada)",
		"update: Further: Entity List: 1 added: Late Ltd. (Canada)", "update: Read again: Entity List: 1 added: Foo (Canada); 2 others as told before",
		"retraction: RETRACTED: Entity List: 2 added (Canada)",
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
}

func toldReportsFollowTheAlertOnce(t *testing.T, db Telling) {
	x := newTeller(t, db, all())
	report := func(id string) {
		t.Helper()
		x.must(db.SaveCaseNews(t.Context(), "case-1", notify.NewsRef{ID: id, Title: "Report " + id}, time.Now()))
	}
	report("n1")
	x.add("case-1", 0, "Foo")
	if dels := x.route(); len(dels) != 2 || len(dels[0].Message.News) != 1 {
		t.Fatalf("%d deliveries, want the alert with its report for each recipient", len(dels))
	}
	report("n1") // related again by a later reading
	if n := len(x.route()); n != 0 {
		t.Fatalf("%d deliveries of a report that the alert carried", n)
	}
	for _, id := range []string{"n2", "n3"} {
		report(id)
		dels := x.route()
		if len(dels) != 2 || dels[0].Kind != notify.KindUpdate || dels[0].Message.Headline != "In the news: Report "+id {
			t.Fatalf("%s: %+v", id, dels)
		}
		if n := len(x.route()); n != 0 {
			t.Errorf("%d deliveries of a report that was told", n)
		}
	}
	x.drain()
	for _, m := range x.mail.got {
		if (m.Thread == nil) != (m.Kind == notify.KindAlert) {
			t.Errorf("%s is outside the Case's thread", m.Headline)
		}
	}
}

func toldStagesLimitUpdatesOnly(t *testing.T, db Telling) {
	r := all()
	r.Stages = []diff.Stage{diff.Effective}
	x := newTeller(t, db, r)
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
}

func toldWhatNobodyHeardIsNotRetracted(t *testing.T, db Telling) {
	x := newTeller(t, db, notify.Rule{Name: "china", Countries: []string{"CN"}, Send: []string{"mail"}})
	x.add("case-1", 0, "Foo")
	x.note("case-1", "withdrawn", "withdrawn")
	if n := len(x.route()); n != 0 {
		t.Errorf("%d deliveries", n)
	}
}

func toldADocumentThatCannotBeReadIsTold(t *testing.T, db Telling) {
	x := newTeller(t, db, notify.Rule{Name: "entity", Lists: []diff.ListID{diff.EntityList}, Countries: []string{"CN"}, Send: []string{"mail"}},
		notify.Rule{Name: "sdn", Lists: []diff.ListID{diff.SDN}, Send: []string{"ops"}})
	x.write(func(tx watcher.Tx) error {
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
	if got := x.mail.headlines()[2]; got != "update: Now published: Entity List: 2 added (Canada)" {
		t.Errorf("then its parties: %s", got)
	}
	if len(x.ops.got) != 0 || !slices.Contains(x.mail.got[0].NeedsHuman, "a table could not be read") {
		t.Errorf("ops %v, needs %v", x.ops.headlines(), x.mail.got[0].NeedsHuman)
	}
}

func toldEnrichmentIsWaitedForButNotLong(t *testing.T, db Telling) {
	x := newTeller(t, db, notify.Rule{Name: "ours", Counterparties: []string{"vendors"}, Send: []string{"ops"}}, all())
	x.router.Wait = 2 * time.Minute
	x.add("case-1", 0, "Foo", "Bar")
	if n := len(x.route()); n != 0 {
		t.Fatalf("%d deliveries before enrichment", n)
	}
	todo, err := x.db.Unenriched(t.Context())
	x.must(err)
	if len(todo) != 2 || todo[1].Change != "chg-Foo" {
		t.Fatalf("to enrich: %v", todo)
	}
	found := notify.Enrichment{Reading: todo[1], Hits: []notify.Hit{{Counterparties: "vendors", Name: "Foo GmbH", Score: 0.95}}}
	x.must(x.db.SaveEnrichments(t.Context(), time.Now(), found))
	left, err := x.db.Readings(t.Context(), todo...)
	x.must(err)
	if len(left) != 1 || left[0].ID != "chg-Bar" {
		t.Fatalf("still to enrich: %+v", left)
	}
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
}

func toldDeadLettersAreToldAndRetried(t *testing.T, db Telling) {
	x := newTeller(t, db, notify.Rule{Name: "all", Send: []string{"mail"}})
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
}

func toldOneChannelDelaysNoOther(t *testing.T, db Telling) {
	x := newTeller(t, db, notify.Rule{Name: "all", Send: []string{"mail", "ops"}})
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
}

func toldMutedDeliveriesAreLateNotLost(t *testing.T, db Telling) { // the bubble's clock begins at midnight UTC
	r := all()
	r.Mute = &notify.Mute{From: 22 * time.Hour, To: 6 * time.Hour, Location: time.UTC}
	x := newTeller(t, db, r)
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
}

func toldUnacknowledgedCasesAreEscalatedOnce(t *testing.T, db Telling) {
	r := all()
	r.Acknowledge = &notify.Acknowledge{Within: 4 * time.Hour, Escalate: []string{"ops"}}
	x := newTeller(t, db, r)
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
}

func toldOperatorNoticesAreToldOnce(t *testing.T, db Telling) {
	x := newTeller(t, db)
	n := watcher.Notice{ID: "n1", Kind: "held", Source: "entity-list", List: diff.EntityList, Text: "1,600 of 3,411 entries are missing", At: time.Now()}
	for range 2 {
		x.write(func(tx watcher.Tx) error { return tx.AddNotice(n) })
		x.route()
	}
	x.drain()
	if got := x.ops.headlines(); len(got) != 1 || got[0] != "operator: entity-list (Entity List) held: its answer is not believed" {
		t.Errorf("%v", got)
	}
}
