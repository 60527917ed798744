package store

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// BenchmarkEvidenceOfANewVersion packs a list of 26,000 records of which one is new, as a patch and whole; x is how many times faster,
// and how many times smaller, the patch is.
func BenchmarkEvidenceOfANewVersion(b *testing.B) {
	records := listing(26_000)
	base := bytes.Join(records, nil)
	body := bytes.Join(append(append(records[:9000:9000], fmt.Appendf(nil, `{"name":"Newcomer"},`)), records[9000:]...), nil)
	w, err := newZip()
	if err != nil {
		b.Fatal(err)
	}
	whole := w.EncodeAll(base, nil)
	var patching, packing time.Duration
	size, full := 0, 0
	for b.Loop() {
		start := time.Now()
		from, err := unzip(whole, len(base))
		if err != nil {
			b.Fatal(err)
		}
		size = len(w.EncodeAll(makePatch(from, body), nil))
		patching += time.Since(start)
		start = time.Now()
		full = len(w.EncodeAll(body, nil))
		packing += time.Since(start)
	}
	b.ReportMetric(float64(packing)/float64(patching), "x-faster")
	b.ReportMetric(float64(full)/float64(size), "x-smaller")
	b.ReportMetric(float64(size), "patch-B")
	b.ReportMetric(float64(patching.Microseconds())/1000/float64(b.N), "patch-ms")
}
