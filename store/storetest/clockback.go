package storetest

import (
	"fmt"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/watcher"
)

// digestsWhenTheClockIsSetBack: an hourly digest goes on within the hour, whatever was covered is not told again, and nothing is lost.
func digestsWhenTheClockIsSetBack(t *testing.T, db Telling) {
	x := newTeller(t, db)
	offset := time.Duration(0)
	clock := func() time.Time { return time.Now().Add(offset) }
	d := &notify.Digester{
		Store: db, Now: clock, Targets: x.router.Targets,
		Rules:   []notify.Rule{{Name: "all", Digest: []string{"hourly"}}},
		Digests: []notify.Digest{{Name: "hourly", Schedule: everyHour{}, Channel: "mail", To: []string{"legal@example.com"}}},
	}
	told := map[string]int{}
	digests, n := 0, 0
	hour := func() { // a change in the middle of it, and a look each five minutes whether a digest is due
		for minute := range 12 {
			if minute == 6 {
				n++
				id := fmt.Sprintf("case-%d", n)
				x.write(func(tx watcher.Tx) error {
					if err := tx.SaveCase(diff.Case{ID: id, Status: diff.Open, OpenedAt: clock()}); err != nil {
						return err
					}
					return tx.AddChange(watcher.StoredChange{RecordedAt: clock(), Change: diff.Change{ID: "chg-" + id, Change: diff.Added,
						Substantive: true, List: diff.EntityList, Name: id, Case: id, DetectedAt: clock()}})
				})
			}
			time.Sleep(5 * time.Minute)
			dels, err := d.Due(t.Context())
			x.must(err)
			for _, del := range dels {
				digests++
				for _, c := range del.Message.Digest.Cases {
					told[c.Case]++
				}
			}
		}
	}
	hour()
	for range 3 {
		hour()
	}
	offset = -26 * time.Hour
	for range 6 {
		hour()
	}
	offset = -27*time.Hour - 10*time.Minute // and once more, by a little
	for range 3 {
		hour()
	}
	offset = 0 // and put right
	for range 3 {
		hour()
	}
	for i := range n - 1 {
		if id := fmt.Sprintf("case-%d", i+1); told[id] != 1 {
			t.Errorf("%s was told %d times", id, told[id])
		}
	}
	if digests < 12 {
		t.Errorf("%d digests in 16 hours", digests)
	}
}
