package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"entitywatch/notify"
	"entitywatch/store"
)

// cpuTime is the CPU time of all cores that this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// filled is a database with so many deliveries that were sent, and so many parts of one case that wait, each with a message of 11 kB.
func filled(b *testing.B, sent, waiting int) *store.DB {
	b.Helper()
	db, err := store.Open(context.Background(), filepath.Join(b.TempDir(), "e.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	text := strings.Repeat("A party of the list. ", 550)
	var all []notify.Delivery
	for i := range sent + waiting {
		d := notify.Delivery{Channel: "old", Kind: notify.KindAlert, Case: fmt.Sprint("case-", i/20), Part: i%20 + 1, Message: notify.Message{Reason: text}}
		if i >= sent {
			d.Channel, d.Case, d.Part = "trade", "mass", i-sent+1
		}
		d.ID = notify.DeliveryID(d)
		all = append(all, d)
	}
	if err := db.Notify(b.Context(), notify.Notice{ID: "n", Kind: "problem", At: time.Now()}); err != nil {
		b.Fatal(err)
	}
	if _, err := db.Route(b.Context(), time.Now(), 0, func(notify.Pending) notify.Plan { return notify.Plan{Deliveries: all} }); err != nil {
		b.Fatal(err)
	}
	err = db.Write(b.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE deliveries SET state = 'sent', receipt = '{}' WHERE channel = 'old'`)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// perOp reports the CPU time of one round of f.
func perOp(b *testing.B, f func()) {
	b.Helper()
	start, n := cpuTime(), 0
	for b.Loop() {
		f()
		n++
	}
	b.ReportMetric(float64((cpuTime()-start).Microseconds())/1000/float64(n), "cpu-ms/op")
}

// BenchmarkNextDelivery is what the dispatcher asks before a send, the lease and its record, while so many deliveries wait.
func BenchmarkNextDelivery(b *testing.B) {
	for _, waiting := range []int{1, 460, 25000} {
		b.Run(fmt.Sprint(waiting), func(b *testing.B) {
			db := filled(b, 0, waiting)
			now := time.Now().Add(24 * time.Hour)
			perOp(b, func() {
				if at, err := db.NextDue(b.Context(), "trade", now, now); err != nil || at.IsZero() {
					b.Fatal(at, err)
				}
				d, err := db.Lease(b.Context(), notify.Lease{Channel: "trade", Owner: "me", Now: now, Scenario: now, Until: now.Add(time.Minute)})
				if err != nil || d == nil {
					b.Fatal(d, err)
				}
				if err := db.Record(b.Context(), notify.Outcome{ID: d.ID, Owner: "me", State: notify.Failed, NotBefore: now, At: now}); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

// BenchmarkChannelStates is what health, metrics and the status page read of the outbox.
func BenchmarkChannelStates(b *testing.B) {
	for _, sent := range []int{1000, 50000} {
		b.Run(fmt.Sprint(sent), func(b *testing.B) {
			db := filled(b, sent, 20)
			perOp(b, func() {
				all, err := db.ChannelStates(b.Context())
				if err != nil || len(all) != 1 || all[0].Waiting != 20 {
					b.Fatal(all, err)
				}
			})
		})
	}
}
