package diff

import "time"

// ActStatus is where a document stands with its publisher.
type ActStatus string

// The statuses of an act.
const (
	ActFiled     ActStatus = "filed"     // on public inspection
	ActPublished ActStatus = "published" // printed in the Federal Register
	ActWithdrawn ActStatus = "withdrawn" // withdrawn before publication
	ActRevoked   ActStatus = "revoked"   // taken back by its publisher
)

// Act is one legal document that changes lists.
type Act struct {
	DocumentNumber string            `json:"document_number"`
	Citation       string            `json:"citation,omitempty"`
	Volume         int               `json:"volume,omitempty"`
	StartPage      int               `json:"start_page,omitempty"`
	EndPage        int               `json:"end_page,omitempty"`
	Title          string            `json:"title,omitempty"`
	Type           string            `json:"type,omitempty"` // Rule, Proposed Rule, Notice, Presidential Document
	Agencies       []string          `json:"agencies"`
	FiledOn        Date              `json:"filed_on,omitempty"`
	FiledAt        time.Time         `json:"filed_at,omitzero"`    // the instant of FiledOn, where public inspection gives it
	PlannedOn      Date              `json:"planned_on,omitempty"` // of a filed act: the announced day of publication
	PublishedOn    Date              `json:"published_on,omitempty"`
	EffectiveOn    Date              `json:"effective_on,omitempty"`
	CorrectionOf   string            `json:"correction_of,omitempty"` // a document number
	URLs           map[string]string `json:"urls,omitempty"`          // html, pdf, xml, text, json, inspection
	SavingsClause  string            `json:"savings_clause,omitempty"`
	Status         ActStatus         `json:"status,omitempty"`
	Declared       Declared          `json:"declared,omitempty"`
	Amendments     []Amendment       `json:"-"`
	ReadThis       string            `json:"read_this,omitempty"` // why a human must read a document that concerns parties but cannot be parsed
	Problems       []Problem         `json:"problems"`
	// Doubt says why this reading may take nothing back that an earlier one said: the text is cut, states other numbers than it holds, or
	// none. It is empty where the document is whole, identified and agrees with itself.
	Doubt    string     `json:"doubt,omitempty"`
	Text     string     `json:"-"` // fingerprint of the document's text, to notice a later edit
	Evidence []Evidence `json:"-"`
}

// Uncounted is the Doubt of a document that contradicts nothing of itself, and states no numbers by which that could be checked. What such
// a text does not say any more may be taken back where it is read again and again over hours.
const Uncounted = "it states no numbers of its own by which it could be checked"

// Damaged is the Doubt of a document in whose names letters are lost. Nothing of it is believed after a reading that was not damaged.
const Damaged = "letters of its names are lost"

// MarshalJSON writes lists as [] where they are empty, never as null.
func (a Act) MarshalJSON() ([]byte, error) {
	type plain Act
	p := plain(a)
	fill(&p.Agencies)
	fill(&p.Problems)
	return marshal(p)
}

// Action is what an instruction does to an entry.
type Action string

// The actions. AddOrRevise is a table row that only the state can decide; Apply resolves it. Republish gives the whole new text of a
// list, or of one country's entries in it, in the rows of the same act: absence from it means removal, and the same text means nothing
// (the Federal Register's "revise and republish").
const (
	Add         Action = "add"
	Remove      Action = "remove"
	Revise      Action = "revise"
	EditFields  Action = "edit"
	AddOrRevise Action = "add_or_revise"
	Republish   Action = "republish"
)

// Amendment is one instruction of an act, for one entry.
type Amendment struct {
	Action      Action    `json:"action"`
	List        ListID    `json:"list"`
	Country     string    `json:"country,omitempty"` // the list's heading, as the instruction or the table writes it
	Name        string    `json:"name,omitempty"`    // as the instruction writes it
	Entry       *Entry    `json:"entry,omitempty"`   // the new text, where a table row gives it
	Edits       []Edit    `json:"edits"`
	Instruction string    `json:"instruction,omitempty"` // the instruction's own words
	Problems    []Problem `json:"problems"`
	// ToCome says what of the instruction stands in a part of the document that this form of it does not let us read, and a later form
	// will: the table of a typescript. Its absence is expected, and no problem.
	ToCome string `json:"to_come,omitempty"`
}

// MarshalJSON writes lists as [] where they are empty, never as null.
func (a Amendment) MarshalJSON() ([]byte, error) {
	type plain Amendment
	p := plain(a)
	fill(&p.Edits)
	fill(&p.Problems)
	return marshal(p)
}

// EditOp is what an edit does to one field.
type EditOp string

// The operations of an edit.
const (
	EditAdd     EditOp = "add"
	EditRemove  EditOp = "remove"
	EditReplace EditOp = "replace"
)

// Edit changes one field of an entry. Field is the JSON name of an Entry field (name, aliases, addresses, license_requirement …).
// Old is what a replacement replaces, where the instruction says it.
type Edit struct {
	Field string `json:"field"`
	Op    EditOp `json:"op"`
	Value string `json:"value"`
	Old   string `json:"old,omitempty"`
}

// Declared is what a document says of itself, by list. It is empty when no change of a known list is stated.
type Declared map[ListID]Counts

// Counts are a document's own numbers for one list; nil or absent when not stated. "Persons" count as entities.
type Counts struct {
	AddedEntities    *int           `json:"added_entities,omitempty"`
	AddedEntries     *int           `json:"added_entries,omitempty"`
	RemovedEntities  *int           `json:"removed_entities,omitempty"`
	RemovedEntries   *int           `json:"removed_entries,omitempty"`
	RevisedEntities  *int           `json:"revised_entities,omitempty"`
	RevisedEntries   *int           `json:"revised_entries,omitempty"`
	AddedAddresses   *int           `json:"added_addresses,omitempty"`
	RemovedAddresses *int           `json:"removed_addresses,omitempty"`
	RemovedAliases   *int           `json:"removed_aliases,omitempty"`
	AddedByCountry   map[string]int `json:"added_by_country,omitempty"`
	RemovedByCountry map[string]int `json:"removed_by_country,omitempty"`
	RevisedByCountry map[string]int `json:"revised_by_country,omitempty"`
}
