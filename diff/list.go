package diff

import "strings"

// ListID names one legal list, whoever shows it.
type ListID string

// The lists that EntityWatch knows.
const (
	EntityList          ListID = "us-bis-entity-list"        // 15 CFR part 744, supplement no. 4
	UnverifiedList      ListID = "us-bis-unverified"         // 15 CFR part 744, supplement no. 6
	MilitaryEndUserList ListID = "us-bis-military-end-user"  // 15 CFR part 744, supplement no. 7
	DeniedPersons       ListID = "us-bis-denied-persons"     // orders denying export privileges
	SDN                 ListID = "us-ofac-sdn"               // Specially Designated Nationals and Blocked Persons
	SSI                 ListID = "us-ofac-ssi"               // Sectoral Sanctions Identifications
	CMIC                ListID = "us-ofac-cmic"              // Chinese Military-Industrial Complex Companies
	MBS                 ListID = "us-ofac-mbs"               // Menu-Based Sanctions
	CAPTA               ListID = "us-ofac-capta"             // Correspondent and payable-through account sanctions
	PLC                 ListID = "us-ofac-plc"               // Palestinian Legislative Council
	FSE                 ListID = "us-ofac-fse"               // Foreign Sanctions Evaders
	Nonproliferation    ListID = "us-state-nonproliferation" // Nonproliferation sanctions
	ITARDebarred        ListID = "us-state-itar-debarred"    // AECA debarred parties
	UNSC                ListID = "un-sc"                     // UN Security Council consolidated list
	UKSanctions         ListID = "uk-sanctions"              // UK Sanctions List
	EUFSF               ListID = "eu-fsf"                    // EU financial sanctions files
)

// ofacCons is where OFAC shows its lists other than the SDN List.
const ofacCons = "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList"

var listTitles = []struct {
	id    ListID
	title string
	// page is the publisher's own page of the list: of the lists of the United States as the screening list of 2026-07-31 links to it, of
	// those of the UN, the UK and the EU as many other readers of these lists do.
	page string
}{
	{EntityList, "Entity List",
		"https://www.bis.gov/regulations/ear/744#supplement-4-744"},
	{UnverifiedList, "Unverified List",
		"https://www.bis.gov/regulations/ear/744#supplement-6-744"},
	{MilitaryEndUserList, "Military End-User List",
		"https://www.bis.gov/regulations/ear/744#supplement-7-744"},
	{DeniedPersons, "Denied Persons List",
		"https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl"},
	{SDN, "SDN List",
		"https://sanctionslist.ofac.treas.gov/Home/SdnList"},
	{SSI, "Sectoral Sanctions Identifications List",
		ofacCons},
	{CMIC, "Chinese Military-Industrial Complex Companies List",
		ofacCons},
	{MBS, "Menu-Based Sanctions List",
		ofacCons},
	{CAPTA, "CAPTA List",
		ofacCons},
	{PLC, "Palestinian Legislative Council List",
		ofacCons},
	{FSE, "Foreign Sanctions Evaders List",
		ofacCons},
	{Nonproliferation, "Nonproliferation Sanctions",
		"https://www.state.gov/key-topics-bureau-of-international-security-and-nonproliferation/nonproliferation-sanctions/"},
	{ITARDebarred, "ITAR Debarred List",
		"https://www.pmddtc.state.gov/ddtc_public?id=ddtc_kb_article_page&sys_id=c22d1833dbb8d300d0a370131f9619f0"},
	{UNSC, "UN Security Council Consolidated List",
		"https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"},
	{UKSanctions, "UK Sanctions List",
		"https://www.gov.uk/government/publications/the-uk-sanctions-list"},
	{EUFSF, "EU Financial Sanctions List",
		"https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions"},
}

// Lists returns every known list, in a fixed order.
func Lists() []ListID {
	ids := make([]ListID, len(listTitles))
	for i, l := range listTitles {
		ids[i] = l.id
	}
	return ids
}

// Title is the list's name as a reader knows it; the id itself where the list is not known.
func (l ListID) Title() string {
	for _, t := range listTitles {
		if t.id == l {
			return t.title
		}
	}
	return string(l)
}

// Page is the publisher's page of the list, for people; "" where the list is not known.
func (l ListID) Page() string {
	for _, t := range listTitles {
		if t.id == l {
			return t.page
		}
	}
	return ""
}

// ActGoverned reports whether the list changes only by published rules, so that an entry that vanishes without one is held.
func (l ListID) ActGoverned() bool {
	return l == EntityList || l == UnverifiedList || l == MilitaryEndUserList
}

// OFAC reports whether the list is one of the Office of Foreign Assets Control.
func (l ListID) OFAC() bool { return strings.HasPrefix(string(l), "us-ofac-") }
