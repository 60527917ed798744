package storetest

import (
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/watcher"
)

// takeBack ends a case, as a publisher's word does: its status, a further row of every Change, and a note.
func (x *teller) takeBack(caseID, why string, names ...string) {
	x.t.Helper()
	x.write(func(tx watcher.Tx) error {
		c, _, err := tx.Case(caseID)
		if err != nil {
			return err
		}
		c.Status = diff.Withdrawn
		if err := tx.SaveCase(c); err != nil {
			return err
		}
		for _, n := range names {
			s, _, err := tx.Change("chg-" + n)
			if err != nil {
				return err
			}
			s.Change.Revision++
			if err := tx.AddChange(watcher.StoredChange{Change: s.Change, Retracted: why, RecordedAt: time.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	x.note(caseID, notify.NoteWithdrawn, why)
}

// toldDigestsShowCasesAsTheyStand: what was taken back within the period, or after an earlier digest, is shown as
// taken back; what only moved a stage is shown too; each once.
func toldDigestsShowCasesAsTheyStand(t *testing.T, db Telling) {
	x := newTeller(t, db)
	d := &notify.Digester{
		Store: x.db, Now: time.Now, Targets: x.router.Targets,
		Rules:   []notify.Rule{{Name: "all", Digest: []string{"hourly"}}},
		Digests: []notify.Digest{{Name: "hourly", Schedule: everyHour{}, Channel: "mail", To: []string{"legal@example.com"}}},
	}
	next := func() map[string]notify.ReportCase {
		t.Helper()
		time.Sleep(time.Hour)
		dels, err := d.Due(t.Context())
		x.must(err)
		cases := map[string]notify.ReportCase{}
		for _, del := range dels {
			for _, c := range del.Message.Digest.Cases {
				cases[c.Case] = c
			}
		}
		return cases
	}
	next()
	time.Sleep(time.Minute)
	x.add("case-gone", 0, "Gone Within The Period")
	x.add("case-later", 0, "Gone Later")
	x.add("case-moves", 0, "Moves On")
	x.route()
	time.Sleep(time.Minute)
	x.takeBack("case-gone", "withdrawn by its publisher", "Gone Within The Period")
	x.route()
	first := next()
	if c := first["case-gone"]; !strings.HasPrefix(c.Headline, "RETRACTED: ") || !strings.Contains(c.Reason, "withdrawn by its publisher") {
		t.Errorf("%+v", c)
	}
	if c := first["case-later"]; len(c.Items) != 1 || c.Items[0].Retracted != "" {
		t.Errorf("%+v", c)
	}
	time.Sleep(time.Minute)
	x.takeBack("case-later", "revoked", "Gone Later")
	x.stage("case-moves", diff.Published)
	x.route()
	second := next()
	if c := second["case-later"]; len(second) != 2 || !strings.HasPrefix(c.Headline, "RETRACTED: ") {
		t.Errorf("%d Cases, %+v", len(second), c)
	}
	if c := second["case-moves"]; c.Headline != "Now published: Entity List: 1 added: Moves On (Canada)" || len(c.Items) != 0 {
		t.Errorf("%+v", c)
	}
	if third := next(); len(third) != 0 {
		t.Errorf("told twice: %+v", third)
	}
	x.add("case-moves", 1, "Moves On")
	x.add("case-new", 1, "Read Twice Before Its First Digest")
	x.route()
	fourth := next()
	if c := fourth["case-moves"]; c.Headline != "Read again: Entity List: 1 added: Moves On (Canada)" {
		t.Errorf("what the digest told before is told as new: %+v", c)
	}
	if c := fourth["case-new"]; c.Headline != "Entity List: 1 added: Read Twice Before Its First Digest (Canada)" {
		t.Errorf("what the digest never told is told as known: %+v", c)
	}
}

// toldNoReminderFollowsARetraction, however late the alert's time is up.
func toldNoReminderFollowsARetraction(t *testing.T, db Telling) {
	x := newTeller(t, db)
	x.router.Rules = []notify.Rule{{
		Name: "all", Send: []string{"mail"}, Acknowledge: &notify.Acknowledge{Within: time.Hour, Escalate: []string{"mail"}},
	}}
	x.add("case-1", 0, "Gone")
	x.add("case-2", 0, "Holds")
	x.route()
	x.takeBack("case-1", "withdrawn", "Gone")
	x.route()
	time.Sleep(2 * time.Hour)
	dels, err := x.router.Remind(t.Context(), x.db)
	x.must(err)
	for _, d := range dels {
		if d.Case != "case-2" {
			t.Errorf("a reminder of %s: %s", d.Case, d.Message.Headline)
		}
	}
	if len(dels) == 0 {
		t.Error("nobody is reminded of what holds")
	}
}
