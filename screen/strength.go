package screen

import (
	"fmt"
	"math"
	"strings"
)

// weights are what a kind of name and its setting are worth, in log-odds; bits is by bit.
type weights struct{ base, bits, exact, rare, form, nation, other, field, listing, script float64 }

// strengths are the weights of each kind of name. They began as a logistic regression on labelled texts: a seeded half of 3,800 news briefs
// of 2004 and of 16 openings of articles on listings, and of 291 names of the lists put into a plain sentence, a missed mention counting as
// four false ones, drawn towards a hand-set start where a kind has few examples. They were rounded by hand, and those of soundName and
// soundWord were changed by hand since. The rules around them were written with all these texts in sight, so TestBriefs, TestArticles and
// the tests of names hold them but cannot say how they carry over to others; docs/PERFORMANCE.md has the figures.
var strengths = [phraseKinds]weights{
	verbatimName: {base: -3.1, bits: 0.125, exact: 2.3, rare: 2.6, nation: 0.5, other: -3.2, field: 0.5, listing: 2.1},
	wholeName:    {base: -4.9, bits: 0.16, rare: 2.1, form: -0.4, nation: 1.2, other: -1.5, field: 0.8, listing: 2.1},
	personName:   {base: -6, bits: 0.24, rare: 1.2, nation: 1.6, other: -0.5, field: 1, listing: 1.5},
	givenFamily:  {base: -6.7, bits: 0.235, rare: 1.6, nation: 1.6, other: -0.8, field: 1, listing: 1.5},
	nativeName:   {base: 3},
	brandAlias:   {base: -6.95, bits: 0.4, exact: 0.6, form: -1.4, nation: 1.9, other: -0.3, field: 1.3, listing: 1.6},
	acronym:      {base: -5.2, bits: 0.395, form: -0.7, nation: 1.2, other: -1.1, field: 2, listing: 2},
	adminName:    {base: 2.4},
	shortName:    {base: -5.5, bits: 0.15, rare: 2.5, nation: 1, other: -1, field: 1, listing: 1.5},
	brandName:    {base: -7.6, bits: 0.375, nation: 1, other: -1.2, field: 1, listing: 1.8},
	acronymBrand: {base: -6.7, bits: 0.36, nation: 1, other: -1, field: 1, listing: 1.5},
	joinedName:   {base: -0.6, bits: 0.1, nation: 1, other: -0.3, field: 1, listing: 1.5},
	soundName:    {base: -7.1, bits: 0.29, rare: 1.2, nation: 1, other: -1, field: 1, listing: 1.5, script: 2.5},
	soundWord:    {base: -7, bits: 0.34, rare: 2, form: -1, nation: 0.7, other: -0.2, field: 0.7, listing: 0.5, script: 3},
	boneName:     {base: -1, bits: 0.1, nation: 1, field: 1, listing: 1},
	craftName:    {base: -6, bits: 0.15, nation: 0.5, other: -1, field: 1, listing: 2},
}

// strength is how sure a mention by a naming is in a context.
func (n naming) strength(c setting) float64 {
	w := &strengths[n.kind]
	sum := w.base + w.bits*float64(n.bits)
	if n.form {
		sum += w.form
	}
	if n.rare {
		sum += w.rare
	}
	if c&otherNation != 0 {
		sum += w.other
	}
	if c&foreignScript != 0 {
		sum += w.script
	}
	if c&nationContext != 0 {
		sum += w.nation
	}
	if c&exactForm != 0 {
		sum += w.exact
	}
	if c&otherNation != 0 && !n.rare { // it speaks of somebody else's field, and of somebody else's sanctions
		c &^= fieldContext | listingContext
	}
	if c&fieldContext != 0 {
		sum += w.field
	}
	if c&listingContext != 0 {
		sum += w.listing
	}
	return 1 / (1 + math.Exp(-sum))
}

// kindTexts say in words how the text names the party.
var kindTexts = [phraseKinds]string{
	verbatimName: "its full name or alias",
	wholeName:    "its name or alias without the legal form",
	personName:   "the person's full name",
	givenFamily:  "the person's given and family name",
	nativeName:   "its native name",
	brandAlias:   "its one-word name or alias",
	acronym:      "its abbreviation, in its own case",
	adminName:    "its name without administrative words",
	shortName:    "its name without places and generic words",
	brandName:    "the distinctive word of its name",
	acronymBrand: "its abbreviation, in its own case",
	joinedName:   "its name, spaced differently",
	soundName:    "its name as it sounds",
	soundWord:    "its one-word name as it sounds",
	boneName:     "its name by the consonants",
	craftName:    "the vessel's or aircraft's name",
}

// reason says in words what a mention rests on, and how such mentions fared in the labelled texts.
func (n naming) reason(c setting) string {
	var b strings.Builder
	b.WriteString(kindTexts[n.kind])
	if c&exactForm != 0 {
		b.WriteString(", word for word")
	}
	switch {
	case n.kind == adminName || n.kind == nativeName:
	case n.rare || n.bits >= rarest && n.single():
		b.WriteString("; distinctive in ordinary language")
	case n.single():
		fmt.Fprintf(&b, "; ordinary text has the word about once in %s", oneIn(n.bits))
	}
	for _, part := range []struct {
		bit  setting
		text string
	}{
		{listingContext, "the text speaks of sanctions or lists"}, {nationContext, "it names the party's country"},
		{fieldContext, "it speaks of the party's field"}, {otherNation, "it names other countries only"},
	} {
		if c&part.bit != 0 {
			b.WriteString("; " + part.text)
		}
	}
	return b.String() + " (" + fared(n.strength(c)) + ")"
}

// single reports whether the phrase is one word, of which ordinary text says how often it is used.
func (n naming) single() bool { return n.kind == brandAlias || n.kind == brandName }

// oneIn is a frequency of 2 to the power of bits in words.
func oneIn(bits uint8) string {
	if bits >= 20 {
		return fmt.Sprintf("%d million words", 1<<(bits-20))
	}
	return fmt.Sprintf("%d thousand words", max(1, 1<<bits/1000))
}

// fared says how the mentions that are as strong did in the labeled briefs and articles (TestBriefs and TestArticles print the counts).
func fared(strength float64) string {
	switch {
	case strength >= 0.95:
		return "of labeled mentions as strong, 97 in 100 were right"
	case strength >= 0.85:
		return "of labeled mentions as strong, 89 in 100 were right"
	}
	return "few labeled mentions are as weak, and most of them were wrong"
}
