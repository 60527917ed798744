package diff

import (
	"bytes"
	"encoding/json"
)

// Kind is what sort of party an entry is, said only where the list's own text shows it.
type Kind string

// The kinds of party.
const (
	Organization Kind = "organization"
	Person       Kind = "person"
	Vessel       Kind = "vessel"
	Aircraft     Kind = "aircraft"
	Address      Kind = "address" // anyone at the address needs a license; the entry has no name of its own
	UnknownKind  Kind = "unknown"
)

// Entry is one party (or address) on one List. One party listed under two countries is two entries.
type Entry struct {
	List    ListID `json:"list"`
	Key     string `json:"key"`                // deterministic, made by the parser (see MakeKey); may change when a name does
	EntryID string `json:"entry_id,omitempty"` // identity across snapshots, acts and sources; made once, never reused
	Parent  string `json:"parent,omitempty"`   // the parent's key, or its name where the parent is not listed
	Within  bool   `json:"within,omitempty"`   // named inside another entry's row: a party in its own right, but no row of its own
	Kind    Kind   `json:"kind,omitempty"`

	Country   string   `json:"country,omitempty"` // the list's own heading
	Countries []string `json:"countries"`         // ISO 3166 alpha-2 of heading and addresses

	Name        string   `json:"name"`
	Aliases     []string `json:"aliases"`
	WeakAliases []string `json:"weak_aliases"`
	FormerNames []string `json:"former_names"`
	Addresses   []string `json:"addresses"`

	LicenseRequirement  string     `json:"license_requirement,omitempty"`
	LicenseReviewPolicy string     `json:"license_review_policy,omitempty"`
	Footnotes           []string   `json:"footnotes"` // the marks that apply ("3", "4"), not their text
	Citations           []Citation `json:"citations"` // the first is the addition, later ones revisions

	Programs   []string    `json:"programs"`
	IDs        []ID        `json:"ids"`
	Attributes []Attribute `json:"attributes"` // birth, nationality, title, vessel data …
	Notes      []string    `json:"notes"`      // "See alternate address under Hong Kong." and the like
	Remarks    string      `json:"remarks,omitempty"`
	Problems   []Problem   `json:"problems"`
	// Printed is a fingerprint of the row as the source prints it, where names and addresses are cut out of running text: it tells the
	// differences in punctuation that none of the fields above shows.
	Printed string `json:"printed,omitempty"`
}

// Citation is a Federal Register citation as an entry carries it. Raw is the source's own text; the other fields are set where it
// could be read. A misprinted citation keeps Raw and whatever is certain.
type Citation struct {
	Volume int    `json:"volume,omitempty"`
	Page   int    `json:"page,omitempty"`
	Date   Date   `json:"date,omitempty"`
	Raw    string `json:"raw"`
}

// ID is an identifier that a list gives for a party (a registration number, a passport, an IMO number).
type ID struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// Attribute is any further fact that a list gives for a party.
type Attribute struct {
	Type    string `json:"type"`
	Value   string `json:"value"`
	Unknown bool   `json:"unknown,omitempty"` // of a field that this version does not know, under the source's own name for it
}

// MarshalJSON writes lists as [] where they are empty, never as null.
func (e Entry) MarshalJSON() ([]byte, error) {
	for _, list := range e.listFields() {
		fill(list)
	}
	fill(&e.Citations)
	fill(&e.IDs)
	fill(&e.Attributes)
	fill(&e.Problems)
	type plain Entry
	return marshal(plain(e))
}

// marshal is json.Marshal that leaves & < > as they are: names hold them, and people read the output.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func fill[T any](s *[]T) {
	if *s == nil {
		*s = []T{}
	}
}

// NameOnly reports whether no more than the name of an entry is known, as from the text of a document on public inspection.
func (e *Entry) NameOnly() bool {
	return len(e.Addresses)+len(e.Aliases) == 0 && e.LicenseRequirement == ""
}
