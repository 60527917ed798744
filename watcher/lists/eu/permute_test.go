package eu

import (
	"fmt"
	"strings"
	"testing"

	"entitywatch/internal/permute"
	"entitywatch/internal/require"
)

var wholly = permute.Wholly(Parse)

// twins is a list in which one party stands under several programs with one logicalId, as the EU's own does.
func twins() string {
	var b strings.Builder
	b.WriteString(`<export generationDate="2025-03-12T00:00:00"><sanctionEntity logicalId="1"><nameAlias wholeName="Sundal Bank"/></sanctionEntity>`)
	for _, programme := range []string{"BLR", "UKR", "IRN"} {
		fmt.Fprintf(&b, `<sanctionEntity logicalId="77"><regulation programme=%q/><nameAlias wholeName="Tarnow Lathe Works"/></sanctionEntity>`, programme)
	}
	b.WriteString(`<sanctionEntity logicalId="77"><regulation programme="IRN"/><nameAlias wholeName="Tarnow Lathe-Works"/></sanctionEntity>`)
	b.WriteString(`<sanctionEntity logicalId="78"><nameAlias wholeName="Marsholm"/></sanctionEntity></export>`)
	return b.String()
}

func TestOrderOfRecordsNeverMatters(t *testing.T) {
	permute.Check(t, permute.Elements(string(load(t)), "sanctionEntity"), 0, wholly)
	permute.Check(t, permute.Elements(twins(), "sanctionEntity"), 0, wholly)
	permute.Sweep(t, permute.Elements(twins(), "sanctionEntity"), wholly)
}

func TestReferenceOrderOfRecordsNeverMatters(t *testing.T) {
	for _, name := range []string{"fsf_1.1_sample.xml", "fsf_1.1_2020-04-15_sample.xml", "fsf_1.1_2022-03-18_cut.xml.gz"} {
		t.Run(name, func(t *testing.T) {
			f := permute.Elements(string(require.File(t, "eu/"+name)), "sanctionEntity")
			f.Tail = "</export>" // behind the last whole entity
			permute.Check(t, f, 12, wholly)
		})
	}
}
