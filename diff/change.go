package diff

import (
	"bytes"
	"encoding/json"
	"time"
)

// ChangeKind is what happened to an entry.
type ChangeKind string

// The kinds of change. A discrepancy is two sources that disagree; nobody has said that the entry changed.
const (
	Added       ChangeKind = "added"
	Removed     ChangeKind = "removed"
	Amended     ChangeKind = "amended"
	Renamed     ChangeKind = "renamed"
	Discrepancy ChangeKind = "discrepancy"
)

// ChangeKinds are all of them.
func ChangeKinds() []ChangeKind { return []ChangeKind{Added, Removed, Amended, Renamed, Discrepancy} }

// Change is a difference made to an Entry. It is told once; a later reading of the same instruction is a revision of the same
// Change, with the same ID.
type Change struct {
	ID          string        `json:"id"`
	Change      ChangeKind    `json:"change"`
	Substantive bool          `json:"substantive"`
	Unconfirmed bool          `json:"unconfirmed"`
	List        ListID        `json:"list"`
	Key         string        `json:"key"`
	EntryID     string        `json:"entry_id,omitempty"`
	Country     string        `json:"country,omitempty"`
	Name        string        `json:"name"`
	Entry       *Entry        `json:"entry,omitempty"` // after; before for a removal
	Before      *Entry        `json:"before,omitempty"`
	After       *Entry        `json:"after,omitempty"`
	Fields      []FieldChange `json:"fields"`
	Act         string        `json:"act,omitempty"` // document number
	Case        string        `json:"case,omitempty"`
	Source      string        `json:"source,omitempty"` // the configured source's name
	Stage       Stage         `json:"stage,omitempty"`
	EffectiveOn Date          `json:"effective_on,omitempty"`
	DetectedAt  time.Time     `json:"detected_at,omitzero"`
	Evidence    []Evidence    `json:"evidence"`
	Problems    []Problem     `json:"problems"`
	Instruction string        `json:"instruction,omitempty"`
	Linked      []string      `json:"linked,omitempty"`   // ids of Changes of the same act that look like the same party
	Revision    int           `json:"revision,omitempty"` // 0 at first telling; counts later readings of the same instruction
	Note        string        `json:"note,omitempty"`     // "on file when monitoring began", "without a rule" and the like

	Correction    *Correction    `json:"correction,omitempty"`    // of a later telling that puts an earlier one right; nil for any other
	Reinstatement *Reinstatement `json:"reinstatement,omitempty"` // of a telling after a retraction: the retraction is void; nil for any other
}

// Correction is what a document put right: this telling of a Change takes the place of one that said something else. A Change that is
// taken back by a correction has one too, without After.
type Correction struct {
	By     string        `json:"by"`               // the document that corrects; the same as Of where its own text was edited
	Of     string        `json:"of"`               // the document that was wrong
	Before *Entry        `json:"before,omitempty"` // the entry as it was told; nil where it was told to be off the list
	After  *Entry        `json:"after,omitempty"`  // the entry as it is; nil where it is not on the list
	Fields []FieldChange `json:"fields"`           // from Before to After, where both are there
}

// MarshalJSON writes lists as [] where they are empty, never as null.
func (c Correction) MarshalJSON() ([]byte, error) {
	type plain Correction
	p := plain(c)
	fill(&p.Fields)
	return marshal(p)
}

// Corrected is the Correction between two tellings of one Change.
func Corrected(by, of string, told, now *Entry) *Correction {
	c := &Correction{By: by, Of: of, Before: copyOf(told), After: copyOf(now)}
	if told != nil && now != nil {
		c.Fields = CompareEntries(*told, *now)
	}
	return c
}

// Reinstatement is the retraction that a telling makes void: the Change was told, taken back, and holds after all.
type Reinstatement struct {
	Reason string    `json:"reason"` // why it was taken back, in the words of the retraction
	At     time.Time `json:"at"`     // when it was taken back
}

// MarshalJSON writes lists as [] where they are empty, never as null.
func (c Change) MarshalJSON() ([]byte, error) {
	type plain Change
	p := plain(c)
	fill(&p.Fields)
	fill(&p.Evidence)
	fill(&p.Problems)
	return marshal(p)
}

// UnmarshalJSON reads what MarshalJSON writes. As in a Change that was just made, Entry is the same as After, or Before, where it says the
// same: of an entry that stands there twice one copy is kept.
func (c *Change) UnmarshalJSON(data []byte) error {
	type plain Change
	sides := struct {
		*plain
		Entry  json.RawMessage `json:"entry"`
		Before json.RawMessage `json:"before"`
		After  json.RawMessage `json:"after"`
	}{plain: (*plain)(c)}
	if err := json.Unmarshal(data, &sides); err != nil {
		return err
	}
	for _, side := range []struct {
		text json.RawMessage
		into **Entry
	}{{sides.After, &c.After}, {sides.Before, &c.Before}} {
		if len(side.text) == 0 {
			continue
		}
		if err := json.Unmarshal(side.text, side.into); err != nil {
			return err
		}
	}
	switch {
	case len(sides.Entry) == 0:
		return nil
	case bytes.Equal(sides.Entry, sides.After):
		c.Entry = c.After
	case bytes.Equal(sides.Entry, sides.Before):
		c.Entry = c.Before
	default:
		return json.Unmarshal(sides.Entry, &c.Entry)
	}
	return nil
}

// FieldChange is one difference in one field. Field is the JSON name of an Entry field. In list fields each item added has only
// After and each item removed has only Before.
type FieldChange struct {
	Field       string `json:"field"`
	Before      string `json:"before,omitempty"`
	After       string `json:"after,omitempty"`
	Substantive bool   `json:"substantive"`
}
