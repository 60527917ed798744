package lawtext

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
)

// Row is one table row of a list, with the rows that continue it.
type Row struct {
	List        diff.ListID
	Country     string   // the heading it stands under
	Party       []string // lines of the party's cell; those of continuation rows behind them, after a blank line
	Requirement string
	Policy      string
	Footnotes   []string
	Citation    string
	Where       string // the place in the source, for problems
}

// Entries makes the entries of a row: the entry first, then the parties named inside it, each with the entry's key as its Parent. A
// row that names nobody ("[Reserved]") has none. Keys are not yet numbered; see diff.NumberKeys.
func (r Row) Entries() []diff.Entry { return r.AppendEntries(nil) }

// AppendEntries appends the entries of a row to those of the rows before it.
func (r Row) AppendEntries(all []diff.Entry) []diff.Entry {
	p := ReadParty(r.Party)
	if p.Reserved {
		return all
	}
	all = append(all, r.entry(&p))
	e := &all[len(all)-1]
	if number, ok := addressNumber(p.Name); ok {
		asAddress(e, number)
	}
	e.Printed = r.printed()
	key := e.Key
	for i := range p.Parts {
		c := r.entry(&p.Parts[i])
		c.Within = true
		c.Key, c.Parent = key+"/"+strings.TrimPrefix(c.Key, diff.MakeKey(r.List, r.Country, "")), key
		all = append(all, c)
	}
	return all
}

// printed is the fingerprint of the party's text, whose lines may be broken anywhere.
func (r *Row) printed() string {
	h := fnv.New64a()
	for i, line := range r.Party {
		if i > 0 && line != "" {
			h.Write([]byte{' '})
		}
		h.Write([]byte(line))
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

func (r *Row) entry(p *Party) diff.Entry {
	e := diff.Entry{
		List: r.List, Key: diff.MakeKey(r.List, r.Country, p.Name), Kind: kindOf(p), Country: r.Country, Countries: countries(r.Country, p),
		Name: p.Name, Aliases: p.Aliases, WeakAliases: p.WeakAliases, FormerNames: p.FormerNames, Addresses: p.Addresses,
		LicenseRequirement: r.Requirement, LicenseReviewPolicy: r.Policy, Footnotes: r.Footnotes,
		Citations: ReadCitations(r.Citation), Notes: p.Notes, Problems: p.Problems,
	}
	for i := range e.Problems {
		e.Problems[i].Where = r.Where
	}
	return e
}

// asAddress makes an entry of an address alone: "Address 07, Room 1318-19, …" is known by the address. The number may change with
// every rule and is a remark.
func asAddress(e *diff.Entry, number string) {
	e.Kind = diff.Address
	e.Remarks = number
	e.Name = strings.Join(e.Addresses, "; ")
	e.Key = diff.MakeKey(e.List, e.Country, e.Name)
}

// addressNumber reads the name of an address-only entry: "Address 01".
func addressNumber(name string) (string, bool) {
	digits, ok := strings.CutPrefix(name, "Address ")
	return name, ok && isDigits(digits)
}

// countries are the codes of the heading and of the addresses, each once, the heading's first.
func countries(heading string, p *Party) []string {
	var all []string
	if code, ok := diff.CountryCode(heading); ok {
		all = append(all, code)
	}
	for _, a := range p.Addresses {
		if code, ok := diff.AddressCountry(a); ok && !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}

// kindOf says what sort of party it is, where its name or an alias shows it.
func kindOf(p *Party) diff.Kind {
	if showsOrganization(p.Name) || slices.ContainsFunc(p.Aliases, showsOrganization) {
		return diff.Organization
	}
	return diff.UnknownKind
}

func showsOrganization(name string) bool {
	for word := range strings.FieldsSeq(name) {
		if corporateForm(word) && !ambiguousForm(word) || partWord(word) || organizationWord(word) {
			return true
		}
	}
	return false
}
