package match

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// postal is one address, read: its numbers, the words that tell it from others, and the rest.
type postal struct {
	numbers  []string
	words    []string // names of streets, buildings, estates
	places   []string // cities, countries
	text     string
	entry    int
	spelling []string // the sounds of words
}

// readAddress cuts an address into its parts.
func readAddress(text string) postal {
	p := postal{text: text}
	for _, w := range names.Fold(text[:min(len(text), names.MaxName)]) { // no list's address is as long
		full, small := names.AddressWord(w)
		if small {
			w = full
		}
		switch {
		case names.HasDigit(w):
			n := strings.TrimRight(strings.TrimLeft(w, "0"), "f")
			if plain, ok := names.NumberOf(w); ok {
				n = plain
			}
			p.numbers = append(p.numbers, n)
		case small || len(w) == 1:
		case names.IsPlaceWord(w):
			p.places = append(p.places, w)
		default:
			if n, ok := names.NumberOf(w); ok {
				p.numbers = append(p.numbers, n)
				continue
			}
			p.words = append(p.words, w)
			p.spelling = append(p.spelling, string(names.Sound(w, nil)))
		}
	}
	slices.Sort(p.numbers)
	p.numbers = slices.Compact(p.numbers)
	return p
}

// addressBook finds address-only entries: anyone at such an address needs a license.
type addressBook struct {
	all    []postal
	byWord map[string][]int
}

func newAddressBook(entries []diff.Entry) addressBook {
	b := addressBook{byWord: map[string][]int{}}
	for i := range entries {
		if entries[i].Kind != diff.Address {
			continue
		}
		for _, a := range entries[i].Addresses {
			p := readAddress(a)
			p.entry = i
			for _, w := range p.words {
				b.byWord[w] = append(b.byWord[w], len(b.all))
			}
			b.all = append(b.all, p)
		}
	}
	return b
}

// search finds the address-only entries at the query's address, each once, best first.
func (b *addressBook) search(ix *Index, q *Query, threshold float64) []Hit {
	if len(b.all) == 0 || q.Address == "" {
		return nil
	}
	own := readAddress(q.Address)
	best := map[int]Hit{}
	tried := map[int]bool{}
	for _, w := range own.words {
		for _, i := range b.byWord[w] {
			if tried[i] {
				continue
			}
			tried[i] = true
			score, reasons := b.all[i].compare(&own)
			e := &ix.entries[b.all[i].entry]
			if score < threshold || best[b.all[i].entry].Score >= score {
				continue
			}
			best[b.all[i].entry] = Hit{
				Query: q.Name, ID: q.ID, Match: b.all[i].text, Name: e.Name, List: e.List, Key: e.Key, Country: e.Country,
				Score:     score,
				MatchedOn: OnAddress, Reasons: reasons, Entry: b.all[i].entry, LicenseRequirement: e.LicenseRequirement,
			}
		}
	}
	var hits []Hit
	for _, h := range best {
		hits = append(hits, h)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if a.Score != b.Score {
			if a.Score > b.Score {
				return -1
			}
			return 1
		}
		return a.Entry - b.Entry
	})
	return hits
}

// The parts of an address's score.
const (
	costStreet = 0.6 // of the listed address's own words that ours lacks
	costHouse  = 0.4 // of its numbers that ours lacks
	costMore   = 0.1 // of our numbers that it lacks
	costCity   = 0.3 // where both name places and none agrees
)

// compare says how surely own is at the listed address p, and why.
func (p *postal) compare(own *postal) (float64, []string) {
	total, same, agreed, lacking := p.wordsIn(own)
	shared := own.numbersIn(p)
	common := len(shared)
	if total == 0 || same == 0 || len(p.numbers) > 0 && common == 0 {
		return 0, nil
	}
	score := 1 - costStreet*float64(total-same)/float64(total)
	reasons := []string{"anyone at this address: same " + strings.Join(append(agreed, shared...), " ")}
	if len(p.numbers) > 0 {
		score -= costHouse * float64(len(p.numbers)-common) / float64(len(p.numbers))
	}
	if extra := len(own.numbers) - common; extra > 0 {
		score -= costMore * float64(extra) / float64(len(own.numbers))
	}
	if len(p.places) > 0 && len(own.places) > 0 && !p.sharesPlace(own) {
		score -= costCity
		reasons = append(reasons, "another city or country")
	}
	if len(lacking) > 0 {
		reasons = append(reasons, "ours lacks "+strings.Join(lacking, " "))
	}
	if n := len(p.numbers) - common; n > 0 {
		reasons = append(reasons, fmt.Sprintf("%d of its %d numbers are not in ours", n, len(p.numbers)))
	}
	return tidy(float32(max(0, score))), reasons
}

// wordsIn are the listed address's own words that ours has and that it lacks, with the letters of all of them and of
// those that agree.
func (p *postal) wordsIn(own *postal) (total, same int, agreed, lacking []string) {
	for i, w := range p.words {
		total += len(w)
		if own.hasWord(w, p.spelling[i]) || p.joinedIn(own, i) {
			same += len(w)
			agreed = append(agreed, w)
		} else {
			lacking = append(lacking, w)
		}
	}
	return total, same, agreed, lacking
}

// sharesPlace reports whether two addresses name one place, or places of one country.
func (p *postal) sharesPlace(own *postal) bool {
	return slices.ContainsFunc(p.places, func(w string) bool {
		return slices.ContainsFunc(own.places, func(o string) bool {
			return o == w || names.CountryOf(o) != "" && names.CountryOf(o) == names.CountryOf(w)
		})
	})
}

// joinedIn reports whether word i stands in own together with a neighbor ("Mong Kok", "Mongkok").
func (p *postal) joinedIn(own *postal, i int) bool {
	if i+1 < len(p.words) && slices.Contains(own.words, p.words[i]+p.words[i+1]) || i > 0 &&
		slices.Contains(own.words, p.words[i-1]+p.words[i]) {
		return true
	}
	for k := 0; k+1 < len(own.words); k++ {
		if own.words[k]+own.words[k+1] == p.words[i] {
			return true
		}
	}
	return false
}

func (p *postal) hasWord(w, snd string) bool {
	for i, own := range p.words {
		if own == w || wordSim(own, w, p.spelling[i], snd) >= 0.8 {
			return true
		}
	}
	return false
}

// numbersIn are the numbers that both addresses have.
func (p *postal) numbersIn(q *postal) []string {
	var out []string
	for _, n := range p.numbers {
		if slices.Contains(q.numbers, n) {
			out = append(out, n)
		}
	}
	return out
}

// HasAddresses reports whether any entry is an address only.
func (ix *Index) HasAddresses() bool { return len(ix.addrs.all) > 0 }

// MayStandAt reports whether an address may be that of an entry which is an address only: a word of one stands in it.
func (ix *Index) MayStandAt(address string) bool {
	return slices.ContainsFunc(names.Fold(address), func(w string) bool { return len(ix.addrs.byWord[w]) > 0 })
}
