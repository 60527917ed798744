package replay

import (
	"slices"
	"strings"
)

// Screened is one record of the Consolidated Screening List, as its parts.
type Screened struct {
	ID        string   `yaml:"id"`
	Source    string   `yaml:"source"` // "Entity List (EL) - Bureau of Industry and Security"
	Number    string   `yaml:"number"` // entity_number, which the Treasury's lists have
	Type      string   `yaml:"type"`
	Name      string   `yaml:"name"`
	Aliases   []string `yaml:"aliases"`
	Programs  []string `yaml:"programs"`
	Addresses []Place  `yaml:"addresses"`
	Notice    string   `yaml:"notice"` // federal_register_notice
	Remarks   string   `yaml:"remarks"`
}

// Place is an address of a Screened.
type Place struct {
	Address string `yaml:"address"`
	City    string `yaml:"city"`
	Country string `yaml:"country"` // ISO 3166
}

// Screening is what happens to the Consolidated Screening List in one state.
type Screening struct {
	Add     []Screened `yaml:"add"`
	Without []string   `yaml:"without"` // sources, by a part of their name, whose records are missing in this state only
}

// screen moves the Consolidated Screening List on.
func (w *world) screen(st State) {
	w.without = nil
	if st.Screening == nil {
		return
	}
	w.screened = append(slices.Clone(w.screened), st.Screening.Add...)
	w.without = st.Screening.Without
}

const screeningPath = "/downloadable_consolidated_screening_list/v1/consolidated.json"

// screeningList renders consolidated.json; where the scenario has no such list, the file that a state may give word for word.
func screeningList(q query) answer {
	if len(q.screened) == 0 {
		return anyFile(q)
	}
	results := []map[string]any{}
	for _, r := range q.screened {
		if !slices.ContainsFunc(q.without, func(part string) bool { return strings.Contains(r.Source, part) }) {
			results = append(results, r.record())
		}
	}
	if q.do == "half" {
		results = results[:len(results)/2]
	}
	return jsonAnswer(map[string]any{"results": results})
}

// record is a record with all the keys that the service gives.
func (r Screened) record() map[string]any {
	addresses := []map[string]any{}
	for _, p := range r.Addresses {
		addresses = append(addresses, map[string]any{"address": null(p.Address), "city": null(p.City), "state": nil, "postal_code": nil, "country": null(p.Country)})
	}
	all := map[string]any{
		"id": r.ID, "source": r.Source, "entity_number": null(r.Number), "type": null(r.Type), "name": r.Name, "programs": texts(r.Programs),
		"alt_names": texts(r.Aliases), "addresses": addresses, "federal_register_notice": null(r.Notice), "remarks": null(r.Remarks),
		"source_list_url": "https://lists.example.gov/list", "source_information_url": "https://lists.example.gov/about",
	}
	for _, key := range []string{"title", "start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign",
		"vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner"} {
		all[key] = nil
	}
	for _, key := range []string{"citizenships", "dates_of_birth", "nationalities", "places_of_birth", "ids"} {
		all[key] = []any{}
	}
	return all
}

func texts(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
