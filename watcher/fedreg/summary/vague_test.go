package summary

import "testing"

const vagueCountsLead = "In this rule, the Bureau of Industry and Security (BIS) amends the EAR by "

var vagueCounts = []struct {
	name, text string
	want       map[string]truth
	problem    bool
}{
	{"more than", vagueCountsLead + "adding 80 entities to the Entity List. More than 50 of the entities are based in " +
		"China.",
		map[string]truth{el: {addEntities: 80}}, false},
	{"at least", vagueCountsLead + "adding at least ten entities to the Entity List.", nil, true},
	{"dozens", vagueCountsLead + "adding nearly two dozen entities to the Entity List and removing a dozen entries " +
		"from it.", nil,
		true},
	{"all but one", vagueCountsLead + "adding 11 entities to the Entity List, all but one under the destination of China.",
		map[string]truth{el: {addEntities: 11}}, true},
	{"most of them", vagueCountsLead + "adding 11 entities to the Entity List, most of them under the destination of " +
		"China.",
		map[string]truth{el: {addEntities: 11}}, false},
	{"one named among several", vagueCountsLead +
		"modifying three existing entries on the Entity List, including the entry for Huawei under China.",
		map[string]truth{el: {reviseEntries: 3}}, false},
	{"an unknown verb", vagueCountsLead +
		"adding five entities to the Entity List and consolidating two entries for one entity under China.",
		map[string]truth{el: {addEntities: 5}}, true},
	{"changing", vagueCountsLead + "adding five entities to the Entity List and changing two existing entries under Iran.",
		map[string]truth{el: {addEntities: 5, reviseEntries: 2, reviseBy: places{"IRAN": 2}}}, false},
	{"amending entries beside another verb", vagueCountsLead +
		"removing one entity and amending the entries of three entities on the Entity List under the destination of " +
		"Germany.",
		map[string]truth{el: {removeEntities: 1, reviseEntities: 3, reviseBy: places{"GERMANY": 3}}}, false},
	{"changes to", vagueCountsLead +
		"adding nineteen persons to the Entity List, removing one person, and making changes to two entries.",
		map[string]truth{el: {addEntities: 19, removeEntities: 1, reviseEntries: 2}}, false},
	{"specifically", vagueCountsLead +
		"revising six entries on the Entity List. Specifically, BIS removes one entry under Canada, amends three entries " +
		"under China to provide alternate names, " +
		"and adds two entries, one each in Hong Kong and Taiwan.",
		map[string]truth{el: {addEntries: 2, removeEntries: 1, reviseEntries: 6,
			addBy: places{"HONG KONG": 1, "TAIWAN": 1}, removeBy: places{"CANADA": 1}, reviseBy: places{cn: 3}}}, false},
	{"aliases of persons", vagueCountsLead + "adding aliases for two persons and addresses to four entries on the " +
		"Entity List.", nil,
		false},
	{"addresses to entries", vagueCountsLead +
		"adding three addresses to two entries on the Entity List under the destination of Ecuador.",
		map[string]truth{el: {addAddresses: 3}}, false},
	{"addresses of entities", vagueCountsLead + "removing addresses of two entities listed on the Entity List under " +
		"Hong Kong.", nil,
		false},
	{"a row", vagueCountsLead + "adding ten entities in China and five in Russia to the Entity List.",
		map[string]truth{el: {addEntities: 15, addBy: places{cn: 10, "RUSSIA": 5}}}, false},
	{"a row of what is listed", vagueCountsLead +
		"removing one entity listed under Switzerland, one under Lebanon, and two under the UAE from the Entity List.",
		map[string]truth{el: {removeEntities: 4, removeBy: places{"SWITZERLAND": 1, "LEBANON": 1, uae: 2}}}, false},
	{"a total behind a row", vagueCountsLead +
		"adding to the Entity List four persons in Armenia, two in Greece, and one each in Pakistan, Turkey and the UAE, " +
		"for a total of nine persons.",
		map[string]truth{el: {addEntities: 9, addBy: places{"ARMENIA": 4, "GREECE": 2, "PAKISTAN": 1, "TURKEY": 1,
			uae: 1}}}, false},
	{"broken down afterwards", vagueCountsLead +
		"adding sixteen entities to the Entity List. Fourteen entities are being added under China and two under " +
		"Singapore; one existing entry under China is revised.",
		map[string]truth{el: {addEntities: 16, reviseEntries: 1, addBy: places{cn: 14, "SINGAPORE": 2},
			reviseBy: places{cn: 1}}}, false},
	{"said in the passive",
		"Under this rule three entities are added to, one entity is removed from, and two entries are revised on, the " +
			"Entity List of the EAR.",
		map[string]truth{el: {addEntities: 3, removeEntities: 1, reviseEntries: 2}}, false},
	{"taken back", "The Bureau of Industry and Security (BIS) revokes the addition of two entities to the Entity List.",
		nil, true},
	{"a number in words behind a country", vagueCountsLead +
		"adding 140 entities to the Entity List. These entities will be listed under the destinations of China (137), " +
		"Japan (one), and the Republic of Korea (2).",
		map[string]truth{el: {addEntities: 140, addBy: places{cn: 137, "JAPAN": 1, "SOUTH KOREA": 2}}}, false},
}

// TestDeclaredCountsOnlyWhatIsCounted are texts whose numbers round, bound, break down, or belong to another verb or to
// another party's part. Where a number cannot be told it is a problem, and never a number.
func TestDeclaredCountsOnlyWhatIsCounted(t *testing.T) {
	for _, c := range vagueCounts {
		reads(t, c.name, c.text, c.want, c.problem)
	}
}
