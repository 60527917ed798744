package summary

import "testing"

const saidTwiceLead = "In this final rule, the Bureau of Industry and Security (BIS) amends the Export " +
	"Administration " +
	"Regulations (EAR) by "

var saidTwice = []struct {
	name, text string
	want       map[string]truth
}{
	{"a difference accounted for", saidTwiceLead +
		"adding 42 entities under 44 entries to the Entity List. Two entities are added under two destinations, " +
		"accounting for the difference in the totals.",
		map[string]truth{el: {addEntities: 42, addEntries: 44}}},
	{"a difference accounted for, in other words", saidTwiceLead +
		"adding 93 entities under 95 entries to the Entity List. One entity is listed under three destinations, which " +
		"accounts for the difference between the number of entities and entries.",
		map[string]truth{el: {addEntities: 93, addEntries: 95}}},
	{"one of those counted",
		"This rule amends the Export Administration Regulations (EAR) by removing three persons from the Entity List. " +
			"BIS removes one of the three persons from the Entity List as a result of " +
			"the annual review. The two remaining persons are removed from the Entity List in response to a request for " +
			"removal.", map[string]truth{el: {removeEntities: 3}}},
	{"said again in full", saidTwiceLead +
		"revising nine existing entries on the Entity List under the destination of China. This final rule revises nine " +
		"entries to reflect a change of the license requirement.",
		map[string]truth{el: {reviseEntries: 9, reviseBy: places{cn: 9}}}},
	{"two sums of the same size", saidTwiceLead +
		"adding two entities to the Entity List under the destination of China. This rule also adds two entities to the " +
		"Entity List under the destination of Oman.",
		map[string]truth{el: {addEntities: 4, addBy: places{cn: 2, "OMAN": 2}}}},
	{"each entry under its country", saidTwiceLead +
		"adding 70 entities to the Entity List, under the destinations of China, People's Republic of (China) (42); Iran " +
		"(2); Pakistan (19); South Africa (3); and the United Arab " +
		"Emirates (UAE) (4). This final rule also modifies four existing entries on the Entity List, consisting of " +
		"revisions to one entry under France, one entry under Iran, one entry under Senegal, and " +
		"one entry under the United Kingdom.", map[string]truth{el: {addEntities: 70, reviseEntries: 4,
		addBy:    places{cn: 42, "IRAN": 2, "PAKISTAN": 19, "SOUTH AFRICA": 3, uae: 4},
		reviseBy: places{"FRANCE": 1, "IRAN": 1, "SENEGAL": 1, gb: 1}}}},
	{"the same entity on another list", saidTwiceLead +
		"adding 36 entities to the Entity List. As one of these entities is on the Unverified List, this rule removes " +
		"this entity from the Unverified List.",
		map[string]truth{el: {addEntities: 36}, uvl: {removeEntities: 1}}},
	{"a cross reference",
		"This rule amends the Export Administration Regulations (EAR) by adding one person under two entries to the " +
			"Entity List. This person will be listed under the destination of Crimea " +
			"(Occupied) with a cross reference added under Ukraine.",
		map[string]truth{el: {addEntities: 1, addEntries: 2, addBy: places{"CRIMEA REGION OF UKRAINE": 1, "UKRAINE": 1}}}},
	{"military end users", "In this final rule, BIS will add one hundred and two `military end users' to the MEU List " +
		"consisting of fifty-seven under China and forty-five under Russia.",
		map[string]truth{meu: {addEntities: 102, addBy: places{cn: 57, "RUSSIA": 45}}}},
	{"the removal of", "This rule implements two steps that were agreed with India, namely, the removal of license " +
		"requirements for exports of items under the EAR to India and the removal of six Indian entities " +
		"from the Entity List.", map[string]truth{el: {removeEntities: 6, removeBy: places{"INDIA": 6}}}},
	{"the addition of", "This rule implements the decision of the End-User Review Committee under the EAR, namely the " +
		"addition of three entities to, and the revision of two entries on, the Entity List.",
		map[string]truth{el: {addEntities: 3, reviseEntries: 2}}},
	{"a correction to a name", saidTwiceLead +
		"adding five entities located in Pakistan to the Entity List. This rule also " +
		"makes a correction to one Indian entity name, which was misspelled.",
		map[string]truth{el: {addEntities: 5, reviseEntities: 1, addBy: places{"PAKISTAN": 5},
			reviseBy: places{"INDIA": 1}}}},
	{"a correction to an address", saidTwiceLead +
		"removing four persons from the Entity List. Finally, this rule makes a " +
		"correction to the address of one person listed on the Entity List.",
		map[string]truth{el: {removeEntities: 4, reviseEntities: 1}}},
	{"one party of two destinations", saidTwiceLead +
		"removing one entity located under two entries from the Entity List under " +
		"the destinations of France and the United Arab Emirates (UAE).",
		map[string]truth{el: {removeEntities: 1, removeEntries: 2}}},
	{"the following destinations", "BIS is amending the EAR by adding 13 persons to the Unverified List (UVL). The 13 " +
		"persons being added are added under the following destinations: China, Peoples' Republic of (China) (8), " +
		"Cyprus (1), Kyrgyzstan (1), Türkiye (2), and the United Arab Emirates (UAE) (1).",
		map[string]truth{uvl: {addEntities: 13, addBy: places{cn: 8, "CYPRUS": 1, "KYRGYZSTAN": 1, "TÜRKIYE": 2, uae: 1}}}},
	{"those that remain", "This rule amends the Export Administration Regulations (EAR) by adding thirteen additional " +
		"persons to the Entity List. BIS also removes three persons from the Entity List. " +
		"One of the three persons is removed after the annual review. The two remaining persons are removed on " +
		"request.", map[string]truth{el: {addEntities: 13, removeEntities: 3}}},
	{"destinations in parentheses", "BIS is amending the EAR by adding twelve persons to the UVL (Hong Kong (4), " +
		"India (1), UAE (7)), and correcting the address for three persons on the UVL.",
		map[string]truth{uvl: {addEntities: 12, reviseEntities: 3, addBy: places{"HONG KONG": 4, "INDIA": 1, uae: 7}}}},
	{"two adjectives", saidTwiceLead +
		"adding 28 governmental and commercial organizations to the Entity List. These 28 " +
		"entities will be listed under the destination of China.",
		map[string]truth{el: {addEntities: 28, addBy: places{cn: 28}}}},
	{"entries broken down by persons", saidTwiceLead +
		"removing eleven entries from the Entity List, consisting of eight " +
		"persons in Germany, two in Israel and one in China.",
		map[string]truth{el: {removeEntries: 11, removeBy: places{"GERMANY": 8, "ISRAEL": 2, cn: 1}}}},
	{"an entry for an entity", saidTwiceLead +
		"deleting the entries for three entities, and by correcting an entry for one " +
		"entity, on the Entity List.",
		map[string]truth{el: {removeEntities: 3, reviseEntries: 1}}},
	{"entries restored", saidTwiceLead +
		"restoring to the Entity List two entries that were inadvertently removed and by " +
		"revising four aliases of one entity under Iran.",
		map[string]truth{el: {addEntries: 2, reviseEntities: 1, reviseBy: places{"IRAN": 1}}}},
	{"the listing of another", saidTwiceLead +
		"removing one person from the UVL and modifying the listing of another person on " +
		"the UVL.",
		map[string]truth{uvl: {removeEntities: 1, reviseEntities: 1}}},
}

// TestDeclaredIsNotSaidTwice are sentences that say again, explain, or break down what was counted before them.
func TestDeclaredIsNotSaidTwice(t *testing.T) {
	for _, c := range saidTwice {
		reads(t, c.name, c.text, c.want, false)
	}
}

// TestDeclaredNumberUnread: a number that no reading of its sentence accounts for is a problem, never left out in
// silence.
func TestDeclaredNumberUnread(t *testing.T) {
	const bis = "The Bureau of Industry and Security (BIS) amends the Export Administration Regulations (EAR) by "
	for _, c := range []struct {
		text     string
		problems bool
	}{
		{bis + "adding nine entities, of the fifteen that a panel of experts proposed, to the Entity List, five of them " +
			"being mere branches.", true},
		{bis + "adding nine entities to the Entity List under the destinations of China (12) and Oman (2).", true},
		{bis + "adding to the Entity List a further seventeen.", true},
		{bis + "adding nine entities to the Entity List under Supplement No. 4 to part 744 (15 CFR parts 730-774), as " +
			"announced on June 5, 2024.", false},
		{bis + "adding nine entities to the Entity List under 50 U.S.C. 4801 and footnote 3, owned 50 percent or more by " +
			"others.", false},
	} {
		_, problems := Read("", c.text)
		if c.problems != (len(problems) > 0) {
			t.Errorf("%s: problems %v", c.text, problems)
		}
	}
}
