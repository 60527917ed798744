package store_test

import (
	"testing"

	"entitywatch/store"
)

// Whoever was alerted of a case before it was merged into another was told of that one.
func TestACaseShowsWhoWasToldBeforeItWasMerged(t *testing.T) {
	db := open(t)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO cases VALUES ('old', 'A', 'open', '', 'list', 'new', '[]', 1, 1),
			('new', 'A', 'open', 'A-1', 'register', '', '[]', 2, 1), ('other', 'B', 'open', '', 'list', '', '[]', 3, 1)`)
		if err != nil {
			return err
		}
		for i, of := range []string{"old", "new", "other"} {
			_, err := tx.Exec(`INSERT INTO deliveries VALUES ($1, $2, 'ops', '', 'alert', $1, '', 0, 1, '[]', 'normal', '{}', 'pending',
				0, 0, '', 0, 0, 0, 1, NULL, NULL, '', '', 1, NULL)`, of, i+1)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"new", "old"} {
		v, found, err := db.CaseView(t.Context(), id)
		if err != nil || !found || v.Case.ID != "new" || len(v.Deliveries) != 2 || v.Deliveries[0].ID != "old" || v.Deliveries[1].ID != "new" {
			t.Errorf("%s: %+v, %v", id, v.Deliveries, err)
		}
	}
}
