package mention_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"entitywatch/screen/mention"
)

// corpusLines are the lines of a file of testdata without its comments.
func corpusLines(t testing.TB, file string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.Split(strings.TrimSpace(string(raw)), "\n"), func(l string) bool {
		return strings.HasPrefix(l, "#")
	})
}

// madeUpParties are the parties of testdata/parties.tsv; the key of each is its id there.
func madeUpParties(t testing.TB) []diff.Entry {
	t.Helper()
	var out []diff.Entry
	for _, line := range corpusLines(t, "parties.tsv") {
		col := strings.Split(line, "\t")
		if len(col) != 7 {
			t.Fatalf("%d columns: %q", len(col), line)
		}
		split := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == '|' }) }
		out = append(out, diff.Entry{
			Key: col[0], List: diff.ListID(col[1]), Kind: diff.Kind(col[2]), Country: col[3], Programs: split(col[4]),
			Name: col[5], Aliases: split(col[6]),
		})
	}
	return out
}

// TestMentionsInSentencesOfOurs demands that sentences written to mislead give hardly a false mention, and that
// sentences which name made-up parties give these and no others.
func TestMentionsInSentencesOfOurs(t *testing.T) {
	sc := mention.NewScanner(madeUpParties(t), mention.ScanOptions{})
	misled, sentences := misledBy(t, sc)
	right, wrong, missed := 0, 0, 0
	for _, line := range corpusLines(t, "listings.tsv") {
		ids, text, _ := strings.Cut(line, "\t")
		want := strings.Split(ids, "|")
		for _, m := range sc.Scan(text) {
			if i := slices.Index(want, m.Key); i >= 0 {
				right++
				want = slices.Delete(want, i, i+1)
				continue
			}
			wrong++
			t.Logf("false: %q is no %q (%.2f): %s", m.Text, m.Name, m.Confidence, text)
		}
		for _, id := range want {
			missed++
			t.Logf("missed %s: %s", id, text)
		}
	}
	t.Logf("%d of %d ordinary sentences with a false mention; in sentences that name parties %d right, %d wrong, %d "+
		"missed", misled, sentences,
		right, wrong, missed)
	if misled*100 > sentences || wrong*33 > right || missed*10 > right+missed {
		t.Error("want at most 1 ordinary sentence in 100 with a false mention, precision 0.97 and recall 0.9")
	}
}

// TestOrdinarySentencesNameNoListedParty is the same with the whole screening list: the sentences were written to
// mislead, so more of them do than of what the press writes.
func TestOrdinarySentencesNameNoListedParty(t *testing.T) {
	misled, sentences := misledBy(t, mention.NewScanner(screentest.ScreeningList(t), mention.ScanOptions{}))
	t.Logf("%d of %d ordinary sentences with a false mention", misled, sentences)
	if misled*20 > sentences {
		t.Error("want at most 1 in 20")
	}
}

// misledBy counts the ordinary sentences of ours in which sc finds anybody.
func misledBy(t *testing.T, sc *mention.Scanner) (misled, sentences int) {
	t.Helper()
	for _, text := range corpusLines(t, "ordinary.txt") {
		sentences++
		ms := sc.Scan(text)
		if len(ms) > 0 {
			misled++
		}
		for _, m := range ms {
			t.Logf("false: %q is no %q of %s (%.2f): %s", m.Text, m.Name, m.List, m.Confidence, text)
		}
	}
	return misled, sentences
}
