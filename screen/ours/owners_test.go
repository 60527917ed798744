package ours_test

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/screen/match"
	"entitywatch/screen/ours"
)

// ownership runs an owners file over counterparties and two or three listed parties.
func ownership(t *testing.T, owners string, w ours.Ownership, on diff.Date) (hits []match.Hit, errs []ours.RowError) {
	t.Helper()
	entries := []diff.Entry{
		{List: diff.EntityList, Key: "el/zarlink", Name: "Zarlink Works",
			LicenseRequirement: "For all items subject to the EAR.", LicenseReviewPolicy: "Presumption of denial."},
		{List: diff.UnverifiedList, Key: "uvl/quomex", Name: "Quomex Trading"},
		{List: diff.SDN, Key: "sdn/1", Name: "Perivolt Bank", Programs: []string{"RUSSIA-EO14024"}},
		{List: diff.EntityList, Key: "el/ternovax", Name: "Ternovax",
			LicenseRequirement: "For items classified under 3A001.", LicenseReviewPolicy: "Case-by-case."},
	}
	ix := match.NewIndex(entries, match.Options{})
	cps := ours.NewCounterparties([]ours.Counterparty{
		{ID: "Z", Name: "Zarlink Works"}, {ID: "Q", Name: "Quomex Trading"}, {ID: "P", Name: "Perivolt Bank"},
		{ID: "T", Name: "Ternovax"},
		{ID: "A", Name: "Ambrel"}, {ID: "B", Name: "Bondrix"}, {ID: "C", Name: "Corvane"}, {ID: "M", Name: "M"},
	})
	direct, err := cps.Screen(t.Context(), ix, match.DefaultThreshold, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	o, errs, err := ours.ReadOwners(strings.NewReader(owners))
	if err != nil {
		t.Fatal(err)
	}
	return o.Affiliates(cps, direct, ix, w, on, match.DefaultThreshold), errs
}

func TestOwnership(t *testing.T) {
	both := ours.Ownership{OFAC: ours.Rule{On: true}, BIS: ours.Rule{On: true}}
	for _, c := range []struct {
		name, owners string
		rules        ours.Ownership
		on           diff.Date
		want         []string // id, what it matched on, owner's key, first reason
	}{
		{"half is enough", "id,owner_id,percent\nA,Z,50\n", both, "",
			[]string{"A affiliate el/zarlink affiliate: 50% = 50% directly"}},
		{"just below is a red flag", "id,owner_id,percent\nA,Z,49.9%\n", both, "",
			[]string{"A red flag el/zarlink red flag: 49.9% counts, below 50%: 49.9% directly"}},
		{"never multiplied", "id,owner_id,percent\nA,Z,50\nB,A,50\n", both, "",
			[]string{"A affiliate el/zarlink affiliate: 50% = 50% directly",
				"B affiliate el/zarlink affiliate: 50% = 50% through Ambrel (50% owned, counts in full)"}},
		{"direct and through another", "id,owner_id,percent\nM,Z,55\nA,Z,40\nA,M,40\n", both, "", []string{
			"M affiliate el/zarlink affiliate: 55% = 55% directly",
			"A affiliate el/zarlink affiliate: 80% = 40% directly + 40% through M (55% owned, counts in full)"}},
		{"through one below it counts nothing", "id,owner_id,percent\nM,Z,30\nA,Z,40\nA,M,40\n", both, "", []string{
			"M red flag el/zarlink red flag: 30% counts, below 50%: 30% directly",
			"A red flag el/zarlink red flag: 40% counts, below 50%: 40% directly + 40% through M (30% owned, counts " +
				"nothing)"}},
		{"together, the strictest first", "id,owner_id,percent\nA,Z,25\nA,T,25\n", both, "", []string{
			"A affiliate el/zarlink affiliate: 50% = 25% directly by Zarlink Works + 25% directly by Ternovax",
			"A affiliate el/ternovax affiliate: 50% = 25% directly by Zarlink Works + 25% directly by Ternovax"}},
		{"the Unverified List has no such rule", "id,owner_id,percent\nA,Q,100\n", both, "", nil},
		{"an owner by name only", "id,owner_name,percent\nA,PERIVOLT BANK,60\n", both, "",
			[]string{"A affiliate sdn/1 affiliate: 60% = 60% directly"}},
		{"BIS suspended", "id,owner_id,percent\nA,Z,60\n", ours.Ownership{OFAC: ours.Rule{On: true},
			BIS: ours.Rule{On: true, From: "2026-11-10"}}, "2026-11-09", nil},
		{"BIS in force again", "id,owner_id,percent\nA,Z,60\n", ours.Ownership{BIS: ours.Rule{On: true, From: "2026-11-10"}},
			"2026-11-10",
			[]string{"A affiliate el/zarlink affiliate: 60% = 60% directly"}},
		{"off", "id,owner_id,percent\nA,Z,60\nB,P,60\n", ours.Ownership{}, "", nil},
		{"a circle ends", "id,owner_id,percent\nA,B,60\nB,A,60\nB,Z,40\n", both, "", []string{
			"A red flag el/zarlink red flag: 0% counts, below 50%: 60% through Bondrix (40% owned, counts nothing)",
			"B red flag el/zarlink red flag: 40% counts, below 50%: 60% through Ambrel (0% owned, counts nothing) + 40% " +
				"directly"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			hits, _ := ownership(t, c.owners, c.rules, c.on)
			var got []string
			for _, h := range hits {
				got = append(got, strings.Join([]string{h.ID, h.MatchedOn, h.Key, h.Reasons[0]}, " "))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestStrictestRequirement(t *testing.T) {
	both := ours.Ownership{OFAC: ours.Rule{On: true}, BIS: ours.Rule{On: true}}
	hits, _ := ownership(t, "id,owner_id,percent\nA,T,30\nA,Z,30\n", both, "")
	for _, h := range hits {
		if h.LicenseRequirement != "For all items subject to the EAR." {
			t.Errorf("%s: %q", h.Key, h.LicenseRequirement)
		}
	}
}

func TestOwnersFile(t *testing.T) {
	_, errs := ownership(t, "id;owner_id;percent\nA;Z;60\nA;T;50\nB;A;x\nB;B;10\nC;A;10\nA;C;10\n;Z;5\nC;;5\nC;Z;0\n",
		ours.Ownership{}, "")
	want := []string{
		`line 3: with this line the owners of A hold 110%: more than 100%`,
		`line 4: "x" is not a share in per cent`,
		`line 5: the party owns itself; the row says nothing of who stands behind it`,
		`line 6: a circle of owners: A owns C owns A`,
		`line 8: the row has no id`,
		`line 9: the row names no owner`,
		`line 10: a share of 0% cannot be: it must be over 0 and at most 100`,
	}
	var got []string
	for _, e := range errs {
		got = append(got, e.Error())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestUnknownShareOfAListedOwnerIsARedFlag takes the ways in which a share is left open, directly and behind another
// owner.
func TestUnknownShareOfAListedOwnerIsARedFlag(t *testing.T) {
	bis := ours.Ownership{BIS: ours.Rule{On: true}}
	const flag29 = "find out how much before going on (Red Flag 29, Supplement No. 3 to 15 CFR part 732)"
	for _, share := range []string{"", "unknown", "N/A", "?", "-", "not disclosed", "a majority", ">25"} {
		hits, errs := ownership(t, "id,owner_id,percent\nA,Z,"+share+"\nB,A,60\nC,Q,"+share+"\n", bis, "")
		if len(hits) != 2 || hits[0].ID != "A" || hits[1].ID != "B" {
			t.Fatalf("%q: %+v", share, hits)
		}
		for i, want := range []string{
			"red flag: an unknown share directly; " + flag29,
			"red flag: 60% through Ambrel (an unknown share of it owned, " +
				"may count in full); " + flag29,
		} {
			if hits[i].MatchedOn != match.OnRedFlag || hits[i].Key != "el/zarlink" || hits[i].Reasons[0] != want {
				t.Errorf("%q: %s on %s: %q", share, hits[i].Key, hits[i].MatchedOn, hits[i].Reasons)
			}
		}
		for _, e := range errs {
			if e.Loaded || !strings.Contains(e.Text, "not a share in per cent") {
				t.Errorf("%q: %v", share, e)
			}
		}
		if said := strings.ContainsAny(share, "m>"); said != (len(errs) == 2) {
			t.Errorf("%q: %d remarks", share, len(errs))
		}
	}
}

// TestUnknownShareSaysWhichRuleAsks names the rule, and counts the share beside others as nothing.
func TestUnknownShareSaysWhichRuleAsks(t *testing.T) {
	hits, _ := ownership(t, "id,owner_id,percent\nA,P,\n", ours.Ownership{OFAC: ours.Rule{On: true}}, "")
	if len(hits) != 1 || !strings.HasSuffix(hits[0].Reasons[0], "(OFAC's 50 percent rule, FAQ 398 to 402)") {
		t.Errorf("%+v", hits)
	}
	hits, _ = ownership(t, "id,owner_id,percent\nA,Z,60\nA,T,\n", ours.Ownership{BIS: ours.Rule{On: true}}, "")
	if len(hits) == 0 || hits[0].MatchedOn != match.OnAffiliate ||
		hits[0].Reasons[0] != "affiliate: 60% = 60% directly by Zarlink Works + an unknown share directly by Ternovax" {
		t.Errorf("%+v", hits)
	}
}

// TestOwnersNameReachesItsOwnPartyOnly has several entries of a list whose names are somewhat like the owner's.
func TestOwnersNameReachesItsOwnPartyOnly(t *testing.T) {
	var entries []diff.Entry
	for _, n := range []string{"Zarlink Works", "Zarlink Works Trading", "Zarlink Works Minsk", "Zarlink Work Co",
		"Zarlinck Works", "Zarlink Works Service Group"} {
		entries = append(entries, diff.Entry{List: diff.EntityList, Key: n, Name: n})
	}
	entries = append(entries, diff.Entry{List: diff.SDN, Key: "sdn", Name: "ZARLINK WORKS LTD",
		Programs: []string{"RUSSIA-EO14024"}})
	ix := match.NewIndex(entries, match.Options{})
	if all := ix.Search(match.Query{Name: "Zarlink Works"}, match.DefaultThreshold, 0); len(all) < 5 {
		t.Fatalf("only %d entries are like the owner", len(all))
	}
	cps := ours.NewCounterparties([]ours.Counterparty{{ID: "O", Name: "Zarlink Works"}, {ID: "A", Name: "Ambrel"},
		{ID: "B", Name: "Bondrix"}})
	direct, err := cps.Screen(t.Context(), ix, match.DefaultThreshold, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	o, _, err := ours.ReadOwners(strings.NewReader("id,owner_id,owner_name,percent\nA,O,,60\nB,,Zarlink Works,60\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range o.Affiliates(cps, direct, ix, ours.Ownership{BIS: ours.Rule{On: true}}, "", match.DefaultThreshold) {
		got = append(got, h.ID+" "+h.Key)
	}
	if want := []string{"A Zarlink Works", "A sdn", "B Zarlink Works", "B sdn"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
