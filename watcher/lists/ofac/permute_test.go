package ofac

import (
	"archive/zip"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
)

var recordCount = regexp.MustCompile(`<Record_Count>\d+</Record_Count>`)

// uncounted takes the file's own number off, which a record less makes wrong.
func uncounted(doc string) string { return recordCount.ReplaceAllString(doc, "") }

// twin appends records that share the number of the first with another text, and with the same.
func twin(f permute.File, old, new string) permute.File {
	other := strings.Replace(f.Records[0], old, new, 1)
	f.Records = append(f.Records, f.Records[0], other, other)
	return f
}

// endMark ends the CSV files of OFAC.
const endMark = "\x1a"

func TestOrderOfRecordsNeverMatters(t *testing.T) {
	permute.Check(t, twin(permute.Lines(string(permute.Fixture(t, "sdn.csv")), 0, endMark), "IRAN", "SYRIA"), 0, permute.Wholly(ParseSDNCSV))
	permute.Check(t, twin(permute.Elements(uncounted(string(permute.Fixture(t, "sdn.xml"))), "sdnEntry"), "IRAN", "SYRIA"), 0, permute.Wholly(ParseSDNXML))
	permute.Check(t, permute.Elements(uncounted(string(permute.Fixture(t, "consolidated.xml"))), "sdnEntry"), 0, permute.Wholly(ParseConsolidatedXML))
	permute.Check(t, twin(permute.Elements(string(permute.Fixture(t, "enhanced.xml")), "entity"), "SDGT", "IRGC"), 0, permute.Wholly(ParseXML))
}

func TestReferenceOrderOfRecordsNeverMatters(t *testing.T) {
	check := func(name string, most int, parse permute.Parse, f permute.File) {
		t.Run(name, func(t *testing.T) { permute.Check(t, f, most, parse) })
	}
	for _, name := range []string{"consolidated_2020-04", "consolidated_2022-03-24", "consolidated_2024-09", "consolidated_2025-03-28", "consolidated_2025-05"} {
		doc := uncounted(string(require.File(t, "ofac/"+name+".xml.gz")))
		check(name, 5, permute.Wholly(ParseConsolidatedXML), permute.Elements(doc, "sdnEntry"))
	}
	for _, name := range []string{"enhanced_irgc_2024-08-28", "enhanced_yemen_2024-09"} {
		f := permute.Elements(string(require.File(t, "ofac/"+name+".xml.gz")), "entity")
		unfiltered := regexp.MustCompile(`(?s)<sanctionsPrograms>.*?</sanctionsPrograms>`)
		f.Head = unfiltered.ReplaceAllString(f.Head, "")
		check(name, 5, permute.Wholly(ParseXML), f)
	}
	check("CONS_ENHANCED_2025-01-10", 5, permute.Wholly(ParseXML), permute.Elements(zipped(t, "CONS_ENHANCED_2025-01-10.ZIP"), "entity"))
	days := []string{"2024-03-04"}
	if permute.Exhaustive() {
		days = append(days, "2023-10-03", "2023-11-02", "2023-12-01", "2024-01-11", "2024-02-01")
	}
	for _, day := range days {
		check("sdn_"+day, 4, permute.Wholly(ParseSDNCSV), permute.Lines(string(require.File(t, "ofac/sdn_"+day+".csv.gz")), 0, endMark))
	}
	check("sdn_2021-07-07", 2, permute.Wholly(ParseSDNCSV), permute.Lines(string(require.File(t, "ofac/sdn_2021-07-07/sdn.csv.gz")), 0, endMark))
}

// zipped is the one file of an archive of the reference data.
func zipped(t testing.TB, name string) string {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(require.SharedData(t), "ofac", name))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReferenceConsolidatedCSVGivenAsSDNIsKnown(t *testing.T) {
	body := string(require.File(t, "ofac/cons_prim_2025-12.csv.gz"))
	snapshots, err := ParseSDNCSV(strings.NewReader(body), diff.ReadOptions{})
	n := 0
	for _, s := range snapshots {
		if s.List == diff.SDN {
			t.Errorf("%d entries are said to be on the SDN List", len(s.Entries))
		}
		n += len(s.Entries)
	}
	if err != nil || len(snapshots) < 4 || n < 400 {
		t.Errorf("%d lists, %d entries, %v", len(snapshots), n, err)
	}
	permute.Check(t, permute.Lines(body, 0, endMark), 5, permute.Wholly(ParseSDNCSV))
}

// A field that is new is kept, and the list is compared as if it were not there.
func TestReferenceUnknownFieldsHoldNothing(t *testing.T) {
	doc := zipped(t, "CONS_ENHANCED_2025-01-10.ZIP")
	old, err := permute.Wholly(ParseXML)([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	f := permute.Elements(doc, "entity")
	for i := range f.Records {
		f.Records[i] = strings.Replace(f.Records[i], "<generalInfo>", `<moon phase="full"><side>far</side></moon><generalInfo>`, 1)
	}
	f.Records = f.Records[1:]
	now, err := permute.Wholly(ParseXML)([]byte(f.Head + strings.Join(f.Records, "") + f.Tail))
	if err != nil {
		t.Fatal(err)
	}
	removed := 0
	for i, s := range now {
		facts := diff.Facts(old[i])
		if why := diff.CheckPlausible(&facts, s, diff.Plausible{}); len(why) > 0 {
			t.Errorf("held: %+v", why)
		}
		for _, c := range diff.Compare(old[i], s).Changes {
			if c.Change == diff.Removed {
				removed++
			} else if c.Substantive || len(c.Fields) != 1 || c.Fields[0].After != "moon: phase: full, side: far" {
				t.Errorf("%s %s %+v", c.Change, c.Key, c.Fields)
			}
		}
		noted := 0
		for _, p := range s.Problems {
			if p.Kind == diff.SourceSlip && strings.Contains(p.Text, `"moon"`) {
				noted++
			}
		}
		if i == 0 && noted != 1 {
			t.Errorf("noted %d times: %+v", noted, s.Problems)
		}
	}
	if removed == 0 {
		t.Error("the entity that is gone is not removed")
	}
}
