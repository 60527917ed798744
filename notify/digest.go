package notify

import (
	"time"

	"entitywatch/diff"
)

// Schedule gives fire times; robfig/cron's schedules do.
type Schedule interface {
	Next(time.Time) time.Time
}

// Digest is a message that collects what a period brought, and says what was checked.
type Digest struct {
	Name      string
	Schedule  Schedule
	Location  *time.Location
	Channel   string
	To        []string // recipients; the channel's own where empty
	SkipEmpty bool
}

// Report is what a digest says: the period, what it brought, and what was checked.
type Report struct {
	Name    string         `json:"name"`
	From    time.Time      `json:"from"`           // exclusive, by commit time
	To      time.Time      `json:"to"`             // inclusive
	Late    string         `json:"late,omitempty"` // why it comes late; "" where it does not
	Cases   []ReportCase   `json:"cases,omitempty"`
	News    []NewsRef      `json:"news,omitempty"`
	Sources []SourceReport `json:"sources"` // held and broken ones first
}

// ReportCase is one Case in a digest, with what the digest's rules want of it.
type ReportCase struct {
	List     diff.ListID     `json:"list"`
	Case     string          `json:"case"`
	Headline string          `json:"headline"`
	Status   diff.CaseStatus `json:"status,omitempty"`
	Act      *Act            `json:"act,omitempty"`
	Stages   []StageTime     `json:"stages,omitempty"`
	ToCome   []string        `json:"to_come,omitempty"`
	Savings  string          `json:"savings_clause,omitempty"`
	Items    []Item          `json:"items"`
	Hits     int             `json:"hits,omitempty"` // counterparties touched
	Needs    []string        `json:"needs_human,omitempty"`
	Links    []Link          `json:"links,omitempty"`
}

// Terms are the licence terms that most parties of the Case share; nil where no two share any.
func (c ReportCase) Terms() *Terms { return SharedTerms(c.Items) }

// Touched says of each of our counterparties whom it resembles, or who owns it; the parties' own lists name them again.
func (r *Report) Touched() []string {
	var out []string
	for _, c := range r.Cases {
		for _, it := range c.Items {
			out = append(out, hitTexts(it.touched())...)
		}
	}
	return unique(out)
}

// Troubles are the sources whose silence is no answer, in words.
func (r *Report) Troubles(loc *time.Location) []string {
	var out []string
	for _, s := range r.Sources {
		if s.Trouble() {
			out = append(out, s.Text(loc))
		}
	}
	return out
}

// SourceReport is the assurance for one source over a digest's period.
type SourceReport struct {
	Name        string    `json:"name"`
	LastChecked time.Time `json:"last_checked,omitzero"`
	LastGood    time.Time `json:"last_good,omitzero"`
	Checks      int       `json:"checks"`  // looks in the period
	Failed      int       `json:"failed"`  // of those
	Changes     int       `json:"changes"` // substantive ones it brought in the period
	State       string    `json:"state"`   // ok, held, broken, never
	Reason      string    `json:"reason,omitempty"`
}
