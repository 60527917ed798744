package store

import "entitywatch/notify"

// changeRow is one reading of a Change with what enriching found.
type changeRow struct {
	id       string
	revision int
	caseID   string
	latest   bool
	enriched bool
	pending  notify.PendingChange
	hits     []notify.Hit
}

// caseSet collects what is new of each case, in the order in which the cases were met.
type caseSet struct {
	ids []string
	by  map[string]*notify.PendingCase
}

func newCaseSet() *caseSet { return &caseSet{by: map[string]*notify.PendingCase{}} }

func (s *caseSet) get(id string) *notify.PendingCase {
	if s.by[id] == nil {
		s.by[id] = &notify.PendingCase{Hits: map[string][]notify.Hit{}, Unscreened: map[string]bool{}}
		s.ids = append(s.ids, id)
	}
	return s.by[id]
}

func (s *caseSet) addChange(c changeRow) {
	pc := s.get(c.caseID)
	if c.latest {
		pc.Changes = append(pc.Changes, c.pending)
		if !c.enriched {
			pc.Unscreened[c.id] = true
		}
		if len(c.hits) > 0 {
			pc.Hits[c.id] = c.hits
		}
	}
}

// ofCase is the case of a row of changes c and cases k: one that was merged is the one that it was merged into.
const ofCase = `CASE WHEN k.merged_into <> '' THEN k.merged_into ELSE c.case_id END`

// changeRows reads changes with their enrichment.
func (tx *Tx) changeRows(where string, args ...any) (all []changeRow, err error) {
	err = tx.eachChange(func(c changeRow) { all = append(all, c) }, where, args...)
	return all, err
}

// eachChange gives f changes with their enrichment, in the order in which they are told.
func (tx *Tx) eachChange(f func(changeRow), where string, args ...any) error {
	return tx.Query(func(scan func(...any) error) error {
		var c changeRow
		var json, hits string
		var latest, enriched int64
		if err := scan(&c.id, &c.revision, &c.caseID, &latest, &enriched, &json, &c.pending.Retracted, &hits); err != nil {
			return err
		}
		c.latest, c.enriched = latest == 1, enriched == 1
		if err := parse(json, &c.pending.Change); err != nil {
			return err
		}
		c.pending.Change.Revision = c.revision
		if hits != "" {
			if err := parse(hits, &c.hits); err != nil {
				return err
			}
		}
		f(c)
		return nil
	}, `SELECT c.id, c.revision, `+ofCase+`, c.latest,
		CASE WHEN e.change_id IS NULL THEN 0 ELSE 1 END, c.change, c.retracted, COALESCE(e.hits, '')
		FROM changes c JOIN cases k ON k.id = c.case_id LEFT JOIN enrichments e ON e.change_id = c.id AND e.revision = c.revision
		WHERE `+where+` ORDER BY c.recorded_at, c.list, c.country, c.name, c.id, c.revision`, args...)
}
