package summary

import (
	"bufio"
	"bytes"
	"encoding/json"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
)

const (
	el  = "us-bis-entity-list"
	uvl = "us-bis-unverified"
	meu = "us-bis-military-end-user"
	cn  = "CHINA, PEOPLE'S REPUBLIC OF"
	uae = "UNITED ARAB EMIRATES"
	gb  = "UNITED KINGDOM"
)

// places are numbers by country.
type places = map[string]int

// said is what a person reads in one abstract about one list. Numbers that it does not state are 0: none states a zero.
type truth struct {
	addEntities, addEntries, removeEntities, removeEntries, reviseEntities, reviseEntries int
	addAddresses, removeAddresses, removeAliases                                          int
	addBy, removeBy, reviseBy                                                             places
}

// abstractsTruth was written by reading each of the 102 abstracts of fr-api/abstracts.jsonl. Documents that are not in
// it change none of the three lists: among them rules that only mention a list (the temporary general license
// 2020-05190, the changed scope of 28 entries in 2022-21658), notices, and the lists of the Uyghur Forced Labor
// Prevention Act and of the Cuban Assets Control Regulations. A destination without a number of its own counts only
// where all of what was counted stands under it.
var abstractsTruth = map[string]map[string]truth{
	"2020-03157": {el: {addEntities: 24, reviseEntries: 5,
		reviseBy: places{"FRANCE": 1, "IRAN": 1, "LEBANON": 1, "SINGAPORE": 1, gb: 1}}},
	"2020-27931": {uvl: {removeEntities: 3}},
	"2021-00995": {el: {addEntities: 1, addBy: places{cn: 1}}, meu: {addEntities: 1, removeEntities: 2}},
	"2021-04505": {el: {addEntities: 14, reviseEntries: 6, reviseBy: places{"GERMANY": 1, cn: 5}}},
	"2021-04794": {el: {addEntities: 4, addBy: places{"BURMA": 4}}},
	"2022-02536": {uvl: {addEntities: 33}},
	"2022-03029": {el: {addEntities: 7, addEntries: 7, reviseEntries: 4, reviseBy: places{cn: 4}}},
	"2022-04300": {el: {addEntities: 47, reviseEntities: 2, addBy: places{"RUSSIA": 47}, reviseBy: places{"RUSSIA": 2}},
		meu: {removeEntities: 45, removeBy: places{"RUSSIA": 45}}}, // its heading until that rule
	"2022-07643": {el: {reviseEntities: 2}},
	"2022-12144": {el: {addEntities: 71, addEntries: 71}},
	"2022-18268": {el: {addEntities: 7, addEntries: 7, reviseEntries: 2, addBy: places{cn: 7}}},
	"2022-21520": {el: {addEntities: 57, addEntries: 57, addBy: places{"RUSSIA": 56, "CRIMEA REGION OF UKRAINE": 1}}},
	"2022-21714": {uvl: {addEntities: 31, removeEntities: 9, addBy: places{cn: 31}, removeBy: places{cn: 9}}},
	"2022-26622": {el: {addEntities: 24, addEntries: 26, removeEntities: 1, removeEntries: 3}},
	"2022-27149": {uvl: {removeEntities: 36, removeBy: places{"RUSSIA": 9, "PAKISTAN": 1, cn: 26}},
		el: {addEntities: 9, addBy: places{"RUSSIA": 9}}},
	"2023-02130": {el: {addEntities: 7, addBy: places{"IRAN": 7}}},
	"2023-04558": {el: {addEntities: 37, addEntries: 38, reviseEntries: 10, reviseBy: places{cn: 10},
		addBy: places{"BELARUS": 1, "BURMA": 3, cn: 28, "PAKISTAN": 4, "RUSSIA": 1, "TAIWAN": 1}}},
	"2023-06663": {el: {addEntities: 11}},
	"2023-07840": {el: {addEntities: 28, addEntries: 32, reviseEntries: 2,
		addBy: places{"ARMENIA": 1, cn: 12, "MALTA": 1, "RUSSIA": 10, "SINGAPORE": 1, "SPAIN": 1, "SYRIA": 1, "TURKEY": 1,
			uae: 2, "UZBEKISTAN": 2}}},
	"2023-10684": {el: {addEntities: 71}},
	"2023-13196": {el: {addEntities: 1}},
	"2023-15343": {el: {addEntities: 4}},
	"2023-18125": {uvl: {removeEntities: 35,
		removeBy: places{cn: 27, "INDONESIA": 1, "PAKISTAN": 2, "SINGAPORE": 1, "TÜRKIYE": 1, uae: 1, "RUSSIA": 2}}},
	"2023-21080": {el: {addEntities: 28, reviseEntries: 2}, meu: {removeEntities: 1, removeBy: places{cn: 1}}},
	"2023-25557": {el: {removeEntities: 1, removeBy: places{cn: 1}}},
	"2023-27928": {uvl: {addEntities: 13, addBy: places{cn: 13}}},
	"2024-01253": {uvl: {removeEntities: 3, removeBy: places{"CANADA": 1, cn: 1, uae: 1}}},
	"2024-03674": {el: {addEntities: 2, addEntries: 7, reviseEntries: 2, removeEntities: 1, reviseBy: places{cn: 2},
		removeBy: places{uae: 1},
		addBy:    places{"CANADA": 1, cn: 1, "INDIA": 1, "JAPAN": 1, "MALAYSIA": 1, "SWEDEN": 1, uae: 1}}},
	"2024-07760": {el: {addEntries: 11, reviseEntities: 1, addBy: places{cn: 6, "RUSSIA": 3, uae: 2},
		reviseBy: places{cn: 1}}},
	"2024-10485": {el: {addEntities: 37, addEntries: 37, addBy: places{cn: 37}}},
	"2025-00480": {el: {addEntities: 16, addBy: places{cn: 14, "SINGAPORE": 2}}},
	"2025-00704": {el: {addEntities: 11, addEntries: 11, reviseEntries: 1, addBy: places{cn: 11},
		reviseBy: places{"INDIA": 1}}},
	"2025-05427": {el: {addEntities: 12, addBy: places{cn: 11, "TAIWAN": 1}}},
	"2025-07185": {uvl: {addEntities: 18, removeEntities: 5, removeBy: places{cn: 3, uae: 2},
		addBy: places{cn: 5, "FINLAND": 6, "TÜRKIYE": 3, "KAZAKHSTAN": 2, "ITALY": 1, gb: 1}}},
	"2025-19508": {el: {addEntries: 29, addEntities: 26, addAddresses: 3, addBy: places{cn: 19, "TURKEY": 9, uae: 1}}},
	"2025-19858": {el: {removeEntities: 1, removeAliases: 6, removeBy: places{cn: 1}}},
}

// counts puts the truth of one document into the shape that is promised.
func counts(by map[string]truth) diff.Declared {
	n := func(v int) *int {
		if v == 0 {
			return nil
		}
		return &v
	}
	d := diff.Declared{}
	for list, s := range by {
		d[diff.ListID(list)] = diff.Counts{AddedEntities: n(s.addEntities), AddedEntries: n(s.addEntries),
			RemovedEntities: n(s.removeEntities),
			RemovedEntries:  n(s.removeEntries), RevisedEntities: n(s.reviseEntities), RevisedEntries: n(s.reviseEntries),
			AddedAddresses: n(s.addAddresses), RemovedAddresses: n(s.removeAddresses), RemovedAliases: n(s.removeAliases),
			AddedByCountry: s.addBy, RemovedByCountry: s.removeBy, RevisedByCountry: s.reviseBy}
	}
	return d
}

func sameDeclared(t *testing.T, what string, got diff.Declared, want map[string]truth) {
	t.Helper()
	g, err1 := json.Marshal(got)
	w, err2 := json.Marshal(counts(want))
	if err1 != nil || err2 != nil || string(g) != string(w) {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// reads holds what a text says, and whether a person must read it, against the truth.
func reads(t *testing.T, what, text string, want map[string]truth, human bool) {
	t.Helper()
	got, problems := Read("", text)
	sameDeclared(t, what, got, want)
	if diff.NeedsHuman(problems) != human {
		t.Errorf("%s: problems %v", what, problems)
	}
}

func TestDeclaredOfAbstracts(t *testing.T) {
	sc := bufio.NewScanner(bytes.NewReader(require.File(t, "fr-api/abstracts.jsonl")))
	sc.Buffer(nil, 1<<20)
	seen := 0
	for sc.Scan() {
		var d struct {
			Number   string `json:"document_number"`
			Abstract string `json:"abstract"`
			Title    string `json:"title"`
		}
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		want := abstractsTruth[d.Number]
		if len(want) > 0 {
			seen++
		}
		got, problems := Read("", d.Abstract)
		sameDeclared(t, d.Number, got, want)
		withTitle, _ := Read(d.Title, d.Abstract)
		sameDeclared(t, d.Number+" with its title", withTitle, want)
		if len(problems) > 0 {
			t.Errorf("%s: problems %v", d.Number, problems)
		}
	}
	if seen != len(abstractsTruth) {
		t.Errorf("%d of the %d documents of the truth table were seen", seen, len(abstractsTruth))
	}
}

const wordingsLead = "In this rule, the Bureau of Industry and Security (BIS) amends the Export Administration " +
	"Regulations " +
	"(EAR) by "

var wordings = []struct {
	text string
	want map[string]truth
}{
	{wordingsLead + "removing two addresses associated with Arrow Electronics (Hong Kong) Co., Ltd. from the Entity " +
		"List under " +
		"the destination of China, " +
		"People's Republic of (China). This determination follows the removal from the Entity List of Arrow China " +
		"Electronics Trading Co., Ltd., " +
		"and the removal of six aliases for Arrow Electronics (Hong Kong) Co., Ltd. in November 2025.",
		map[string]truth{el: {removeAddresses: 2}}},
	{wordingsLead + "removing two addresses associated with one entity on the Entity List under the destination of China.",
		map[string]truth{el: {removeAddresses: 2}}},
	{wordingsLead + "removing five aliases of one entity on the Entity List.", map[string]truth{el: {removeAliases: 5}}},
	{wordingsLead + "adding four entities to the Entity List. Three of the entities are under China and one is under " +
		"Turkey.",
		map[string]truth{el: {addEntities: 4, addBy: places{cn: 3, "TURKEY": 1}}}},
	{wordingsLead + "removing one entity from the Entity List under the destination of Turkey.",
		map[string]truth{el: {removeEntities: 1, removeBy: places{"TURKEY": 1}}}},
	{wordingsLead + "adding 43 entities under 50 entries to the Entity List. These entities are listed under the " +
		"destinations " +
		"of the People's Republic of " +
		"China (China) (31), Kenya (1), Laos (1), Malaysia (1), Pakistan (4), Singapore (1), South Africa (3), Thailand " +
		"(1), the United Arab Emirates (UAE) (6) and the United Kingdom (1).",
		map[string]truth{el: {addEntities: 43, addEntries: 50,
			addBy: places{cn: 31, "KENYA": 1, "LAOS": 1, "MALAYSIA": 1, "PAKISTAN": 4,
				"SINGAPORE": 1, "SOUTH AFRICA": 3, "THAILAND": 1, uae: 6, gb: 1}}}},
	{wordingsLead + "adding forty-four entities (eight entities and thirty-six subordinate institutions) to the Entity " +
		"List. " +
		"These entities will be listed under the destination of China.",
		map[string]truth{el: {addEntities: 44, addBy: places{cn: 44}}}},
	{wordingsLead + "adding seventy-seven entities, under a total of seventy-eight entries, to the Entity List. The " +
		"seventy-seven entities that are added have been determined to act contrary to U.S. interests. " +
		"This final rule also revises one existing entry and removes a total of four entries from the Entity List, one " +
		"each under China, Israel, Syria and Vietnam.",
		map[string]truth{el: {addEntities: 77, addEntries: 78, reviseEntries: 1, removeEntries: 4,
			removeBy: places{cn: 1, "ISRAEL": 1, "SYRIA": 1, "VIETNAM": 1}}}},
	{wordingsLead + "adding five entities and eight addresses to the Entity List and making changes to the Entity List " +
		"structure.",
		map[string]truth{el: {addEntities: 5, addAddresses: 8}}},
	{"This final rule adds one hundred and fourteen persons to the Entity List, amending the EAR.",
		map[string]truth{el: {addEntities: 114}}},
	{"The Bureau of Industry and Security (BIS) is also adding sixty-eight non-U.S. affiliates of Huawei to the " +
		"Entity List.", map[string]truth{el: {addEntities: 68}}},
	{wordingsLead + "adding four additional entities to the Unverified List (UVL): two in China, one in Malaysia, and " +
		"one in " +
		"the United Arab Emirates.",
		map[string]truth{uvl: {addEntities: 4, addBy: places{cn: 2, "MALAYSIA": 1, uae: 1}}}},
	{wordingsLead + "removing two of the entities on the Entity List under the destination of Israel.",
		map[string]truth{el: {removeEntities: 2, removeBy: places{"ISRAEL": 2}}}},
	{wordingsLead + "revising one existing entry under the destination of China, and correcting the addresses of two " +
		"entities " +
		"on the Entity List.",
		map[string]truth{el: {reviseEntries: 1, reviseEntities: 2, reviseBy: places{cn: 1}}}},
	{wordingsLead + "adding 140 entities to and modifying 14 existing entries on the Entity List. The entities added " +
		"are " +
		"listed under the destinations of China (137), " +
		"Japan (2), and Singapore (1).", map[string]truth{el: {addEntities: 140, reviseEntries: 14, addBy: places{cn: 137,
		"JAPAN": 2, "SINGAPORE": 1}}}},
	{wordingsLead + "adding seventy entities, i.e., sixty companies and ten individuals, to the Entity List.",
		map[string]truth{el: {addEntities: 70}}},
	{wordingsLead + "adding one hundred twenty entities under 121 entries in Belarus (25) and Russia (96) to the " +
		"Entity List.",
		map[string]truth{el: {addEntities: 120, addEntries: 121, addBy: places{"BELARUS": 25, "RUSSIA": 96}}}},
	{wordingsLead + "removing two persons (one in Canada and one in India) from the UVL.",
		map[string]truth{uvl: {removeEntities: 2, removeBy: places{"CANADA": 1, "INDIA": 1}}}},
	{wordingsLead + "adding to the Entity List thirty-three entities under thirty-five entries, and removing from the " +
		"Entity " +
		"List one entity under the destination of Oman.",
		map[string]truth{el: {addEntities: 33, addEntries: 35, removeEntities: 1, removeBy: places{"OMAN": 1}}}},
	{"The End-User Review Committee determined to add four entities to the Entity List under the EAR, and BIS now " +
		"adds these four entities to the Entity List.",
		map[string]truth{el: {addEntities: 4}}},
	{wordingsLead + "removing eight persons from the Unverified List (UVL), all under the destination of the People's " +
		"Republic " +
		"of China (China), and by moving two persons from the UVL " +
		"to the Entity List under the destination of India.",
		map[string]truth{el: {addEntities: 2, addBy: places{"INDIA": 2}},
			uvl: {removeEntities: 10, removeBy: places{cn: 8, "INDIA": 2}}}},
	{wordingsLead + "removing an entity and two addresses from the Entity List.",
		map[string]truth{el: {removeEntities: 1, removeAddresses: 2}}},
	{"This rule amends the EAR. It adds eight entities to the Entity List under the destinations of the Russian " +
		"Federation (6) and Türkiye (2).",
		map[string]truth{el: {addEntities: 8, addBy: places{"RUSSIA": 6, "TURKEY": 2}}}},
	{wordingsLead + "adding three Afghan entities and revising two Russian entities on the Entity List.",
		map[string]truth{el: {addEntities: 3, addBy: places{"AFGHANISTAN": 3}, reviseEntities: 2,
			reviseBy: places{"RUSSIA": 2}}}},
	{wordingsLead + "adding 20 entities to the Entity List under the destinations of Ruritania (2) and Malta (18).",
		map[string]truth{el: {addEntities: 20, addBy: places{"Ruritania": 2, "MALTA": 18}}}},
	{wordingsLead + "applying the Russia/Belarus-Military End User Foreign Direct Product rule to ten existing entries " +
		"for six " +
		"existing entities on the Entity List.", nil},
	{wordingsLead + "expanding the scope of license requirements for thirteen entities on the Entity List.", nil},
	{"On July 1, 2024, the Bureau of Industry and Security (BIS) published a final rule that added six entities to " +
		"the Entity List. This rule corrects a typographical error in the authority citation.", nil},
	{"The Department of Homeland Security adds two entities and eight subsidiaries to the UFLPA Entity List.", nil},
	{"The Department of State adds three entities to the Cuba Restricted List.", nil},
	{"The Food and Drug Administration is removing two entries from its list of color additives.", nil},
	{"", nil},
}

// TestDeclaredWordings are further wordings: of rules before 2020, of other documents, and of what must not be counted.
func TestDeclaredWordings(t *testing.T) {
	for _, c := range wordings {
		got, _ := Read("", c.text)
		sameDeclared(t, c.text, got, c.want)
	}
	if _, problems := Read("",
		"BIS is adding 20 entities to the Entity List under the destination of Ruritania (20)."); len(problems) != 1 {
		t.Errorf("a word that is no country: problems %v", problems)
	}
}
