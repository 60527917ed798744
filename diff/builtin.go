package diff

// BuiltIn is what a list may look like where nobody says otherwise. The minimum is about three quarters of the fewest entries that its
// publisher's real files had, and is meant for those alone: a mirror or a test may serve an excerpt.
func BuiltIn(list ListID) Plausible { return builtIn[list] }

// The files were: part 744 of 2026-03 (3,411, 186 and 70 entries), the screening list of 2026-07 (1,596 denied, 161 nonproliferation, 787
// ITAR), OFAC's of 2023-10 to 2026-07 (12,500–19,181 SDN, 286 sectoral, 68 CMIC, 14–51 menu-based, 78 PLC), the UN's of 2025 and 2026
// (877–1,003) and the UK's of 2018 to 2020 (2,100). Of CAPTA and FSE one entry is left each. Small lists lose several entries at once
// (the menu-based list half of its in two years).
var builtIn = map[ListID]Plausible{
	EntityList:          {MinEntries: 3000, MaxShrink: 0.02},
	UnverifiedList:      {MinEntries: 120, MaxShrink: 0.05},
	MilitaryEndUserList: {MinEntries: 50, MaxShrink: 0.05},
	DeniedPersons:       {MinEntries: 1000, MaxShrink: 0.05},
	SDN:                 {MinEntries: 9000, MaxShrink: 0.05},
	SSI:                 {MinEntries: 200, MaxShrink: 0.10},
	CMIC:                {MinEntries: 40, MaxShrink: 0.10},
	MBS:                 {MinEntries: 10, MaxShrink: 0.20},
	PLC:                 {MinEntries: 50, MaxShrink: 0.10},
	CAPTA:               {MaxShrink: 0.10},
	FSE:                 {MaxShrink: 0.10},
	Nonproliferation:    {MinEntries: 100, MaxShrink: 0.10},
	ITARDebarred:        {MinEntries: 500, MaxShrink: 0.05},
	UNSC:                {MinEntries: 600, MaxShrink: 0.05},
	UKSanctions:         {MinEntries: 1500, MaxShrink: 0.05},
	EUFSF:               {MinEntries: 1500, MaxShrink: 0.05},
}
