package mention

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/screen/names"
)

// listed is a made-up entry.
func listed(list diff.ListID, kind diff.Kind, country, name string, aliases ...string) diff.Entry {
	e := diff.Entry{List: list, Kind: kind, Country: country, Name: name, Aliases: aliases}
	e.Key = diff.MakeKey(list, country, name)
	return e
}

// namesIn are the names of the parties that a text names, each with its list.
func namesIn(text string, entries ...diff.Entry) []string {
	var out []string
	for _, m := range NewScanner(entries, ScanOptions{}).Scan(text) {
		out = append(out, string(m.List)+" "+m.Name)
	}
	slices.Sort(out)
	return out
}

// TestPersonsAreNamedInTheOrdersOfTexts: given and family name stand for the whole, in either order, with and without
// articles.
func TestPersonsAreNamedInTheOrdersOfTexts(t *testing.T) {
	person := func(name string) diff.Entry { return listed(diff.SDN, diff.Person, "", name) }
	for _, c := range []struct {
		listed, text string
		named        bool
	}{
		{"ORLINSKOV, Darvo Maximovich", "On Friday Darvo Orlinskov bought a bank.", true},
		{"ORLINSKOV, Darvo Maximovich", "On Friday Orlinskov Darvo bought a bank.", true},
		{"ORLINSKOV, Darvo Maximovich", "On Friday Darvo Maximovich Orlinskov bought a bank.", true},
		{"ORLINSKOV, Darvo Maximovich", "On Friday Orlinskov bought a bank.", false},
		{"ORLINSKOV, Darvo Maximovich", "On Friday Darvo Maximovich bought a bank.", false},
		{"TAKARRU VELANOS, Esteban", "Esteban Takarru met the press.", true},
		{"RHO, Dong Hyunseo", "The marshal, Rho Dong Hyunseo, watched.", true},
		{"RHO, Dong Hyun", "The marshal, Rho Dong-hyun, watched.", true}, // as most newspapers write it
		{"RHO, Dong Hyun", "The marshal, Rho Dong‑hyun, watched.", true},
		{"AL-HARBUNI, Tamerlan", "A video of Tamerlan Harbuni was shown.", true},
		{"HARBUNI, Tamerlan", "A video of Tamerlan al-Harbuni was shown.", true},
		{"ABU SHAMIL", "They called him Abu Shamil.", false}, // one name
		{"MILLER, John", "John Miller won the game.", false}, // many bear it
		{"PETROV, Viktor", "Viktor Petrov won the game.", false},
		{"CAMPBELL, Daniel", "The coroner's spokesman Daniel Campbell said so.", false},
	} {
		if named := len(namesIn(c.text, person(c.listed))) > 0; named != c.named {
			t.Errorf("%q in %q: named %v, want %v", c.listed, c.text, named, c.named)
		}
	}
}

// TestOrdinaryWordsNeedAContext: a name of a word that ordinary text uses is no mention by itself, and is one in its
// full form or among words of sanctions and its own country.
func TestOrdinaryWordsNeedAContext(t *testing.T) {
	saturn := listed(diff.EntityList, diff.Organization, "RUSSIA", "Public Joint Stock Company Meridian", "Meridian")
	for text, want := range map[string]int{
		"The probe flew past Meridian on Sunday.":                                                         0,
		"Public Joint Stock Company Meridian makes engines.":                                              1,
		"The Treasury sanctioned the Russian engine maker Meridian and added it to its list of entities.": 1,
	} {
		if got := namesIn(text, saturn); len(got) != want {
			t.Errorf("%q names %q, want %d", text, got, want)
		}
	}
}

// TestFullNamesAreNamesAlways: a name of everyday words, word for word as the list has it, needs no context; less than
// it does.
func TestFullNamesAreNamesAlways(t *testing.T) {
	e := listed(diff.EntityList, diff.Organization, "ISRAEL", "Positive Instruments", "23rd Testing Institute")
	for text, want := range map[string]int{
		"We met people of Positive Instruments at the fair.":       1,
		"We met people of the 23rd Testing Institute at the fair.": 1,
		"We met positive people with instruments at the fair.":     0,
		"Positive\n\nInstruments were sold.":                       0,
	} {
		if got := namesIn(text, e); len(got) != want {
			t.Errorf("%q names %q, want %d", text, got, want)
		}
	}
}

// TestNamesakesOfAnotherCountryAreNone: an everyday name in a report about another country, sanctions or not, is
// somebody else's.
func TestNamesakesOfAnotherCountryAreNone(t *testing.T) {
	front := listed(diff.SDN, diff.Organization, "PERU", "Arcadian Path", "PEOPLE'S SALVATION ARMY")
	if got := namesIn("Companies were added to the entity list for exports to the People's Salvation Army of China.",
		front); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	if got := namesIn("In Peru the People's Salvation Army took hostages.", front); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

// TestPartsOfPlacesNamesNameNoCountry: a bank is not the West Bank's, so a report that speaks of one speaks of no other
// country.
func TestPartsOfPlacesNamesNameNoCountry(t *testing.T) {
	front := listed(diff.SDN, diff.Organization, "PERU", "Arcadian Path", "PEOPLE'S SALVATION ARMY")
	for text, want := range map[string]int{
		"The bank in the old town of the valley paid the People's Salvation Army.": 1,
		"The bank in the West Bank of Israel paid the People's Salvation Army.":    0,
	} {
		if got := namesIn(text, front); len(got) != want {
			t.Errorf("%q names %q, want %d", text, got, want)
		}
	}
}

// TestOwnCountryIsNamedWhereverItStands: "North Korea" is not South Korea, and a name may itself name its party's
// country.
func TestOwnCountryIsNamedWhereverItStands(t *testing.T) {
	army := listed(diff.SDN, diff.Organization, "NORTH KOREA", "Arcadian Path", "PEOPLE'S SALVATION ARMY")
	for text, want := range map[string]int{
		"North Korea's general of the People's Salvation Army warned Seoul.": 1,
		"South Korea's general of the People's Salvation Army was heard.":    0,
	} {
		if got := namesIn(text, army); len(got) != want {
			t.Errorf("%q names %q, want %d", text, got, want)
		}
	}
	lines := listed(diff.SDN, diff.Organization, "PERU", "PEOPLE'S REPUBLIC OF PERU PASSENGER LINES")
	if got := namesIn("Two ships of the People's Republic of Peru Passenger Lines left Japan.", lines); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

// TestOneNameOfAPersonIsNoneHoweverItIsSpaced: an alias that is one given name in two parts names nobody in one word.
func TestOneNameOfAPersonIsNoneHoweverItIsSpaced(t *testing.T) {
	person := listed(diff.SDN, diff.Person, "", "VELANOS, Quor Ullah", "Quor Ullah", "Quorullah")
	if got := namesIn("The group Quorullah fired rockets at the border.", person); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	if got := namesIn("The sanctions hit Quor Ullah Velanos.", person); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

// TestPartyOfTheNameComesBeforeOneOfTheAlias: an office that bears its company's name as an alias does not stand for
// the company.
func TestPartyOfTheNameComesBeforeOneOfTheAlias(t *testing.T) {
	office := listed(diff.SDN, diff.Organization, "", "Q.N.T. OFFICE", "QORVANE NATIONAL TANKERS")
	company := listed(diff.SDN, diff.Organization, "", "QORVANE NATIONAL TANKERS", "QNT")
	ms := NewScanner([]diff.Entry{office, company}, ScanOptions{}).Scan("Ships of Qorvane National Tankers lay at anchor.")
	if len(ms) != 1 || ms[0].Name != company.Name || !slices.Equal(ms[0].Also, []string{office.Key}) {
		t.Errorf("got %+v", ms)
	}
}

// TestSpellingsOfOneSound: vowels are a matter of who romanises; another word of ordinary text is another word.
func TestSpellingsOfOneSound(t *testing.T) {
	group := listed(diff.SDN, diff.Organization, "LEBANON", "QARBILLAH")
	sailing := listed(diff.SDN, diff.Organization, "", "DATANO", "KOLUMBA")
	for text, want := range map[string]int{
		"Rockets of Qerbollah fell in Lebanon.":  1,
		"Rockets of Qarballah fell in Lebanon.":  1,
		"The university of Columbia is in town.": 0,
	} {
		if got := namesIn(text, group, sailing); len(got) != want {
			t.Errorf("%q names %q, want %d", text, got, want)
		}
	}
}

// TestEachListShowsItsOwnEntry: a party that two lists write at different length is shown with the entry of each, in
// every way of naming it, and the longest name wins on its own list.
func TestEachListShowsItsOwnEntry(t *testing.T) {
	a := listed(diff.EntityList, diff.Organization, "CHINA", "Beijing Zentimor Technology Development Co., Ltd.")
	// each list writes a country in its own way
	b := listed(diff.CMIC, diff.Organization, "CN", "Zentimor Group Inc.", "ZENTIMOR")
	c := listed(diff.EntityList, diff.Organization, "CHINA", "Zentimor Aviation Fuel Works Co., Ltd.")
	both := []string{string(diff.EntityList) + " " + a.Name, string(diff.CMIC) + " " + b.Name}
	slices.Sort(both)
	for _, text := range []string{
		"Cameras of Zentimor hang there.", "Zentimor Group Inc. of China was blacklisted.",
		"Beijing Zentimor Technology Development Co., Ltd. sells.",
	} {
		if got := namesIn(text, a, b); !slices.Equal(got, both) {
			t.Errorf("%q: got %q, want %q", text, got, both)
		}
	}
	if got := namesIn("Zentimor Aviation Fuel Works Co., Ltd. sells fuel.", a, b, c); !slices.Contains(got,
		string(c.List)+" "+c.Name) ||
		slices.Contains(got, string(a.List)+" "+a.Name) {
		t.Errorf("the longest name: got %q", got)
	}
	b.Aliases = nil
	if got := namesIn("Zentimor of China was put on a list of sanctions.", a, b); !slices.Equal(got, both) {
		t.Errorf("a word of both names, and the name of neither: got %q, want %q", got, both)
	}
}

// TestReasonsSayWhatAMentionRestsOn: the kind of name, how ordinary it is, what the text speaks of, and how such
// mentions fared.
func TestReasonsSayWhatAMentionRestsOn(t *testing.T) {
	e := listed(diff.EntityList, diff.Organization, "CHINA", "Meridian")
	ms := NewScanner([]diff.Entry{e}, ScanOptions{}).Scan("The Treasury put sanctions on Meridian of China.")
	if len(ms) != 1 {
		t.Fatalf("got %v", ms)
	}
	for _, want := range []string{"one-word name", "word for word", "ordinary text has the word about once in",
		"sanctions or lists", "labeled mentions"} {
		if !strings.Contains(ms[0].Reason, want) {
			t.Errorf("%q does not say %q", ms[0].Reason, want)
		}
	}
}

// TestOrdinaryRowsMatter: every row of the table of ordinary words lowers the strength of a name that is the word, and
// all but the rarest of them keep it from being a mention by itself.
func TestOrdinaryRowsMatter(t *testing.T) {
	most := theMentionWeights().strength(naming{kind: brandAlias, bits: names.Rarest}, exactForm)
	if most < DefaultConfidence {
		t.Errorf("a word that nobody else uses is no mention: %.2f", most)
	}
	for w := range names.OrdinaryWords() {
		bits := names.BitsOf(w)
		s := theMentionWeights().strength(naming{kind: brandAlias, bits: uint8(bits)}, exactForm)
		if s >= most || bits <= 18 && s >= DefaultConfidence {
			t.Errorf("%q (%d bits) has a strength of %.2f", w, bits, s)
		}
	}
}
