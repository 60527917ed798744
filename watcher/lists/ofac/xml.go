package ofac

import (
	"io"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// ParseXML reads SDN.XML, CONSOLIDATED.XML or an export in the enhanced schema: one Snapshot for each list in it. In
// the plain schema the two files look alike; one in which most entries carry a program of another list is the
// consolidated one. Its errors are *diff.Refused or the reader's.
func ParseXML(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	return parseXML(r, o, func(f *xmlFile) bool { return consolidated(f.Entries) })
}

// consolidated tells the consolidated file from SDN.XML and SDN.CSV, which look alike.
func consolidated(entries []diff.Entry) bool {
	n := 0
	for i := range entries {
		if marked(entries[i].Programs) && !strings.Contains(strings.Join(entries[i].Programs, " "), "SDGT") {
			n++
		}
	}
	return 2*n > len(entries)
}

// ParseConsolidatedXML reads a file that is known to be CONSOLIDATED.XML, whatever stands in it.
func ParseConsolidatedXML(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	return parseXML(r, o, func(*xmlFile) bool { return true })
}

// ParseSDNXML reads a file that is known to be SDN.XML, whatever stands in it.
func ParseSDNXML(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	return parseXML(r, o, func(*xmlFile) bool { return false })
}

// xmlFile is one file in either schema.
type xmlFile struct {
	records.List // the keys of its entries are the bare numbers
	on           [][]diff.ListID
	facts        [][]string // the types of each entry's ids, where the lists are read off them
	declared     int
	enhanced     bool
	filtered     []string // programs that an enhanced export was narrowed to
}

func parseXML(r io.Reader, o diff.ReadOptions, isConsolidated func(*xmlFile) bool) ([]diff.Snapshot, error) {
	f := &xmlFile{List: records.List{
		Source: "ofac", Title: "OFAC's XML", Record: "entry", Number: "number", AsOf: o.AsOf,
	}}
	if err := f.ReadXML(r, f.doc(), o.Partial); err != nil {
		return nil, err
	}
	f.check()
	if !f.enhanced {
		cons := isConsolidated(f)
		for i := range f.Entries {
			f.on[i] = []diff.ListID{diff.SDN}
			if cons {
				f.on[i] = ListsOf(f.Entries[i].Programs, f.facts[i])
			}
		}
	}
	return assemble(f.Entries, func(i int) []diff.ListID { return f.on[i] }, diff.Snapshot{
		AsOf: f.AsOf, Undated: !f.Dated, Complete: f.Whole, Declared: f.declared, Rows: f.Rows, Problems: f.Problems(),
		Unread: f.Hidden,
	}), nil
}

// doc says what the elements of both schemas are.
func (f *xmlFile) doc() records.Doc {
	return records.Doc{
		Name: "a list of OFAC", Roots: []string{"sdnList", "sanctionsData"}, Root: f.root,
		Enter: []string{"sdnList/publshInformation", "sanctionsData/entities"},
		// vocabulary: the entities repeat what they use of it
		Skip: []string{"sanctionsData/referenceValues", "sanctionsData/featureTypes"},
		On: map[string]func(*records.Node, string){
			"sdnList/publshInformation/Publish_Date": func(n *records.Node, _ string) { f.published(n.Text()) },
			"sdnList/publshInformation/Record_Count": func(n *records.Node, _ string) { f.declared, _ = strconv.Atoi(n.Text()) },
			"sdnList/sdnEntry":                       f.plain,
			"sanctionsData/publicationInfo":          func(n *records.Node, _ string) { f.publication(n) },
			"sanctionsData/entities/entity":          f.entity,
		},
	}
}

func (f *xmlFile) root(s records.Start) error {
	f.enhanced = s.Name == "sanctionsData"
	if strings.Contains(s.Space, "DeltaFile") {
		return records.Refuse("it is a delta publication, not a list")
	}
	return nil
}

// published reads Publish_Date, month/day/year.
func (f *xmlFile) published(s string) {
	d := lawtext.ShortDate(s)
	if f.Date(d, d != ""); d == "" {
		f.Note(diff.SourceSlip, "Publish_Date", "%q is not a date of the form month/day/year", s)
	}
}

// check compares the file with its own number.
func (f *xmlFile) check() {
	if f.declared != 0 && f.declared != f.Rows {
		f.Whole = false
		f.Note(diff.Surprise, "Record_Count", "the file says that it holds %d records, %d were found", f.declared, f.Rows)
	}
	f.Whole = f.Whole && len(f.filtered) == 0
}

// keep takes an entry on its lists.
func (f *xmlFile) keep(e diff.Entry, on []diff.ListID, facts []string, n *records.Node, where string) {
	if f.Keep(e, e.Key, n, where) {
		f.on, f.facts = append(f.on, on), append(f.facts, facts)
	}
}
