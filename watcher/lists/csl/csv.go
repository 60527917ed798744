package csl

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// columns are the names of the columns that are read, and of those left out on purpose.
var columns = strings.Fields(`_id source entity_number type programs name title addresses federal_register_notice start_date end_date
	standard_order license_requirement license_policy call_sign vessel_type gross_tonnage gross_registered_tonnage vessel_flag
	vessel_owner remarks source_list_url alt_names citizenships dates_of_birth nationalities places_of_birth source_information_url ids
	country`)

// ParseCSV reads consolidated.csv, with 29 columns or, as it was once, 28 without _id. Its errors are *diff.Refused or
// the reader's.
func ParseCSV(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	body, err := records.Open(r)
	if err != nil {
		return nil, fmt.Errorf("csl: %w", err)
	}
	g := newGather(o)
	in := records.NewCSV(body, 0, &g.log)
	header := in.Next()
	if !slices.Contains(header, "source") || !slices.Contains(header, "name") {
		return nil, fmt.Errorf("csl: %w", records.Refuse("it has no header row with the columns source and name"))
	}
	g.log.Rows--
	cols := records.NewColumns(header)
	further := records.FurtherColumns(header, func(name string) bool { return slices.Contains(columns, name) })
	for {
		cells := in.Next()
		if cells == nil {
			break
		}
		if slices.Equal(cells, header) {
			g.again(in.Where())
			continue
		}
		r := csvRow(cols, cells)
		r.unknown = g.log.Further(further, cells, in.Where())
		g.add(r, in.Where)
	}
	if in.Err() != nil {
		return nil, fmt.Errorf("csl: %w", in.Err())
	}
	cut := in.Cut()
	if cut == "" && in.EndsOpen() {
		cut = "its last row has no end"
	}
	if cut != "" {
		g.whole = false
		if err := g.log.Cut(o.Partial, in.Where(), cut); err != nil {
			return nil, fmt.Errorf("csl: %w", err)
		}
	}
	return g.snapshots()
}

// again notes a header that stands as a row: seen in files that were glued together, and in whole ones.
func (g *gather) again(where string) {
	g.log.Rows--
	kind := diff.SourceSlip
	if g.o.Partial {
		kind = diff.Unread
	}
	g.log.Note(kind, where, "the header row stands again as a row")
}

func csvRow(cols records.Columns, cells []string) *row {
	get := func(name string) string { return strings.TrimSpace(cols.Get(cells, name)) }
	r := &row{
		ID: get("_id"), Source: get("source"), EntityNumber: get("entity_number"), Type: get("type"), Name: get("name"),
		Title: get("title"), Notice: get("federal_register_notice"), StartDate: get("start_date"), EndDate: get("end_date"),
		StandardOrder: get("standard_order"), LicenseRequirement: get("license_requirement"),
		LicensePolicy: get("license_policy"),
		CallSign:      get("call_sign"), VesselType: get("vessel_type"), GrossTonnage: get("gross_tonnage"),
		GRT: get("gross_registered_tonnage"), VesselFlag: get("vessel_flag"), VesselOwner: get("vessel_owner"),
		Remarks: get("remarks"), Programs: split(get("programs")), AltNames: split(get("alt_names")),
		Citizenships: split(get("citizenships")), Births: split(get("dates_of_birth")),
		Nationalities: split(get("nationalities")), BirthPlaces: split(get("places_of_birth")), IDs: csvIDs(get("ids")),
	}
	for _, a := range split(get("addresses")) {
		country := a[strings.LastIndexByte(a, ',')+1:]
		r.place(a, strings.TrimSpace(country))
	}
	if c := get("country"); c != "" {
		r.place("", c)
	}
	return r
}

func split(cell string) []string {
	var out []string
	for s := range strings.SplitSeq(cell, "; ") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// csvIDs reads "Passport, 836238033, KP; Gender, Male". A piece without a comma belongs to the value before it, which
// had a semicolon of its own.
func csvIDs(cell string) []diff.ID {
	var out []diff.ID
	for _, piece := range split(cell) {
		kind, value, ok := strings.Cut(piece, ", ")
		switch {
		case ok:
			out = append(out, diff.ID{Type: kind, Value: value})
		case len(out) > 0:
			out[len(out)-1].Value += "; " + piece
		default:
			out = append(out, diff.ID{Value: piece})
		}
	}
	return out
}
