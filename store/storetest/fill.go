package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// Fill writes so many changes of years past, with what belongs to them: a case and an act to twenty, which everybody has heard of; a delivery
// to ten; a look to ten. All of it is told, shown and in force, and nothing waits. The last change is recorded at a moment.
func Fill(t testing.TB, db *store.DB, changes int, last time.Time) {
	t.Helper()
	if changes == 0 {
		return
	}
	e := diff.Entry{List: diff.EntityList, Key: "key-@", Country: "China", Name: "Invented Works @ Co., Ltd.", Addresses: []string{"@ Example Road, Beijing, China"},
		LicenseRequirement: "For all items subject to the EAR", LicenseReviewPolicy: "Presumption of denial"}
	change := asText(t, diff.Change{ID: "chg-@", Change: diff.Added, Substantive: true, List: e.List, Key: e.Key, EntryID: "ent-@", Country: e.Country, Name: e.Name,
		Entry: &e, After: &e, Fields: []diff.FieldChange{}, Evidence: []diff.Evidence{}, Problems: []diff.Problem{}})
	message := asText(t, notify.Message{Kind: notify.KindAlert, Headline: e.Name, Reason: strings.Repeat("A party of the list. ", 50)})
	const step = int64(time.Minute / time.Microsecond)
	first := last.UnixMicro() - int64(changes)*step
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for _, one := range []struct {
			rows int
			into string
			args []any
		}{
			{changes/20 + 1, `cases SELECT 'case-' || i, 'Additions', 'confirmed', '', 'register', '', '[]', $2 + i * 20 * $3, 1`, []any{first, step}},
			{changes/20 + 1, `case_stages SELECT 'case-' || i, 'published', $2 + i * 20 * $3, 'register', '[]', $2 + i * 20 * $3, $2 + i * 20 * $3 + 1`, []any{first, step}},
			{changes/20 + 1, `acts (number, document_number, case_id, source, status, title, filed_on, published_on, effective_on, correction_of, act, text, amendments,
				evidence, fingerprint, revision, standing, seen_at, updated_at, in_force) SELECT 'doc' || i, 'doc-' || i, 'case-' || i, 'register', 'published', 'Additions',
				'2020-01-01', '2020-01-02', '2020-01-02', '', '{}', '', '[]', '[]', '', 0, 'applied', $2 + i * 20 * $3, $2 + i * 20 * $3, 1`, []any{first, step}},
			{changes, `changes SELECT 'chg-' || i, 0, '', 'case-' || (i / 20), 'us-bis-entity-list', 'ent-' || i, 'key-' || i, 'added', 1, 0, 'China', 'Invented Works ' || i,
				'doc' || (i / 20), 'register', 'published', '2020-01-02', $2 + i * $3, replace($4, '@', i), '[]', '', 1, $2 + i * $3 + 9, $2 + i * $3, $2 + i * $3 + 1`,
				[]any{first, step, change}},
			{changes/10 + 1, `deliveries (id, seq, channel, recipient, kind, case_id, stage, revision, part, rules, severity, message, state, attempts, doubtful,
				lease_owner, lease_until, not_before, muted_until, created_at, sent_at, receipt, error) SELECT 'dlv-' || i, i + 1, 'trade', '', 'alert', 'case-' || (i / 2), '', i, 1,
				'[]', 'normal', replace($2, '@', i), 'sent', 1, 0, '', 0, 0, 0, $3, $3, '{}', ''`, []any{message, first}},
			{changes/10 + 1, `polls SELECT 'poll-' || i, 'register', $2 + i * 10 * $3, 'unchanged', '', 0`, []any{first, step}},
		} {
			query := `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $1 - 1) INSERT INTO ` + one.into + ` FROM n`
			if _, err := tx.Exec(query, append([]any{one.rows}, one.args...)...); err != nil {
				return fmt.Errorf("%.40s: %w", one.into, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func asText(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
