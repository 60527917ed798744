package match

import (
	"entitywatch/screen/names"
)

// rollPowers are the powers of the multiplier of slipHashes.
var rollPowers = func() (p [names.MaxWord]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * rollPrime
	}
	return p
}()

const rollPrime = 0x9E3779B97F4A7C55

// slipHashes fills out with the hash of the first letters of s, at most n, and those of the same with one letter left
// out, and returns how many there are. These hashes can be compared with each other only.
func slipHashes[T string | []byte](s T, n int, out *[slipPrefix + 1]uint64) int {
	s = s[:min(len(s), n)]
	var upTo [slipPrefix + 1]uint64
	for i := range len(s) {
		upTo[i+1] = upTo[i]*rollPrime + uint64(s[i]) + 1
	}
	whole := upTo[len(s)]
	out[0] = names.FinishHash(whole)
	if len(s) < 3 {
		return 1
	}
	k := 1
	for i := range len(s) {
		if i > 0 && s[i] == s[i-1] {
			continue
		}
		p := rollPowers[len(s)-1-i]
		out[k] = names.FinishHash(upTo[i]*p + whole - upTo[i+1]*p)
		k++
	}
	return k
}

// multimap finds small numbers by hashes. It is built once and then only read. Two hashes that agree in their upper
// half are taken for one: what it finds is to be checked.
type multimap struct {
	shift  uint
	filter []uint64 // bits set for the hashes that are there
	starts []uint32
	items  []uint64 // upper half of the hash, then the number
}

// multimapBuilder collects what a multimap is to hold.
type multimapBuilder struct{ items []uint64 }

func (b *multimapBuilder) add(hash uint64, n uint32) {
	b.items = append(b.items, hash&^0xFFFFFFFF|uint64(n))
}

// build sorts the items into buckets of about four.
func (b *multimapBuilder) build() multimap {
	bits := uint(2)
	for 1<<bits*4 < len(b.items) && bits < 24 {
		bits++
	}
	m := multimap{shift: 64 - bits, starts: make([]uint32, 1<<bits+1), items: make([]uint64, len(b.items))}
	for _, it := range b.items {
		m.starts[it>>m.shift+1]++
	}
	for i := 1; i < len(m.starts); i++ {
		m.starts[i] += m.starts[i-1]
	}
	words := 1
	for words*8 < len(b.items) {
		words *= 2
	}
	m.filter = make([]uint64, words)
	next := append([]uint32(nil), m.starts...)
	for _, it := range b.items {
		m.filter[it>>38&uint64(words-1)] |= 1 << (it >> 32 & 63)
		slot := it >> m.shift
		m.items[next[slot]] = it
		next[slot]++
	}
	b.items = nil
	return m
}

// may reports whether there may be a number under hash; false is certain.
func (m *multimap) may(hash uint64) bool {
	return len(m.items) > 0 && m.filter[hash>>38&uint64(len(m.filter)-1)]&(1<<(hash>>32&63)) != 0
}

// appendAll appends the numbers under hash to dst.
func (m *multimap) appendAll(hash uint64, dst []uint32) []uint32 {
	if !m.may(hash) {
		return dst
	}
	slot := hash >> m.shift
	for _, it := range m.items[m.starts[slot]:m.starts[slot+1]] {
		if (it^hash)>>32 == 0 {
			dst = append(dst, uint32(it))
		}
	}
	return dst
}
