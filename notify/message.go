package notify

import (
	"time"

	"entitywatch/diff"
)

// Kind is what a message is for.
type Kind string

// The kinds of message.
const (
	KindAlert      Kind = "alert"      // the first telling of a Case
	KindUpdate     Kind = "update"     // a new stage, a late change or a second reading of a Case that was told
	KindRetraction Kind = "retraction" // a Case that was told does not hold
	KindDigest     Kind = "digest"     // what a period brought, and that nothing else did
	KindOperator   Kind = "operator"   // held, broken, recovered, dead, refused config, unsubscribed
	KindNews       Kind = "news"       // a report that names listed parties
	KindReminder   Kind = "reminder"   // nobody acknowledged a Case in time
	KindSample     Kind = "sample"     // a marked sample of `test CHANNEL`
)

// Severity is how loudly a message is told.
type Severity string

// The severities, from quiet to loud.
const (
	Low    Severity = "low"
	Normal Severity = "normal"
	High   Severity = "high"
)

// Rank orders severities; an unset severity is normal.
func (s Severity) Rank() int {
	switch s {
	case Low:
		return 1
	case High:
		return 3
	}
	return 2
}

// Message is what is told, independent of any channel. It is made once, when it is routed, and stored with its delivery as JSON. Texts
// in it are as the sources wrote them: a channel passes them through Clean and its own escaping.
type Message struct {
	Kind     Kind     `json:"kind"`
	Headline string   `json:"headline"`
	Subject  string   `json:"subject,omitempty"` // the headline of a Case without what leads it in: "Now published: "
	Severity Severity `json:"severity"`
	Rules    []string `json:"rules,omitempty"`
	// AsOf is the time of the text (the scenario's time in a demo), never of signatures or mail headers.
	AsOf time.Time `json:"as_of"`
	// Zone is the IANA name of the zone in which times are shown; "" is UTC.
	Zone string `json:"zone,omitempty"`

	Case   string          `json:"case,omitempty"`
	Status diff.CaseStatus `json:"status,omitempty"`
	Act    *Act            `json:"act,omitempty"`
	Stage  diff.Stage      `json:"stage,omitempty"`      // the stage that this message is about
	New    []diff.Stage    `json:"new_stages,omitempty"` // of an update: the stages it is about
	Stages []StageTime     `json:"stages,omitempty"`     // all that were reached
	ToCome []string        `json:"to_come,omitempty"`    // sentences: what is still to come

	Counts []Count `json:"counts,omitempty"` // of all Changes that this recipient is told, over all parts
	Items  []Item  `json:"items,omitempty"`  // of this part
	Others int     `json:"others,omitempty"` // further Changes of the Case that no rule of this channel watches
	// Unlisted are the Changes of Counts that are too many to be Items.
	Unlisted   int       `json:"unlisted,omitempty"`
	Terms      *Terms    `json:"terms,omitempty"` // what is required of most of the parties
	Savings    string    `json:"savings_clause,omitempty"`
	Hits       []Hit     `json:"hits,omitempty"` // our counterparties that the Case touches
	Ours       int       `json:"ours,omitempty"` // how many these are, where Hits holds not all
	News       []NewsRef `json:"news,omitempty"`
	NeedsHuman []string  `json:"needs_human,omitempty"` // what is not certain, or could not be read
	Notes      []string  `json:"notes,omitempty"`       // "on file when monitoring began", "not yet confirmed by …"
	Corrects   []string  `json:"corrects,omitempty"`    // which document corrects which
	Reason     string    `json:"reason,omitempty"`      // of a retraction, of one that is void, of an operator's notice, a reminder
	// Withdrawn says that nothing of the Case holds, Fallen which part of it does not, Restated that an earlier retraction is void and all
	// of the Case is told again.
	Withdrawn bool   `json:"withdrawn,omitempty"`
	Fallen    string `json:"fallen,omitempty"`
	Restated  bool   `json:"restated,omitempty"`
	// Unchanged is what else of the Case stands as it was told, in an update that tells again only what reads otherwise now.
	Unchanged string `json:"unchanged,omitempty"`
	// Brief says that parties were told by name alone, from the filed text: the rest follows with the published one.
	Brief bool   `json:"brief,omitempty"`
	Links []Link `json:"links,omitempty"`
	// Ask is set where somebody should acknowledge the Case, and says until when.
	Ask        *Ask    `json:"ask,omitempty"`
	Digest     *Report `json:"digest,omitempty"`
	Attachment *File   `json:"attachment,omitempty"`

	Revision int `json:"revision,omitempty"`
	// Below says that the recipient has an earlier message of the Case, which a channel with threads puts this one below. Pointer marks the
	// line in the channel that leads to it there; it stands for no part.
	Below   bool `json:"below,omitempty"`
	Pointer bool `json:"pointer,omitempty"`
	Part    int  `json:"part"` // from 1; 0 of a pointer
	// Short is how many characters of each text of the head are said, where the whole of them is too large for a part; 0 is all.
	Short int `json:"short,omitempty"`
	Parts int `json:"parts"` // at least 1

	// What the dispatcher adds before it sends; never stored with the message.
	Delivery  string    `json:"-"` // the delivery's id: the idempotency key
	Recipient string    `json:"-"` // whom: an address, a Slack channel; "" where the channel knows
	Thread    *Receipt  `json:"-"` // of the first message of this Case to this recipient
	Since     time.Time `json:"-"` // when the first attempt of this delivery began, wall clock
}

// Act is what a reader needs to know of the document behind a Case.
type Act struct {
	Number      string            `json:"document_number"`
	Citation    string            `json:"citation,omitempty"`
	Title       string            `json:"title,omitempty"`
	Type        string            `json:"type,omitempty"`
	Agencies    []string          `json:"agencies,omitempty"`
	FiledOn     diff.Date         `json:"filed_on,omitempty"`
	PublishedOn diff.Date         `json:"published_on,omitempty"`
	EffectiveOn diff.Date         `json:"effective_on,omitempty"`
	URLs        map[string]string `json:"urls,omitempty"`
}

// StageTime is one stage that a Case has reached, and when.
type StageTime struct {
	Stage diff.Stage `json:"stage"`
	At    time.Time  `json:"at"`
}

// Terms are the license terms that most parties of a message share; a party with other terms says so itself.
type Terms struct {
	Requirement string `json:"license_requirement,omitempty"`
	Policy      string `json:"license_review_policy,omitempty"`
	N           int    `json:"n,omitempty"`  // additions that share them
	Of          int    `json:"of,omitempty"` // additions in the message
	// EffectiveOn is set where all parties share it.
	EffectiveOn diff.Date `json:"effective_on,omitempty"`
	Notes       []string  `json:"notes,omitempty"` // of parties, that the head of the message says
}

// Count is how many Changes of one kind a list and country have in a Message.
type Count struct {
	List    diff.ListID     `json:"list"`
	Change  diff.ChangeKind `json:"change"`
	Country string          `json:"country,omitempty"` // as a reader knows it: "China"
	N       int             `json:"n"`
}

// Item is one Change in a Message, with our counterparties that it touches; or one edit that many Changes made alike.
type Item struct {
	Change diff.Change `json:"change"`
	Hits   []Hit       `json:"hits,omitempty"`
	// Mass is set where the Item stands for many Changes that are the same edit.
	Mass *Mass `json:"mass,omitempty"`
	// Continued is set where a party was too large for one part and these are further aliases and addresses of it.
	Continued bool `json:"continued,omitempty"`
	// Retracted says why the Change does not hold any more, in a digest that shows it as it stands.
	Retracted string `json:"retracted,omitempty"`
	// Apart is what the head of the message has no room for; Said replaces all lines, where the party was too large for one part.
	Apart []Line `json:"apart,omitempty"`
	Said  []Line `json:"said,omitempty"`

	covered bool // in a digest: an earlier issue of it held an earlier reading
}

// Hit is one of our counterparties that looks like a listed party.
type Hit struct {
	Counterparties string `json:"counterparties"` // the configured file's name
	ID             string `json:"id"`
	Name           string `json:"name"`
	Match          string `json:"match"` // the listed name or alias that matched
	// Listed is the listed party, where a hit stands apart from it and Match does not say which one it is.
	Listed    string  `json:"listed,omitempty"`
	Score     float64 `json:"score"`
	MatchedOn string  `json:"matched_on,omitempty"` // name, alias, address, affiliate, red flag
	Reason    string  `json:"reason,omitempty"`
}

// NewsRef is a news report related to a Case, or one that names listed parties.
type NewsRef struct {
	ID        string    `json:"id"`
	Feed      string    `json:"feed,omitempty"`
	Title     string    `json:"title"`
	URL       string    `json:"url,omitempty"`
	Also      []string  `json:"also,omitempty"` // the same story in other feeds
	Published time.Time `json:"published,omitzero"`
	Names     []string  `json:"names,omitempty"`    // the listed parties that it names
	Reported  []string  `json:"reported,omitempty"` // parties that it says are to be added: unconfirmed
}

// Link is a place to go on reading. Rel is document, pdf, case, list or news.
type Link struct {
	Rel   string `json:"rel"`
	Label string `json:"label"`
	URL   string `json:"url"`
}

// Ask is a request to acknowledge a Case.
type Ask struct {
	Before time.Time `json:"before,omitzero"`
}

// File is something attached to a message.
type File struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Data []byte `json:"data"`
}
