package records

import (
	"errors"
	"io"
	"strings"
	"testing"

	"entitywatch/diff"
)

// refusedAs fails unless reading ends with a refusal that says why, before all records were met.
func refusedAs(t *testing.T, err error, met, all int, why string) {
	t.Helper()
	var refused *diff.Refused
	if !errors.As(err, &refused) || !strings.Contains(refused.Reason, why) || met >= all {
		t.Errorf("%d of %d records met, %v; want a refusal with %q", met, all, err, why)
	}
}

func TestAFileThatBecomesMoreThanAListIsRefused(t *testing.T) {
	json := func(body string) (met int, err error) {
		for in := NewJSON(strings.NewReader(body), "results"); err == nil; met++ {
			_, err = in.Next()
		}
		return met - 1, err
	}
	met, err := json("[" + strings.Repeat("{},", MaxRecords+9) + "{}]")
	refusedAs(t, err, met, MaxRecords+10, "250000 records")
	met, err = json(`[{"alt_names":[` + strings.Repeat(`"",`, maxParts) + `""]}]`)
	refusedAs(t, err, met, 1, "5000000 values")
	met, err = json(`[{"name":"` + strings.Repeat("a", maxBytes+1) + `"}]`)
	refusedAs(t, err, met, 1, "16 MB")
	if met, err = json(`[{"name":"` + strings.Repeat("a,", 1<<20) + `"},{}]`); err != io.EOF || met != 2 {
		t.Errorf("a long text: %d, %v", met, err)
	}

	var log Log
	rows := NewCSV(strings.NewReader(strings.Repeat("a,b\n", MaxRecords+9)), 2, &log)
	for met = 0; rows.Next() != nil; met++ {
		continue
	}
	refusedAs(t, rows.Err(), met, MaxRecords+9, "250000 records")
	rows = NewCSV(strings.NewReader(strings.Repeat("a,"+strings.Repeat("; ", maxParts/100)+"\n", 102)), 2, &log)
	for met = 0; rows.Next() != nil; met++ {
		continue
	}
	refusedAs(t, rows.Err(), met, 102, "5000000 values")
	rows = NewCSV(strings.NewReader("a,"+strings.Repeat("; ", maxParts)+"\n"), 2, &log)
	if rows.Next() != nil {
		t.Error("a row of millions of values is given")
	}
	refusedAs(t, rows.Err(), 0, 1, "row is larger than 1 MB")

	doc := Doc{Name: "a list", Roots: []string{"r"}, On: map[string]func(*Node, string){"r/e": func(*Node, string) { met++ }}}
	met = 0
	_, err = doc.Walk(strings.NewReader("<r>"+strings.Repeat("<e/>", MaxRecords+9)+"</r>"), &log, false)
	refusedAs(t, err, met, MaxRecords+9, "250000 records")
	met = 0
	_, err = doc.Walk(strings.NewReader("<r><e>"+strings.Repeat("<n/>", maxInRecord+1)+"</e></r>"), &log, false)
	refusedAs(t, err, met, 1, "parts")
}
