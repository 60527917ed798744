package csl

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
)

// results takes the JSON apart at its records. Commas between them are put back by reading it so.
func results(t *testing.T, doc string) (permute.File, permute.Parse) {
	t.Helper()
	var file struct{ Results []json.RawMessage }
	if err := json.Unmarshal([]byte(doc), &file); err != nil {
		t.Fatal(err)
	}
	f := permute.File{Head: `{"results":[`, Tail: "]}"}
	for _, r := range file.Results {
		var line bytes.Buffer
		if err := json.Compact(&line, r); err != nil {
			t.Fatal(err)
		}
		f.Records = append(f.Records, line.String()+",\n")
	}
	return f, func(body []byte) ([]diff.Snapshot, error) {
		return permute.Wholly(ParseJSON)(bytes.Replace(body, []byte(",\n]}"), []byte("]}"), 1))
	}
}

func TestOrderOfRecordsNeverMatters(t *testing.T) {
	f, parse := results(t, string(permute.Fixture(t, "consolidated.json")))
	twin := strings.Replace(f.Records[0], `"name":"`, `"remarks":"a twin","name":"`, 1)
	f.Records = append(f.Records, f.Records[0], twin, twin)
	permute.Check(t, f, 0, parse)
	rows := permute.Lines(string(permute.Fixture(t, "consolidated.csv")), 1, "")
	rows.Records = append(rows.Records, rows.Records[0], rows.Records[1], rows.Records[1])
	permute.Check(t, rows, 0, permute.Wholly(ParseCSV))
}

func TestReferenceOrderOfRecordsNeverMatters(t *testing.T) {
	t.Run("consolidated_2026-07-31", func(t *testing.T) {
		f, parse := results(t, string(require.File(t, "csl/consolidated_2026-07-31_reshaped.json.gz")))
		permute.Check(t, f, 5, parse)
	})
	for _, name := range []string{"consolidated_sample_2025-06-25.csv", "csl_2023-11-30_partial.csv.gz"} {
		t.Run(name, func(t *testing.T) {
			rows := permute.Lines(string(require.File(t, "csl/"+name)), 1, "")
			rows.Records = slices.DeleteFunc(rows.Records, func(row string) bool { return row == rows.Head || !strings.HasSuffix(row, "\n") })
			permute.Check(t, rows, 15, permute.Wholly(ParseCSV))
		})
	}
}
