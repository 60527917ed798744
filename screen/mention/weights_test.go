package mention

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
)

// weightCases say what each weight is for: a party, a text that has the feature for it, one that has not, and whether
// it speaks for the party (+) or against it (-).
var weightCases = map[string]struct {
	why           string
	party         diff.Entry
	with, without string
	sign          float64
}{
	"kind-verbatim": {"a full name of everyday words may be anybody's", path, "The People's Salvation Army won the vote.",
		"", -1},
	"kind-whole": {"so may a name without its legal form", summit, "The Summit Star was lit.", "", -1},
	"kind-person": {"many bear a common name in full", madeUp(diff.Person, "US", "MILLER, John"),
		"John Miller won the lottery.", "", -1},
	"kind-given-family": {"more bear the first given and the family name of a person",
		madeUp(diff.Person, "RU", "PETROV, Viktor Sergeevich"),
		"Viktor Petrov won the 200 meters butterfly.", "", -1},
	"kind-word": {"a word that ordinary text uses is a name by chance", meridian,
		"The road to Meridian was closed by snow.", "", -1},
	"kind-abbreviation": {"every field has its own abbreviation of three letters", qnt,
		"Officials spoke of the QNT on Tuesday.", "", -1},
	"kind-short": {"what is left of a name may be another's", peak,
		"The Golden Summit Horizon of the year was chosen.", "", -1},
	"kind-brand": {"the only word of its own may be one that ordinary text has", kepler,
		"The prize went to Kepler of Ohio.", "", -1},
	"kind-abbreviation-brand": {"so may one that is an abbreviation", qzt, "The prize went to QZT on Tuesday.", "", -1},
	"kind-joined": {"a word that a name makes when it is run together may be another", sholmark,
		"The prize went to Sholmark.", "", -1},
	"kind-sound": {"a common name in another spelling is as common",
		madeUp(diff.Person, "US", "MUELLER, Johann"), "Johan Muller won.", "", -1},
	"kind-sound-word": {"a word that sounds alike may be another", sentivar,
		"The prize went to Sentivor on Tuesday.", "", -1},
	"kind-craft": {"ships bear names of everyday words", heron, "The yacht Silver Heron won the race.", "",
		-1},
	"bits-words": {"the less ordinary text has the words of a name together, the surer it is", path,
		"The People's Salvation Army won.", "", 1},
	"bits-person": {"the fewer bear the names of a person, the surer it is", orlinskov,
		"Darvo Orlinskov bought a bank.", "", 1},
	"bits-word": {"the less ordinary text has the one word of a name, the surer it is", kepler,
		"The prize went to Kepler of Ohio.", "", 1},
	"bits-abbreviation": {"an abbreviation says more by each letter", qnt, "Officials spoke of the QNT on Tuesday.",
		"", 1},
	"bits-sound": {"the longer a name that only sounds alike, the surer it is", orlinskov,
		"Darwo Orlynskow bought a bank.", "", 1},
	"rare-word": {"a word that ordinary text does not have makes a name sure", sholmark, "Optics of Sholmark were found.",
		"Optics of Kepler were found.", 1},
	"rare-person": {"so does a name that few bear", orlinskov, "Darvo Orlinskov bought a bank.",
		"John Miller bought a bank.", 1},
	"whole-sound": {"a word that sounds like a whole name is surer than like a part of one", qarbillah,
		"Rockets of Qerbollah fell.", "", 1},
	"same-letters": {"one word as the list gives it is surer", qarbillah, "Rockets of Qarbillah fell.",
		"Rockets of Qerbollah fell.", 1},
	"same-name": {"so are several words", path, "The People's Salvation Army won.", "The Arcadian path won.", 1},
	"form-given": {"everyday words with their legal form are a company's name", summit,
		"Summit Star Co., Ltd. sells paper.", "The Summit Star was lit.", 1},
	"form-left-out": {"a name that the list gives with its legal form is less sure without", summit,
		"The Summit Star was lit.", "", -1},
	"generic-only": {"everyday words that stand otherwise than in the list may be anybody's", summit,
		"The Summit Star was lit.",
		"Summit Star Co., Ltd. sells paper.", -1},
	"own-nation": {"the party's country speaks for it", summit, "In China the Summit Star was lit.",
		"The Summit Star was lit.", 1},
	"other-nations": {"other countries speak against it", sholmark, "In Chile and Peru optics of Sholmark were found.",
		"Optics of Sholmark were found.", -1},
	"others-name": {"the more where no word of the name is its own", path, "In China the People's Salvation Army won.",
		"In Peru the People's Salvation Army won.", -1},
	"own-field": {"what it is listed for speaks for it", path, "Guerrillas of the People's Salvation Army took hostages.",
		"The People's Salvation Army won the vote.", 1},
	"listing": {"words of sanctions speak for it", meridian, "The Treasury sanctioned the engine maker Meridian.",
		"The road to Meridian was closed by snow.", 1},
	"other-script": {"who spells a name in other letters means nobody else", sholmark, "Завод «Шолмарк» продал партию.",
		"Sholmark sells.", 1},
	"runs-on": {"a name that goes on is another", sholmark, "It went to Sholmark Quinlevan.", "It went to Sholmark.",
		-1},
	"led": {"so is the second half of one", sholmark, "It went to Quinlevan Sholmark.", "It went to Sholmark.",
		-1},
	"other-form": {"a legal form of other countries is another company's", sholmark, "It went to Sholmark GmbH.",
		"It went to Sholmark.", -1},
}

// The parties of weightCases do not exist.
var (
	path      = madeUp(diff.Organization, "PERU", "ARCADIAN PATH", "PEOPLE'S SALVATION ARMY")
	summit    = madeUp(diff.Organization, "CHINA", "Summit Star Co., Ltd.")
	meridian  = madeUp(diff.Organization, "RUSSIA", "Public Joint Stock Company Meridian", "Meridian")
	qnt       = madeUp(diff.Organization, "IRAN", "QORVANE NATIONAL TANKERS", "QNT")
	peak      = madeUp(diff.Organization, "CHINA", "Shenzhen Golden Summit Horizon Technology Co., Ltd.")
	kepler    = madeUp(diff.Organization, "CHINA", "Beijing Kepler Technology Co., Ltd.")
	qzt       = madeUp(diff.Organization, "CHINA", "Beijing QZT Technology Co., Ltd.")
	sholmark  = madeUp(diff.Organization, "CHINA", "Beijing Sholmark Technology Co., Ltd.")
	sentivar  = madeUp(diff.Organization, "CHINA", "Beijing Sentivar Technology Co., Ltd.")
	heron     = madeUp(diff.Vessel, "", "SILVER HERON")
	orlinskov = madeUp(diff.Person, "RU", "ORLINSKOV, Darvo Maximovich")
	qarbillah = madeUp(diff.Organization, "LB", "QARBILLAH")
)

// madeUp is a party that does not exist; the one of Peru is an armed group.
func madeUp(kind diff.Kind, country, name string, aliases ...string) diff.Entry {
	e := listed(diff.SDN, kind, country, name, aliases...)
	if country == "PERU" {
		e.Programs = []string{"SDGT"}
	}
	return e
}

// TestEveryWeightMatters demands of each weight of the file that a text has its feature, that another has not, and that
// it speaks clearly for what it is meant for: set to nothing, it fails.
func TestEveryWeightMatters(t *testing.T) {
	const clearly = 0.3 // log-odds; an amount says that much at the least that a text gives
	w := theMentionWeights()
	for name, c := range weightCases {
		i := slices.Index(featureNames[:], name)
		if i < 0 {
			t.Errorf("%s is no feature", name)
			continue
		}
		most := func(text string) (x float64) {
			sc := NewScanner([]diff.Entry{c.party, kepler, madeUp(diff.Person, "US", "MILLER, John")}, ScanOptions{})
			for _, cand := range sc.Candidates(text) {
				x = max(x, cand.Features[name])
			}
			return x
		}
		if w.weight[i] == 0 && slices.Contains(dropped, name) {
			continue
		}
		x := most(c.with)
		if says := c.sign * w.weight[i] * x; says < clearly {
			t.Errorf("%s (%s): it says %.2f in %q", name, c.why, c.sign*says, c.with)
		}
		if c.without != "" && most(c.without) >= x {
			t.Errorf("%s (%s): %q has it too", name, c.why, c.without)
		}
	}
	for f := range features {
		if _, ok := weightCases[featureNames[f]]; !ok && w.weight[f] != 0 {
			t.Errorf("no text says what %s is for", featureNames[f])
		}
	}
}

// TestReasonsNameOnlyWhatWeighs: what is said of a mention's surroundings is what made it more or less sure.
func TestReasonsNameOnlyWhatWeighs(t *testing.T) {
	w := &MentionWeights{}
	for _, part := range settingTexts {
		for _, f := range part.of {
			var c setting
			for _, s := range settingFeatures {
				if s.f == f {
					c = s.bit
				}
			}
			if f == othersName {
				c = otherNation
			}
			if r := w.reason(naming{kind: brandName}, c); strings.Contains(r, part.text) {
				t.Errorf("%s weighs nothing: %q", featureNames[f], r)
			}
			w.weight[f] = 1
			if r := w.reason(naming{kind: brandName}, c); !strings.Contains(r, part.text) {
				t.Errorf("%s weighs: %q", featureNames[f], r)
			}
			w.weight[f] = 0
		}
	}
	w.weight[ofListing] = 1
	if r := w.reason(naming{kind: brandName}, listingContext|otherNation); strings.Contains(r, "sanctions") {
		t.Errorf("somebody else's sanctions are a reason: %q", r)
	}
}

// dropped are the features that did not pay on the texts of the fit.
var dropped = []string{"kind-whole", "kind-joined", "generic-only", "own-nation", "bits-abbreviation"}

// TestWeightsAreReadWhole: what is no weight is refused, and says so.
func TestWeightsAreReadWhole(t *testing.T) {
	for _, text := range []string{"listing", "listing x", "listing 1\nlisting 2", "nobody 1", "fared 0.5 3",
		"listing NaN"} {
		if _, err := ParseMentionWeights(text); err == nil {
			t.Errorf("%q is taken for weights", text)
		}
	}
	w, err := ParseMentionWeights("# a comment\nlisting 1.5 # another\nfared 0.95 97\n")
	if err != nil || w.weight[ofListing] != 1.5 || w.fared[0] != 97 {
		t.Errorf("%+v, %v", w, err)
	}
}

// TestWeightsKeepTheSignsOfWhatTheyMean: what speaks for a party never speaks against it.
func TestWeightsKeepTheSignsOfWhatTheyMean(t *testing.T) {
	w := theMentionWeights()
	for f := bitsWords; f < features; f++ {
		against := f == formLeftOut || f == genericOnly || f == otherNations || f == othersName || f == runsOn || f == led ||
			f == otherForm
		if v := w.weight[f]; v > 0 && against || v < 0 && !against {
			t.Errorf("%s weighs %v", featureNames[f], v)
		}
	}
}
