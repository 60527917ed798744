package mention

import (
	"entitywatch/diff"
	"entitywatch/screen/names"
)

// Candidate is a place where a text may name a party, be it likely or not, with what speaks for and against it. The
// weights of mentions are fitted on candidates of labeled texts.
type Candidate struct {
	Start, End int                // byte offsets
	Parties    []*diff.Entry      // whom it would name: the entries that bear the name, of every list
	Features   map[string]float64 // by the names of the features in MentionWeights
}

// Candidates are all places at which Scan weighs a name of a text, in their order; several for a place where names lie
// over each other.
func (sc *Scanner) Candidates(text string) []Candidate {
	const never = 2 // no strength ends the search at a place
	words := sc.readText(text, nil)
	var out []Candidate
	c := &chooser{least: never, facts: map[int32]*facts{}, note: func(f found) { out = append(out, sc.candidate(f)) }}
	for i := range words {
		if w := &words[i]; w.capital || w.s != "" && w.script != names.Latin || startsName(text, words, i) {
			sc.at(text, words, i, c)
		}
	}
	for _, f := range sc.scanRuns(text, 0) {
		out = append(out, sc.candidate(f))
	}
	return out
}

func (sc *Scanner) candidate(f found) Candidate {
	c := Candidate{Start: f.start, End: f.end, Features: map[string]float64{}}
	for _, e := range sc.book.ownersOf(f.phrase) {
		c.Parties = append(c.Parties, &sc.entries[e])
	}
	f.features(f.setting, func(f feature, x float64) { c.Features[featureNames[f]] = x })
	return c
}

// With is the Scanner with other weights. What it knows of names is shared.
func (sc *Scanner) With(w *MentionWeights) *Scanner {
	return &Scanner{
		entries: sc.entries, opts: sc.opts, every: sc.every, book: sc.book, vocab: sc.vocab, family: sc.family,
		natives: sc.natives,
		lists:   sc.lists, places: sc.places, weights: w,
	}
}
