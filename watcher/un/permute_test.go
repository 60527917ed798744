package un

import (
	"bytes"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
)

func wholly(body []byte) ([]diff.Snapshot, error) {
	return Parse(bytes.NewReader(body), diff.ReadOptions{})
}

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
		doc := string(require.File(t, "un/"+name))
		permute.Check(t, permute.Elements(doc, "INDIVIDUAL"), 5, wholly)
		permute.Check(t, permute.Elements(doc, "ENTITY"), 5, wholly)
	}
}
