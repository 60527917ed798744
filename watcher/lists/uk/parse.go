package uk

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// file is one list as it is read.
type file struct {
	records.List
	partial bool
	cols    records.Columns
	header  []string
	key     string           // the column of the key
	further []records.Column // that are not known here
	parties []*party
	at      map[string]*party
}

// party is what the rows of one key say.
type party struct {
	diff.Entry
	names   []name
	remarks []string
}

type name struct {
	text          string
	primary, weak bool
	former        bool
}

// Parse reads either list as one Snapshot; the header tells which it is. Its errors are *diff.Refused or the reader's.
func Parse(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	f := &file{partial: o.Partial, at: map[string]*party{}, List: records.List{
		ID: diff.UKSanctions, Source: "uk", Title: "the UK's list", AsOf: o.AsOf,
	}}
	body, err := records.Open(r)
	if err == nil {
		f.Whole, err = f.rows(body)
	}
	if err := f.End(err, o.Partial); err != nil {
		return nil, err
	}
	for _, p := range f.parties {
		f.Entries = append(f.Entries, p.entry())
	}
	return []diff.Snapshot{f.Snapshot()}, nil
}

// rows reads the file to its end; it is not whole where it was cut.
func (f *file) rows(body io.Reader) (whole bool, err error) {
	in := records.NewCSV(body, 0, &f.Log)
	if err := f.begin(in); err != nil {
		return false, err
	}
	for row := in.Next(); row != nil; row = in.Next() {
		f.row(row, in.Where())
	}
	return f.end(in)
}

// begin reads the date's line and the header.
func (f *file) begin(in *records.CSV) error {
	first := in.Preamble()
	if !slices.Contains(first, "Name 6") {
		f.date(strings.Join(first, ","))
		first = in.Preamble()
	}
	f.header = slices.Clone(first)
	f.cols = records.NewColumns(f.header)
	for _, k := range []string{"Unique ID", "Group ID"} {
		if _, ok := f.cols[k]; ok {
			f.key = k
			break
		}
	}
	if _, ok := f.cols["Name 6"]; !ok || f.key == "" {
		return records.Refuse("it has no header row with Name 6 and Unique ID or Group ID")
	}
	in.SetWidth(len(f.header))
	f.further = records.FurtherColumns(f.header, func(name string) bool {
		_, ok := columns[name]
		return ok || partners[name].kind != ""
	})
	return nil
}

// date reads "Report Date: 13-Feb-2026" or "Last Updated,27/04/2020".
func (f *file) date(line string) {
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' || r == ':' }) {
		if f.Date(lawtext.DayFirst(word)); f.Dated {
			return
		}
	}
	f.Note(diff.SourceSlip, "line 1", "the line before the header gives no date: %q", line)
}

func (f *file) end(in *records.CSV) (whole bool, err error) {
	if in.Err() != nil {
		return false, in.Err()
	}
	reason := in.Cut()
	if reason == "" && in.EndsOpen() {
		reason = "its last row has no end"
	}
	if reason == "" {
		return true, nil
	}
	return false, f.Cut(f.partial, in.Where(), reason)
}

// row adds one row to its party.
func (f *file) row(row []string, where string) {
	get := func(column string) string { return strings.TrimSpace(f.cols.Get(row, column)) }
	number := get(f.key)
	full := records.Join(" ", get("Name 1"), get("Name 2"), get("Name 3"), get("Name 4"), get("Name 5"), get("Name 6"))
	script := records.Join("", get("Name non-latin script"), get("Name Non-Latin Script"))
	if number == "" || full == "" && script == "" {
		f.Miss(records.UnreadOf(diff.UKSanctions, number, row...), where, "the row cannot be read: it has no %s or no name",
			f.key)
		return
	}
	kind := records.KindOf(records.Join("", get("Designation Type"), get("Group Type")))
	p := f.at[number]
	if p == nil {
		p = &party{Entry: diff.Entry{
			List: diff.UKSanctions, Key: diff.MakeIDKey(diff.UKSanctions, number),
			Kind: kind,
		}}
		f.at[number] = p
		f.parties = append(f.parties, p)
	}
	if kind != diff.UnknownKind && (p.Kind == diff.UnknownKind || kind < p.Kind) {
		p.Kind = kind
	}
	p.name(full, records.Join("", get("Name type"), get("Alias Type")),
		records.Join(" ", get("Alias strength"), get("Alias Quality")))
	if script != "" {
		p.Aliases = records.Once(p.Aliases, script)
	}
	p.address(get)
	for _, h := range f.header {
		p.cell(h, get, f.cols)
	}
	for _, a := range f.Further(f.further, row, where) {
		p.Attributes = records.Once(p.Attributes, a)
	}
}

// name keeps a name by its type ("Primary Name", "Prime Alias", "Primary name variation", "Alias", "AKA", "FKA") and
// strength.
func (p *party) name(text, kind, strength string) {
	if text == "" {
		return
	}
	kind = strings.ToLower(kind)
	n := name{
		text: text, primary: kind == "primary name" || kind == "prime alias", former: strings.HasPrefix(kind, "f"),
		weak: strings.Contains(strings.ToLower(strength), "low"),
	}
	if !slices.Contains(p.names, n) {
		p.names = append(p.names, n)
	}
}

// entry is the party with its names in their places. Where there is not one primary name, the order of the rows does
// not decide either: a primary one goes before others, a former and a weak one behind them, and among equals the
// alphabet decides.
func (p *party) entry() diff.Entry {
	e := p.Entry
	slices.SortFunc(p.names, func(a, b name) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.text, b.text))
	})
	for i, n := range p.names {
		switch {
		case i == 0:
			e.Name = n.text
		case n.text == e.Name:
		case n.former:
			e.FormerNames = records.Once(e.FormerNames, n.text)
		case n.weak:
			e.WeakAliases = records.Once(e.WeakAliases, n.text)
		default:
			e.Aliases = records.Once(e.Aliases, n.text)
		}
	}
	if e.Name == "" && len(e.Aliases) > 0 { // a party named in its own script alone
		e.Name = slices.Min(e.Aliases)
		e.Aliases = slices.DeleteFunc(e.Aliases, func(s string) bool { return s == e.Name })
	}
	if len(p.remarks) > 0 {
		slices.Sort(p.remarks)
		e.Remarks, e.Notes = p.remarks[0], append(e.Notes, p.remarks[1:]...)
	}
	return e
}

// rank is how soon a name stands for the party.
func (n name) rank() int {
	switch {
	case n.primary:
		return 0
	case n.former:
		return 3
	case n.weak:
		return 2
	}
	return 1
}

func (p *party) address(get func(string) string) {
	nation := records.Join("", get("Address Country"), get("Country"))
	text := records.Join(", ", get("Address Line 1"), get("Address Line 2"), get("Address Line 3"), get("Address Line 4"),
		get("Address Line 5"),
		get("Address Line 6"), get("Address Postal Code"), get("Address 1"), get("Address 2"), get("Address 3"),
		get("Address 4"),
		get("Address 5"), get("Address 6"), get("Post/Zip Code"), nation)
	if text == "" {
		return
	}
	p.Addresses = records.Once(p.Addresses, text)
	code, ok := diff.CountryCode(nation)
	if !ok {
		code, _ = diff.AddressCountry(text)
	}
	records.AddCountry(&p.Countries, code)
}

// cell maps one of the columns that are taken as they are.
func (p *party) cell(h string, get func(string) string, cols records.Columns) {
	c, known := columns[h]
	value := get(h)
	if !known {
		c = partners[h]
		for other, o := range columns { // beside its column it was taken with it
			if _, there := cols[other]; there && o.more == h {
				return
			}
		}
	}
	if further := get(c.more); c.more != "" && further != "" {
		value = records.Join(", ", value, further)
	}
	if value == "" {
		return
	}
	values := []string{value}
	if c.sep != "" {
		values = strings.Split(value, c.sep)
	}
	for _, v := range values {
		p.put(c, strings.TrimSpace(v))
	}
}

func (p *party) put(c column, v string) {
	switch c.to {
	case fact:
		p.Attributes = records.Once(p.Attributes, diff.Attribute{Type: c.kind, Value: v})
	case id:
		p.IDs = records.Once(p.IDs, diff.ID{Type: c.kind, Value: v})
	case program:
		p.Programs = records.Once(p.Programs, v)
	case remark:
		p.remarks = records.Once(p.remarks, v)
	}
}
