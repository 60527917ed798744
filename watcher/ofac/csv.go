package ofac

import (
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

// The columns of ALT.CSV and ADD.CSV that are read, and their numbers. The first of both is ent_num, the second a number of no use.
const (
	altType, altName, altRemarks, altWidth               = 2, 3, 4, 5
	addAddress, addCity, addNation, addRemarks, addWidth = 2, 3, 4, 5, 6
)

// How the files write nothing, several programs, several facts in the remarks, and names there.
const (
	null             = "-0-"
	programSeparator = "] ["
	factSeparator    = "; "
	remarkName       = "a.k.a. '"
	remarkFormer     = "f.k.a. '"
	remarkNow        = "n.k.a. '"
)

// ParseSDNCSV reads SDN.CSV alone: names, programs, vessel data and remarks, without alternate names and addresses. It gives one
// Snapshot. CONS_PRIM.CSV, which has the same shape, is known by its programs and gives one for each of its lists. Its errors are *diff.Refused or the reader's.
func ParseSDNCSV(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	p := newCSVFile(o)
	if err := p.primary(r); err != nil {
		return nil, err
	}
	if consolidated(p.entries) {
		return p.snapshots(p.consolidatedLists)
	}
	return p.snapshots(sdnAlone)
}

func sdnAlone(int) []diff.ListID { return []diff.ListID{diff.SDN} }

func (p *csvFile) consolidatedLists(i int) []diff.ListID {
	return ListsOf(p.entries[i].Programs, []string{p.entries[i].Remarks})
}

// ParseCSVs reads SDN.CSV with its ALT.CSV and ADD.CSV, joined by ent_num.
func ParseCSVs(sdn, alt, add io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	p := newCSVFile(o)
	if err := p.join(sdn, alt, add); err != nil {
		return nil, err
	}
	return p.snapshots(sdnAlone)
}

// ParseConsolidatedCSVs reads CONS_PRIM.CSV with its CONS_ALT.CSV and CONS_ADD.CSV: one Snapshot for each list other than the SDN List.
func ParseConsolidatedCSVs(prim, alt, add io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	p := newCSVFile(o)
	if err := p.join(prim, alt, add); err != nil {
		return nil, err
	}
	return p.snapshots(p.consolidatedLists)
}

// csvFile is one publication in CSV.
type csvFile struct {
	o       diff.ReadOptions
	log     records.Log
	entries []diff.Entry
	at      map[string][]int // ent_num → entries
	whole   bool
}

func newCSVFile(o diff.ReadOptions) *csvFile {
	return &csvFile{o: o, at: map[string][]int{}, whole: true}
}

func (p *csvFile) join(sdn, alt, add io.Reader) error {
	if err := p.primary(sdn); err != nil {
		return err
	}
	if err := p.attach("ALT.CSV", alt, altWidth, p.alternate); err != nil {
		return err
	}
	return p.attach("ADD.CSV", add, addWidth, p.address)
}

// rows hands on the rows of one file and settles its end.
func (p *csvFile) rows(name string, r io.Reader, width int, log *records.Log, yield func(row []string, where string)) error {
	body, err := records.Open(r)
	if err != nil {
		return fmt.Errorf("ofac: %s: %w", name, err)
	}
	in := records.NewCSV(body, width, log)
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
		yield(row, name+" "+in.Where())
	}
	if in.Err() != nil {
		return fmt.Errorf("ofac: %s: %w", name, in.Err())
	}
	reason := in.Cut()
	if reason == "" && !marked {
		reason = "its end mark (0x1A) is missing"
	}
	if reason == "" {
		return nil
	}
	p.whole = false
	if log.Rows == 0 || log.Rows == log.Unread {
		return fmt.Errorf("ofac: %s: %w", name, log.Verdict("OFAC's CSV", true))
	}
	if err := log.Cut(p.o.Partial, name+" "+in.Where(), reason); err != nil {
		return fmt.Errorf("ofac: %s: %w", name, err)
	}
	return nil
}

func (p *csvFile) primary(r io.Reader) error {
	return p.rows("SDN.CSV", r, sdnWidth, &p.log, func(row []string, where string) {
		number := strings.TrimSpace(row[sdnNum])
		if digits(number) == "" || strings.TrimSpace(row[sdnName]) == "" {
			p.log.Miss(records.UnreadOf("", digits(number), row...), where, "the row cannot be read: it has no number or no name")
			return
		}
		if len(p.at[number]) > 0 {
			p.log.Note(diff.SourceSlip, where, "the number %s stands more than once; each row counts as a party of its own", number)
		}
		p.at[number] = append(p.at[number], len(p.entries))
		p.entries = append(p.entries, primaryEntry(number, row))
	})
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
	addFact(&e, "title", row[sdnTitle])
	addFact(&e, "call_sign", row[sdnCallSign])
	addFact(&e, "vessel_type", row[sdnVesselType])
	addFact(&e, "tonnage", row[sdnTonnage])
	addFact(&e, "gross_registered_tonnage", row[sdnGRT])
	addFact(&e, "vessel_flag", row[sdnFlag])
	addFact(&e, "vessel_owner", row[sdnOwner])
	readRemarks(&e)
	return e
}

// readRemarks gives the names, births and nationalities that the CSV writes into its remarks, "; " between them and a full stop at the
// end, as fields.
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
			addFact(e, "birth", value)
		case kind == "POB":
			addFact(e, "birth_place", value)
		case kind == "nationality":
			addFact(e, "nationality", value)
		case kind == "citizen":
			addFact(e, "citizenship", value)
		case kind == "Gender":
			addFact(e, "Gender", value)
		}
	}
}

// attach reads a file whose rows belong to entries.
func (p *csvFile) attach(name string, r io.Reader, width int, add func(e *diff.Entry, row []string)) error {
	var log records.Log
	orphans, first := 0, ""
	err := p.rows(name, r, width, &log, func(row []string, where string) {
		at := p.at[strings.TrimSpace(row[0])]
		if len(at) == 0 {
			if orphans++; orphans == 1 {
				first = where
			}
			return
		}
		for _, i := range at {
			add(&p.entries[i], row)
		}
	})
	p.whole = p.whole && log.Unread == 0
	if err == nil && log.Rows > 0 {
		err = log.Verdict("OFAC's "+name, p.o.Partial)
	}
	if err != nil {
		return err
	}
	if orphans > 0 {
		p.whole = false
		p.log.Note(diff.Surprise, first, "%d rows of %s belong to no entry of SDN.CSV: the files are of two publications", orphans, name)
	}
	for _, problem := range log.Problems() {
		p.log.Note(problem.Kind, problem.Where, "%s", problem.Text)
	}
	return nil
}

func (p *csvFile) alternate(e *diff.Entry, row []string) {
	name := row[altName]
	if row[altRemarks] != "" {
		e.Notes = append(e.Notes, name+": "+row[altRemarks])
	}
	addName(e, row[altType], false, name)
}

func (p *csvFile) address(e *diff.Entry, row []string) {
	a := join(", ", row[addAddress], row[addCity], row[addNation])
	if row[addRemarks] != "" {
		a = join(" ", a, "("+row[addRemarks]+")")
	}
	if a != "" {
		e.Addresses = append(e.Addresses, a)
	}
	addCountry(e, row[addNation])
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
	if err := p.log.Verdict("OFAC's CSV", p.o.Partial); err != nil {
		return nil, fmt.Errorf("ofac: %w", err)
	}
	return assemble(p.entries, lists, diff.Snapshot{
		AsOf: p.o.AsOf, Complete: p.whole, Rows: p.log.Rows, Problems: p.log.Problems(), Unread: p.log.Hidden,
	}), nil
}

// unreadOn are the records that cannot be read, which may stand on any list of the file; those that are known by a number are given it
// without a list.
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
