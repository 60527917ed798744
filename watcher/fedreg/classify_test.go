package fedreg

import "testing"

func TestClassify(t *testing.T) {
	bis := []agency{{Slug: "commerce-department"}, {Slug: "industry-and-security-bureau"}}
	dhs := []agency{{Slug: "homeland-security-department"}}
	state := []agency{{Slug: "state-department"}}
	cases := []struct {
		d    document
		want relevance
	}{
		{document{Type: "Rule", Agencies: bis, Title: "Additions of Entities to the Entity List"}, fullText},
		{document{Type: "Rule", Agencies: bis, Title: "Implementation of Additional Sanctions Against Russia and Belarus"},
			fullText},
		{document{Type: "Rule", Agencies: state, Title: "Amendments to Several Parts",
			CFR: []cfrReference{{15, 774}, {15, 744}}}, fullText},
		{document{Type: "Rule", Agencies: bis, Title: "Request for Licences; Outcome of the Meeting of May"}, fullText},
		{document{Type: "Rule", Agencies: state, Title: "Visa Fees", CFR: []cfrReference{{22, 41}}}, ignored},
		{document{Type: "Notice", Agencies: bis, Title: "Removals",
			Abstract: "The End-User Review Committee amends the Unverified List in the EAR."}, fullText},
		{document{Type: "Rule", Agencies: bis, Title: "Additions; Correction", CorrectionOf: "https://x/documents/2024-1"},
			fullText},
		{document{Type: "Notice", Agencies: dhs,
			Title: "Notice Regarding the Uyghur Forced Labor Prevention Act Entity List"}, ignored},
		{document{Type: "Notice", Agencies: dhs, Title: "Notice on the Addition of Entities to the UFLPA Entity List",
			Abstract: "The FLETF adds two entities to the Entity List."}, ignored},
		{document{Type: "Notice", Agencies: bis, Title: "Order Denying Export Privileges"}, readThis},
		{document{Type: "Notice", Agencies: bis,
			Title: "In the Matter of: Jan Muster, Inmate Number 1; Order Denying Export Privileges"}, readThis},
		{document{Type: "Notice", Agencies: bis, Title: "Muster Airlines; Order",
			Action: "Order Renewing Temporary Denial of Export Privileges"}, readThis},
		{document{Type: "Notice", Agencies: state, Title: "Notice of Department of State Sanctions Actions"}, readThis},
		{document{Type: "Notice", Agencies: state,
			Title: "Bureau of Political-Military Affairs; Statutory Debarment Under the Arms Export Control Act"}, readThis},
		{document{Type: "Notice", Agencies: state, Title: "Imposition of Nonproliferation Measures Against Foreign Persons"},
			readThis},
		{document{Type: "Notice", Agencies: bis,
			Title: "Agency Information Collection Activities; Denial of Export Privileges Form"}, ignored},
		{document{Type: "Notice", Agencies: bis, Title: "Technical Advisory Committees; Notice of Recruitment of Members"},
			ignored},
		{document{Type: "Notice", Agencies: bis,
			Title:    "Request for Comments on Future Extensions of Temporary General License",
			Abstract: "… on the Entity List …"}, ignored},
		{document{Type: "Notice", Agencies: bis, Title: "Membership of the Performance Review Boards"}, ignored},
		{document{Type: "Notice", Agencies: bis, Title: "Sunshine in Government"}, ignored},
	}
	for _, tc := range cases {
		got, why := classify(tc.d)
		if got != tc.want || (got == readThis) != (why != "") {
			t.Errorf("%s: %d (%s), want %d", tc.d.Title, got, why, tc.want)
		}
	}
}

// A rule about orders is no order.
func TestRulesOnProceduresConcernNoParty(t *testing.T) {
	for title, want := range map[string]relevance{
		"Revisions of Temporary Denial Order Provisions To Allow for Extended Renewals":     ignored,
		"Imposition of Restrictions on Certain Persons Identified as Specially Designated":  ignored,
		"Revocation of Validated End-User Authorizations in the People's Republic of China": readThis,
	} {
		if got, why := concernsParties(document{Type: "Rule", Title: title}); got != want {
			t.Errorf("%s: %d (%s), want %d", title, got, why, want)
		}
	}
}

// Agencies are known by their words, in whatever order a slug or a name puts them.
func TestAgencyIsKnownByItsWords(t *testing.T) {
	watched := []string{"industry-and-security-bureau"}
	for _, a := range []agency{{Slug: "industry-and-security-bureau"}, {Slug: "bureau-of-industry-and-security"},
		{Slug: "bis", RawName: "Bureau of Industry and Security"},
		{Slug: "x", Name: "Industry and Security Bureau"}} {
		if !a.known(watched) {
			t.Errorf("%+v is not known", a)
		}
	}
	for _, a := range []agency{{Slug: "industry-bureau"},
		{Slug: "diplomatic-security-bureau", Name: "Bureau of Diplomatic Security"}, {}} {
		if a.known(watched) {
			t.Errorf("%+v passes", a)
		}
	}
}
