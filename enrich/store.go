package enrich

import (
	"context"
	"time"

	"entitywatch/diff"
)

// Store is what enriching reads and writes.
type Store interface {
	State
	Press

	// Unenriched are the newest readings of Changes that wait to be told and were not enriched, oldest first.
	Unenriched(ctx context.Context) ([]Reading, error)
	// Readings are the Changes of some of those, in that order; what was enriched or read anew since is left out.
	Readings(ctx context.Context, of ...Reading) ([]diff.Change, error)
	// SaveHits stores what enriching found for readings of Changes, so that they are told without further wait.
	SaveHits(ctx context.Context, at time.Time, found ...Found) error
	// Dismissals are the pairs that a person has found to be two parties.
	Dismissals(ctx context.Context) ([]Dismissal, error)
	// SaveFile notes how a file of counterparties does, for those who ask another process.
	SaveFile(ctx context.Context, f FileState) error
	// FileStates are the files of counterparties as they were noted last.
	FileStates(ctx context.Context) ([]FileState, error)
	// Tell has the operators told, once for each id.
	Tell(ctx context.Context, n Notice) error
}

// State is the legal state, and how to follow it.
type State interface {
	StateVersion(ctx context.Context) (int64, error)
	// InForce gives f every entry in force on a day, and returns the version of the state.
	InForce(ctx context.Context, day diff.Date, f func(diff.Entry)) (version int64, err error)
	// MovedSince are the entries that moved since a version, or by the calendar between two days.
	MovedSince(ctx context.Context, version int64, before, day diff.Date) (Moved, error)
}

// Moved is what happened to the legal state between two versions and two days.
type Moved struct {
	Version int64
	IDs     []string     // entry ids that may have moved
	Entries []diff.Entry // those of them that are in force on the later day; empty where All
	All     bool         // so much has moved that the whole is better read anew
}

// Press is the news that the feeds brought.
type Press interface {
	// UnscannedNews are the reports that nobody has searched, oldest first; NewsSince are all seen since.
	UnscannedNews(ctx context.Context) ([]diff.NewsItem, error)
	NewsSince(ctx context.Context, since time.Time) ([]diff.NewsItem, error)
	MarkScanned(ctx context.Context, at time.Time, ids ...string) error
	// ChangesSince gives f the Changes noticed since that were not taken back, one after the other.
	ChangesSince(ctx context.Context, since time.Time, f func(diff.Change)) error
	// SaveCaseNews relates a report to a Case, SaveNewsAlert has the rules about news hear of it; each once.
	SaveCaseNews(ctx context.Context, caseID string, r Report, at time.Time) error
	SaveNewsAlert(ctx context.Context, a Alert, at time.Time) error
	// Cases runs f in one transaction that may change Cases.
	Cases(ctx context.Context, f func(Cases) error) error
}

// Cases is a transaction on Cases.
type Cases interface {
	Case(id string) (diff.Case, bool, error)
	SaveCase(c diff.Case) error
	// AddStage notes that a Case was reported; nobody is told of the stage by itself.
	AddStage(caseID string, at time.Time, source string, recorded time.Time) error
	Audit(at time.Time, action string, what any) error
}

// Reading names one reading of a Change.
type Reading struct {
	Change   string
	Revision int
}

// readingOf names a reading.
func readingOf(c diff.Change) Reading { return Reading{c.ID, c.Revision} }

// Found is what enriching found for one reading of a Change.
type Found struct {
	Reading
	Hits []Hit // none where it touches nobody
}

// Hit is one of ours that a Change touches.
type Hit struct {
	Counterparties string // the configured file's name
	ID             string
	Name           string
	Match          string // the name or alias that matched
	Score          float64
	MatchedOn      string
	Reason         string
}

// FileState is how one file of counterparties does.
type FileState struct {
	Name, File  string
	Parties     int // that are screened
	Unread      int // rows that were not taken
	Problem     string
	Note        string    // what was read otherwise than it stands, such as in another encoding
	ReadAt      time.Time // of the reading in use; zero where there is none
	Broken      string    // why the file as it is now cannot be read; empty where it can
	BrokenSince time.Time
}

// Dismissal is a person's finding that a counterparty is not the listed party that it resembles. The prints are of what both sides
// looked like then; a hit whose prints differ is told again.
type Dismissal struct {
	Counterparty string // file/id
	EntryID      string
	PartyPrint   string
	EntryPrint   string
}

// Notice is something that the operators must hear, once.
type Notice struct {
	ID      string
	Kind    string
	Subject string
	Text    string
	At      time.Time
}

// Report is a news item as it is told.
type Report struct {
	ID        string
	Feed      string
	Title     string
	URL       string
	Also      []string // the same story elsewhere
	Published time.Time
	Names     []string // of the listed parties that it names
}

// Alert is a report that names listed parties or speaks of a listing.
type Alert struct {
	Report  Report
	Lists   []diff.ListID // of the parties named
	Listing bool          // it speaks of a listing
	// Reported are the parties that it says are to be listed: they are on no list, and nobody but the report says so.
	Reported []string
}
