package store

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// A database that another program keeps locked is said in words, with what to do; the engine's error stays within.
func TestALockedDatabaseIsSaidInWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ew.db")
	begin := func() error {
		db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(0)&_txlock=exclusive")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		_, err = db.BeginTx(t.Context(), nil)
		return err
	}
	if err := begin(); err != nil {
		t.Fatal(err)
	}
	err := remedied(path, begin())
	var f *Fault
	if !errors.As(err, &f) || !strings.Contains(err.Error(), "another program holds "+path+" locked") || !isBusy(err) {
		t.Errorf("a locked database: %v", err)
	}
}
