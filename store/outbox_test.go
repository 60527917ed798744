package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// inbox is a channel that keeps what it took.
type inbox struct {
	mu  sync.Mutex
	got []notify.Message
}

// Send implements notify.Channel.
func (r *inbox) Send(_ context.Context, m notify.Message) (notify.Receipt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, m)
	return notify.Receipt{ID: m.Delivery, Status: "ok"}, nil
}

// addCases stores n cases of one addition each, each with a later stage.
func addCases(tx watcher.Tx, n int) error {
	for i := range n {
		id := fmt.Sprintf("case-%d", i)
		if err := tx.SaveCase(diff.Case{ID: id, Status: diff.Open, OpenedAt: time.Now()}); err != nil {
			return err
		}
		c := diff.Change{ID: "chg-" + id, Change: diff.Added, Substantive: true, List: diff.EntityList, Name: id, Case: id, DetectedAt: time.Now()}
		if err := tx.AddChange(watcher.StoredChange{Change: c, RecordedAt: time.Now()}); err != nil {
			return err
		}
		if _, err := tx.AddStage(watcher.StageMark{Case: id, Stage: diff.Published, At: time.Now(), RecordedAt: time.Now()}); err != nil {
			return err
		}
	}
	return nil
}

// The process dies at 300 random statements while it routes and sends, and starts again each time: nothing is lost, and what the other
// side saw twice carries the same id.
func TestCrashesLoseNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const cases = 60
		died := errors.New("died")
		rng := rand.New(rand.NewPCG(1, 2))
		path := filepath.Join(t.TempDir(), "ew.db")
		mail := &inbox{}
		life := func(statements int) { // one process: it may execute so many statements
			db, err := store.Open(t.Context(), path, store.WithFault(func(string) error {
				if statements--; statements < 0 {
					return died
				}
				return nil
			}))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.ReleaseDeadLeases(t.Context(), time.Time{}, func(string) bool { return true }); err != nil && !errors.Is(err, died) {
				t.Fatal(err)
			}
			r := notify.Router{Store: db, Rules: []notify.Rule{{Name: "all", Send: []string{"mail"}}}, Now: time.Now,
				Targets: func(context.Context) (map[string]notify.Target, error) {
					return map[string]notify.Target{"mail": {Name: "mail", Recipients: []string{"a@example.com", "b@example.com"}}}, nil
				}}
			if _, err := r.Route(t.Context()); err == nil {
				(&notify.Dispatcher{Outbox: db, Channels: map[string]notify.Channel{"mail": mail}, Owner: fmt.Sprint(rng.Int())}).Drain(t.Context(), 0)
			} else if !errors.Is(err, died) {
				t.Fatal(err)
			}
		}
		db, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Maintain(t.Context(), func(tx watcher.Tx) error { return addCases(tx, cases) }); err != nil {
			t.Fatal(err)
		}
		db.Close()
		life(20) // dies while it routes: nothing is written by halves
		life(1_000)
		for range 298 {
			life(rng.IntN(25))
		}
		life(1_000_000)
		ids := map[string]string{}
		for _, m := range mail.got {
			key := m.Recipient + " " + m.Case
			if ids[key] != "" && ids[key] != m.Delivery {
				t.Errorf("%s was told as %s and as %s", key, ids[key], m.Delivery)
			}
			ids[key] = m.Delivery
		}
		if len(ids) != 2*cases {
			t.Errorf("%d of %d arrived", len(ids), 2*cases)
		}
		t.Logf("%d sends for %d deliveries", len(mail.got), len(ids))
	})
}
