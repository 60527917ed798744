package store

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher"
)

// A database of an earlier version has no fingerprints, or others: its entries are read, and get theirs.
func TestEntriesWithoutAFingerprintAreReadAndGetOne(t *testing.T) {
	db, err := Open(context.Background(), filepath.Join(t.TempDir(), "ew.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var shown []watcher.SourceEntry
	var believed []watcher.EntryVersion
	for i := range 2*readTogether + 1 {
		e := diff.Entry{List: diff.SDN, Key: diff.MakeIDKey(diff.SDN, fmt.Sprint(i)), EntryID: fmt.Sprintf("e%03d", i), Name: fmt.Sprint("Party ", i)}
		shown = append(shown, watcher.SourceEntry{Entry: e, Position: i, SeenAt: time.Unix(1, 0)})
		believed = append(believed, watcher.EntryVersion{Entry: e, RecordedFrom: time.Unix(1, 0)})
	}
	within := func(f func(tx *Tx) error) {
		t.Helper()
		if err := db.Write(context.Background(), f); err != nil {
			t.Fatal(err)
		}
	}
	within(func(tx *Tx) error {
		if err := tx.PutSourceEntries("csl", diff.SDN, shown, nil); err != nil {
			return err
		}
		return tx.AddVersions(believed...)
	})
	for _, set := range []string{`NULL`, `x'00'`} {
		within(func(tx *Tx) error {
			for _, table := range []string{"source_entries", "entry_versions"} {
				if _, err := tx.Exec(`UPDATE ` + table + ` SET print = ` + set); err != nil {
					return err
				}
			}
			return nil
		})
		within(func(tx *Tx) error {
			got, err := tx.SourceEntries("csl", diff.SDN, nil)
			if err != nil {
				return err
			}
			refs, err := tx.Believed(diff.SDN)
			if err != nil {
				return err
			}
			entries, err := tx.VersionEntries(refs, nil)
			if err != nil {
				return err
			}
			for i := range believed {
				if got[i].Entry.Name != believed[i].Entry.Name || entries[i].Name != believed[i].Entry.Name {
					t.Fatalf("print %s, entry %d: shown %q, in force %q", set, i, got[i].Entry.Name, entries[i].Name)
				}
			}
			return nil
		})
		within(func(tx *Tx) error {
			for _, table := range []string{"source_entries", "entry_versions"} {
				err := tx.Query(func(scan func(...any) error) error {
					var entry string
					var print []byte
					var e diff.Entry
					if err := scan(&entry, &print); err != nil {
						return err
					}
					if err := parse(entry, &e); err != nil {
						return err
					}
					if !bytes.Equal(print, printOf(&e)) {
						t.Errorf("%s: %s has the print %x", table, e.Name, print)
					}
					return nil
				}, `SELECT entry, print FROM `+table)
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
}
