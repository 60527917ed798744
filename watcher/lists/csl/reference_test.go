package csl

import (
	"bytes"
	"encoding/json"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
)

const full = "consolidated_2026-07-31_reshaped.json.gz"

// The numbers are those of the list's own overview, by source.
func TestReferenceCounts(t *testing.T) {
	got := map[diff.ListID]int{}
	total := 0
	for list, s := range parse(t, shared(t, full)) {
		got[list] = len(s.Entries)
		total += len(s.Entries)
		keys := map[string]bool{}
		for _, e := range s.Entries {
			keys[e.Key] = true
		}
		if len(keys) != len(s.Entries) || len(s.Problems) != 0 || !s.Complete {
			t.Errorf("%s: %d keys of %d entries, problems %v", list, len(keys), len(s.Entries), s.Problems)
		}
	}
	want := map[diff.ListID]int{
		diff.SDN: 19181, diff.EntityList: 3420, diff.DeniedPersons: 1596, diff.ITARDebarred: 787, diff.SSI: 286, diff.UnverifiedList: 222,
		diff.Nonproliferation: 161, diff.PLC: 78, diff.MilitaryEndUserList: 70, diff.CMIC: 68, diff.MBS: 51, diff.CAPTA: 1,
	}
	if d := cmp.Diff(want, got); d != "" || total != 25921 {
		t.Errorf("%d entries\n%s", total, d)
	}
}

func TestReferenceIsStableUnderOrderAndIDs(t *testing.T) {
	body := shared(t, full)
	before := parse(t, body)
	after := parse(t, editBody(t, body, func(r []map[string]any) []map[string]any {
		slices.Reverse(r)
		for i := range r {
			r[i]["id"] = strings.Repeat("f", i%40+1)
		}
		return r
	}))
	if c := changes(t, before, after); len(c) != 0 {
		t.Errorf("%d changes, the first %+v", len(c), c[0])
	}
}

func TestReferencePartialCSV(t *testing.T) {
	body := shared(t, "csl_2023-11-30_partial.csv.gz")
	if _, err := ParseCSV(bytes.NewReader(body), diff.ReadOptions{}); err == nil || !strings.Contains(err.Error(), "cut") {
		t.Errorf("not refused as cut: %v", err)
	}
	snapshots, err := ParseCSV(bytes.NewReader(body), diff.ReadOptions{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, s := range snapshots {
		rows += len(s.Entries)
		if s.Complete {
			t.Errorf("%s is complete", s.List)
		}
	}
	kinds := map[string]int{}
	for _, p := range snapshots[0].Problems {
		for _, word := range []string{"header", "stands twice", "cut"} {
			if strings.Contains(p.Text, word) && p.Kind == diff.Unread {
				kinds[word]++
			}
		}
	}
	// 4,226 rows that are whole, besides the header twice and the row that is cut
	if want := map[string]int{"header": 1, "stands twice": 7, "cut": 1}; rows != 4226 || !maps.Equal(kinds, want) {
		t.Errorf("%d rows, problems %v, want 4226 and %v", rows, kinds, want)
	}
}

// What stays in memory is the entries; 150 MB is the promise for the whole process.
func TestReferenceMemory(t *testing.T) {
	body := shared(t, full)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	kept := parse(t, body)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if used := int64(after.HeapAlloc) - int64(before.HeapAlloc); used > 60<<20 {
		t.Errorf("the entries of %d lists take %d MB", len(kept), used>>20)
	}
}

// plainRow is the shape that decoding is measured against.
type plainRow struct {
	Source       string              `json:"source"`
	EntityNumber string              `json:"entity_number"`
	Type         string              `json:"type"`
	Programs     []string            `json:"programs"`
	Name         string              `json:"name"`
	AltNames     []string            `json:"alt_names"`
	Addresses    []map[string]string `json:"-"`
	Places       []jsonAddress       `json:"addresses"`
	Notice       string              `json:"federal_register_notice"`
	Requirement  string              `json:"license_requirement"`
	Policy       string              `json:"license_policy"`
	ListURL      string              `json:"source_list_url"`
}

// BenchmarkParseJSON reports the time of reading to entries as a multiple ("ratio") of decoding the same bytes with encoding/json into
// a plain struct. At most 2 is promised.
func BenchmarkParseJSON(b *testing.B) {
	body := shared(b, full)
	var ours, plain time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		if _, err := ParseJSON(bytes.NewReader(body), diff.ReadOptions{}); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		b.StopTimer()
		start = time.Now()
		var doc struct {
			Results []plainRow `json:"results"`
		}
		if err := json.Unmarshal(body, &doc); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(start)
		b.StartTimer()
	}
	b.SetBytes(int64(len(body)))
	b.ReportMetric(float64(ours)/float64(plain), "ratio")
}
