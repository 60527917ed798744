package main

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/mention"
)

// parts is how many parts the texts are cut into.
const parts = 5

// oneMadeIn is how many entries give one made text.
const oneMadeIn = 6

// rules are what the weights of features have to obey. A feature that is not here is not fitted.
var rules = map[string]rule{
	"kind-verbatim": {0, true, false}, "kind-whole": {0, true, false}, "kind-person": {0, true, false}, "kind-given-family": {0, true, false},
	"kind-word": {0, true, false}, "kind-abbreviation": {0, true, false}, "kind-short": {0, true, false}, "kind-brand": {0, true, false},
	"kind-abbreviation-brand": {0, true, false}, "kind-joined": {0, true, false}, "kind-sound": {0, true, false}, "kind-sound-word": {0, true, false},
	"kind-consonants": {0, true, false}, "kind-craft": {0, true, false},
	"bits-words": {1, false, true}, "bits-person": {1, false, true}, "bits-word": {1, false, true}, "bits-abbreviation": {1, false, true},
	"bits-sound": {1, false, true}, "rare-word": {1, false, false}, "rare-person": {1, false, false}, "whole-sound": {1, false, false},
	"same-letters": {1, false, false}, "same-name": {1, false, false}, "others-name": {-1, false, false}, "form-left-out": {-1, false, false}, "form-given": {1, false, false}, "generic-only": {-1, false, false}, "own-nation": {1, false, false}, "other-nations": {-1, false, false},
	"own-field": {1, false, false}, "listing": {1, false, false}, "other-script": {1, false, false}, "runs-on": {-1, false, false}, "led": {-1, false, false}, "other-form": {-1, false, false},
}

// study holds the texts with their examples, part by part.
type study struct {
	c        *corpus
	sc       *mention.Scanner
	examples [parts][]example
	mentions map[string]map[bool]int // of the kept-back parts, by band
}

func newStudy(c *corpus) *study {
	s := &study{c: c, sc: mention.NewScanner(c.entries, mention.ScanOptions{}), mentions: map[string]map[bool]int{}}
	texts := slices.Concat(c.briefs, c.articles, c.innocent, namesakes(c.entries))
	for _, w := range ways {
		texts = append(texts, madeTexts(w, c.entries, oneMadeIn)...)
	}
	for i := range texts {
		t := &texts[i]
		p := partOf(t.id, parts)
		s.examples[p] = append(s.examples[p], examplesOf(s.sc, t)...)
	}
	return s
}

// without are the examples of all parts but those named.
func (s *study) without(kept ...int) []example {
	var out []example
	for p := range parts {
		if !slices.Contains(kept, p) {
			out = append(out, s.examples[p]...)
		}
	}
	return out
}

// surprise is the loss of a choice of features on each of the fitting parts in turn, fitted on the others; the kept-back part is never used.
func (s *study) surprise(chosen map[string]rule) float64 {
	sum := 0.0
	for p := 1; p < parts; p++ {
		sum += loss(s.examples[p], fit(s.without(0, p), chosen))
	}
	return sum
}

// choose drops features one by one, the least useful first, as long as that surprises no more than leastUse.
func (s *study) choose(out io.Writer) map[string]rule {
	chosen := maps.Clone(rules)
	now := s.surprise(chosen)
	fmt.Fprintf(out, "%d features: %.1f\n", len(chosen), now)
	use := map[string]float64{} // what each feature was worth when it was last asked
	for {
		drop, best := "", math.Inf(1)
		for _, name := range slices.Sorted(maps.Keys(chosen)) {
			if use[name] > 10*leastUse { // it will hardly become useless
				continue
			}
			less := maps.Clone(chosen)
			delete(less, name)
			l := s.surprise(less)
			if use[name] = l - now; l < best {
				drop, best = name, l
			}
		}
		if best > now+leastUse {
			return chosen
		}
		delete(chosen, drop)
		now = best
		fmt.Fprintf(out, "without %s: %.1f\n", drop, now)
	}
}

// leastUse is how much surprise, in nats over all fitting parts, a feature must spare to be kept.
const leastUse = 0.5

// tally counts what a measure found.
type tally struct{ texts, falseTexts, right, wrong, missed int }

// String says the counts in words, as the report prints them.
func (t tally) String() string {
	return fmt.Sprintf("%d texts, %d with a false mention; %d right, %d wrong, %d missed", t.texts, t.falseTexts, t.right, t.wrong, t.missed)
}

func (t *tally) add(o tally) {
	t.texts, t.falseTexts = t.texts+o.texts, t.falseTexts+o.falseTexts
	t.right, t.wrong, t.missed = t.right+o.right, t.wrong+o.wrong, t.missed+o.missed
}

// report fits, measures, prints and returns the file of weights.
func (s *study) report(out io.Writer) (string, error) {
	chosen := s.choose(out)
	for name := range chosen {
		if !s.told(name) {
			delete(chosen, name)
		}
	}
	w := fit(s.without(0), chosen)
	var briefs, articles tally
	for p := range parts {
		fw := w
		if p > 0 {
			fw = fit(s.without(p), chosen)
		}
		sc, err := s.scanner(fileOf(fw, nil))
		if err != nil {
			return "", err
		}
		b, a := s.measureBriefs(out, sc, p), s.measureArticles(out, sc, p)
		fmt.Fprintf(out, "part %d kept back: briefs: %v\n                  articles: %v\n", p, b, a)
		briefs.add(b)
		articles.add(a)
	}
	fmt.Fprintf(out, "kept back in turn: briefs: %v\n                   articles: %v\nby confidence: %v\n", briefs, articles, s.mentions)
	fared := map[string]int{}
	for band, n := range s.mentions {
		if n[true]+n[false] >= 10 {
			fared[band] = int(math.Round(100 * float64(n[true]) / float64(n[true]+n[false])))
		}
	}
	file := fileOf(w, fared)
	s.mentions = map[string]map[bool]int{}
	sc, err := s.scanner(file)
	if err != nil {
		return "", err
	}
	briefs, articles = tally{}, tally{}
	for p := range parts {
		briefs.add(s.measureBriefs(io.Discard, sc, p))
		articles.add(s.measureArticles(io.Discard, sc, p))
	}
	fmt.Fprintf(out, "all, with the weights as written: briefs: %v\n                                  articles: %v\n", briefs, articles)
	fmt.Fprint(out, file)
	return file, nil
}

// told reports whether any example has a feature.
func (s *study) told(name string) bool {
	return slices.ContainsFunc(s.without(0), func(e example) bool { return e.x[name] != 0 })
}

func (s *study) scanner(file string) (*mention.Scanner, error) {
	w, err := mention.ParseMentionWeights(file)
	if err != nil {
		return nil, err
	}
	return s.sc.With(w), nil
}

// note counts a mention in the band of its confidence.
func (s *study) note(m *mention.Mention, ok bool) {
	band := "0.75"
	switch {
	case m.Confidence >= 0.95:
		band = "0.95"
	case m.Confidence >= 0.85:
		band = "0.85"
	}
	if s.mentions[band] == nil {
		s.mentions[band] = map[bool]int{}
	}
	s.mentions[band][ok]++
}

func (s *study) measureBriefs(out io.Writer, sc *mention.Scanner, part int) tally {
	var sum tally
	for i := range s.c.briefs {
		t := &s.c.briefs[i]
		if partOf(t.id, parts) != part {
			continue
		}
		sum.texts++
		found := map[briefLabel]bool{}
		before := sum.wrong
		for _, m := range sc.Scan(t.body) {
			found[briefLabel{t.id[len("brief "):], m.Text, string(m.List)}] = true
			ok := t.truth(m.Start, m.End, []*diff.Entry{{List: m.List, Name: m.Name}}) == right
			s.note(&m, ok)
			if ok {
				sum.right++
				continue
			}
			sum.wrong++
			fmt.Fprintf(out, "  false in %s at %d: %q is no %q of %s (%.2f)\n", t.id, m.Start, m.Text, m.Name, m.List, m.Confidence)
		}
		if sum.wrong > before {
			sum.falseTexts++
		}
		for l := range s.c.said {
			if l.id == t.id[len("brief "):] && !found[l] {
				sum.missed++
				fmt.Fprintf(out, "  lost in %s: %q of %s\n", t.id, l.text, l.list)
			}
		}
	}
	return sum
}

func (s *study) measureArticles(out io.Writer, sc *mention.Scanner, part int) tally {
	var sum tally
	for i := range s.c.articles {
		t := &s.c.articles[i]
		file := t.id[len("article "):]
		if partOf(t.id, parts) != part {
			continue
		}
		sum.texts++
		before := sum.wrong
		found := map[string]bool{}
		for _, m := range sc.Scan(t.body) {
			found[partyHash(m.List, m.Name)] = true
			ok := t.truth(m.Start, m.End, []*diff.Entry{{List: m.List, Name: m.Name}}) == right
			s.note(&m, ok)
			if ok {
				sum.right++
				continue
			}
			sum.wrong++
			fmt.Fprintf(out, "  false in %s: %q is no %q of %s (%.2f)\n", file, m.Text, m.Name, m.List, m.Confidence)
		}
		if sum.wrong > before {
			sum.falseTexts++
		}
		for _, hashes := range s.c.hashes[file] {
			if !slices.ContainsFunc(hashes, func(h string) bool { return found[h] }) {
				sum.missed++
				fmt.Fprintf(out, "  missed in %s: %s\n", file, s.nameOf(hashes))
			}
		}
	}
	return sum
}

// nameOf is the name of the listed party that hashes stand for.
func (s *study) nameOf(hashes []string) string {
	for i := range s.c.entries {
		if e := &s.c.entries[i]; slices.Contains(hashes, partyHash(e.List, e.Name)) {
			return string(e.List) + " " + e.Name
		}
	}
	return "unknown " + strings.Join(hashes, " ")
}

// head says what the file of weights is.
const head = `# What the features of a mention weigh, in log-odds: what stands in a text adds up (strength.go says what each feature is).
# Written by "go run ./internal/mentionfit -write" of this repository on 24 November 2026, which says how; not to be changed by hand.
# Sources: news briefs of 2004 and openings of articles on listings with labels; names of the Consolidated Screening List of 31 July 2026, of
# their recombined persons and of 3,560 companies of stock exchanges, put into sentences (../shared/data/README.md). Fitted on parts 1 to 4 of 5 by the hash of the text's id; part 0 is kept back.
# "fared": of labeled mentions with that confidence or more, below the next, so many in a hundred were right while they were kept back.
`

// fileOf writes weights.
func fileOf(w map[string]float64, fared map[string]int) string {
	var b strings.Builder
	b.WriteString(head)
	for _, name := range slices.Sorted(maps.Keys(w)) {
		if v := math.Round(w[name]*1000) / 1000; v != 0 {
			fmt.Fprintf(&b, "%s %.3f\n", name, v)
		}
	}
	for _, band := range slices.SortedFunc(maps.Keys(fared), func(a, b string) int { return cmp.Compare(b, a) }) {
		if band >= "0.85" {
			fmt.Fprintf(&b, "fared %s %d\n", band, fared[band])
		}
	}
	return b.String()
}

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// indexes are the numbers from 0 to n-1.
func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
