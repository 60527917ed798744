package notify

import (
	"context"
	"encoding/json"
	"time"

	"entitywatch/diff"
)

// State is where a delivery stands.
type State string

// The states of a delivery.
const (
	Waiting State = "pending" // not attempted yet
	Failed  State = "failed"  // attempted in vain, and due again
	Sent    State = "sent"    // the other side took it
	Dead    State = "dead"    // given up; `retry ID` puts it back
)

// States are all of them, in the order of a delivery's life.
func States() []State { return []State{Waiting, Failed, Sent, Dead} }

// Delivery is one message to one recipient: a row of the outbox. Its natural key is (channel, recipient, kind, case, stage, revision,
// part), from which its ID is made.
type Delivery struct {
	ID        string     `json:"delivery"`
	Channel   string     `json:"channel"`
	Recipient string     `json:"recipient,omitempty"`
	Kind      Kind       `json:"kind"`
	Rules     []string   `json:"rules"`
	Case      string     `json:"case,omitempty"`
	Stage     diff.Stage `json:"stage,omitempty"`
	Revision  int        `json:"revision,omitempty"`
	Part      int        `json:"part,omitempty"`
	Severity  Severity   `json:"severity,omitempty"`
	State     State      `json:"state"`
	Attempts  int        `json:"attempts"`
	Proof     *Receipt   `json:"proof,omitempty"`
	Error     string     `json:"error,omitempty"` // of the last attempt, without secrets

	CreatedAt  time.Time `json:"created_at,omitzero"`   // wall clock
	FirstTryAt time.Time `json:"first_try_at,omitzero"` // wall clock
	NotBefore  time.Time `json:"not_before,omitzero"`   // wall clock: backoff
	MutedUntil time.Time `json:"muted_until,omitzero"`  // scenario clock: a rule's quiet hours

	Message  Message  `json:"-"`
	Head     *Message `json:"-"` // the Case's first message to this recipient, where that was sent
	Doubtful bool     `json:"-"` // an earlier attempt was perhaps accepted, or was never recorded
}

// MarshalJSON writes lists as [] where they are empty, never as null.
func (d Delivery) MarshalJSON() ([]byte, error) {
	type plain Delivery
	p := plain(d)
	if p.Rules == nil {
		p.Rules = []string{}
	}
	return json.Marshal(p)
}

// Pending is everything noticed that was not told yet.
type Pending struct {
	Cases   []PendingCase
	Notices []Notice
	News    []PendingNews
	// Failing are those of which the operators are told, or were, that nothing is taken there: they would hear it too late.
	Failing []FailingChannel
}

// PendingCase is one Case with something new, and what was told of it before.
type PendingCase struct {
	Case diff.Case
	Act  *diff.Act // nil without one
	// Corrections are the acts that correct it.
	Corrections []diff.Act
	Changes     []PendingChange  // the newest reading of each, not yet told
	Stages      []StageTime      // reached, not yet told
	Notes       []CaseNote       // not yet told
	Hits        map[string][]Hit // by change id
	// Unscreened are the Changes, by id, that are told before anybody could say whom of ours they touch.
	Unscreened map[string]bool
	News       []NewsRef
	Reports    []NewsRef // of News: those related since the Case was told last
	Told       []Told
	// Standing is every Change of the Case as it stands, those that are taken back with why: of a Case that somebody was told of, and in a
	// digest.
	Standing []PendingChange
}

// PendingChange is a Change to be told. Retracted says why it is taken back, where it is. Covered is set in a digest where an earlier
// issue of it held an earlier reading of the Change.
type PendingChange struct {
	diff.Change
	Retracted string
	Covered   bool
}

// Reading names one reading of a Change.
type Reading struct {
	Change   string
	Revision int
}

// Enrichment is what enriching found for one reading of a Change: our counterparties that it touches, or none.
type Enrichment struct {
	Reading
	Hits []Hit
}

// CaseNote is what those who heard of a Case must be told besides its stages and Changes. A read_this note also opens a Case that has
// no Changes: a document that concerns parties and could not be read.
type CaseNote struct {
	Kind  string // read_this, withdrawn, reinstated, never_published, confirmed
	Lists []diff.ListID
	Text  string
}

// The kinds of case note.
const (
	NoteReadThis       = "read_this"
	NoteWithdrawn      = "withdrawn"
	NoteReinstated     = "reinstated"      // a withdrawal is void: what was told before it holds
	NoteNeverPublished = "never_published" // it was not seen in print in time: what was told of it stands, and somebody should look
	NoteConfirmed      = "confirmed"       // what was told as unconfirmed is so
)

// Told is an earlier delivery of a Case, its part 1.
type Told struct {
	Channel   string
	Recipient string
	Kind      Kind
	Stage     diff.Stage
	Revision  int
	Rules     []string
	Message   Message
}

// Notice is something that the operators must hear, once.
type Notice struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"`    // held, broken, recovered, dead, config, unsubscribed, discrepancy
	Subject string    `json:"subject"` // the source, channel or file
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
}

// PendingNews is a report that names listed parties or speaks of a listing.
type PendingNews struct {
	Item    NewsRef       `json:"item"`
	Lists   []diff.ListID `json:"lists"`   // of the parties named
	Listing bool          `json:"listing"` // it speaks of a listing
	// Reported are the parties that it says are to be added. They are on no list, and nobody but the report says so.
	Reported []string `json:"reported,omitempty"`
	Hits     []Hit    `json:"hits"`
}

// Plan is what routing decided: written in the transaction that read the Pending.
type Plan struct {
	Deliveries []Delivery
	Awaiting   []Awaiting // Cases that somebody must acknowledge
	Settled    []string   // Cases of which nobody is reminded any more; they are settled before others are awaited
	// Problems are what went wrong with single rules or cases; the rest of the plan stands.
	Problems []error
}

// Awaiting is a Case that somebody must acknowledge in time.
type Awaiting struct {
	Case     string
	Rule     string
	Before   time.Time // scenario clock
	Escalate []string  // channels
	Message  Message   // what was alerted, without its parties
	// Now is the Case as it stands when somebody is reminded of it, with Standing and all Notes; nothing in it is pending.
	Now PendingCase
}

// Reminding is what Router.Remind needs of a store: one write transaction that reads the Cases that nobody acknowledged in time, calls
// plan, stores its deliveries and marks those Cases as escalated.
type Reminding interface {
	Remind(ctx context.Context, now time.Time, plan func([]Awaiting) Plan) (Plan, error)
}

// Routing is what the Router needs of a store: one write transaction that reads what is pending, calls plan, stores its deliveries
// (a natural key that exists already is left as it is) and marks everything that was read as routed. A Change that was not enriched
// yet is left for a later call until it is wait old.
type Routing interface {
	Route(ctx context.Context, now time.Time, wait time.Duration, plan func(Pending) Plan) (Plan, error)
}

// Outbox is what the Dispatcher needs of a store.
type Outbox interface {
	// Lease takes the next delivery that is due on a channel, or nil. A delivery is due when nothing earlier of its Case waits for
	// the same recipient. The attempt is counted, and marked doubtful until Record says what came of it. Message carries Delivery,
	// Recipient, Thread and Since.
	Lease(ctx context.Context, l Lease) (*Delivery, error)
	// Record stores what came of a leased delivery and ends the lease. A delivery that died, and a channel that is paused or works again,
	// make a Notice in the same transaction.
	Record(ctx context.Context, o Outcome) error
	// NextDue says when a delivery of the channel may be due; the zero time where none is waiting.
	NextDue(ctx context.Context, channel string, now, scenario time.Time) (time.Time, error)
}

// Lease asks for work.
type Lease struct {
	Channel  string
	Owner    string
	Now      time.Time // wall clock
	Scenario time.Time // scenario clock, for quiet hours
	Until    time.Time // wall clock
	// Rest is the time (wall clock) before which nobody may judge or repeat this attempt where its outcome is lost: the other side may
	// still be at work on it. Zero: at once.
	Rest time.Time
	// Probe is when a paused channel may be tried again after this lease (wall clock).
	Probe time.Time
}

// Outcome is what came of one attempt.
type Outcome struct {
	ID        string
	Owner     string
	State     State // Sent, Failed or Dead
	Receipt   *Receipt
	Error     string
	Doubtful  bool
	NotBefore time.Time
	At        time.Time // wall clock
	Pause     *Pause    // set where the channel's configuration was refused
	GivenUp   bool      // Dead since it was tried for too long, and not for what it says
	Failing   bool      // the other side could not be reached, or did not take it for the time being
	Remedy    string    // of that, in a sentence
	// GiveUpBefore is the time of a first attempt before which what waits behind a pause is dead.
	GiveUpBefore time.Time
}

// Pause closes a channel, or one recipient of it, until a person has mended its configuration.
type Pause struct {
	Recipient string // "" for the whole channel
	Remedy    string // what to do, in words
	ProbeAt   time.Time
	GiveUp    time.Duration
}

// DeliveryID is the id of a delivery, made of its natural key.
func DeliveryID(d Delivery) string {
	return diff.HashID("dlv", d.Channel, d.Recipient, string(d.Kind), d.Case, string(d.Stage), itoa(d.Revision), itoa(d.Part))
}
