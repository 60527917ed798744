package uk

// target is where a column's value goes.
type target int

const (
	skip    target = iota // known, and of no use
	own                   // read by name: the names, the id, the type, the addresses
	fact                  // an attribute
	id                    // an id
	program               // a program
	remark                // the remarks
)

// column maps one column. With names a further column whose text belongs to the same value.
type column struct {
	to   target
	kind string // of the attribute or id
	more string // a column with further words on the value
	sep  string // between several values in one cell; none where empty
}

// columns are the columns of both lists.
var columns = map[string]column{
	"Last Updated": {to: skip}, "UK Sanctions List Date Designated": {to: fact, kind: "designated_on"},
	"Unique ID": {to: own}, "Group ID": {to: own}, "Name 1": {to: own}, "Name 2": {to: own}, "Name 3": {to: own},
	"Name 4": {to: own},
	"Name 5": {to: own}, "Name 6": {to: own}, "Name type": {to: own}, "Alias Type": {to: own}, "Alias Quality": {to: own},
	"Alias strength": {to: own}, "Name non-latin script": {to: own}, "Name Non-Latin Script": {to: own},
	"Non-latin script type": {to: skip}, "Non-latin script language": {to: skip}, "Non-Latin Script Type": {to: skip},
	"Non-Latin Script Language": {to: skip}, "Designation Type": {to: own}, "Group Type": {to: own},
	"OFSI Group ID":         {to: id, kind: "OFSI Group ID"},
	"UN Reference Number":   {to: id, kind: "UN reference number"},
	"UK Sanctions List Ref": {to: id, kind: "UK Sanctions List Ref"},
	"Title":                 {to: fact, kind: "title"},
	"Regime Name":           {to: program}, "Regime": {to: program},
	"Designation source":      {to: fact, kind: "designation_source"},
	"Sanctions Imposed":       {to: fact, kind: "sanctions_imposed", sep: "|"},
	"Other Information":       {to: remark},
	"UK Statement of Reasons": {to: fact, kind: "statement_of_reasons"},
	"Address Line 1":          {to: own}, "Address Line 2": {to: own}, "Address Line 3": {to: own},
	"Address Line 4": {to: own},
	"Address Line 5": {to: own}, "Address Line 6": {to: own}, "Address Postal Code": {to: own},
	"Address Country": {to: own},
	"Address 1":       {to: own}, "Address 2": {to: own}, "Address 3": {to: own}, "Address 4": {to: own}, "Address 5": {to: own},
	"Address 6": {to: own}, "Post/Zip Code": {to: own}, "Country": {to: own},
	"Phone number": {to: fact, kind: "phone"}, "Website": {to: fact, kind: "website"},
	"Email address":   {to: fact, kind: "email"},
	"Date Designated": {to: fact, kind: "designated_on"}, "Listed On": {to: fact, kind: "listed_on"},
	"D.O.B": {to: fact, kind: "birth"}, "DOB": {to: fact, kind: "birth"},
	"Nationality(/ies)": {to: fact, kind: "nationality"}, "Nationality": {to: fact, kind: "nationality"},
	"National Identifier number": {to: id, kind: "National Identifier",
		more: "National Identifier additional information"},
	"National Identification Number": {to: id, kind: "National Identifier", more: "National Identification Details"},
	"NI Number":                      {to: id, kind: "National Identifier"},
	"Passport number":                {to: id, kind: "Passport", more: "Passport additional information"},
	"Passport Number":                {to: id, kind: "Passport", more: "Passport Details"},
	"Position":                       {to: fact, kind: "position"}, "Gender": {to: fact, kind: "gender"},
	"Town of birth":  {to: fact, kind: "birth_place", more: "Country of birth"},
	"Town of Birth":  {to: fact, kind: "birth_place", more: "Country of Birth"},
	"Type of entity": {to: fact, kind: "entity_type"},
	"Subsidiaries":   {to: fact, kind: "subsidiaries"}, "Parent company": {to: fact, kind: "parent_company"},
	"Business registration number (s)": {to: id, kind: "Business registration number"},
	"IMO number":                       {to: id, kind: "IMO number"},
	"Current owner/operator (s)":       {to: fact, kind: "vessel_owner"},
	"Previous owner/operator (s)":      {to: fact, kind: "previous_vessel_owner"},
	"Current believed flag of ship":    {to: fact, kind: "vessel_flag"},
	"Previous flags":                   {to: fact, kind: "previous_vessel_flag"},
	"Type of ship":                     {to: fact, kind: "vessel_type"},
	"Tonnage of ship":                  {to: fact, kind: "tonnage"},
	"Length of ship":                   {to: fact, kind: "length"},
	"Year Built":                       {to: fact, kind: "year_built"},
	"Hull identification number (HIN)": {to: id, kind: "Hull identification number"},
}

// partners are the columns that stand beside another as its further words; where that other one is absent they stand
// for themselves.
var partners = map[string]column{
	"National Identifier additional information": {to: id, kind: "National Identifier"},
	"National Identification Details":            {to: id, kind: "National Identifier"},
	"Passport additional information":            {to: id, kind: "Passport"},
	"Passport Details":                           {to: id, kind: "Passport"},
	"Country of birth":                           {to: fact, kind: "birth_place"},
	"Country of Birth":                           {to: fact, kind: "birth_place"},
}
