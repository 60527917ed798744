package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// rowsOfV4 are what a program of schema 4 left behind, before deliveries took turns, entries had prints and failing
// sources were counted: a source that fails, an entry in force, an act in force and one to come, two deliveries that
// wait and one that was given up.
const rowsOfV4 = `
INSERT INTO sources VALUES ('list', 'ecfr', 3, '{}', 'failed', 1700000000000000, 'no answer',
	1600000000000000, 1700000000000000, 1600000000000000, NULL, '', 1, 0);
INSERT INTO source_lists VALUES ('list', 'us-bis-entity-list', '2023-11-01', '2023-11-01', 1600000000000000,
	1, 1, 1, 'd', '[]', NULL, '', '', '');
INSERT INTO source_entries VALUES ('list', 'us-bis-entity-list', 'k', 'ent_1', 0,
	'{"list":"us-bis-entity-list","key":"k","entry_id":"ent_1","name":"Invented Works"}', 1, NULL);
INSERT INTO entry_versions VALUES ('v', 'ent_1', 'us-bis-entity-list', 'k', 'CHINA', 'Invented Works',
	'{"list":"us-bis-entity-list","key":"k","entry_id":"ent_1","name":"Invented Works"}', '', '', 1, NULL, '',
	'', 'list');
INSERT INTO cases VALUES ('now', 'A', 'open', 'A-1', 'register', '', '[]', 1, 1), ('soon', 'B', 'open',
	'B-1', 'register', '', '[]', 1, 1);
INSERT INTO case_stages VALUES ('now', 'effective', 1, 'register', '[]', 1, 2);
INSERT INTO acts VALUES ('a1', 'A-1', 'now', 'register', 'published', 'A', '', '2023-01-01', '2023-01-01',
	'', '{"document_number":"A-1"}', '', '[]', '[]', '', 0, 'applied', 1, 1),
	('b1', 'B-1', 'soon', 'register', 'published', 'B', '', '2023-01-01', '2023-01-02', '',
	'{"document_number":"B-1"}', '', '[]', '[]', '', 0, 'applied', 1, 1);
INSERT INTO deliveries VALUES
	('two', 1, 'ops', '', 'alert', 'now', '', 0, 2, '[]', 'normal', '{}', 'pending', 0, 0, '', 0, 0, 0,
	1700000000000000, NULL, NULL, '', ''),
	('one', 2, 'ops', '', 'alert', 'soon', '', 0, 1, '[]', 'normal', '{}', 'pending', 0, 0, '', 0, 0, 0,
	1700000001000000, NULL, NULL, '', ''),
	('old', 3, 'ops', '', 'alert', 'x', '', 0, 1, '[]', 'normal', '{}', 'dead', 9, 0, '', 0, 0, 0, 1, NULL,
	NULL, '', 'refused');
`

// A database of an earlier program opens, holds together, and is gone on with where it stood.
func TestADatabaseOfAnEarlierSchemaIsGoneOnWith(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	old(t, path)
	for range 2 { // the second finds everything done
		goesOn(t, openAt(t, path))
	}
	closed(t, path, 3)
}

func old(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("migrations"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 4); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(rowsOfV4); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil { // as that program left it
		t.Fatal(err)
	}
}

func goesOn(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := context.Background()
	if err := db.Damage(ctx); err != nil {
		t.Error(err)
	}
	err := db.Write(ctx, func(tx *store.Tx) error {
		failing, err := tx.Failing()
		if err != nil || len(failing) != 1 || failing[0].Kind != "broken" || failing[0].ToldAt.IsZero() {
			t.Errorf("failing: %+v, %v; the program before told of it", failing, err)
		}
		acts, err := tx.ActsTakingEffect("2023-06-01")
		if err != nil || len(acts) != 1 || acts[0].Act.DocumentNumber != "B-1" || acts[0].Held != nil {
			t.Errorf("taking effect: %+v, %v", acts, err)
		}
		shown, err := tx.SourceEntries("list", diff.EntityList, nil)
		if err != nil || len(shown) != 1 || shown[0].Entry.Name != "Invented Works" {
			t.Errorf("shown: %+v, %v", shown, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	var names []string
	_, err = db.InForce(ctx, "2023-06-01", func(e diff.Entry) { names = append(names, e.Name) })
	if err != nil || len(names) != 1 {
		t.Errorf("in force: %q, %v", names, err)
	}
	if c, err := db.ChannelStates(ctx); err != nil || len(c) != 1 || c[0].Waiting != 2 || c[0].Dead != 1 {
		t.Errorf("channels: %+v, %v", c, err)
	}
	now := time.UnixMicro(1700000002000000)
	l := notify.Lease{Channel: "ops", Owner: "me", Now: now, Scenario: now, Until: now.Add(time.Second)}
	d, err := db.Lease(ctx, l)
	if err != nil || d == nil || d.ID != "one" { // the second part of a long message lets it pass
		t.Fatalf("leased: %+v, %v", d, err)
	}
	if err := db.Record(ctx, notify.Outcome{ID: d.ID, Owner: "me", At: now, State: notify.Failed}); err != nil {
		t.Error(err)
	}
}
