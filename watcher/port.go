package watcher

import (
	"context"
	"errors"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// ErrBusy means that another poll holds the source's lease.
var ErrBusy = errors.New("another poll of this source is running")

// ErrConflict means that the source's row moved on since it was claimed: another poll committed, and nothing of this
// one is kept.
var ErrConflict = errors.New("another poll of this source committed first")

// Store keeps what polls notice. Every error of it leaves the database as it was.
type Store interface {
	Claimer
	// Commit runs f in one transaction and stores the state that f returns under the next version, giving the lease back.
	// ErrConflict where the lease's token or version is no longer the stored one.
	Commit(ctx context.Context, l Lease, f func(Tx) (SourceState, error)) error
	// Maintain runs f in one transaction that belongs to no source.
	Maintain(ctx context.Context, f func(Tx) error) error
	// Rehearse runs f as Maintain does, and rolls everything back.
	Rehearse(ctx context.Context, f func(Tx) error) error
}

// Claimer hands out sources.
type Claimer interface {
	// Claim takes the lease on a source, making its row on the first call and taking over the row of an earlier name.
	// ErrBusy where another living holder has it; the same holder gets it again, since it may have failed to give it back.
	Claim(ctx context.Context, c Claim) (Lease, error)
	// Free gives a lease back without storing anything; a lease that is no longer held is no error.
	Free(ctx context.Context, l Lease) error
	// Sources are all stored sources, by name.
	Sources(ctx context.Context) ([]SourceState, error)
}

// Claim asks for a source.
type Claim struct {
	Name, Kind string
	Was        []string // earlier names in the configuration
	Holder     string
	Now, Until time.Time                // wall clock
	Gone       func(holder string) bool // whether a holder is known to be dead; nil where nobody can tell
}

// Lease is the right to commit one poll of one source.
type Lease struct {
	State  SourceState
	Holder string
	Token  int64 // rises with every holder
}

// Health is how a source does.
type Health string

// The healths of a source.
const (
	Fresh  Health = "new"    // never looked at
	OK     Health = "ok"     // the last look was good
	Held   Health = "held"   // the last answer was implausible, in a part at least
	Failed Health = "failed" // the last look ended in an error
	Partly Health = "partly" // the last answer was taken, but a part of it could not be had or read
	Stale  Health = "stale"  // the last answer was older than the one before
)

// SourceState is what is stored of a source. Its zero value is a source never seen.
type SourceState struct {
	Name, Kind  string
	Version     int64
	Cursor      fetch.Cursor
	Health      Health
	Since       time.Time // of the health
	Reason      string    // why it is not ok; where it is, what the source itself reported
	BaselineAt  time.Time // when the first look was accepted
	PolledAt    time.Time // when it was last asked
	SucceededAt time.Time // when it last answered acceptably, unchanged or not
	ChangedAt   time.Time // when that answer last held something new
}

// Poll is the record of one look.
type Poll struct {
	ID, Source string
	At         time.Time
	Outcome    string // a Health, or "unchanged"
	Reason     string
	Changes    int
	AsOf       diff.Date // of the newest snapshot read
	Parser     string    // version of the program that read it
	Exchanges  []fetch.Exchange
}

// Notice is something that the operators are told once.
type Notice struct {
	ID     string
	Kind   string // held, broken, partly, overdue, recovered, missing, released, problem
	Source string
	List   diff.ListID
	Text   string
	At     time.Time
}

// SourceList is what a source last showed of a list, as a whole. Version 0 means that no look was accepted yet.
type SourceList struct {
	Source         string
	List           diff.ListID
	AsOf           diff.Date
	BaselineAsOf   diff.Date // of the first accepted snapshot
	TakenAt        time.Time
	Version        int64
	Primary        bool
	Entries        int
	Digest         string // of all entries
	Evidence       []diff.Evidence
	HeldSince      time.Time // zero where the list is not held
	HeldReason     string
	HeldDigest     string         // of the answer that is held
	ReleasedDigest string         // of the answer that a person let through
	Blind          Blind          // records that could not be read
	HeldSameSince  time.Time      // since when each look has brought the held answer again
	FlappedAt      time.Time      // when a state from before the stored one was last shown; zero where none comes back
	Earlier        []EarlierState // the last that were replaced, for half a year
}

// EarlierState is what a source showed of a list until it showed something else.
type EarlierState struct {
	Digest string    `json:"digest"`
	Until  time.Time `json:"until"`
	Seen   time.Time `json:"seen"` // when it was last shown, since then too
}

// SourceEntry is one entry as a source last showed it.
type SourceEntry struct {
	Entry        diff.Entry // with its EntryID
	Position     int        // in the file in which it last said something else
	SeenAt       time.Time
	MissingSince time.Time // zero where the source shows it
}

// EntryVersion is a stretch of an entry's legal state, in two times.
type EntryVersion struct {
	ID           string
	Entry        diff.Entry // with its EntryID
	ValidFrom    diff.Date  // "" where it was in force before monitoring began
	ValidTo      diff.Date  // the first day on which it is no longer in force, "" where none is known
	RecordedFrom time.Time
	RecordedTo   time.Time // zero while believed
	ChangeID     string    // what began it; "" for a baseline
	EndedBy      string    // the Change that ended it; "" while nothing did
	Source       string
}

// VersionRef is a version without its entry's text: who it is, and when it counts.
type VersionRef struct {
	ID, EntryID, Key   string
	ValidFrom, ValidTo diff.Date
	Print              []byte // of the entry; nil where it is not known
}

// Standing is what was done with an act.
type Standing string

// The standings of an act.
const (
	Waiting    Standing = "waiting"    // for the baseline of a list that it changes
	Applied    Standing = "applied"    // its changes are stored
	Background Standing = "background" // older than the baseline, which shows what it did
	TakenBack  Standing = "withdrawn"  // withdrawn or revoked
)

// StoredAct is an act with what was done with it.
type StoredAct struct {
	Act         diff.Act // with amendments and evidence
	Case        string
	Source      string
	Fingerprint string
	Revision    int
	Standing    Standing
	SeenAt      time.Time
	UpdatedAt   time.Time
	Held        *HeldReading // nil where the last reading was believed
	Withdrawals int          // how often it was withdrawn or revoked
}

// HeldReading is a later reading of an act that says less than what was told of it, and may not: its text is cut, or
// contradicts itself.
type HeldReading struct {
	Since       time.Time `json:"since"`       // since when the act's readings are held
	Why         string    `json:"why"`         // the document's Doubt
	Fingerprint string    `json:"fingerprint"` // of the reading
	SameSince   time.Time `json:"same_since"`  // since when this very reading is given
	Looks       int       `json:"looks"`       // how often it was given
	Less        int       `json:"less"`        // Changes that it would take back or make poorer
}

// StoredChange is a Change with what was done with it.
type StoredChange struct {
	Change     diff.Change
	Supersedes string // "id@revision"
	Retracted  string // why it is taken back, "" where it is not
	Silent     bool   // nobody is to hear of this row
	ShownAt    time.Time
	RecordedAt time.Time
	RoutedAt   time.Time
}

// StageMark is one stage of one case.
type StageMark struct {
	Case       string
	Stage      diff.Stage
	At         time.Time
	Source     string
	Evidence   []diff.Evidence
	RecordedAt time.Time
	Silent     bool // nobody is to hear of it: the case's Changes are first told at this stage
}

// CaseNote is what those who heard of a case must be told besides stages and Changes.
type CaseNote struct {
	ID    string
	Case  string
	Kind  string // read_this, withdrawn, reinstated, never_published, confirmed
	Lists []diff.ListID
	Text  string
	At    time.Time
}
