package diff

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// Print is a fingerprint of all that an entry says, problems and key included, but not of its identity: two with the same Print are one row
// of one source. It takes a fiftieth of the time of writing the entry as JSON.
func (e *Entry) Print() [sha256.Size]byte {
	p := printer{b: make([]byte, 0, 1024)}
	return p.of(e)
}

// Prints are the fingerprints of many entries.
func Prints(entries []Entry) [][sha256.Size]byte {
	var p printer
	out := make([][sha256.Size]byte, len(entries))
	for i := range entries {
		out[i] = p.of(&entries[i])
	}
	return out
}

// printer writes entries so that no two different ones are the same bytes.
type printer struct{ b []byte }

func (p *printer) of(e *Entry) [sha256.Size]byte {
	p.b = p.b[:0]
	p.texts(string(e.List), e.Key, e.Parent, string(e.Kind), e.Country, e.Name, e.LicenseRequirement, e.LicenseReviewPolicy, e.Remarks,
		e.Printed)
	p.flag(e.Within)
	for _, list := range e.listFields() {
		p.texts(*list...)
	}
	p.number(len(e.Citations))
	for _, c := range e.Citations {
		p.number(c.Volume)
		p.number(c.Page)
		p.texts(string(c.Date), c.Raw)
	}
	p.number(len(e.IDs))
	for _, x := range e.IDs {
		p.texts(x.Type, x.Value)
	}
	p.number(len(e.Attributes))
	for _, x := range e.Attributes {
		p.texts(x.Type, x.Value)
		p.flag(x.Unknown)
	}
	p.number(len(e.Problems))
	for _, x := range e.Problems {
		p.texts(string(x.Kind), x.Text, x.Where)
	}
	return sha256.Sum256(p.b)
}

func (p *printer) number(n int) { p.b = binary.AppendVarint(p.b, int64(n)) }

func (p *printer) flag(set bool) {
	if set {
		p.number(1)
	} else {
		p.number(0)
	}
}

func (p *printer) texts(list ...string) {
	p.number(len(list))
	for _, s := range list {
		p.number(len(s))
		p.b = append(p.b, s...)
	}
}

// SameRow reports whether two entries say the same to the letter and are the same entry: both have the same Print and EntryID.
func SameRow(a, b *Entry) bool {
	return a.EntryID == b.EntryID && a.List == b.List && a.Key == b.Key && a.Within == b.Within && a.Printed == b.Printed && sameFields(a, b) &&
		slices.Equal(a.Countries, b.Countries) && slices.Equal(a.Problems, b.Problems)
}
