package main

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/store"
	"entitywatch/store/storetest"
)

// filledEngine is an engine on a database with so many changes.
func filledEngine(t testing.TB, changes int, options ...store.Option) *engine {
	t.Helper()
	c := config.Default()
	c.Database = filepath.Join(t.TempDir(), "e.db")
	db, err := store.Open(t.Context(), c.Database)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Fill(t, db, changes, time.Now().Add(-time.Hour))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	e, err := build(t.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler), store: options})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// small are the tables that hold a few rows, however long the daemon runs.
var small = []string{"sources", "source_lists", "channel_states", "failing_channels", "our_files", "failing", "state_version", "unsubscribed", "secrets", "goose_db_version"}

// fat are the indexes of which one value holds nearly everything that ever was.
var fat = []string{"acts_standing", "changes_list", "deliveries_heads", "entry_versions_list"}

var searched = regexp.MustCompile(`SEARCH \w+ USING (?:COVERING )?INDEX (\w+)`)

var scanned = regexp.MustCompile(`SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?`)

// What the daemon asks each minute, at each pulse and for each probe is answered from an index of the few rows that matter, whatever the size of
// the history.
func TestWhatIsAskedAllTheTimeReadsNoWholeTable(t *testing.T) {
	type question struct {
		query string
		args  []any
	}
	var asked []question
	e := filledEngine(t, 2000, store.WithQueries(func(query string, args []any) { asked = append(asked, question{query, args}) }))
	page := func(path string) func() error {
		return func() error {
			w := httptest.NewRecorder()
			e.pages().ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1:8080"+path, nil))
			return nil
		}
	}
	partial := map[string]bool{}
	err := e.db.Read(t.Context(), func(tx *store.Tx) error {
		return tx.Query(func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			partial[name] = !slices.Contains(fat, name)
			return err
		}, `SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'`)
	})
	if err != nil || len(partial) < 5 {
		t.Fatal(partial, err)
	}
	for what, do := range map[string]func() error{
		"the calendar's tick": func() error { _, err := e.watcher.Tick(t.Context()); return err },
		"/healthz":            page("/healthz"),
		"/metrics":            page("/metrics"),
		"/":                   page("/"),
		"routing and reminding, with nothing to tell": func() error { return e.tell(t.Context()) },
		"enriching, with nothing new":                 func() error { return e.enricher.Changes(t.Context()) },
		"history --limit":                             func() error { _, err := e.db.History(t.Context(), store.HistoryFilter{Limit: 20}); return err },
		"what moved in the lists": func() error {
			version, err := e.db.StateVersion(t.Context())
			if err != nil {
				return err
			}
			today := diff.DateOf(time.Now())
			_, err = e.db.MovedSince(t.Context(), version-1, today, today)
			return err
		},
		"the next delivery": func() error { _, err := e.db.NextDue(t.Context(), "trade", time.Now(), time.Now()); return err },
	} {
		asked = nil
		if err := do(); err != nil {
			t.Fatal(what, err)
		}
		if len(asked) == 0 {
			t.Errorf("%s asked nothing", what)
		}
		for _, q := range slices.Clone(asked) {
			err := e.db.Read(t.Context(), func(tx *store.Tx) error {
				return tx.Query(func(scan func(...any) error) error {
					var id, parent, unused int
					var detail string
					if err := scan(&id, &parent, &unused, &detail); err != nil {
						return err
					}
					if s := searched.FindStringSubmatch(detail); s != nil && slices.Contains(fat, s[1]) {
						t.Errorf("%s reads nearly the whole of it: %s\n%s", what, detail, q.query)
					}
					m := scanned.FindStringSubmatch(detail)
					if m == nil || m[1] == "CONSTANT" || m[2] == "changes_recorded" && strings.Contains(q.query, " LIMIT ") || partial[m[2]] || slices.Contains(small, tableOf(q.query, m[1])) {
						return nil
					}
					t.Errorf("%s reads the whole of it: %s\n%s", what, detail, q.query)
					return nil
				}, "EXPLAIN QUERY PLAN "+q.query, q.args...)
			})
			if err != nil {
				t.Fatal(what, q.query, err)
			}
		}
	}
}

// tableOf is the table that a query calls by a name.
func tableOf(query, name string) string {
	words := strings.Fields(query)
	for i, w := range words {
		if i > 0 && strings.Trim(w, ",()") == name && regexp.MustCompile(`^\w+$`).MatchString(words[i-1]) &&
			!slices.Contains([]string{"FROM", "JOIN", "UPDATE", "INTO"}, words[i-1]) {
			return words[i-1]
		}
	}
	return name
}
