package summary

import "testing"

const registersMannerLead = "In this final rule, the Bureau of Industry and Security (BIS) amends the Export " +
	"Administration " +
	"Regulations (EAR) by "

var registersManner = []struct {
	text  string
	want  map[string]truth
	human bool
}{
	{registersMannerLead + "adding one hundred and two entities to the Entity List under the destinations of China " +
		"(one hundred) and " +
		"Malta (two).",
		map[string]truth{el: {addEntities: 102, addBy: places{cn: 100, "MALTA": 2}}}, false},
	{registersMannerLead + "adding one hundred twenty-three entities under one hundred thirty entries to the Entity List.",
		map[string]truth{el: {addEntities: 123, addEntries: 130}}, false},
	{registersMannerLead + "adding 1,104 entities to the Entity List.", map[string]truth{el: {addEntities: 1104}}, false},
	{registersMannerLead + "adding a total of forty-one entities to the Entity List, of which 20 are located in China " +
		"and 21 in Iran.",
		map[string]truth{el: {addEntities: 41, addBy: places{cn: 20, "IRAN": 21}}}, false},
	{registersMannerLead + "adding twelve entities, under fourteen entries, to the Entity List: five under Iran, six " +
		"under Pakistan, " +
		"and three under the UAE.",
		map[string]truth{el: {addEntities: 12, addEntries: 14, addBy: places{"IRAN": 5, "PAKISTAN": 6, uae: 3}}}, false},
	{registersMannerLead + "adding 13 persons to the Unverified List (UVL), removing five persons from the UVL, and " +
		"updating the " +
		"addresses of two persons on the UVL.",
		map[string]truth{uvl: {addEntities: 13, removeEntities: 5, reviseEntities: 2}}, false},
	{registersMannerLead + "removing two entities from the Entity List; adding three entities to the Unverified List; " +
		"and revising " +
		"one entry on the Military End User (MEU) List.",
		map[string]truth{el: {removeEntities: 2}, uvl: {addEntities: 3}, meu: {reviseEntries: 1}}, false},
	{registersMannerLead + "transferring four entities from the Unverified List to the Entity List.",
		map[string]truth{el: {addEntities: 4}, uvl: {removeEntities: 4}}, false},
	{registersMannerLead + "moving one entity from the Military End-User List to the Entity List under the destination " +
		"of Burma.",
		map[string]truth{el: {addEntities: 1, addBy: places{"BURMA": 1}},
			meu: {removeEntities: 1, removeBy: places{"BURMA": 1}}}, false},
	{"The Bureau of Industry and Security published a final rule on March 4, 2024, that added 30 entities to the " +
		"Entity List. This document corrects the number of entities added, which is 31 and not 30.", nil, true},
	{"This document corrects the final rule published on March 4, 2024 (89 FR 1234) by correcting two entries on the " +
		"Entity List of the EAR under the destination of China.",
		map[string]truth{el: {reviseEntries: 2, reviseBy: places{cn: 2}}}, false},
	{registersMannerLead + "adding seven entities to the Entity List under the destination of Russia, with cross " +
		"references under " +
		"Belarus (2) and Kazakhstan (1).",
		// a cross reference is an entry
		map[string]truth{el: {addEntities: 7, addBy: places{"RUSSIA": 7, "BELARUS": 2, "KAZAKHSTAN": 1}}}, false},
	{registersMannerLead + "adding the first two entities under the destination of Chad to the Entity List.",
		map[string]truth{el: {addEntities: 2, addBy: places{"CHAD": 2}}}, false},
	{registersMannerLead + "adding fourteen entities to the Entity List. These fourteen entities have been determined " +
		"to be acting " +
		"contrary to the national security interests of the United States. They will be listed under the destinations of " +
		"China (9), Iran (4), and Kenya (1).",
		map[string]truth{el: {addEntities: 14, addBy: places{cn: 9, "IRAN": 4, "KENYA": 1}}}, false},
	{registersMannerLead + "adding ten entities to the Entity List. Of the ten entities, six are under China, three " +
		"under Taiwan and " +
		"one under the United Kingdom.",
		map[string]truth{el: {addEntities: 10, addBy: places{cn: 6, "TAIWAN": 3, gb: 1}}}, false},
	{registersMannerLead + "adding three entities to the Entity List, one each under Cyprus, Estonia, and Finland.",
		map[string]truth{el: {addEntities: 3, addBy: places{"CYPRUS": 1, "ESTONIA": 1, "FINLAND": 1}}}, false},
	{registersMannerLead + "adding six entities to the Entity List, two each under the destinations of Germany, Spain " +
		"and Turkey.",
		map[string]truth{el: {addEntities: 6, addBy: places{"GERMANY": 2, "SPAIN": 2, "TURKEY": 2}}}, false},
	{registersMannerLead + "adding one person to the Entity List under two destinations, Cyprus and Russia.",
		map[string]truth{el: {addEntities: 1}}, false},
	{registersMannerLead + "removing the entries for five entities located in the United Arab Emirates from the Entity " +
		"List.",
		map[string]truth{el: {removeEntities: 5, removeBy: places{uae: 5}}}, false},
	{registersMannerLead + "modifying the entries for eight entities on the Entity List to add aliases and addresses.",
		map[string]truth{el: {reviseEntities: 8}}, false},
	{registersMannerLead + "adding an additional alias to one existing entry on the Entity List under Syria.", nil, false},
	{registersMannerLead + "removing six aliases and two addresses from one existing entry under China on the Entity " +
		"List.",
		map[string]truth{el: {removeAliases: 6, removeAddresses: 2}}, false},
	{registersMannerLead + "adding eight addresses to the Entity List under the destinations of China (4) and Hong " +
		"Kong (4).",
		// an address entry is an entry
		map[string]truth{el: {addAddresses: 8, addBy: places{cn: 4, "HONG KONG": 4}}}, false},
	{registersMannerLead + "adding 42 Chinese, 8 Iranian and 3 Pakistani entities to the Entity List.",
		map[string]truth{el: {addEntities: 53, addBy: places{cn: 42, "IRAN": 8, "PAKISTAN": 3}}}, false},
	{registersMannerLead + "adding to the Entity List five entities, two of which are located in Oman.",
		map[string]truth{el: {addEntities: 5, addBy: places{"OMAN": 2}}}, false},
	{registersMannerLead + "adding five entities to the Entity List, bringing the total number of entities on the " +
		"Entity List to 1,402.",
		map[string]truth{el: {addEntities: 5}}, true},
	{registersMannerLead + "adding 27 entities to the Entity List, increasing to 50 the number of such entities under " +
		"China.",
		map[string]truth{el: {addEntities: 27}}, true},
	{registersMannerLead + "adding nine entities to the Entity List under ten entries, because one entity has " +
		"addresses in two " +
		"countries.",
		map[string]truth{el: {addEntities: 9, addEntries: 10}}, false},
	{"BIS is not adding three entities that were proposed for the Entity List of the EAR.", nil, true},
	{"This rule rescinds the removal of two entities from the Entity List, which BIS published under the EAR in error.",
		nil, true},
	{"BIS proposes to add four entities to the Entity List of the EAR.", nil, true},
	{registersMannerLead + "adding sixteen entities to the Entity List and by extending the temporary general license " +
		"for two entities.",
		map[string]truth{el: {addEntities: 16}}, false},
	{registersMannerLead + "removing from the Entity List three entities: one in Belgium, one in Latvia, and one in " +
		"the Netherlands.",
		map[string]truth{el: {removeEntities: 3, removeBy: places{"BELGIUM": 1, "LATVIA": 1, "NETHERLANDS": 1}}}, false},
	{registersMannerLead + "adding 26 entities and three addresses under 29 entries to the Entity List.",
		map[string]truth{el: {addEntities: 26, addAddresses: 3, addEntries: 29}}, false},
	{registersMannerLead + "revising one existing entry under the destination of Iran and one existing entry under the " +
		"destination of " +
		"the UAE on the Entity List.",
		map[string]truth{el: {reviseEntries: 2, reviseBy: places{"IRAN": 1, uae: 1}}}, false},
	{registersMannerLead + "adding two entities and their eleven subsidiaries to the Entity List.",
		map[string]truth{el: {addEntities: 2}}, true},
	{registersMannerLead + "adding two entities to the Entity List, including one subsidiary with three branches.",
		map[string]truth{el: {addEntities: 2}}, true},
	{"The End-User Review Committee (ERC) decided to add a single entity to the Entity List of the EAR under the " +
		"destination of Peru.",
		map[string]truth{el: {addEntities: 1, addBy: places{"PERU": 1}}}, false},
	{registersMannerLead + "adding an entity to the Entity List under both Georgia and Armenia.",
		map[string]truth{el: {addEntities: 1}},
		false},
	{registersMannerLead + "adding a pair of entities to the Entity List.", nil, false},
	{registersMannerLead + "adding entities numbering 34 to the Entity List.", nil, true},
	{registersMannerLead + "adding 10 to 12 entities to the Entity List.", nil, true},
	{registersMannerLead + "adding 34 (thirty-four) entities to the Entity List.",
		map[string]truth{el: {addEntities: 34}}, false},
	{registersMannerLead + "adding thirty-four (34) entities to the Entity List, under the destinations of China (30) " +
		"and Japan (4).",
		map[string]truth{el: {addEntities: 34, addBy: places{cn: 30, "JAPAN": 4}}}, false},
}

// TestDeclaredInTheRegistersManner are sentences that this project wrote in the manner of the Register's summaries,
// with their truth. human is whether the text leaves something that a person must read.
func TestDeclaredInTheRegistersManner(t *testing.T) {
	for _, c := range registersManner {
		reads(t, c.text, c.text, c.want, c.human)
	}
}
