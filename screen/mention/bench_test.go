package mention_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"entitywatch/internal/screentest"
	"entitywatch/screen/mention"
)

// bigText is about a megabyte of running text in which listed names stand now and then, and how many of them.
func bigText(names []string) (string, int) {
	r := rand.New(rand.NewPCG(9, 10))
	prose := strings.Fields(`The ministry said on Tuesday that several companies from China, Russia and Iran had
		asked for more time, while officials in Washington and Brussels warned that exports of chips to Beijing would
		need a licence. Shares of the Technology Group fell in Hong Kong. A spokesman for the Institute of International
		Trade declined to comment; Bank of America and Deutsche Bank cut their forecasts for General Electric.`)
	var b strings.Builder
	count := 0
	for b.Len() < 1_000_000 {
		for range 40 + r.IntN(60) {
			b.WriteString(prose[r.IntN(len(prose))])
			b.WriteByte(' ')
		}
		b.WriteString("against ")
		b.WriteString(names[r.IntN(len(names))])
		b.WriteString(" on Monday. ")
		count++
	}
	return b.String(), count
}

// BenchmarkScan scans a megabyte for all names of the Consolidated Screening List and prints the cost of the build
// beside it.
func BenchmarkScan(b *testing.B) {
	entries := screentest.ScreeningList(b)
	names, _ := screentest.NamesOf(entries)
	text, put := bigText(names)
	before, start := screentest.Heap(), screentest.CPUTime()
	sc := mention.NewScanner(entries, mention.ScanOptions{Every: true})
	build, size := (screentest.CPUTime() - start).Seconds(), screentest.Heap()-before
	b.SetBytes(int64(len(text)))
	found := 0
	start = screentest.CPUTime()
	for b.Loop() {
		found = len(sc.Scan(text))
	}
	b.ReportMetric((screentest.CPUTime()-start).Seconds()*1000/float64(b.N), "cpu-ms/scan")
	b.ReportMetric(build, "cpu-s/build")
	b.ReportMetric(size, "MB-scanner")
	b.ReportMetric(float64(found), "mentions")
	b.ReportMetric(float64(put), "names-put-in")
}
