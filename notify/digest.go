package notify

import (
	"fmt"
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
	Further int            `json:"further_cases,omitempty"` // that stand in the parts behind this one
	News    []NewsRef      `json:"news,omitempty"`
	Sources []SourceReport `json:"sources"` // held and broken ones first
	Held    []HeldEntry    `json:"held,omitempty"`
	// Overview are the contents, over all parts; Hits are those of the Cases that hold.
	Overview []Contents `json:"overview,omitempty"`
	Hits     []Hit      `json:"hits,omitempty"`
}

// HeldEntry is an entry that its list no longer shows, though no act removed it: it counts as listed.
type HeldEntry struct {
	Source  string      `json:"source"`
	List    diff.ListID `json:"list"`
	Country string      `json:"country,omitempty"` // the list's own heading
	Name    string      `json:"name"`
	Since   diff.Date   `json:"since"` // the day on which it was first missed
}

// Text says what is held and why.
func (h HeldEntry) Text() string {
	where := ""
	if h.Country != "" {
		where = " (" + CountryName(h.Country) + ")"
	}
	return fmt.Sprintf("Held: %s%s has been missing from the %s since %s, and no rule removed it. It counts as listed until one does or a person "+
		"releases it.", h.Name, where, h.List.Title(), h.Since)
}

// ReportCase is one Case in a digest, with what the digest's rules want of it: a message of its own but for its frame, whose Items that do
// not hold say why.
type ReportCase struct {
	Message
	Number int         `json:"number,omitempty"` // in the digest, from 1; 0 in one without contents
	List   diff.ListID `json:"list"`
	Hits   int         `json:"hits,omitempty"` // counterparties touched

	unread int  // instructions that could not be read, of a Case that holds
	moved  bool // nothing new is told of it but how far it has come
	again  bool // an earlier issue of the digest told all that it tells, in another reading
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
	Checks      int       `json:"checks"`               // looks in the period
	Failed      int       `json:"failed"`               // of those, which brought no whole answer
	LastFailed  time.Time `json:"last_failed,omitzero"` // of those
	Changes     int       `json:"changes"`              // substantive ones it brought in the period
	State       string    `json:"state"`                // ok, held, broken, partly, stale, overdue, never
	Reason      string    `json:"reason,omitempty"`
}
