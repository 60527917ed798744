package ours

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"entitywatch/screen/match"
	"entitywatch/screen/names"
)

// Counterparty is one party of the organisation's own.
type Counterparty struct {
	ID      string
	Name    string
	Country string
	Address string
	Aliases []string
	Line    int // in the file
}

// Counterparties are the parties of one file, kept compactly: about their letters and thirty bytes each. They are safe
// for concurrent reading.
type Counterparties struct {
	chunks []string // rows, their fields separated by fieldMark
	starts []rowRef
	lines  []uint32
	once   sync.Once
	shards []shard
	known  sync.Once
	ids    []idHash // sorted, for Find
}

// rowRef is where a row stands: chunk, from, to.
type rowRef struct {
	chunk    uint16
	from, to uint32
}

const (
	fieldMark = "\x1f"
	chunkSize = 4 << 20
)

// Len is the number of counterparties.
func (c *Counterparties) Len() int { return len(c.starts) }

// At is counterparty i.
func (c *Counterparties) At(i int) Counterparty {
	f := strings.SplitN(c.row(i), fieldMark, 5)
	cp := Counterparty{ID: f[0], Name: f[1], Country: f[2], Address: f[3], Line: int(c.lines[i])}
	for a := range strings.SplitSeq(f[4], ";") {
		if a = strings.TrimSpace(a); a != "" {
			cp.Aliases = append(cp.Aliases, a)
		}
	}
	return cp
}

func (c *Counterparties) row(i int) string {
	r := c.starts[i]
	return c.chunks[r.chunk][r.from:r.to]
}

// query is counterparty i as a search.
func (c *Counterparties) query(i int) match.Query {
	cp := c.At(i)
	return match.Query{ID: cp.ID, Name: cp.Name, Country: cp.Country, Address: cp.Address, Aliases: cp.Aliases}
}

// Screen searches for all counterparties among the entries of ix, on all processors: at most n hits each, at or over
// threshold, in the order of the counterparties and best first. done, where not nil, is told how many are finished.
func (c *Counterparties) Screen(ctx context.Context, ix *match.Index, threshold float64, n int,
	done func(int)) ([]match.Hit, error) {
	return ix.SearchAll(ctx, c.Len(), c.query, threshold, n, done)
}

// Find returns the number of the counterparty with an id, the first where several have it.
func (c *Counterparties) Find(id string) (int, bool) {
	c.known.Do(func() {
		c.ids = make([]idHash, c.Len())
		for i := range c.starts {
			own, _, _ := strings.Cut(c.row(i), fieldMark)
			c.ids[i] = idHash{names.Hash(own), uint32(i)}
		}
		slices.SortFunc(c.ids, func(a, b idHash) int {
			return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.row, b.row))
		})
	})
	for _, row := range c.rowsOf(names.Hash(id)) {
		if own, _, _ := strings.Cut(c.row(int(row.row)), fieldMark); own == id {
			return int(row.row), true
		}
	}
	return 0, false
}

// rowsOf are the rows whose ids have a hash.
func (c *Counterparties) rowsOf(hash uint64) []idHash {
	from, _ := slices.BinarySearchFunc(c.ids, hash, func(e idHash, hash uint64) int { return cmp.Compare(e.hash, hash) })
	to := from
	for to < len(c.ids) && c.ids[to].hash == hash {
		to++
	}
	return c.ids[from:to]
}

// Newcomers are the counterparties that earlier ones do not have, or have otherwise: what is left to screen of a file
// that was edited.
func (c *Counterparties) Newcomers(earlier *Counterparties) []int {
	var out []int
	for i := range c.starts {
		row := c.row(i)
		id, _, _ := strings.Cut(row, fieldMark)
		_, known := earlier.Find(id)
		if !known || !slices.ContainsFunc(earlier.rowsOf(names.Hash(id)), func(e idHash) bool {
			return earlier.row(int(e.row)) == row
		}) {
			out = append(out, i)
		}
	}
	return out
}

// cpBuilder collects rows.
type cpBuilder struct {
	c     *Counterparties
	chunk strings.Builder
	ids   []idHash
}

// idHash is the hash of an id with its row, to find doubled ids.
type idHash struct {
	hash uint64
	row  uint32
}

func (b *cpBuilder) add(cp *Counterparty) {
	size := len(cp.ID) + len(cp.Name) + len(cp.Country) + len(cp.Address) + 8
	for _, a := range cp.Aliases {
		size += len(a) + 1
	}
	if b.chunk.Len()+size > chunkSize {
		b.flush()
	}
	from := b.chunk.Len()
	for i, f := range []string{cp.ID, cp.Name, cp.Country, cp.Address, strings.Join(cp.Aliases, ";")} {
		if i > 0 {
			b.chunk.WriteString(fieldMark)
		}
		b.chunk.WriteString(strings.ReplaceAll(f, fieldMark, " "))
	}
	c := b.c
	c.starts = append(c.starts, rowRef{chunk: uint16(len(c.chunks)), from: uint32(from), to: uint32(b.chunk.Len())})
	c.lines = append(c.lines, uint32(cp.Line))
	b.ids = append(b.ids, idHash{names.Hash(cp.ID), uint32(len(c.starts) - 1)})
}

func (b *cpBuilder) flush() {
	if b.chunk.Len() > 0 {
		b.c.chunks = append(b.c.chunks, b.chunk.String())
		b.chunk.Reset()
		b.chunk.Grow(chunkSize)
	}
}
