package names

import (
	"strings"
	"sync"
)

// pinyinTable finds syllables by character. It is filled when the first Han character is read.
type pinyinTable struct {
	syllables []string
	blocks    map[rune]*[256]uint16 // by the upper bits of a character: numbers in syllables, from 1
}

var thePinyin = sync.OnceValue(func() *pinyinTable {
	t := &pinyinTable{blocks: map[rune]*[256]uint16{}}
	for line := range strings.Lines(table("pinyin.txt")) {
		syllable, chars, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		t.syllables = append(t.syllables, syllable)
		for _, r := range chars {
			block := t.blocks[r>>8]
			if block == nil {
				block = new([256]uint16)
				t.blocks[r>>8] = block
			}
			block[r&0xFF] = uint16(len(t.syllables))
		}
	}
	return t
})

// of is the syllable of a character, "" where it has none.
func (t *pinyinTable) of(r rune) string {
	if block := t.blocks[r>>8]; block != nil {
		if n := block[r&0xFF]; n > 0 {
			return t.syllables[n-1]
		}
	}
	return ""
}
