package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/mention"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
)

// truth is what the labels say of a candidate.
type truth int

const (
	wrong truth = iota
	right
	unsaid // it lies over a right one, or nobody has read it: no example
)

// text is one labeled text.
type text struct {
	id    string // decides which part it belongs to
	body  string
	truth func(start, end int, parties []*diff.Entry) truth
	gist  float64 // how much a right candidate of it counts
	need  string  // the feature that a right candidate of it has to have, or it says nothing; "" for none
}

// partOf is the part of parts that an id belongs to, by its hash: the same in every run, whatever other texts there are.
func partOf(id string, parts int) int {
	h := sha256.Sum256([]byte(id))
	return int(binary.BigEndian.Uint64(h[:8]) % uint64(parts))
}

// partyHash stands for a party in labels, so that no listed party's name stands in them.
func partyHash(list diff.ListID, name string) string {
	h := sha256.Sum256([]byte(string(list) + "|" + name))
	return fmt.Sprintf("%x", h[:6])
}

// corpus is everything that is fitted and measured on.
type corpus struct {
	entries  []diff.Entry // the Consolidated Screening List
	entity   []diff.Entry // the Entity List of the eCFR
	briefs   []text
	said     map[briefLabel]bool // what the labels of the briefs call right
	articles []text
	innocent []text                // sentences about companies that are on no list, but for a few that go unsaid
	known    map[string]int        // by article: the parties that it names
	hashes   map[string][][]string // by article: the parties, each by the hashes of its entries
}

// readCorpus reads the labeled texts and the lists from the reference data, in place, and our labels from the folder labels.
func readCorpus(data, labels string) (*corpus, error) {
	c := &corpus{said: map[briefLabel]bool{}, known: map[string]int{}, hashes: map[string][][]string{}}
	for _, read := range []func() error{
		func() error { return c.readLists(data) },
		func() error { return c.readBriefs(data, labels) },
		func() error { return c.readArticles(data, labels) },
		func() error { return c.readCompanies(data) },
	} {
		if err := read(); err != nil {
			return nil, fmt.Errorf("read labeled texts: %w", err)
		}
	}
	return c, nil
}

func unpacked(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return b, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func (c *corpus) readLists(data string) error {
	raw, err := unpacked(filepath.Join(data, "csl", "consolidated_2026-07-31_reshaped.json.gz"))
	if err != nil {
		return err
	}
	snaps, err := csl.ParseJSON(bytes.NewReader(raw), diff.ReadOptions{})
	if err != nil {
		return err
	}
	for _, s := range snaps {
		c.entries = append(c.entries, s.Entries...)
	}
	if raw, err = unpacked(filepath.Join(data, "ecfr", "part-744_2026-03-25.xml.gz")); err != nil {
		return err
	}
	if snaps, err = ecfr.Parse(bytes.NewReader(raw), diff.ReadOptions{}, diff.EntityList); err != nil {
		return err
	}
	c.entity = snaps[0].Entries
	return nil
}

// rowsOf are the rows of a file of labels of ours, cut at tabs.
func rowsOf(path string) ([][]string, error) {
	raw, err := os.ReadFile(path)
	var out [][]string
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out, err
}

// briefLabel is what the labels of a brief speak of: the words, and the list.
type briefLabel struct{ id, text, list string }

func (c *corpus) readBriefs(data, labels string) error {
	l, err := readBriefLabels(filepath.Join(data, "news", "briefs_2004_labels.csv"), filepath.Join(labels, "briefs.tsv"))
	if err != nil {
		return err
	}
	for key, ok := range l.said {
		if ok {
			c.said[key] = true
		}
	}
	raw, err := unpacked(filepath.Join(data, "news", "briefs_2004.jsonl.gz"))
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for lines.Scan() {
		var b struct{ ID, Text string } // encoding/json does not mind the case of names
		if err := json.Unmarshal(lines.Bytes(), &b); err != nil {
			return err
		}
		c.briefs = append(c.briefs, text{id: "brief " + b.ID, body: b.Text, gist: rightGist, truth: func(start, end int, parties []*diff.Entry) truth {
			return l.truth(b.ID, b.Text, start, end, parties)
		}})
	}
	return lines.Err()
}

// briefLabels are what the labels of the briefs and ours say.
type briefLabels struct {
	said  map[briefLabel]bool
	words map[string][]string // by brief: the words that name a party
	read  map[string]bool     // by "brief start end"
	spans map[string][][2]int // by brief: the places that are read as right
}

func readBriefLabels(theirs, ours string) (*briefLabels, error) {
	l := &briefLabels{said: map[briefLabel]bool{}, words: map[string][]string{}, read: map[string]bool{}, spans: map[string][][2]int{}}
	f, err := os.Open(theirs)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	for _, r := range rows[1:] {
		key := briefLabel{r[0], r[1], r[3]}
		l.said[key] = l.said[key] || r[4] == "True"
		if r[4] == "True" {
			l.words[r[0]] = append(l.words[r[0]], r[1])
		}
	}
	if rows, err = rowsOf(ours); err != nil {
		return nil, err
	}
	for _, r := range rows {
		l.read[strings.Join(r[:3], " ")] = r[3] == "yes"
		if r[3] != "yes" {
			continue
		}
		var s [2]int
		if _, err := fmt.Sscan(r[1]+" "+r[2], &s[0], &s[1]); err != nil {
			return nil, fmt.Errorf("%s: %w", ours, err)
		}
		l.spans[r[0]] = append(l.spans[r[0]], s)
	}
	return l, nil
}

// truth is what the labels say of start..end of a brief, if it names one of parties.
func (l *briefLabels) truth(id, body string, start, end int, parties []*diff.Entry) truth {
	labeled := false
	for _, p := range parties {
		ok, have := l.said[briefLabel{id, body[start:end], string(p.List)}]
		if ok {
			return right
		}
		labeled = labeled || have
	}
	ok, have := l.read[fmt.Sprint(id, " ", start, " ", end)]
	switch {
	case ok:
		return right
	case !have && !labeled && overlaps(body, start, end, l.words[id], l.spans[id]):
		return unsaid
	}
	return wrong
}

// overlaps reports whether start..end of a text lies over one of the words, wherever they stand, or one of the spans.
func overlaps(body string, start, end int, words []string, spans [][2]int) bool {
	for _, s := range spans {
		if start < s[1] && s[0] < end {
			return true
		}
	}
	return slices.ContainsFunc(words, func(w string) bool {
		for at := 0; ; {
			i := strings.Index(body[at:], w)
			if i < 0 {
				return false
			}
			if i += at; start < i+len(w) && i < end {
				return true
			}
			at = i + 1
		}
	})
}

func (c *corpus) readArticles(data, labels string) error {
	rows, err := rowsOf(filepath.Join(labels, "articles.tsv"))
	if err != nil {
		return err
	}
	for _, r := range rows {
		c.known[r[0]] += 0
		if r[1] != "" {
			c.known[r[0]]++
			c.hashes[r[0]] = append(c.hashes[r[0]], strings.Split(r[1], "|"))
		}
	}
	for _, file := range slices.Sorted(keys(c.known)) {
		raw, err := os.ReadFile(filepath.Join(data, "news", "articles", file))
		if err != nil {
			return err
		}
		named := slices.Concat(c.hashes[file]...)
		c.articles = append(c.articles, text{id: "article " + file, body: string(raw), gist: rightGist, truth: func(_, _ int, parties []*diff.Entry) truth {
			if slices.ContainsFunc(parties, func(p *diff.Entry) bool { return slices.Contains(named, partyHash(p.List, p.Name)) }) {
				return right
			}
			return wrong
		}})
	}
	return nil
}

// readCompanies puts the names of listed companies of stock exchanges into sentences. Few of them are on a list of parties.
func (c *corpus) readCompanies(data string) error {
	raw, err := unpacked(filepath.Join(data, "names", "companies.csv.gz"))
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return err
	}
	for _, r := range rows[1:] {
		name := r[1]
		c.innocent = append(c.innocent, text{id: "company " + name, body: plainly(name), truth: func(start, end int, _ []*diff.Entry) truth {
			if plainly(name)[start:end] == name {
				return unsaid // it may be the listed one
			}
			return wrong
		}})
	}
	return nil
}

// rightGist is how much a right candidate counts: a missed mention is as bad as so many false ones.
const rightGist = 4

// examplesOf are the examples that a text gives: its right and its wrong candidates. Candidates that lie over a right one say nothing.
func examplesOf(sc *mention.Scanner, t *text) []example {
	cs := sc.Candidates(t.body)
	truths := make([]truth, len(cs))
	for i, c := range cs {
		truths[i] = t.truth(c.Start, c.End, c.Parties)
	}
	var out []example
	for i, c := range cs {
		over := func(k int) bool { return k != i && truths[k] == right && c.Start < cs[k].End && cs[k].Start < c.End }
		switch {
		case truths[i] == right && t.need != "" && c.Features[t.need] == 0:
		case truths[i] == right:
			out = append(out, example{c.Features, true, t.gist})
		case truths[i] == wrong && !slices.ContainsFunc(indexes(len(cs)), over):
			out = append(out, example{c.Features, false, 1})
		}
	}
	return out
}
