package match

import (
	"entitywatch/screen/names"
)

// Vocabulary numbers the words of very many names from 0 and keeps of each what a Sieve asks of it: about its letters
// and nine bytes. It may be read by several at once.
type Vocabulary struct {
	words   interner
	bones   []uint32 // by word: the hash of its consonants, 0 where too few to find anything by
	weight  []uint8  // by word: its weight where no list knows it, in steps of 1/weightSteps, rounded down
	snd, sk []byte
}

const (
	// NextName stands between the names of a row.
	NextName    = ^uint32(0)
	weightSteps = 8
)

// AppendName appends the numbers of the words of a name that a Sieve looks at: those that are more than particles,
// titles, numbers and initials. New words are numbered.
func (v *Vocabulary) AppendName(row []uint32, r *names.Reading) []uint32 {
	for i := range r.Parts {
		p := &r.Parts[i]
		switch p.Role {
		case names.Particle, names.Title, names.Numeral, names.InitialLetter, names.LegalWord:
			continue
		}
		id := v.words.add(p.Text)
		row = append(row, id)
		if int(id) == len(v.bones) {
			v.describe(p)
		}
	}
	return row
}

// describe keeps of a new word what is asked of it at every change.
func (v *Vocabulary) describe(p *names.Part) {
	v.snd = names.Sound(p.Text, v.snd)
	v.sk = names.Skeleton(v.snd, v.sk)
	v.bones = append(v.bones, bonesHash(p.Text, v.sk))
	w, _ := weightFor(p.Text, p.Role, 1, leastNames)
	v.weight = append(v.weight, uint8(w*weightSteps))
}
