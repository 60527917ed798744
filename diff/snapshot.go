package diff

import "time"

// Snapshot is all entries of a List as one source showed them at one as-of date.
type Snapshot struct {
	List     ListID
	Undated  bool // AsOf is the day of the answer, since the file carries no date of its own
	AsOf     Date // the day the source says, or was asked, it is true for
	Complete bool // whether absence of an entry means anything
	Entries  []Entry
	Problems []Problem
	Declared int    // the source's own count of entries or records; 0 where it states none
	Rows     int    // what Declared counts, as parsed
	Lacks    string // what every file of this kind has and this one has not, as a sentence; "" where nothing is missing
	Evidence []Evidence
}

// State is the current legal state of lists: every entry in force, each with its EntryID.
type State struct {
	Entries []Entry
}

// NewsItem is one report of a news feed.
type NewsItem struct {
	ID        string    `json:"id"` // survives an edited title
	Feed      string    `json:"feed"`
	Title     string    `json:"title"`
	Summary   string    `json:"summary,omitempty"` // plain text
	Text      string    `json:"text,omitempty"`    // the article as plain text, where it was fetched
	Links     []string  `json:"links"`             // without tracking parameters; several where feeds share the story
	Published time.Time `json:"published,omitzero"`
}

// Reading is what one look at a source yielded. A look that found nothing new is the zero Reading.
type Reading struct {
	Snapshots []Snapshot
	Acts      []Act
	Items     []NewsItem
	Problems  []Problem // of the source itself, not of one entry or act
	Standing  bool      // Problems are all that stand now, whatever this look asked for: one that is not among them has ended
}

// Evidence points to stored bytes that a Change came from.
type Evidence struct {
	SHA256    string    `json:"sha256"`
	URL       string    `json:"url"`
	FetchedAt time.Time `json:"fetched_at"`
}
