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
	Unread   []UnreadRecord // records that the source shows and that nobody could read
	Declared int            // the source's own count of entries or records; 0 where it states none
	Rows     int            // what Declared counts, as parsed
	Lacks    string         // what every file of this kind has and this one has not, as a sentence; "" where nothing is missing
	Evidence []Evidence
}

// UnreadRecord is a record that a source shows and that could not be read. It may be any entry that is no longer shown otherwise: the one
// with its key where it has an id, else one that was there before the record was.
type UnreadRecord struct {
	Key   string `json:"key,omitempty"` // of the entry that it is, without an ordinal; empty where the record does not say
	Print string `json:"print"`         // the same as long as the record stays as it is, wherever it stands
}

// Is reports whether the record is known to be an entry, or the one inside which it is named.
func (r UnreadRecord) Is(e *Entry) bool {
	base, _ := cutOrdinal(e.Key)
	return r.Key != "" && (base == r.Key || parentText(e.Parent) == r.Key)
}

// UnreadOf is an unread record, by its key where that is known and its text as the source has it.
func UnreadOf(key string, text ...string) UnreadRecord {
	return UnreadRecord{Key: key, Print: HashID("rec", append([]string{key}, text...)...)}
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
	Lacks     []Problem // parts of the answer that could not be had: what was read counts, but the look was not good
}

// Evidence points to stored bytes that a Change came from.
type Evidence struct {
	SHA256    string    `json:"sha256"`
	URL       string    `json:"url"`
	FetchedAt time.Time `json:"fetched_at"`
}
