package ofac

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// The columns of SDN.CSV (and CONS_PRIM.CSV), and their number.
const (
	sdnNum = iota
	sdnName
	sdnType
	sdnProgram
	sdnTitle
	sdnCallSign
	sdnVesselType
	sdnTonnage
	sdnGRT
	sdnFlag
	sdnOwner
	sdnRemarks
	sdnWidth
)

// primaryName is the file's own name, in problems and errors.
const primaryName = "SDN.CSV"

// How the files write nothing, several programs, several facts in the remarks, and names there.
const (
	null             = "-0-"
	programSeparator = "] ["
	factSeparator    = "; "
	remarkName       = "a.k.a. '"
	remarkFormer     = "f.k.a. '"
	remarkNow        = "n.k.a. '"
)

// ParseSDNCSV reads SDN.CSV alone: names, programs, vessel data and remarks, without alternate names and addresses. It
// gives one Snapshot. CONS_PRIM.CSV, which has the same shape, is known by its programs and gives one for each of its
// lists. Its errors are *diff.Refused or the reader's.
func ParseSDNCSV(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	p := newCSVFile(o)
	if err := p.primary(r); err != nil {
		return nil, fmt.Errorf("ofac: %s: %w", primaryName, err)
	}
	if consolidated(p.Entries) {
		return p.snapshots(p.consolidatedLists)
	}
	return p.snapshots(sdnAlone)
}

func sdnAlone(int) []diff.ListID { return []diff.ListID{diff.SDN} }

func (p *csvFile) consolidatedLists(i int) []diff.ListID {
	return ListsOf(p.Entries[i].Programs, []string{p.Entries[i].Remarks})
}

// csvFile is one publication in CSV. The keys of its entries are the bare numbers until their lists are known.
type csvFile struct {
	records.List
	o diff.ReadOptions
}

func newCSVFile(o diff.ReadOptions) *csvFile {
	return &csvFile{o: o, List: records.List{
		Source: "ofac", Title: "OFAC's CSV", Record: "row", Number: "number", AsOf: o.AsOf, Whole: true,
	}}
}

// primary reads the rows and settles the file's end.
func (p *csvFile) primary(r io.Reader) error {
	body, err := records.Open(r)
	if err != nil {
		return err
	}
	ahead := bufio.NewReaderSize(body, 64<<10)
	in := records.NewCSV(ahead, widthOf(ahead), &p.Log)
	marked := false
	for row := in.Next(); row != nil; row = in.Next() {
		if len(row) == 1 {
			marked = true
			continue
		}
		for i, cell := range row {
			if strings.TrimSpace(cell) == null {
				row[i] = ""
			}
		}
		p.row(row, primaryName+" "+in.Where())
	}
	if in.Err() != nil {
		return in.Err()
	}
	reason := in.Cut()
	if reason == "" && !marked {
		reason = "its end mark (0x1A) is missing"
	}
	if reason == "" {
		return nil
	}
	p.Whole = false
	if p.Rows == 0 || p.Rows == p.Unread {
		return p.Verdict(p.Title, true)
	}
	return p.Cut(p.o.Partial, primaryName+" "+in.Where(), reason)
}

func (p *csvFile) row(row []string, where string) {
	number := digits(strings.TrimSpace(row[sdnNum]))
	e := primaryEntry(number, row)
	for i, value := range row[sdnWidth:] {
		if value != "" {
			e.Attributes = append(e.Attributes, p.Log.Unknown(fmt.Sprintf("column %d", sdnWidth+i+1), value, where))
		}
	}
	p.KeepRow(e, number, row, where)
}

// widthOf is how many cells the rows of a file have: sdnWidth, or more where its first two rows agree in that. A row
// that alone has more is broken; the file has no header that could tell.
func widthOf(ahead *bufio.Reader) int {
	begin, _ := ahead.Peek(ahead.Size()) // an error shows when the rows are read
	in := csv.NewReader(bytes.NewReader(begin))
	in.FieldsPerRecord = -1
	first, err := in.Read()
	if err != nil {
		return sdnWidth
	}
	second, err := in.Read()
	if err != nil || len(first) != len(second) {
		return sdnWidth
	}
	return max(sdnWidth, len(first))
}

// digits is a number of OFAC's, or nothing where it is none.
func digits(number string) string {
	if strings.Trim(number, "0123456789") != "" {
		return ""
	}
	return number
}

// primaryEntry maps a row of SDN.CSV. Its key is the bare number until the list is known.
func primaryEntry(number string, row []string) diff.Entry {
	e := diff.Entry{Key: number, Kind: kindOf(row[sdnType]), Name: row[sdnName], Remarks: row[sdnRemarks]}
	if row[sdnProgram] != "" {
		e.Programs = strings.Split(row[sdnProgram], programSeparator)
	}
	records.AddFact(&e, "title", row[sdnTitle])
	records.AddFact(&e, "call_sign", row[sdnCallSign])
	records.AddFact(&e, "vessel_type", row[sdnVesselType])
	records.AddFact(&e, "tonnage", row[sdnTonnage])
	records.AddFact(&e, "gross_registered_tonnage", row[sdnGRT])
	records.AddFact(&e, "vessel_flag", row[sdnFlag])
	records.AddFact(&e, "vessel_owner", row[sdnOwner])
	readRemarks(&e)
	return e
}

// readRemarks gives the names, births and nationalities that the CSV writes into its remarks, "; " between them and a
// full stop at the end, as fields.
func readRemarks(e *diff.Entry) {
	for fact := range strings.SplitSeq(strings.TrimSuffix(e.Remarks, "."), factSeparator) {
		fact = strings.TrimPrefix(strings.TrimSpace(fact), "alt. ")
		kind, value, _ := strings.Cut(fact, " ")
		switch {
		case strings.HasPrefix(fact, remarkName), strings.HasPrefix(fact, remarkNow):
			e.WeakAliases = append(e.WeakAliases, strings.TrimSuffix(fact[len(remarkName):], "'"))
		case strings.HasPrefix(fact, remarkFormer):
			e.FormerNames = append(e.FormerNames, strings.TrimSuffix(fact[len(remarkFormer):], "'"))
		case kind == "DOB":
			records.AddFact(e, "birth", value)
		case kind == "POB":
			records.AddFact(e, "birth_place", value)
		case kind == "nationality":
			records.AddFact(e, "nationality", value)
		case kind == "citizen":
			records.AddFact(e, "citizenship", value)
		case kind == "Gender":
			records.AddFact(e, "Gender", value)
		}
	}
}

// addName puts a name where its type belongs: f.k.a. is a former name, anything else another name, weak or not.
func addName(e *diff.Entry, kind string, weak bool, name string) {
	switch {
	case strings.TrimSpace(name) == "":
	case strings.HasPrefix(strings.ToLower(kind), "f"):
		e.FormerNames = append(e.FormerNames, name)
	case weak:
		e.WeakAliases = append(e.WeakAliases, name)
	default:
		e.Aliases = append(e.Aliases, name)
	}
}

func (p *csvFile) snapshots(lists func(i int) []diff.ListID) ([]diff.Snapshot, error) {
	if err := p.End(nil, p.o.Partial); err != nil {
		return nil, err
	}
	return assemble(p.Entries, lists, diff.Snapshot{
		AsOf: p.AsOf, Complete: p.Whole, Rows: p.Rows, Problems: p.Problems(), Unread: p.Hidden,
	}), nil
}

// unreadOn are the records that cannot be read, which may stand on any list of the file; those that are known by a
// number are given it without a list.
func unreadOn(list diff.ListID, all []diff.UnreadRecord) []diff.UnreadRecord {
	out := slices.Clone(all)
	for i := range out {
		if out[i].Key != "" {
			out[i].Key = diff.MakeIDKey(list, strings.TrimPrefix(out[i].Key, "/"))
		}
	}
	return out
}

// assemble makes one Snapshot for each list that has entries, like the given one. Problems stand on the first.
func assemble(entries []diff.Entry, lists func(i int) []diff.ListID, like diff.Snapshot) []diff.Snapshot {
	byList := map[diff.ListID][]diff.Entry{}
	for i := range entries {
		for _, list := range lists(i) {
			e := entries[i]
			e.List, e.Key = list, diff.MakeIDKey(list, e.Key)
			byList[list] = append(byList[list], e)
		}
	}
	var out []diff.Snapshot
	for _, list := range diff.Lists() {
		if len(byList[list]) == 0 {
			continue
		}
		s := like
		diff.NumberKeys(byList[list])
		s.List, s.Entries, s.Unread = list, byList[list], unreadOn(list, like.Unread)
		if len(out) > 0 {
			s.Problems = nil
		}
		out = append(out, s)
	}
	return out
}
