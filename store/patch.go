package store

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// A patch tells how a body is made of an earlier one: it is a row of steps, each some bytes of its own and then a stretch of the earlier
// body, as four numbers and the bytes: how many bytes, the bytes, where the stretch begins, how long it is. Lists are served whole each
// time and differ in a few records, wherever those stand; a general compressor with the earlier body as its dictionary finds the same and
// takes ten times as long.

// patchBlock is the length of the blocks by which stretches are found, in bytes. A record is a few hundred.
const patchBlock = 64

// patchPrime spreads the bytes of a block over the 64 bits of its rolling hash.
const patchPrime = 0x9E3779B97F4A7C15

// makePatch is what unpatch needs beside base to make body.
func makePatch(base, body []byte) []byte {
	index, shift := indexBlocks(base)
	var out []byte
	from := 0 // of the bytes that no stretch covers
	last := uint64(1)
	for range patchBlock {
		last *= patchPrime
	}
	h, fresh := uint64(0), true
	for at := 0; at+patchBlock <= len(body); {
		if fresh {
			h, fresh = hashBlock(body[at:]), false
		}
		if c := int(index[h>>shift]) - 1; c >= 0 && bytes.Equal(base[c:c+patchBlock], body[at:at+patchBlock]) {
			for c > 0 && at > from && base[c-1] == body[at-1] {
				c, at = c-1, at-1
			}
			n := patchBlock + commonPrefix(base[c+patchBlock:], body[at+patchBlock:])
			out = appendStep(out, body[from:at], c, n)
			at += n
			from, fresh = at, true
			continue
		}
		if at+patchBlock < len(body) {
			h = h*patchPrime + uint64(body[at+patchBlock]) + 1 - last*(uint64(body[at])+1)
		}
		at++
	}
	return appendStep(out, body[from:], 0, 0)
}

// indexBlocks finds the blocks of a body by their hashes; shift makes a hash an index. Places are one too high, so that 0 is none.
func indexBlocks(base []byte) (index []uint32, shift uint) {
	bits := uint(10)
	for 1<<bits < 2*len(base)/patchBlock {
		bits++
	}
	index, shift = make([]uint32, 1<<bits), 64-bits
	for at := 0; at+patchBlock <= len(base); at += patchBlock {
		if i := hashBlock(base[at:]) >> shift; index[i] == 0 {
			index[i] = uint32(at + 1)
		}
	}
	return index, shift
}

func hashBlock(b []byte) (h uint64) {
	for _, c := range b[:patchBlock] {
		h = h*patchPrime + uint64(c) + 1
	}
	return h
}

func commonPrefix(a, b []byte) int {
	const step = 256
	n, most := 0, min(len(a), len(b))
	for n+step <= most && bytes.Equal(a[n:n+step], b[n:n+step]) {
		n += step
	}
	for n < most && a[n] == b[n] {
		n++
	}
	return n
}

func appendStep(out, own []byte, at, n int) []byte {
	out = append(binary.AppendUvarint(out, uint64(len(own))), own...)
	return binary.AppendUvarint(binary.AppendUvarint(out, uint64(at)), uint64(n))
}

var errPatch = errors.New("the patch does not fit what it is a patch of")

// unpatch makes the body of size bytes that a patch was made for.
func unpatch(base, patch []byte, size int) ([]byte, error) {
	body := make([]byte, 0, size)
	number := func() int {
		v, n := binary.Uvarint(patch)
		if n <= 0 || v > uint64(max(len(base), size)) {
			return -1
		}
		patch = patch[n:]
		return int(v)
	}
	for len(patch) > 0 {
		own := number()
		if own < 0 || own > len(patch) {
			return nil, errPatch
		}
		body = append(body, patch[:own]...)
		patch = patch[own:]
		at, n := number(), number()
		if at < 0 || n < 0 || at+n > len(base) || len(body)+n > size {
			return nil, errPatch
		}
		body = append(body, base[at:at+n]...)
	}
	return body, nil
}
