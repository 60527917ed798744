package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entitywatch/store"
)

func open(t *testing.T, opts ...store.Option) *store.DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "a b?c#.db"), opts...)
}

func openAt(t *testing.T, path string, opts ...store.Option) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), path, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestOpenSetsPragmasOnEveryConnection(t *testing.T) {
	db := open(t)
	for pragma, want := range map[string]string{"foreign_keys": "1", "busy_timeout": "10000", "journal_mode": "wal", "synchronous": "1"} {
		for name, in := range map[string]func(context.Context, func(*store.Tx) error) error{"write": db.Write, "read": db.Read} {
			var got string
			err := in(context.Background(), func(tx *store.Tx) error {
				_, err := tx.Get([]any{&got}, "PRAGMA "+pragma)
				return err
			})
			if err != nil || got != want {
				t.Errorf("%s handle: PRAGMA %s = %q, %v, want %q", name, pragma, got, err, want)
			}
		}
	}
}

func TestReadersCannotWrite(t *testing.T) {
	err := open(t).Read(context.Background(), func(tx *store.Tx) error { return tx.Audit(time.Now(), "x", nil) })
	if err == nil {
		t.Fatal("a read transaction wrote")
	}
}

func TestOpenRefuses(t *testing.T) {
	for dsn, want := range map[string]string{
		"": "no database", "postgres://x/y": "PostgreSQL", ":memory:": "by its path", t.TempDir(): "is a folder; name a file in it",
	} {
		if _, err := store.Open(context.Background(), dsn); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q) = %v, want an error with %q", dsn, err, want)
		}
	}
}

func TestOpenRefusesNewerSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	db := openAt(t, path)
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := store.Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Fatalf("Open of a newer schema: %v", err)
	}
}

func TestWriteRollsBack(t *testing.T) {
	db := open(t)
	boom := errors.New("boom")
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		if err := tx.Audit(time.Now(), "lost", nil); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatalf("Write = %v, want boom", err)
	}
	if n, _, err := db.VerifyAudit(context.Background()); n != 0 || err != nil {
		t.Fatalf("after a failed write the chain has %d records, %v", n, err)
	}
}

func TestAuditChain(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	tamper := func(query string) {
		t.Helper()
		if err := db.Write(ctx, func(tx *store.Tx) error { _, err := tx.Exec(query); return err }); err != nil {
			t.Fatal(err)
		}
	}
	err := db.Write(ctx, func(tx *store.Tx) error {
		for _, name := range []string{"first", "<second>", "third"} {
			if err := tx.Audit(time.Unix(1700000000, 0), "note", map[string]string{"name": name}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, last, err := db.VerifyAudit(ctx); n != 3 || len(last) != 64 || err != nil {
		t.Fatalf("VerifyAudit = %d, %q, %v", n, last, err)
	}
	tamper(`UPDATE audit SET canonical_json = replace(canonical_json, 'second', 'zweite')`)
	var broken *store.BrokenChain
	if _, _, err := db.VerifyAudit(ctx); !errors.As(err, &broken) || broken.Seq != 2 {
		t.Fatalf("a changed record: %v", err)
	}
	tamper(`DELETE FROM audit WHERE seq = 2`)
	if _, _, err := db.VerifyAudit(ctx); !errors.As(err, &broken) || broken.Seq != 2 {
		t.Fatalf("a removed record: %v", err)
	}
}
