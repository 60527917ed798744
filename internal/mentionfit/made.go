package main

import (
	"fmt"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"entitywatch/diff"
)

// A way puts names of the lists into sentences, so that kinds of names are fitted of which the labeled texts have few.
type way struct {
	name string
	sum  float64 // how much all its examples count together
	make func(*diff.Entry) string
	need string // see text
}

// plainly is a sentence that says nothing of a name.
func plainly(name string) string { return "Officials spoke of " + name + " on Tuesday." }

// accused is a sentence that speaks of sanctions and of a party's country.
func accused(name string, e *diff.Entry) string {
	return fmt.Sprintf("The Treasury imposed sanctions on %s of %s and added it to its list.", name, titled(countryOf(e)))
}

// abroad is a sentence that speaks of other countries than a party's.
func abroad(name string, e *diff.Entry) string {
	country := "Portugal and Chile"
	if strings.Contains("PT CL PORTUGAL CHILE", orDash(countryOf(e))) {
		country = "Norway and Kenya"
	}
	return "Ministers of " + country + " said that goods of " + name + " had been found there."
}

func titled(s string) string { return cases.Title(language.English).String(s) }

// ways are the ways in which texts give the names of lists.
var ways = []way{
	{name: "verbatim", sum: 800, make: func(e *diff.Entry) string { return ifOrg(e, plainly(e.Name)) }},
	{name: "person, all names", sum: 80, make: func(e *diff.Entry) string {
		family, given, ok := personOf(e)
		return ifSo(ok, plainly(given+" "+family))
	}},
	{name: "person, first given name", sum: 60, make: func(e *diff.Entry) string {
		family, given, ok := personOf(e)
		return ifSo(ok, plainly(strings.Fields(given + " ?")[0]+" "+family))
	}},
	{name: "verbatim, abroad", sum: 60, need: "rare-word", make: func(e *diff.Entry) string { return ifOrg(e, abroad(e.Name, e)) }},
	{name: "one word, plainly", sum: 30, need: "rare-word", make: func(e *diff.Entry) string {
		w := oneWord(e)
		return ifSo(w != "", ifOrg(e, plainly(w)))
	}},
	{name: "one word, abroad", sum: 30, need: "rare-word", make: func(e *diff.Entry) string {
		w := oneWord(e)
		return ifSo(w != "", ifOrg(e, abroad(w, e)))
	}},
	{name: "without legal form", sum: 30, need: "rare-word", make: func(e *diff.Entry) string {
		bare := withoutForm(e.Name)
		return ifSo(bare != e.Name, ifOrg(e, plainly(titledIfLoud(bare))))
	}},
	{name: "without its last word", sum: 60, need: "rare-word", make: func(e *diff.Entry) string {
		w := strings.Fields(withoutForm(e.Name))
		return ifSo(len(w) >= 4, ifOrg(e, plainly(titledIfLoud(strings.Join(w[:max(0, len(w)-1)], " ")))))
	}},
	{name: "one word, accused", sum: 30, make: func(e *diff.Entry) string {
		w := oneWord(e)
		return ifSo(w != "" && countryOf(e) != "", ifOrg(e, accused(w, e)))
	}},
	{name: "authority", sum: 20, make: func(e *diff.Entry) string {
		bare := withoutOffice(e.Name)
		return ifSo(strings.Count(e.Name, " ") >= strings.Count(bare, " ")+3, plainly(bare))
	}},
	{name: "vessel, accused", sum: 20, make: func(e *diff.Entry) string {
		return ifSo(e.Kind == diff.Vessel, fmt.Sprintf("The tanker %s is under sanctions; OFAC put the vessel on its list.", titled(e.Name)))
	}},
	{name: "run together", sum: 20, make: func(e *diff.Entry) string {
		w := strings.Fields(withoutForm(e.Name))
		return ifSo(len(w) == 2, ifOrg(e, plainly(titledIfLoud(strings.Join(w, "")))))
	}},
	{name: "in Cyrillic", sum: 30, make: func(e *diff.Entry) string {
		family, given, ok := personOf(e)
		slavic := strings.Contains("RU BY UA KZ BG", orDash(countryOf(e)))
		if w := oneWord(e); slavic && !ok && w != "" {
			return ifOrg(e, "Завод «"+cyrillic(titled(w))+"» продал новую партию, сообщили в компании.")
		}
		return ifSo(ok && slavic, "Во вторник "+cyrillic(given+" "+family)+" выступил в суде.")
	}},
	{name: "in Arabic", sum: 20, make: func(e *diff.Entry) string {
		family, given, ok := personOf(e)
		return ifSo(ok && strings.Contains("SY IQ LB YE IR", orDash(countryOf(e))), "قال "+arabic(given+" "+family)+" يوم الثلاثاء")
	}},
}

// oneNamesakeIn is how many made namesakes there are to one that is used: they are as many as the listed, and the press is not about them.
const oneNamesakeIn = 3

// namesakes are sentences about persons who have the given name of one listed person and the family name of another: whom they are taken for
// is a namesake.
func namesakes(entries []diff.Entry) []text {
	var families, givens []string
	for i := range entries {
		if family, given, ok := personOf(&entries[i]); ok {
			families, givens = append(families, family), append(givens, strings.Fields(given)[0])
		}
	}
	listed := map[string]bool{}
	for i := range families {
		listed[givens[i]+" "+families[i]] = true
	}
	var out []text
	for i := range families {
		const stride = 1009 // far enough that one is not the brother of the other
		name := givens[i] + " " + families[(i+stride)%len(families)]
		if listed[name] || partOf(name, oneNamesakeIn) != 0 {
			continue
		}
		out = append(out, text{id: "namesake " + name, body: plainly(name), truth: func(int, int, []*diff.Entry) truth { return wrong }})
	}
	return out
}

func ifSo(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

// ifOrg is s where an entry is an organization.
func ifOrg(e *diff.Entry, s string) string {
	return ifSo(e.Kind != diff.Person && e.Kind != diff.Vessel && e.Kind != diff.Aircraft && e.Kind != diff.Address, s)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// countryOf is the country that a list gives, as it gives it.
func countryOf(e *diff.Entry) string {
	if e.Country == "" && len(e.Countries) > 0 {
		return e.Countries[0]
	}
	return e.Country
}

// personOf cuts a person's name at the comma of the list.
func personOf(e *diff.Entry) (family, given string, ok bool) {
	family, given, ok = strings.Cut(e.Name, ",")
	return titled(family), titled(strings.TrimSpace(given)), ok && e.Kind == diff.Person && strings.TrimSpace(given) != ""
}

// titledIfLoud is a name that is all in capitals as the press writes it.
func titledIfLoud(s string) string {
	if strings.ToUpper(s) == s {
		return titled(s)
	}
	return s
}

// withoutForm is a name without the commonest legal forms at its end.
func withoutForm(name string) string {
	for _, form := range []string{" Co., Ltd.", " Co. Ltd.", " CO., LTD.", ", Ltd.", " Ltd.", " LTD", " LIMITED", " Limited", " LLC", ", LLC", " Inc.", " INC.", " GmbH",
		" S.A.", " FZE", " FZCO", " JSC"} {
		if bare, ok := strings.CutSuffix(name, form); ok {
			return strings.TrimRight(bare, " ,")
		}
	}
	return name
}

// withoutOffice is an authority's name without the words that the press leaves out.
func withoutOffice(name string) string {
	for _, w := range []string{" Uyghur", " Uighur", " Autonomous", " Region", " Prefecture", " Municipality", " Municipal", " District", " County", " People's Government"} {
		name = strings.ReplaceAll(name, w, "")
	}
	return name
}

// oneWord is the first name or alias of an organization that is one word of five letters or more.
func oneWord(e *diff.Entry) string {
	for _, n := range append([]string{withoutForm(e.Name)}, e.Aliases...) {
		if len(n) >= 5 && !strings.ContainsAny(n, " -.0123456789") {
			return titledIfLoud(n)
		}
	}
	return ""
}

var toCyrillic = strings.NewReplacer(strings.Fields("shch щ Shch Щ zh ж Zh Ж kh х Kh Х ch ч Ch Ч sh ш Sh Ш ts ц Ts Ц ya я Ya Я yu ю Yu Ю yo ё Yo Ё ye е Ye Е " +
	"a а A А b б B Б v в V В g г G Г d д D Д e е E Е z з Z З i и I И y й Y Й k к K К l л L Л m м M М n н N Н o о O О p п P П r р R Р s с S С t т T Т u у U У f ф F Ф " +
	"c ц C Ц h х H Х j дж J Дж q к Q К w в W В x кс X Кс ' ь")...)

// cyrillic spells a name in Russian letters.
func cyrillic(s string) string { return toCyrillic.Replace(s) }

var toArabic = strings.NewReplacer(strings.Fields("sh ش kh خ th ث dh ذ gh غ ch تش aa ا ee ي oo و ou و a ا b ب t ت j ج h ه d د r ر z ز s س f ف q ق k ك l ل m م n ن w و y ي " +
	"i ي u و o و e ي v ف p ب g غ c ك x كس - - ' '")...)

// arabic spells a name in Arabic letters, the way a newspaper would that hears it for the first time.
func arabic(s string) string { return toArabic.Replace(strings.ToLower(s)) }

// madeTexts are the texts of a way that one in so many of the entries gives, by the hash of the entry's name.
func madeTexts(w way, entries []diff.Entry, oneIn int) []text {
	var out []text
	for i := range entries {
		e := &entries[i]
		id := "made " + string(e.List) + " " + e.Name
		if partOf(w.name+id, oneIn) != 0 {
			continue
		}
		body := w.make(e)
		if body == "" {
			continue
		}
		out = append(out, text{id: id, body: body, need: w.need, truth: func(_, _ int, parties []*diff.Entry) truth {
			for _, p := range parties {
				if p.Name == e.Name {
					return right
				}
			}
			return unsaid // the sentence says nothing more
		}})
	}
	for i := range out {
		out[i].gist = w.sum / float64(len(out))
	}
	return out
}
