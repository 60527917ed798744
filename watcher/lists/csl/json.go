package csl

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"entitywatch/diff"
	"entitywatch/watcher/fetch/records"
)

// jsonRow is a record in the shape of consolidated.json.
type jsonRow struct {
	ID                 string        `json:"id"`
	UnderID            string        `json:"_id"`
	Source             string        `json:"source"`
	EntityNumber       string        `json:"entity_number"`
	Type               string        `json:"type"`
	Programs           []string      `json:"programs"`
	Name               string        `json:"name"`
	Title              string        `json:"title"`
	Addresses          []jsonAddress `json:"addresses"`
	Notice             string        `json:"federal_register_notice"`
	StartDate          string        `json:"start_date"`
	EndDate            string        `json:"end_date"`
	StandardOrder      string        `json:"standard_order"`
	LicenseRequirement string        `json:"license_requirement"`
	LicensePolicy      string        `json:"license_policy"`
	CallSign           string        `json:"call_sign"`
	VesselType         string        `json:"vessel_type"`
	GrossTonnage       string        `json:"gross_tonnage"`
	GRT                string        `json:"gross_registered_tonnage"`
	VesselFlag         string        `json:"vessel_flag"`
	VesselOwner        string        `json:"vessel_owner"`
	Remarks            string        `json:"remarks"`
	AltNames           []string      `json:"alt_names"`
	Citizenships       []string      `json:"citizenships"`
	Births             []string      `json:"dates_of_birth"`
	Nationalities      []string      `json:"nationalities"`
	BirthPlaces        []string      `json:"places_of_birth"`
	Country            string        `json:"country"`
	IDs                []jsonID      `json:"ids"`

	unknown []diff.Attribute // fields that are not known here
}

type jsonAddress struct {
	Address    string `json:"address"`
	City       string `json:"city"`
	State      string `json:"state"`
	PostalCode string `json:"postal_code"`
	Country    string `json:"country"`
}

type jsonID struct {
	Type    string `json:"type"`
	Number  string `json:"number"`
	Country string `json:"country"`
	Issued  string `json:"issue_date"`
	Expires string `json:"expiration_date"`
}

// ParseJSON reads consolidated.json: an object with an array results, or that array alone. Its errors are *diff.Refused
// or the reader's.
func ParseJSON(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
	body, err := records.Open(r)
	if err != nil {
		return nil, fmt.Errorf("csl: %w", err)
	}
	g := newGather(o)
	g.known = knownKeys()
	in := records.NewJSON(body, "results")
	for {
		raw, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, records.ErrCut) {
			g.whole = false
			if err := g.log.Cut(o.Partial, in.Where(), "the JSON ends before it is closed"); err != nil {
				return nil, fmt.Errorf("csl: %w", err)
			}
			break
		}
		if err != nil {
			return nil, fmt.Errorf("csl: %w", err)
		}
		g.log.Rows++
		g.jsonRecord(raw, func() string { return fmt.Sprintf("%s, record %d", in.Where(), g.log.Rows) })
	}
	g.checkTotal(in)
	for _, key := range in.Others("total", "offset", "sources", "sources_used", "search_performed_at") {
		g.log.Strange(key, "beside results")
	}
	return g.snapshots()
}

// jsonRecord reads one element of results: by the quick decoder where its values are of the usual types, else by
// encoding/json.
func (g *gather) jsonRecord(raw []byte, where func() string) {
	rec := &g.rec // one for all: it is large, and nothing of it is kept but its texts
	*rec = jsonRow{}
	if !g.quick(raw, rec, where) {
		*rec = jsonRow{}
		err := json.Unmarshal(raw, rec)
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			*rec = jsonRow{}
			err = json.Unmarshal(loosen(raw), rec)
		}
		if err != nil {
			g.log.Miss(diff.UnreadOf("", string(raw)), where(), "the record cannot be read: %v", err)
			return
		}
		rec.unknown = g.further(raw, where)
	}
	g.add(rec.row(), where)
}

// checkTotal compares the file's own number, where it gives one.
func (g *gather) checkTotal(in *records.JSON) {
	if in.Field("total", &g.total) && g.total != g.log.Rows {
		g.log.Note(diff.Surprise, "total", "the file says that it holds %d records, %d were found", g.total, g.log.Rows)
	}
}

func (j *jsonRow) row() *row {
	r := &row{
		ID: j.ID + j.UnderID, Source: j.Source, EntityNumber: j.EntityNumber, Type: j.Type, Name: strings.TrimSpace(j.Name),
		Title: j.Title, Notice: strings.TrimSpace(j.Notice), StartDate: j.StartDate, EndDate: j.EndDate,
		StandardOrder: strings.TrimSpace(j.StandardOrder), LicenseRequirement: strings.TrimSpace(j.LicenseRequirement),
		LicensePolicy: strings.TrimSpace(j.LicensePolicy), CallSign: strings.TrimSpace(j.CallSign),
		VesselType: strings.TrimSpace(j.VesselType), GrossTonnage: strings.TrimSpace(j.GrossTonnage),
		GRT:        strings.TrimSpace(j.GRT),
		VesselFlag: strings.TrimSpace(j.VesselFlag), VesselOwner: strings.TrimSpace(j.VesselOwner),
		Remarks: strings.TrimSpace(j.Remarks), AltNames: trim(j.AltNames), Citizenships: trim(j.Citizenships),
		Births: trim(j.Births), Nationalities: trim(j.Nationalities), BirthPlaces: trim(j.BirthPlaces), unknown: j.unknown,
	}
	for _, p := range j.Programs { // some come joined inside one element
		r.Programs = append(r.Programs, split(p)...)
	}
	for _, a := range j.Addresses {
		r.place(join(a.Address, a.City, a.State, a.PostalCode, a.Country), a.Country)
	}
	if j.Country != "" {
		r.place("", j.Country)
	}
	for _, id := range j.IDs {
		r.IDs = append(r.IDs, diff.ID{Type: id.Type, Value: join(id.Number, id.Country, id.Issued, id.Expires)})
	}
	return r
}

func join(parts ...string) string {
	kept := parts[:0]
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}

func trim(in []string) []string {
	out := in[:0]
	for _, s := range in {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
