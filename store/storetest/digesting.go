package storetest

import (
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/watcher"
)

// everyHour is a schedule.
type everyHour struct{}

// Next is the next full hour after t.
func (everyHour) Next(t time.Time) time.Time { return t.Truncate(time.Hour).Add(time.Hour) }

func toldDigestsCoverEveryCommitOnce(t *testing.T, db Telling) {
	x := newTeller(t, db)
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
	x.write(func(tx watcher.Tx) error { // a commit that was stamped before the cut-off and came after it
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
	if len(empty) != 1 || !strings.Contains(empty[0].Message.Headline, "nothing was checked") {
		t.Errorf("%+v", empty)
	}
	d.Digests[0].SkipEmpty = true
	time.Sleep(time.Hour)
	if n := len(due()); n != 0 {
		t.Errorf("skip_empty: %d sent", n)
	}
}
