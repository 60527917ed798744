package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"entitywatch/store"
)

// Several processes that meet on a new database bring its schema up together, whichever is faster at each step.
func TestSeveralOpenANewDatabaseAtOnce(t *testing.T) {
	for round := range 4 {
		path := filepath.Join(t.TempDir(), "new.db")
		begin := make(chan struct{})
		var wg sync.WaitGroup
		errs := make([]error, 3)
		for i := range errs {
			wg.Go(func() {
				<-begin
				db, err := store.Open(context.Background(), path)
				if err == nil {
					_, err = db.SigningKey(context.Background())
					err = errors.Join(err, db.Close())
				}
				errs[i] = err
			})
		}
		close(begin)
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
	}
}

// fill writes enough that the database has many pages of records.
func fill(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		for i := range 500 {
			if err := tx.Audit(time.Unix(1700000000, 0), "note", map[string]string{"text": strings.Repeat(fmt.Sprint(i), 300)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A damaged page is found, wherever it lies, and said in words that a person can act on; so is what meets it.
func TestADamagedPageIsFoundAndSaidInWords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ew.db")
	db := openAt(t, path)
	fill(t, db)
	if err := db.Damage(context.Background()); err != nil {
		t.Fatalf("a whole database: %v", err)
	}
	if err := db.Close(); err != nil { // which moves everything into the file
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	rng, met := 0, false
	for at := len(whole) / page / 2; at < len(whole)/page && rng < 20; at, rng = at+3, rng+1 {
		broken := append([]byte(nil), whole...)
		for i := range page {
			broken[at*page+i] = 0xA5
		}
		file := filepath.Join(t.TempDir(), "broken.db")
		if err := os.WriteFile(file, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		db := openAt(t, file)
		inWords(t, db.Damage(context.Background()))
		if _, _, err := db.VerifyAudit(context.Background()); err != nil {
			met = true
			inWords(t, err)
		}
		db.Close()
	}
	if !met {
		t.Error("no page of the trail was damaged: the test damages the wrong pages")
	}
}

func inWords(t *testing.T, err error) {
	t.Helper()
	var f *store.Fault
	if !errors.As(err, &f) || !strings.Contains(err.Error(), "is damaged; stop the daemon") {
		t.Errorf("a damaged page: %v", err)
	}
}

// What is written after the file was deleted or replaced is lost: it must not go unnoticed.
func TestADatabaseThatIsGoneIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ew.db")
	db := openAt(t, path)
	if err := db.Present(); err != nil {
		t.Fatalf("a database that is there: %v", err)
	}
	if err := os.Rename(path, path+".moved"); err != nil {
		t.Fatal(err)
	}
	if err := db.Present(); err == nil || !strings.Contains(err.Error(), "deleted or moved") {
		t.Errorf("moved away: %v", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Present(); err == nil || !strings.Contains(err.Error(), "another file") {
		t.Errorf("replaced: %v", err)
	}
}

// A full disk fails the write, in words, and writing goes on when there is room again.
func TestAFullDiskIsSaidInWordsAndPasses(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "ew.db"))
	limit := func(pages string) {
		t.Helper()
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			var n int
			_, err := tx.Get([]any{&n}, "PRAGMA max_page_count = "+pages)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit("1") // the least that holds what is there already
	big := map[string]string{"text": strings.Repeat("x", 1<<20)}
	write := func() error {
		return db.Write(context.Background(), func(tx *store.Tx) error { return tx.Audit(time.Now(), "note", big) })
	}
	err := write()
	var f *store.Fault
	if !errors.As(err, &f) || !strings.Contains(err.Error(), "is full; make room") {
		t.Fatalf("a full disk: %v", err)
	}
	limit("1000000")
	if err := write(); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
