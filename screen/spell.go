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
	eachDelete(t.s, func(h uint64) { b.deletes.add(h, n) })
	b.sk = skeleton(t.snd, b.sk)
	if len(b.sk) >= 3 || len(b.sk) == 2 && len(t.s) <= 6 {
		b.consonants.add(hashString(string(b.sk)), n)
	}
}

func (b *spellerBuilder) build() speller {
	return speller{deletes: b.deletes.build(), consonants: b.consonants.build()}
}

// eachDelete calls f with the hashes under which s stands.
func eachDelete(s string, f func(uint64)) {
	s = s[:min(len(s), spellPrefix)]
	f(hashString(s))
	if len(s) < 3 {
		return
	}
	for i := range len(s) {
		if i > 0 && s[i] == s[i-1] {
			continue
		}
		f(hashSkip(s, i))
	}
}

// candidates appends the numbers of words that t may be meant for, some of them twice.
func (s *speller) candidates(t *token, dst []uint32, sk *[]byte) []uint32 {
	eachDelete(t.s, func(h uint64) { dst = s.deletes.appendAll(h, dst) })
	*sk = skeleton(t.snd, *sk)
	if len(*sk) >= 3 || t.abjad || len(*sk) == 2 && len(t.s) >= 4 && len(t.s) <= 6 {
		dst = s.consonants.appendAll(hashString(string(*sk)), dst)
	}
	return dst
}
