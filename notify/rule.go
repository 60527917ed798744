package notify

import (
	"regexp"
	"time"

	"entitywatch/diff"
)

// Rule says who is told of what. A criterion left empty matches everything. Within a criterion one of its values must
// match; all criteria must match.
type Rule struct {
	Name           string
	Lists          []diff.ListID
	Changes        []diff.ChangeKind // default: all substantive ones
	Editorial      bool              // editorial changes too
	Stages         []diff.Stage      // limits the updates; the first notice is sent whatever its stage
	Countries      []string          // ISO 3166 alpha-2, or a list's own heading
	Names          []*regexp.Regexp  // over name, aliases and former names, before and after
	Counterparties []string          // only what touches these files
	If             *Condition        // over the Change; nil is true
	Severity       Severity
	Acknowledge    *Acknowledge
	Mute           *Mute
	Send           []string // channels, at once
	Digest         []string // collects for these digests
	News           NewsMode
	Feeds          []string // of a rule about news: only these
}

// NewsMode makes a rule one about news reports.
type NewsMode string

// The modes of a rule about news.
const (
	NewsMentions NewsMode = "mentions" // reports that name listed parties
	NewsListing  NewsMode = "listing"  // reports that speak of a listing
)

// Acknowledge asks for somebody to take note of a Case in time, and says which channels hear of it where nobody did.
type Acknowledge struct {
	Within   time.Duration
	Escalate []string
}

// MatchContext is what a rule may look at besides the Change.
type MatchContext struct {
	Hits []Hit // our counterparties that the Change touches
}

// Explanation says of one rule why it matched a Change or not.
type Explanation struct {
	Rule    string   `json:"rule"`
	Matched bool     `json:"matched"`
	Reasons []string `json:"reasons"` // one for each criterion that was looked at
	Send    []string `json:"send,omitempty"`
	Digest  []string `json:"digest,omitempty"`

	spent bool // the condition went beyond its budget
}
