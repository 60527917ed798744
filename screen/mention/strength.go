package mention

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"entitywatch/screen/names"
)

// A feature is one thing that speaks for or against a mention. Its weight is in log-odds: what stands in a text adds
// up.
type feature uint8

const (
	// per bit that the words of a name of several words say in ordinary text
	bitsWords   feature = feature(phraseKinds) + iota
	bitsPerson          // the same for the names of a person
	bitsSingle          // the same for a name that is one word
	bitsLetters         // the same for an abbreviation
	bitsSound           // two for each letter of a name that is known by its sound only
	rareWord            // a word of the name is none of ordinary text
	rarePerson          // a word of a person's name is none, nor a name that many bear
	wholeSound          // the word that it sounds like is a whole name
	// the text has the one word of the name letter for letter, but for case
	sameLetters
	sameName    // the text has a name of several words word for word
	formLeftOut // the list gives the name with a legal form, the text without
	// no word of the name is its own, and the text does not have it word for word
	genericOnly
	formGiven    // the text has the full name with the legal form
	ownNation    // the text names the party's country
	otherNations // the text names countries, but not the party's
	othersName   // and no word of the name is its own
	// the text uses other words of the party's name, or speaks of what it is listed for
	ownField
	ofListing      // the text speaks of sanctions or lists
	foreignLetters // the name is not in Latin letters
	// a capitalised word that is no everyday word follows a short name
	runsOn
	led       // or stands before it, or before a name of everyday words
	otherForm // the text gives a legal form of other countries than the party's
	features
)

// featureNames are the names of the features in the file of weights. The features before them are the kinds of names.
var featureNames = [features]string{
	verbatimName: "kind-verbatim", wholeName: "kind-whole", personName: "kind-person", givenFamily: "kind-given-family",
	brandAlias: "kind-word", acronym: "kind-abbreviation", shortName: "kind-short", brandName: "kind-brand",
	acronymBrand: "kind-abbreviation-brand", joinedName: "kind-joined", soundName: "kind-sound",
	soundWord: "kind-sound-word",
	boneName:  "kind-consonants", craftName: "kind-craft", bitsWords: "bits-words", bitsPerson: "bits-person",
	bitsSingle:  "bits-word",
	bitsLetters: "bits-abbreviation", bitsSound: "bits-sound", rareWord: "rare-word", rarePerson: "rare-person",
	wholeSound:  "whole-sound",
	sameLetters: "same-letters", sameName: "same-name", formLeftOut: "form-left-out", genericOnly: "generic-only",
	formGiven: "form-given", ownNation: "own-nation",
	otherNations: "other-nations", othersName: "others-name", ownField: "own-field", ofListing: "listing",
	foreignLetters: "other-script", runsOn: "runs-on", led: "led",
	otherForm: "other-form",
}

// bitsFeature is the feature that the bits of a kind of name count for.
var bitsFeature = [phraseKinds]feature{
	verbatimName: bitsWords, wholeName: bitsWords, personName: bitsPerson, givenFamily: bitsPerson, nativeName: bitsWords,
	brandAlias: bitsSingle,
	acronym:    bitsLetters, adminName: bitsWords, shortName: bitsWords, brandName: bitsSingle, acronymBrand: bitsLetters,
	joinedName: bitsWords,
	soundName:  bitsSound, soundWord: bitsSound, boneName: bitsSound, craftName: bitsWords,
}

// feature is the feature of a kind of name. A native name is one of the list's, letter for letter; an authority's name
// without words of administration is whole.
func (k phraseKind) feature() feature {
	switch k {
	case nativeName:
		return feature(verbatimName)
	case adminName:
		return feature(wholeName)
	}
	return feature(k)
}

// mostBits is how much the words of a name say at most that adds to its strength: more is beyond all doubt.
const mostBits = 60

// rareFeature is what it means for a kind of name to be rare.
func (k phraseKind) rareFeature() feature {
	switch {
	case k.person():
		return rarePerson
	case k == soundWord:
		return wholeSound
	}
	return rareWord
}

// exactFeature is what it means for a kind of name to stand word for word.
func (k phraseKind) exactFeature() feature {
	if k == brandAlias || k == brandName || k == acronym || k == acronymBrand || k == soundWord {
		return sameLetters
	}
	return sameName
}

// settingFeatures are the features that a setting has.
var settingFeatures = [...]struct {
	bit setting
	f   feature
}{
	{nationContext, ownNation}, {otherNation, otherNations}, {fieldContext, ownField}, {listingContext, ofListing},
	{foreignScript, foreignLetters}, {followedBy, runsOn}, {ledBy, led}, {formOfOthers, otherForm},
}

// features calls f with every feature of a naming in a setting, and its amount.
func (n naming) features(c setting, f func(feature, float64)) {
	f(n.kind.feature(), 1)
	f(bitsFeature[n.kind], float64(min(n.bits, mostBits)))
	if n.rare {
		f(n.kind.rareFeature(), 1)
	}
	switch {
	case n.form && n.kind != verbatimName:
		f(formLeftOut, 1)
	case n.form && c&exactForm != 0:
		f(formGiven, 1)
	}
	if c&exactForm != 0 {
		f(n.kind.exactFeature(), 1)
	} else if n.plain && !n.kind.person() {
		f(genericOnly, 1)
	}
	if c&otherNation != 0 && !n.rare { // it speaks of somebody else's field, and of somebody else's sanctions
		c &^= fieldContext | listingContext
		f(othersName, 1)
	}
	for _, s := range settingFeatures {
		if c&s.bit != 0 {
			f(s.f, 1)
		}
	}
}

// MentionWeights are what the features of a mention weigh, and how the mentions that they gave fared in labeled texts.
type MentionWeights struct {
	weight [features]float64
	fared  [len(bands)]int // mentions in a hundred that were right, by band
}

// bands are the least confidences of the bands of which the weights say how their mentions fared; what is below is a
// band of its own.
var bands = [...]float64{0.95, 0.85}

// builtInWeights is written by internal/mentionfit, which says how; its head names sources and date.
//
//go:embed weights.txt
var builtInWeights string

var theMentionWeights = sync.OnceValue(func() *MentionWeights {
	w, err := ParseMentionWeights(builtInWeights)
	if err != nil {
		panic("mention: weights.txt: " + err.Error())
	}
	return w
})

// ParseMentionWeights reads weights: lines of a feature's name and its weight in log-odds, or of "fared", the least
// confidence of a band and the mentions in a hundred that were right; "#" begins a comment. A feature that is not named
// weighs nothing. It refuses a name twice, a name that is none, and a weight that is no number.
func ParseMentionWeights(text string) (*MentionWeights, error) {
	w := &MentionWeights{}
	seen := map[string]bool{}
	var errs []error
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		parts := strings.Fields(line)
		if len(parts) == 0 {
			continue
		}
		name := strings.Join(parts[:len(parts)-1], " ")
		v, err := strconv.ParseFloat(parts[len(parts)-1], 64)
		if err == nil && (seen[name] || !w.set(name, v) || math.IsNaN(v) || math.IsInf(v, 0)) {
			err = fmt.Errorf("%q is not a weight, or a second one", strings.TrimSpace(line))
		}
		seen[name] = true
		errs = append(errs, err)
	}
	return w, errors.Join(errs...)
}

// set sets the weight of a feature by its name, or how a band fared.
func (w *MentionWeights) set(name string, v float64) bool {
	if i := slices.Index(featureNames[:], name); i >= 0 && name != "" {
		w.weight[i] = v
		return true
	}
	for i, least := range bands {
		if name == fmt.Sprintf("fared %.2f", least) {
			w.fared[i] = int(v)
			return true
		}
	}
	return false
}

// strength is how sure a mention by a naming is in a context.
func (w *MentionWeights) strength(n naming, c setting) float64 {
	sum := 0.0
	n.features(c, func(f feature, x float64) { sum += w.weight[f] * x })
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

// settingTexts say in words what stands around a naming.
var settingTexts = [...]struct {
	of   []feature
	text string
}{
	{[]feature{ofListing}, "the text speaks of sanctions or lists"},
	{[]feature{ownNation}, "it names the party's country"},
	{[]feature{ownField}, "it speaks of the party's field"},
	{[]feature{otherNations, othersName}, "it names other countries only"},
	{[]feature{runsOn, led}, "another name stands beside it"},
	{[]feature{otherForm}, "its legal form is of other countries"},
}

// reason says in words what a mention rests on, as far as it has a weight, and how such mentions fared in the labeled
// texts.
func (w *MentionWeights) reason(n naming, c setting) string {
	var b strings.Builder
	b.WriteString(kindTexts[n.kind])
	if c&exactForm != 0 {
		b.WriteString(", word for word")
	}
	switch {
	case n.kind == adminName || n.kind == nativeName:
	case n.rare || n.bits >= names.Rarest && n.single():
		b.WriteString("; distinctive in ordinary language")
	case n.single():
		fmt.Fprintf(&b, "; ordinary text has the word about once in %s", oneIn(n.bits))
	}
	counts := [features]bool{}
	n.features(c, func(f feature, x float64) { counts[f] = w.weight[f]*x != 0 })
	for _, part := range settingTexts {
		if slices.ContainsFunc(part.of, func(f feature) bool { return counts[f] }) {
			b.WriteString("; " + part.text)
		}
	}
	return b.String() + " (" + w.faredText(w.strength(n, c)) + ")"
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

// faredText says how mentions as strong did in labeled texts that the weights were not fitted on.
func (w *MentionWeights) faredText(strength float64) string {
	for i, least := range bands {
		if strength >= least && w.fared[i] > 0 {
			return fmt.Sprintf("of labeled mentions as strong, %d in 100 were right", w.fared[i])
		}
	}
	return "few labeled mentions are as weak, and most of them were wrong"
}
