package match

import (
	"entitywatch/screen/names"
)

// speller finds the words of a dictionary that a word may be meant for. Every word stands under its first letters and
// under these with one letter left out, so a slip anywhere meets it (a swap of two letters too: leaving out either
// gives the same); words with more vowels changed meet under their consonants.
type speller struct {
	deletes    multimap
	consonants multimap
}

// spellPrefix is how many first letters of a word are used; a slip further on changes nothing.
const spellPrefix = 8

type spellerBuilder struct {
	deletes, consonants multimapBuilder
	sk                  []byte
}

func (b *spellerBuilder) add(t *token, n uint32) {
	var hashes [slipPrefix + 1]uint64
	for _, h := range hashes[:slipHashes(t.s, spellPrefix, &hashes)] {
		b.deletes.add(h, n)
	}
	b.sk = names.Skeleton(t.snd, b.sk)
	if len(b.sk) >= 3 || len(b.sk) == 2 && len(t.s) <= 6 {
		b.consonants.add(names.Hash(b.sk), n)
	}
}

func (b *spellerBuilder) build() speller {
	return speller{deletes: b.deletes.build(), consonants: b.consonants.build()}
}

// candidates appends the numbers of words that t may be meant for, some of them twice.
func (s *speller) candidates(t *token, dst []uint32, sk *[]byte) []uint32 {
	*sk = names.Skeleton(t.snd, *sk)
	dst = appendSlips(&s.deletes, t.s, dst)
	if bones := *sk; len(bones) >= 3 || t.abjad || len(bones) == 2 && len(t.s) >= 4 && len(t.s) <= 6 {
		dst = s.consonants.appendAll(names.Hash(bones), dst)
	}
	return dst
}

// find is candidates for a word and the hash of its consonants by bonesHash.
func (s *speller) find(word []byte, bones uint32, dst []uint32) []uint32 {
	dst = appendSlips(&s.deletes, word, dst)
	if bones != 0 {
		dst = s.consonants.appendAll(uint64(bones)<<32, dst)
	}
	return dst
}

// bonesHash is the half of the hash of a word's consonants that a multimap looks at; 0 where they are too few to find
// anything by.
func bonesHash(word string, bones []byte) uint32 {
	if len(bones) >= 3 || len(bones) == 2 && len(word) >= 4 && len(word) <= 6 {
		return uint32(names.Hash(bones) >> 32)
	}
	return 0
}

func appendSlips[T string | []byte](m *multimap, word T, dst []uint32) []uint32 {
	var hashes [slipPrefix + 1]uint64
	for _, h := range hashes[:slipHashes(word, spellPrefix, &hashes)] {
		dst = m.appendAll(h, dst)
	}
	return dst
}
