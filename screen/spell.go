package screen

// speller finds the words of a dictionary that a word may be meant for. Every word stands under its first letters and under these with
// one letter left out, so a slip anywhere meets it (a swap of two letters too: leaving out either gives the same); words with more
// vowels changed meet under their consonants.
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
	b.sk = skeleton(t.snd, b.sk)
	if len(b.sk) >= 3 || len(b.sk) == 2 && len(t.s) <= 6 {
		b.consonants.add(hashString(string(b.sk)), n)
	}
}

func (b *spellerBuilder) build() speller {
	return speller{deletes: b.deletes.build(), consonants: b.consonants.build()}
}

// candidates appends the numbers of words that t may be meant for, some of them twice.
func (s *speller) candidates(t *token, dst []uint32, sk *[]byte) []uint32 {
	*sk = skeleton(t.snd, *sk)
	return s.lookUp(t.s, *sk, t.abjad, dst)
}

// lookUp is candidates for a word and its consonants.
func (s *speller) lookUp(word string, bones []byte, abjad bool, dst []uint32) []uint32 {
	var hashes [slipPrefix + 1]uint64
	for _, h := range hashes[:slipHashes(word, spellPrefix, &hashes)] {
		dst = s.deletes.appendAll(h, dst)
	}
	if len(bones) >= 3 || abjad || len(bones) == 2 && len(word) >= 4 && len(word) <= 6 {
		dst = s.consonants.appendAll(hashString(string(bones)), dst)
	}
	return dst
}
