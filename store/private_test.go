package store_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/store"
)

// The database holds counterparties and the key of unsubscribe links: nobody else on the machine may read it, its WAL or its index.
func TestDatabaseFilesAreForTheirOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "e.db")
	db := openAt(t, path)
	write := func(db *store.DB) {
		t.Helper()
		err := db.Write(context.Background(), func(tx *store.Tx) error { return tx.Audit(time.Now(), "note", nil) })
		if err != nil {
			t.Fatal(err)
		}
	}
	write(db)
	closed(t, path, 3)

	// as an earlier version left them
	for _, f := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Chmod(f, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(openAt(t, path))
	closed(t, path, 3)
}

func closed(t *testing.T, path string, want int) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) != want {
		t.Fatalf("files %v, %v, want %d", files, err, want)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != fs.FileMode(0o600) {
			t.Errorf("%s has mode %04o", filepath.Base(f), mode)
		}
	}
}
