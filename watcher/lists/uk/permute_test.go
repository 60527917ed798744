package uk

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"entitywatch/internal/permute"
	"entitywatch/internal/require"
)

var wholly = permute.Wholly(Parse)

// byParty groups the rows of a party, which the column key names.
func byParty(t *testing.T, f permute.File, key string) permute.File {
	t.Helper()
	lines := strings.SplitAfter(strings.TrimSuffix(f.Head, "\n"), "\n")
	header, err := csv.NewReader(strings.NewReader(lines[len(lines)-1])).Read()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(header, key)
	return f.Group(func(record string) string {
		row, err := csv.NewReader(strings.NewReader(record)).Read()
		if err != nil || at < 0 {
			t.Fatalf("%q: %v", record, err)
		}
		return row[at]
	})
}

func checkOrder(t *testing.T, doc, key string, most int) {
	t.Helper()
	rows := permute.Lines(doc, 2, "")
	permute.CheckOrder(t, rows, wholly)
	permute.Check(t, byParty(t, rows, key), most, wholly)
}

func TestOrderOfRecordsNeverMatters(t *testing.T) {
	checkOrder(t, string(permute.Fixture(t, "uk-sanctions-list.csv")), "Unique ID", 0)
	checkOrder(t, string(permute.Fixture(t, "conlist.csv")), "Group ID", 0)
}

// A party whose rows disagree, in what no row of the real lists does, is read alike in any order.
func TestOrderOfRowsThatDisagree(t *testing.T) {
	head := "Last Updated,27/04/2020\nName 6,Name 1,Title,Group Type,Alias Type,Other Information,Country,Group ID\n"
	rows := "A,,Dr,Individual,Prime Alias,first,Iran,1\nB,,Mr,Entity,Prime Alias,second,Syria,1\nC,,,Individual,AKA,,,1\n" +
		"D-E,,,Ship,AKA,,,2\nD E,,,Ship,AKA,,,2\nF,,,Ship,FKA,,,2\nG,,,Entity,Prime Alias,,,3\n"
	checkOrder(t, head+rows, "Group ID", 0)
}

func TestReferenceOrderOfRecordsNeverMatters(t *testing.T) {
	for _, name := range []string{"ofsi_conlist_2018-04-13.csv.gz", "ofsi_conlist_2020-04-27.csv.gz"} {
		t.Run(name, func(t *testing.T) { checkOrder(t, string(require.File(t, "uk/"+name)), "Group ID", 6) })
	}
}
