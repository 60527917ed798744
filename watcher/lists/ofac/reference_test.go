package ofac

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/require"
)

func shared(t testing.TB, name string) []byte {
	t.Helper()
	return require.File(t, "ofac/"+name)
}

// rawRows are the fields of SDN.CSV by ent_num, read by encoding/csv alone.
func rawRows(t *testing.T, body []byte) map[string][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimSuffix(body, []byte("\x1a")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m := map[string][]string{}
	for _, r := range rows {
		m[r[0]] = r
	}
	return m
}

var days = []string{"2023-10-03", "2023-11-02", "2023-12-01", "2024-01-11", "2024-02-01", "2024-03-04"}

// Each pair of days must change exactly the ids whose raw fields differ.
func TestReferencePairsAgreeWithTheRawFields(t *testing.T) {
	var editorial []string
	for i := range days[1:] {
		before, after := shared(t, "sdn_"+days[i]+".csv.gz"), shared(t, "sdn_"+days[i+1]+".csv.gz")
		var snaps [2]diff.Snapshot
		for j, body := range [][]byte{before, after} {
			s, err := ParseSDNCSV(bytes.NewReader(body), diff.ReadOptions{AsOf: diff.Date(days[i+j])})
			if err != nil {
				t.Fatal(err)
			}
			snaps[j] = s[0]
		}
		got := map[string]string{}
		for _, c := range diff.Compare(snaps[0], snaps[1]).Changes {
			kind := c.Change
			if kind == diff.Renamed {
				kind = diff.Amended
			}
			got[strings.TrimPrefix(c.Key, "us-ofac-sdn/")] = string(kind)
			if !c.Substantive {
				editorial = append(editorial, c.Key)
			}
		}
		if d := cmp.Diff(rawChanges(rawRows(t, before), rawRows(t, after)), got); d != "" {
			t.Errorf("%s to %s: %s", days[i], days[i+1], d)
		}
	}
	if d := cmp.Diff([]string{"us-ofac-sdn/45950"}, editorial); d != "" { // a space alone
		t.Error(d)
	}
}

func rawChanges(before, after map[string][]string) map[string]string {
	want := map[string]string{}
	for id, row := range after {
		old, was := before[id]
		switch {
		case !was:
			want[id] = "added"
		case !slices.Equal(old, row):
			want[id] = "amended"
		}
	}
	for id := range before {
		if _, is := after[id]; !is {
			want[id] = "removed"
		}
	}
	return want
}

// Nothing of a row may be lost: put together again, the entry gives the row's own bytes.
func TestReferenceRowsAreWhole(t *testing.T) {
	body := shared(t, "sdn_2024-03-04.csv.gz")
	s, err := ParseSDNCSV(bytes.NewReader(body), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	raw := rawRows(t, body)
	if len(s[0].Entries) != len(raw) {
		t.Fatalf("%d entries of %d rows", len(s[0].Entries), len(raw))
	}
	for _, e := range s[0].Entries {
		row := raw[strings.TrimPrefix(e.Key, "us-ofac-sdn/")]
		got := []string{e.Name, strings.Join(e.Programs, "] ["), e.Remarks}
		want := []string{row[1], row[3], nulled(row[11])}
		for _, f := range []struct {
			column int
			kind   string
		}{{4, "title"}, {5, "call_sign"}, {6, "vessel_type"}, {7, "tonnage"}, {8, "gross_registered_tonnage"}, {9, "vessel_flag"}, {10, "vessel_owner"}} {
			got, want = append(got, attribute(e, f.kind)), append(want, nulled(row[f.column]))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s: %q, want %q", e.Key, got, want)
		}
	}
}

func nulled(s string) string {
	if s == "-0- " {
		return ""
	}
	return s
}

func attribute(e diff.Entry, kind string) string {
	for _, a := range e.Attributes {
		if a.Type == kind {
			return a.Value
		}
	}
	return ""
}

func TestReferenceConsolidated(t *testing.T) {
	s, err := ParseXML(bytes.NewReader(shared(t, "consolidated_2025-03-28.xml.gz")), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[diff.ListID]int{}
	for _, snap := range s {
		got[snap.List] = len(snap.Entries)
		if !snap.Complete || snap.AsOf != "2025-03-28" || snap.Declared != 443 || snap.Rows != 443 || len(snap.Problems) != 0 {
			t.Errorf("%s: complete %v, as of %s, %d of %d, %v", snap.List, snap.Complete, snap.AsOf, snap.Rows, snap.Declared, snap.Problems)
		}
	}
	want := map[diff.ListID]int{diff.SSI: 286, diff.CMIC: 68, diff.PLC: 78, diff.CAPTA: 1, diff.FSE: 1, diff.MBS: 15}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestReferenceEnhanced(t *testing.T) {
	s, err := ParseXML(bytes.NewReader(shared(t, "enhanced_irgc_2024-08-28.xml.gz")), diff.ReadOptions{})
	if err != nil || len(s) != 1 || len(s[0].Entries) != 293 || s[0].Complete || s[0].AsOf != "2024-08-28" || diff.NeedsHuman(s[0].Problems) {
		t.Fatalf("%v, %v", s, err)
	}
	kinds := map[diff.Kind]int{}
	for _, e := range s[0].Entries {
		kinds[e.Kind]++
	}
	if d := cmp.Diff(map[diff.Kind]int{diff.Person: 165, diff.Organization: 84, diff.Aircraft: 44}, kinds); d != "" {
		t.Error(d)
	}
}
