package ecfr_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/lists/ecfr"
)

// BenchmarkParseAndCompare reads the Entity List to entries and compares them with the snapshot of another day in memory. It reports
// both as ratios of the time that encoding/xml takes to merely tokenise the same file, all measured in this one run: 2 is the limit
// for both together.
func BenchmarkParseAndCompare(b *testing.B) {
	doc := part744(b, "2026-07-18")
	stored := snapshot(b, "2026-03-25", diff.EntityList)
	b.SetBytes(int64(len(doc)))
	var tokenise, parse, compare time.Duration
	for b.Loop() {
		start := time.Now()
		tokeniseAll(b, doc)
		tokenised := time.Now()
		all, err := ecfr.Parse(bytes.NewReader(doc), diff.ReadOptions{}, diff.EntityList)
		if err != nil {
			b.Fatal(err)
		}
		parsed := time.Now()
		if c := diff.Compare(stored, all[0]); len(all[0].Entries) != len(stored.Entries) {
			b.Fatalf("%d entries; %+v", len(all[0].Entries), c)
		}
		tokenise += tokenised.Sub(start)
		parse += parsed.Sub(tokenised)
		compare += time.Since(parsed)
	}
	b.ReportMetric(float64(parse+compare)/float64(tokenise), "ratio")
	b.ReportMetric(float64(parse)/float64(tokenise), "parse/tokenise")
	b.ReportMetric(float64(compare)/float64(tokenise), "compare/tokenise")
	b.ReportMetric(float64(tokenise.Microseconds())/1000/float64(b.N), "ms-tokenise")
}

func tokeniseAll(b *testing.B, doc []byte) {
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
