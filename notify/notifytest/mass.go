package notifytest

import (
	"fmt"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// mass is a Case in which a program was renamed on 24 entries, one of which is ours.
func mass() notify.PendingCase {
	pc := notify.PendingCase{
		Case: diff.Case{ID: diff.SourceCaseID("ofac", "us-ofac-sdn/8"), Title: "SDN List as ofac shows it",
			Status: diff.Open, Source: "ofac",
			Stages: map[diff.Stage]time.Time{diff.Listed: now}},
		Hits: map[string][]notify.Hit{},
	}
	for i := range 24 {
		e := &diff.Entry{List: diff.SDN, Key: fmt.Sprintf("us-ofac-sdn/%d", 9000+i),
			Name: fmt.Sprintf("Example Trading House No. %d", i+1)}
		pc.Changes = append(pc.Changes, notify.PendingChange{Change: diff.Change{
			ID: diff.HashID("chg", e.Key), Change: diff.Amended, Substantive: true, List: diff.SDN, Key: e.Key, Name: e.Name,
			Entry: e, After: e,
			Source: "ofac", Stage: diff.Listed, Fields: []diff.FieldChange{
				{Field: "programs", Before: "EXAMPLE-EO1", Substantive: true},
				{Field: "programs", After: "EXAMPLE-EO2", Substantive: true},
			},
		}})
	}
	pc.Hits[pc.Changes[2].ID] = []notify.Hit{{Counterparties: "vendors", ID: "V-9", Name: "Example Trading",
		Match: "Example Trading House No. 3", Score: 0.92}}
	return pc
}
