package summary

import "testing"

const explainedLead = "In this rule, the Bureau of Industry and Security (BIS) amends the EAR by "

var explained = []struct {
	text  string
	want  map[string]truth
	human bool
}{
	{explainedLead + "adding two entities, under three entries, to the Entity List. One entity is being added in two " +
		"destinations (Lebanon and Syria), which accounts for the additional entry.",
		map[string]truth{el: {addEntities: 2, addEntries: 3}}, false},
	{explainedLead + "adding 28 entities to the Entity List. One entity, added under both China and Oman, accounts for " +
		"one of " +
		"the twenty-nine new entries.",
		map[string]truth{el: {addEntities: 28}}, false},
	{explainedLead + "adding 36 entities under 41 entries to the Entity List. Five entities are added under more than " +
		"one " +
		"destination.",
		map[string]truth{el: {addEntities: 36, addEntries: 41}}, false},
	{explainedLead + "adding 36 entities to the Entity List. Three entities are removed under two destinations.",
		map[string]truth{el: {addEntities: 36, removeEntities: 3}}, false},
	{explainedLead + "removing eleven persons under twelve entries from the Entity List. The removal of one of these " +
		"persons results in the removal of two entries, because that person was listed under both Armenia and the Czech " +
		"Republic.",
		map[string]truth{el: {removeEntities: 11, removeEntries: 12}}, false},
	{explainedLead + "adding 27 entities to the Entity List based on their ownership by six entities already listed.",
		map[string]truth{el: {addEntities: 27}}, false},
	{explainedLead + "adding four entities to the Entity List for their dealings with two entities on the Unverified " +
		"List.",
		map[string]truth{el: {addEntities: 4}}, false},
	{explainedLead + "revising the entries of two entities under Pakistan, one of which is also listed under the UAE, " +
		"on the " +
		"Entity List.",
		map[string]truth{el: {reviseEntities: 2, reviseBy: places{"PAKISTAN": 2, uae: 1}}}, false},
	{explainedLead + "removing ten entities under eleven entries from the Entity List. These removals consist of four " +
		"entries " +
		"under Russia, five under Kazakhstan, and two under Cyprus.",
		map[string]truth{el: {removeEntities: 10, removeEntries: 11,
			removeBy: places{"RUSSIA": 4, "KAZAKHSTAN": 5, "CYPRUS": 2}}}, false},
	{explainedLead + "adding 16 entities to the Entity List: 11 under China, and the rest under Vietnam.",
		map[string]truth{el: {addEntities: 16, addBy: places{cn: 11}}}, false},
	{explainedLead + "adding eleven entities under China to the Entity List and five under Vietnam.",
		map[string]truth{el: {addEntities: 16, addBy: places{cn: 11, "VIETNAM": 5}}}, false},
	{"This rule corrects the final rule of March 8, 2022, which added 91 entities to the Entity List of the EAR under " +
		"96 entries, by revising two of these entries.",
		map[string]truth{el: {reviseEntries: 2}}, false},
	{explainedLead + "adding two entities to the Entity List. In 2019, BIS added 28 entities on similar grounds. These " +
		"two " +
		"entities are under China.",
		map[string]truth{el: {addEntities: 2, addBy: places{cn: 2}}}, true},
	{explainedLead + "adding 19 entities to the Entity List. In a separate rule in this issue, BIS is adding 23 " +
		"entities to the " +
		"Entity List.", nil, true},
	{explainedLead + "adding an entity that was previously removed, restoring it under China, to the Entity List.",
		map[string]truth{el: {addEntities: 1, addBy: places{cn: 1}}}, false},
	{explainedLead + "removing the last entity listed under the destination of Ireland from the Entity List.",
		map[string]truth{el: {removeEntities: 1, removeBy: places{"IRELAND": 1}}}, false},
	{explainedLead + "adding five entities to the Entity List and removing those same five entities from the " +
		"Unverified List.",
		map[string]truth{el: {addEntities: 5}, uvl: {removeEntities: 5}}, false},
	{explainedLead + "adding five entities to the Entity List and removing three of them from the Unverified List.",
		map[string]truth{el: {addEntities: 5}, uvl: {removeEntities: 3}}, false},
	{explainedLead + "removing two of the 37 entities added on March 8, 2023, from the Entity List.",
		map[string]truth{el: {removeEntities: 2}}, false},
	{"In this rule, two of the 37 entities added on March 8, 2023, are removed from the Entity List of the EAR.", nil,
		true},
	{explainedLead + "moving one person from the heading of Cyprus to the heading of Iran on the Entity List.", nil, true},
	{explainedLead + "adding cross references for three existing entities on the Entity List.", nil, true},
	{explainedLead + "adding six entities to the Entity List under the destination of China, with cross references " +
		"under Hong " +
		"Kong for two of them.",
		map[string]truth{el: {addEntities: 6, addBy: places{cn: 6}}}, true},
	{explainedLead + "adding one person to the Entity List. An alias is added to the entry of one person under China.",
		map[string]truth{el: {addEntities: 1}}, false},
	{explainedLead + "adding three aliases to each of five entities on the Entity List.", nil, false},
	{explainedLead + "adding 52 entities and four addresses to the Entity List, the addresses being listed under Hong " +
		"Kong.",
		map[string]truth{el: {addEntities: 52, addAddresses: 4}}, false},
	{explainedLead + "removing three entries from the Entity List; twelve entries are amended.",
		map[string]truth{el: {removeEntries: 3, reviseEntries: 12}}, false},
	{explainedLead + "removing two of its five aliases from the entry for one entity on the Entity List.",
		map[string]truth{el: {removeAliases: 2}}, false},
	{explainedLead + "adding two entities to the Entity List as footnote 4 entities.",
		map[string]truth{el: {addEntities: 2}},
		false},
	{explainedLead + "adding a hundred and five entities under a hundred and seven entries to the Entity List.",
		map[string]truth{el: {addEntities: 105, addEntries: 107}}, false},
	{explainedLead + "adding 37 entities to the Entity List (China, 30; Hong Kong, 5; and Singapore, 2).",
		map[string]truth{el: {addEntities: 37, addBy: places{cn: 30, "HONG KONG": 5, "SINGAPORE": 2}}}, false},
	{explainedLead + "adding 37 entities to the Entity List under the destinations of: China, 30; Iran, 5; and Oman, 2.",
		map[string]truth{el: {addEntities: 37, addBy: places{cn: 30, "IRAN": 5, "OMAN": 2}}}, false},
	{explainedLead + "adding 37 entities under the destinations of China (25 entities), Iran (10 entities) and Oman (2 " +
		"entities) to the Entity List.",
		map[string]truth{el: {addEntities: 37, addBy: places{cn: 25, "IRAN": 10, "OMAN": 2}}}, false},
	{explainedLead + "adding to the Entity List: China: 12 entities; Iran: 3 entities; Turkey: 1 entity.",
		map[string]truth{el: {addEntities: 16, addBy: places{cn: 12, "IRAN": 3, "TURKEY": 1}}}, false},
	{explainedLead + "adding one Chinese entity, two entities of Singapore and three entities from Malta to the Entity " +
		"List.",
		map[string]truth{el: {addEntities: 6, addBy: places{cn: 1, "SINGAPORE": 2, "MALTA": 3}}}, false},
	{explainedLead + "withdrawing the listing of one entity from the Entity List under Canada.",
		map[string]truth{el: {removeEntities: 1, removeBy: places{"CANADA": 1}}}, false},
}

// TestDeclaredExplainsBreaksDownAndRefersBack are sentences that this project wrote: explanations of a difference,
// parts of what was counted, references back, lists of destinations in other marks, and sentences about other
// documents. Where the number cannot be told, a person reads the sentence, and no number is given.
func TestDeclaredExplainsBreaksDownAndRefersBack(t *testing.T) {
	for _, c := range explained {
		reads(t, c.text, c.text, c.want, c.human)
	}
}
