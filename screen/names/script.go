package names

import "unicode"

// Script is the writing system that a word stood in before it was folded.
type Script uint8

const (
	Latin Script = iota
	Cyrillic
	Greek
	Abjad // Arabic and Hebrew: short vowels are not written
	Han
	Kana
	OtherScript
)

// ScriptOf is the script of a letter; of marks, digits and what else is no letter, Latin.
func ScriptOf(r rune) Script {
	if r < 0x250 || unicode.IsMark(r) {
		return Latin
	}
	for _, b := range scriptBlocks {
		if r >= b.from && r < b.end {
			return b.script
		}
	}
	switch {
	case unicode.Is(unicode.Han, r):
		return Han
	case unicode.Is(unicode.Latin, r) || unicode.IsNumber(r):
		return Latin
	}
	return OtherScript
}

// scriptBlocks are the blocks of Unicode by which most letters are told.
var scriptBlocks = [...]struct {
	from, end rune
	script    Script
}{
	{0x370, 0x400, Greek}, {0x400, 0x530, Cyrillic}, {0x590, 0x780, Abjad}, {0x1E00, 0x1F00, Latin},
	{0x1F00, 0x2000, Greek},
	{0x3040, 0x3100, Kana}, {0xFB1D, 0xFE00, Abjad}, {0xFE70, 0xFEFF, Abjad}, {0xFF00, 0xFF61, Latin},
	{0xFF66, 0xFFA0, Kana},
}

func mainScript(scripts uint8) Script {
	for _, s := range []Script{Abjad, Cyrillic, Greek, Kana, OtherScript} {
		if scripts&(1<<s) != 0 {
			return s
		}
	}
	return Latin
}
