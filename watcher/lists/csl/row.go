package csl

import (
	"fmt"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fetch/records"
)

// row is one record of either form, all lists taken apart.
type row struct {
	ID, Source, EntityNumber, Type, Name, Title      string
	Notice, StartDate, EndDate, StandardOrder        string
	LicenseRequirement, LicensePolicy, Remarks       string
	CallSign, VesselType, GrossTonnage, GRT          string
	VesselFlag, VesselOwner                          string
	Programs, AltNames, Addresses, Countries         []string
	Citizenships, Births, Nationalities, BirthPlaces []string
	IDs                                              []diff.ID
	unknown                                          []diff.Attribute // fields that are not known here
}

// lists maps the code that a source's name carries in parentheses to the list.
var lists = map[string]diff.ListID{
	"EL": diff.EntityList, "UVL": diff.UnverifiedList, "MEU": diff.MilitaryEndUserList, "DPL": diff.DeniedPersons,
	"SDN": diff.SDN, "SSI": diff.SSI, "CMIC": diff.CMIC, "NS-CMIC": diff.CMIC, "MBS": diff.MBS, "NS-MBS": diff.MBS,
	"CAP": diff.CAPTA, "CAPTA": diff.CAPTA, "PLC": diff.PLC, "NS-PLC": diff.PLC, "FSE": diff.FSE,
	"ISN": diff.Nonproliferation, "DTC": diff.ITARDebarred,
}

// listOf is the list that a source's name stands for: "Entity List (EL) - Bureau of Industry and Security".
func listOf(source string) (diff.ListID, bool) {
	_, after, _ := strings.Cut(source, "(")
	code, _, _ := strings.Cut(after, ")")
	id, ok := lists[strings.TrimSuffix(strings.TrimSpace(code), " List")]
	return id, ok
}

// entry maps a row. The key has no ordinal yet.
func (r *row) entry(list diff.ListID) diff.Entry {
	e := diff.Entry{
		List: list, Kind: records.KindOf(r.Type), Name: r.Name, Aliases: r.AltNames, Addresses: r.Addresses,
		Countries: r.Countries, Programs: r.Programs, LicenseRequirement: r.LicenseRequirement,
		LicenseReviewPolicy: r.LicensePolicy, Citations: lawtext.ReadCitations(r.Notice), Remarks: r.Remarks,
	}
	if len(r.Countries) > 0 {
		e.Country = heading(list, r.Countries[0]) // the first by name: the same whatever the order of the addresses
	}
	for _, id := range r.IDs {
		if records.IsIdentifier(id.Type) {
			e.IDs = append(e.IDs, id)
		} else {
			e.Attributes = append(e.Attributes, diff.Attribute{Type: id.Type, Value: id.Value})
		}
	}
	e.Attributes = append(append(e.Attributes, r.attributes()...), r.unknown...)
	if r.EntityNumber != "" {
		e.Key = diff.MakeIDKey(list, r.EntityNumber)
	} else {
		e.Key = diff.MakeKey(list, "", r.Name)
	}
	return e
}

// heading is the country under which the list itself has a party: the lists of 15 CFR part 744 have Hong Kong under
// China.
func heading(list diff.ListID, code string) string {
	if code == "HK" && list.ActGoverned() {
		return "CN"
	}
	return code
}

func (r *row) attributes() []diff.Attribute {
	var out []diff.Attribute
	add := func(kind string, values ...string) {
		for _, v := range values {
			if v != "" {
				out = append(out, diff.Attribute{Type: kind, Value: v})
			}
		}
	}
	add("title", r.Title)
	add("birth", r.Births...)
	add("birth_place", r.BirthPlaces...)
	add("nationality", r.Nationalities...)
	add("citizenship", r.Citizenships...)
	add("start_date", r.StartDate)
	add("end_date", r.EndDate)
	add("standard_order", r.StandardOrder)
	add("call_sign", r.CallSign)
	add("vessel_type", r.VesselType)
	add("gross_tonnage", r.GrossTonnage)
	add("gross_registered_tonnage", r.GRT)
	add("vessel_flag", r.VesselFlag)
	add("vessel_owner", r.VesselOwner)
	return out
}

// place adds an address and its country, a code in the file's own writing.
func (r *row) place(address, country string) {
	if address != "" {
		r.Addresses = append(r.Addresses, address)
	}
	records.AddCountry(&r.Countries, countryCode(country))
}

// countryCode is the ISO code of a country; "UK" is GB. What is none (a state's letters behind an address without a
// country) is nothing.
func countryCode(s string) string {
	code, _ := diff.CountryCode(s)
	return code
}

// print is what a row may be that cannot be read: the entry with its number, where it has one. Its list is "" where it
// names none.
func (r *row) print(list diff.ListID) diff.UnreadRecord {
	number := r.EntityNumber
	if list == "" {
		number = ""
	}
	return records.UnreadOf(list, number, fmt.Sprintf("%+v", *r))
}
