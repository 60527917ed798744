package mention

import (
	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"runtime"
	"testing"
)

// TestReadingGrowsWithTheText bounds what reading allocates by the length of the text: a word that was copied with each
// of its letters took gigabytes.
func TestReadingGrowsWithTheText(t *testing.T) {
	sc := NewScanner([]diff.Entry{{List: diff.EntityList, Key: "1", Name: "Tarvelli Works", Aliases: []string{"塔维利"}}},
		ScanOptions{})
	for what, text := range screentest.Endless(200_000) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		sc.Scan(text)
		runtime.ReadMemStats(&after)
		if n := (after.TotalAlloc - before.TotalAlloc) / uint64(len(text)); n > 1000 {
			t.Errorf("%s: %d bytes are allocated for each byte of text", what, n)
		}
	}
}
