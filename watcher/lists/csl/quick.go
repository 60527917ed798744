package csl

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"entitywatch/diff"
)

// decoder reads one JSON record of the usual shape, several times faster than encoding/json does by reflection. It
// gives up (ok is false) on whatever it does not expect, which encoding/json then reads or refuses; it never guesses.
type decoder struct {
	b  []byte
	i  int
	ok bool
	g  *gather
}

// quick decodes a record, and reports whether it could.
func (g *gather) quick(raw []byte, rec *jsonRow, where func() string) bool {
	d := &decoder{b: raw, ok: true, g: g}
	var unknown []diff.Attribute
	d.object(func(key []byte) {
		if field := rec.text(key); field != nil {
			*field = d.text(shareable(key))
		} else if list := rec.list(key); list != nil {
			*list = d.texts()
		} else if string(key) == "addresses" {
			d.array(func() { rec.Addresses = append(rec.Addresses, d.address()) })
		} else if string(key) == "ids" {
			d.array(func() { rec.IDs = append(rec.IDs, d.id()) })
		} else {
			d.further(key, &unknown)
		}
	})
	if d.space(); !d.ok || d.i != len(d.b) {
		return false
	}
	for _, a := range unknown {
		rec.unknown = append(rec.unknown, g.log.Unknown(a.Type, a.Value, where()))
	}
	return true
}

// further passes a value of a key that is left out on purpose, and keeps one that is not known. Only strings and null
// are read here.
func (d *decoder) further(key []byte, unknown *[]diff.Attribute) {
	v := d.text(false)
	if v != "" && !d.g.known[string(key)] {
		*unknown = append(*unknown, diff.Attribute{Type: string(key), Value: v})
	}
}

// text is the field of a key with one value.
func (j *jsonRow) text(key []byte) *string {
	switch string(key) {
	case "source":
		return &j.Source
	case "name":
		return &j.Name
	case "type":
		return &j.Type
	case "entity_number":
		return &j.EntityNumber
	case "id":
		return &j.ID
	case "_id":
		return &j.UnderID
	case "title":
		return &j.Title
	case "federal_register_notice":
		return &j.Notice
	case "start_date":
		return &j.StartDate
	case "end_date":
		return &j.EndDate
	case "standard_order":
		return &j.StandardOrder
	case "license_requirement":
		return &j.LicenseRequirement
	case "license_policy":
		return &j.LicensePolicy
	case "remarks":
		return &j.Remarks
	case "country":
		return &j.Country
	}
	return j.vesselText(key)
}

func (j *jsonRow) vesselText(key []byte) *string {
	switch string(key) {
	case "call_sign":
		return &j.CallSign
	case "vessel_type":
		return &j.VesselType
	case "gross_tonnage":
		return &j.GrossTonnage
	case "gross_registered_tonnage":
		return &j.GRT
	case "vessel_flag":
		return &j.VesselFlag
	case "vessel_owner":
		return &j.VesselOwner
	}
	return nil
}

// list is the field of a key with several values.
func (j *jsonRow) list(key []byte) *[]string {
	switch string(key) {
	case "programs":
		return &j.Programs
	case "alt_names":
		return &j.AltNames
	case "citizenships":
		return &j.Citizenships
	case "dates_of_birth":
		return &j.Births
	case "nationalities":
		return &j.Nationalities
	case "places_of_birth":
		return &j.BirthPlaces
	}
	return nil
}

// shareable are the keys whose values thousands of records repeat.
func shareable(key []byte) bool {
	switch string(key) {
	case "source", "type", "license_requirement", "license_policy", "vessel_flag", "vessel_type", "country":
		return true
	}
	return false
}

func (d *decoder) address() (a jsonAddress) {
	d.object(func(key []byte) {
		switch string(key) {
		case "address":
			a.Address = d.text(false)
		case "city":
			a.City = d.text(true)
		case "state":
			a.State = d.text(true)
		case "postal_code":
			a.PostalCode = d.text(false)
		case "country":
			a.Country = d.text(true)
		default:
			d.ok = false
		}
	})
	return a
}

func (d *decoder) id() (id jsonID) {
	d.object(func(key []byte) {
		switch string(key) {
		case "type":
			id.Type = d.text(true)
		case "number":
			id.Number = d.text(false)
		case "country":
			id.Country = d.text(true)
		case "issue_date":
			id.Issued = d.text(false)
		case "expiration_date":
			id.Expires = d.text(false)
		default:
			d.ok = false
		}
	})
	return id
}

func (d *decoder) space() {
	for d.i < len(d.b) && (d.b[d.i] == ' ' || d.b[d.i] == '\n' || d.b[d.i] == '\r' || d.b[d.i] == '\t') {
		d.i++
	}
}

// take reports whether c comes next, and passes it.
func (d *decoder) take(c byte) bool {
	d.space()
	if d.i < len(d.b) && d.b[d.i] == c {
		d.i++
		return true
	}
	return false
}

func (d *decoder) null() bool {
	d.space()
	if bytes.HasPrefix(d.b[d.i:], []byte("null")) {
		d.i += len("null")
		return true
	}
	return false
}

// object calls member for each key, which must read the value.
func (d *decoder) object(member func(key []byte)) {
	if d.null() {
		return
	}
	if !d.take('{') {
		d.ok = false
		return
	}
	if d.take('}') {
		return
	}
	for d.ok {
		d.space()
		key, plain := d.quoted()
		if !plain || !d.take(':') {
			d.ok = false
			return
		}
		member(key)
		if d.take('}') {
			return
		}
		d.ok = d.ok && d.take(',')
	}
}

// array calls element for each value, which it must read.
func (d *decoder) array(element func()) {
	if d.null() {
		return
	}
	if !d.take('[') {
		d.ok = false
		return
	}
	if d.take(']') {
		return
	}
	for d.ok {
		element()
		if d.take(']') {
			return
		}
		d.ok = d.ok && d.take(',')
	}
}

func (d *decoder) texts() (out []string) {
	d.array(func() { out = append(out, d.text(false)) })
	return out
}

// text reads a string or null.
func (d *decoder) text(share bool) string {
	if d.null() {
		return ""
	}
	start := d.i
	b, plain := d.quoted()
	switch {
	case !d.ok:
		return ""
	case !plain:
		var s string
		d.ok = json.Unmarshal(d.b[start:d.i], &s) == nil
		return s
	case share:
		if kept, has := d.g.texts[string(b)]; has {
			return kept
		}
		return d.g.shared(string(b))
	}
	return string(b)
}

// quoted passes a string and gives what is inside. It is not plain where it has escapes or bytes that are no UTF-8.
func (d *decoder) quoted() (inside []byte, plain bool) {
	if d.i >= len(d.b) || d.b[d.i] != '"' {
		d.ok = false
		return nil, false
	}
	start := d.i + 1
	plain, ascii := true, true
	for i := start; i < len(d.b); i++ {
		switch c := d.b[i]; {
		case c == '"':
			d.i = i + 1
			return d.b[start:i], plain && (ascii || utf8.Valid(d.b[start:i]))
		case c == '\\':
			plain = false
			i++
		case c < ' ':
			d.ok = false
			return nil, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	d.ok = false
	return nil, false
}
