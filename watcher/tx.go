package watcher

import (
	"time"

	"entitywatch/diff"
)

// Tx is one transaction of a Store.
type Tx interface {
	Records
	Lists
	Versions
	Acts
	Changes
	Cases
	News
}

// Records is what happened, for people and for proof.
type Records interface {
	// RecordPoll stores the look with its exchanges and their bytes.
	RecordPoll(p Poll) error
	// Failing are the sources that cannot be read as they should be, oldest first, and those whose end is not told yet.
	Failing() ([]Failing, error)
	SaveFailing(f Failing) error
	DropFailing(source, kind string) error
	// AddNotice stores a notice; one whose id is stored already is not stored again.
	AddNotice(n Notice) error
	// Audit appends one decision to the hash chain.
	Audit(at time.Time, action string, what any) error
}

// Lists is what sources last showed.
type Lists interface {
	// SourceLists are all lists of all sources.
	SourceLists() ([]SourceList, error)
	SaveSourceList(l SourceList) error
	// AskAnew has the next look at a source read everything, changed or not. A look under way is in conflict with it.
	AskAnew(source string) error
	// SourceEntries are in the order in which the source showed them. Those that are at hand, but for their identity, are
	// not read.
	SourceEntries(source string, list diff.ListID, at *diff.Rows) ([]SourceEntry, error)
	// PutSourceEntries writes entries by their keys, after dropping the keys given.
	PutSourceEntries(source string, list diff.ListID, put []SourceEntry, drop []string) error
	// MissingEntries are the entry holds of all sources.
	MissingEntries() ([]Missing, error)
}

// Missing is an entry hold.
type Missing struct {
	Source string
	SourceEntry
}

// Versions is the legal state in two times.
type Versions interface {
	// Believed are the versions of a list's entries that are believed now, past and future ones included, by EntryID and
	// day.
	Believed(list diff.ListID) ([]VersionRef, error)
	// InForce are those that count on a day and are sought, in that order; nil seeks all.
	InForce(list diff.ListID, on diff.Date, sought *diff.Sought) ([]VersionRef, error)
	// FirstInForce is the first of those that count on a day; it is zero where there are none.
	FirstInForce(list diff.ListID, on diff.Date) (VersionRef, error)
	// VersionEntries are the entries of versions, in their order. Those that are at hand, but for their identity, are not
	// read.
	VersionEntries(of []VersionRef, at *diff.Rows) ([]diff.Entry, error)
	// Timeline are the believed versions of one entry, oldest first.
	Timeline(entryID string) ([]EntryVersion, error)
	// Disbelieve ends the belief in versions.
	Disbelieve(at time.Time, ids ...string) error
	// AddVersions stores new beliefs.
	AddVersions(v ...EntryVersion) error
}

// Acts are the legal documents read so far, by folded number.
type Acts interface {
	Act(number string) (a StoredAct, found bool, err error)
	ActsOf(standing Standing) ([]StoredAct, error)
	// ActsTakingEffect are applied ones that are in force on a day and whose case does not say so yet.
	ActsTakingEffect(today diff.Date) ([]StoredAct, error)
	// ActsFiled are applied ones that are on public inspection only.
	ActsFiled() ([]StoredAct, error)
	// ActsHeld are those of a source of which a later reading is held.
	ActsHeld(source string) ([]StoredAct, error)
	// ActsOfCase are those of one legal action, corrections included.
	ActsOfCase(id string) ([]StoredAct, error)
	SaveAct(a StoredAct) error
}

// Changes are the differences noticed so far. Reading methods give the newest row of each id.
type Changes interface {
	Change(id string) (c StoredChange, found bool, err error)
	ChangesOfAct(number string) ([]StoredChange, error)
	ChangesOfCase(id string) ([]StoredChange, error)
	// ChangesOfList are those recorded since, retracted ones left out.
	ChangesOfList(list diff.ListID, since time.Time) ([]StoredChange, error)
	// UnseenChanges are those of a list that a source has not shown yet and did not notice itself, oldest first, retracted
	// ones left out.
	UnseenChanges(list diff.ListID, source string) ([]StoredChange, error)
	// TakenBack are the additions of a list that a source alone had shown, no act, and that were taken back since.
	TakenBack(list diff.ListID, source string, since time.Time) ([]StoredChange, error)
	// Sight notes that a source shows a Change.
	Sight(id, source string, at time.Time) error
	// Unsight forgets who shows a Change: it says something else now.
	Unsight(id string) error
	// UnshownChanges are those of acts that no primary source has shown yet, retracted ones and discrepancies left out.
	UnshownChanges() ([]StoredChange, error)
	// AddChange stores a row as the newest of its id.
	AddChange(c StoredChange) error
	// RefreshChange rewrites the newest row of a Change in place, for what needs no telling: evidence, citations, the
	// stage.
	RefreshChange(c diff.Change) error
	// MarkShown notes when the primary source showed a Change.
	MarkShown(id string, at time.Time) error
}

// Cases are the legal actions.
type Cases interface {
	// Case is a case with its stages.
	Case(id string) (c diff.Case, found bool, err error)
	// SaveCase stores a case without its stages, under its next version. What was merged into one that is merged now is
	// merged into where that goes: nobody follows more than one step.
	SaveCase(c diff.Case) error
	// AddStage adds a stage to the set; added is false where the case has it already.
	AddStage(m StageMark) (added bool, err error)
	// AddCaseNote stores a note; added is false where its id is stored already.
	AddCaseNote(n CaseNote) (added bool, err error)
}

// News are the reports of the feeds.
type News interface {
	// AddNews stores the reports that are not yet stored and returns how many those are.
	AddNews(source string, at time.Time, baseline bool, items []diff.NewsItem) (int, error)
}
