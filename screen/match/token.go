package match

import (
	"entitywatch/diff"
	"entitywatch/screen/names"
)

// token is one word of a name, ready to be compared.
type token struct {
	s, snd string   // folded, and its sound
	canon  string   // canonical form of a generic word or a number, else s
	nick   []uint16 // the groups of given names that it stands in
	w      float32  // weight: letters times the share that the word keeps
	info   float32  // what finding it proves
	id     int32    // in the index's dictionary; -1 outside
	role   names.Role
	abjad  bool
	paren  bool
	known  bool // a word that is in use, as far as the lists or the tables know
}

// name is one name, read.
type name struct {
	toks    []token
	key     uint64 // equal for names that are the same but for case, punctuation and the way of writing a legal form
	compact uint64 // equal for names that also differ in spacing only
	legal   uint8  // canonical legal form, 0 for none
	class   names.LegalClass
	org     bool // has words that only organizations use
	kind    personKind
	being   bool   // the list says that it is a person, a vessel or an aircraft
	bare    bool   // nothing but legal forms
	firm    bool   // has a legal form, or a word of business
	vessel  bool   // the list says that it is a vessel or an aircraft, or the name says so ("MV")
	han     string // its Han characters, each in its simplified form
	chars   uint64 // equal for names of the same characters
	respelt bool   // read from another romanisation
}

// personKind says whether a name is a person's.
type personKind uint8

const (
	maybePerson personKind = iota
	aPerson                // has words that mostly people's names use, or the list says so
	noPerson               // the list says so
)

// kindOf is what a list's own word for the kind of party says.
func kindOf(k diff.Kind, words bool) personKind {
	switch {
	case k == diff.Person:
		return aPerson
	case k == diff.Vessel, k == diff.Aircraft, k == diff.Organization:
		return noPerson
	case words:
		return aPerson
	}
	return maybePerson
}

// nameOf is what a reading says of a name as a whole.
func nameOf(r *names.Reading) name {
	return name{
		key: r.Key, compact: r.Compact, chars: r.Chars, han: r.Han, legal: r.Legal, class: r.Class, org: r.Org, firm: r.Firm,
		vessel: r.Vessel,
		kind:   kindOf(diff.UnknownKind, r.Person), bare: r.Bare,
	}
}

// maxWeight is the number of letters that count fully: a long word is no better proof than a longish one.
const maxWeight = 14

func makeToken(p names.Part) token {
	t := token{
		s: p.Text, canon: p.Canon, role: p.Role, abjad: p.Abjad, paren: p.Paren, id: -1,
		info: evidence(p.Role), nick: names.Nicknames(p.Text),
		w: float32(min(len(p.Text), maxWeight)) * names.Share(p.Text, p.Role),
	}
	t.known = p.Role != names.Distinctive
	t.snd = string(names.Sound(p.Text, nil))
	return t
}
