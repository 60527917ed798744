package un

import (
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
)

var wholly = permute.Wholly(Parse)

func TestOrderOfRecordsNeverMatters(t *testing.T) {
	doc := string(load(t))
	one := permute.Elements(doc, "INDIVIDUAL").Records[0]
	// two records under one number, and one of them twice
	other := strings.Replace(one, "<UN_LIST_TYPE>", "<UN_LIST_TYPE>Another ", 1)
	doc = strings.Replace(doc, one[:len(one)-1], one+other+one+strings.ReplaceAll(one, "CDi.901", "CDi.902"), 1)
	permute.Check(t, permute.Elements(doc, "INDIVIDUAL"), 0, wholly)
}

func TestReferenceOrderOfRecordsNeverMatters(t *testing.T) {
	for _, name := range []string{"un_2025-04-19.xml.gz", "un_2025-11-20.xml.gz", "un_2026-02-27.xml.gz"} {
		t.Run(name, func(t *testing.T) {
			f, parse := bothKinds(string(require.File(t, "un/"+name)))
			permute.Check(t, f, 10, parse)
		})
	}
}

// bothKinds takes a file apart at its records of both kinds, which are put back each into its own section.
func bothKinds(doc string) (permute.File, permute.Parse) {
	persons, others := permute.Elements(doc, "INDIVIDUAL"), permute.Elements(doc, "ENTITY")
	f := permute.File{Head: doc[:strings.Index(doc, "<INDIVIDUALS>")], Tail: others.Tail}
	for i, r := range persons.Records { // mixed, since a part of the file that has only one kind is no whole file
		from, to := i*len(others.Records)/len(persons.Records), (i+1)*len(others.Records)/len(persons.Records)
		f.Records = append(append(f.Records, r), others.Records[from:to]...)
	}
	return f, func(body []byte) ([]diff.Snapshot, error) {
		section := func(name string) string { return strings.Join(permute.Elements(string(body), name).Records, "") }
		return wholly([]byte(f.Head + "<INDIVIDUALS>" + section("INDIVIDUAL") + "</INDIVIDUALS><ENTITIES>" + section("ENTITY") + f.Tail))
	}
}
