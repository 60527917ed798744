package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"entitywatch/store"
)

// The backup that docs/OPERATING.md describes, made while the database is written to, is a whole database of one moment; restoring it as
// described there, over a database whose log was left behind, brings exactly that moment back.
func TestBackupOfADatabaseInUseIsWhole(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "e.db"), filepath.Join(dir, "copy.db")
	db := openAt(t, path)
	note := func(db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.Audit(time.Now(), "note", nil) })
		if err != nil {
			t.Error(err)
		}
	}
	for range 20 {
		note(db)
	}
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				note(db)
			}
		}
	})
	backup(t, path, copied)
	close(stop)
	wg.Wait()
	n, last := chain(t, openAt(t, copied))
	if all, _ := chain(t, db); n < 20 || n > all {
		t.Errorf("the copy has %d notes, the database %d", n, all)
	}
	for _, f := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(f); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	backup(t, copied, path)
	restored := openAt(t, path)
	if m, end := chain(t, restored); m != n || end != last {
		t.Errorf("restored %d notes that end with %s, want %d and %s", m, end, n, last)
	}
	note(restored)
}

func backup(t *testing.T, from, to string) {
	t.Helper()
	db, err := sql.Open("sqlite", from)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "PRAGMA busy_timeout = 10000"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "VACUUM INTO ?", to); err != nil {
		t.Fatal(err)
	}
}

func chain(t *testing.T, db *store.DB) (n int64, last string) {
	t.Helper()
	n, last, err := db.VerifyAudit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n, last
}
