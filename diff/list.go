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

var listTitles = []struct {
	id    ListID
	title string
}{
	{EntityList, "Entity List"},
	{UnverifiedList, "Unverified List"},
	{MilitaryEndUserList, "Military End-User List"},
	{DeniedPersons, "Denied Persons List"},
	{SDN, "SDN List"},
	{SSI, "Sectoral Sanctions Identifications List"},
	{CMIC, "Chinese Military-Industrial Complex Companies List"},
	{MBS, "Menu-Based Sanctions List"},
	{CAPTA, "CAPTA List"},
	{PLC, "Palestinian Legislative Council List"},
	{FSE, "Foreign Sanctions Evaders List"},
	{Nonproliferation, "Nonproliferation Sanctions"},
	{ITARDebarred, "ITAR Debarred List"},
	{UNSC, "UN Security Council Consolidated List"},
	{UKSanctions, "UK Sanctions List"},
	{EUFSF, "EU Financial Sanctions List"},
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

// ActGoverned reports whether the list changes only by published rules, so that an entry that vanishes without one is held.
func (l ListID) ActGoverned() bool {
	return l == EntityList || l == UnverifiedList || l == MilitaryEndUserList
}

// OFAC reports whether the list is one of the Office of Foreign Assets Control.
func (l ListID) OFAC() bool { return strings.HasPrefix(string(l), "us-ofac-") }
