package diff

import (
	"time"
)

// Stage is a step on a legal action's way. A Case has a set of stage times: none implies another, and the order varies.
type Stage string

// The stages.
const (
	Reported  Stage = "reported"  // in the news
	Filed     Stage = "filed"     // on public inspection
	Published Stage = "published" // in the Federal Register
	Effective Stage = "effective" // in force
	Codified  Stage = "codified"  // in the eCFR
	Listed    Stage = "listed"    // on another official list
)

// Stages returns the stages in the order in which a reader expects them.
func Stages() []Stage {
	return []Stage{Reported, Filed, Published, Effective, Codified, Listed}
}

// CaseStatus is what is known of a legal action.
type CaseStatus string

// The statuses of a case.
const (
	Open      CaseStatus = "open"
	Confirmed CaseStatus = "confirmed"
	Disputed  CaseStatus = "disputed"
	Withdrawn CaseStatus = "withdrawn"
)

// Case is everything about one legal action.
type Case struct {
	ID         string              `json:"id"`
	Title      string              `json:"title,omitempty"`
	Status     CaseStatus          `json:"status"`
	Act        string              `json:"act,omitempty"`    // document number
	Source     string              `json:"source,omitempty"` // where there is no act: the source and its version
	MergedInto string              `json:"merged_into,omitempty"`
	Stages     map[Stage]time.Time `json:"stages,omitempty"`
	Problems   []Problem           `json:"problems"`
	OpenedAt   time.Time           `json:"opened_at,omitzero"`
	Version    int64               `json:"version,omitempty"`
}

// MarshalJSON writes lists as [] where they are empty, never as null.
func (c Case) MarshalJSON() ([]byte, error) {
	type plain Case
	p := plain(c)
	fill(&p.Problems)
	return marshal(p)
}
