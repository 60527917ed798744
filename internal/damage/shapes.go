// Package damage makes the damaged answers that list sources really give now and then, in each source's own shape: tooling for tests.
//
// A Shape knows where in its source's bytes names, identifiers and records stand; a Kind damages the bytes there. The fixtures are written
// by this project in the shapes that the sources use; their parties are invented. The same damages work on the sources' real files.
package damage

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// Shape is how one source writes a list.
type Shape struct {
	Name   string
	Record *regexp.Regexp // a whole record
	Text   *regexp.Regexp // its name and its other texts; submatch 1 is the text
	Title  *regexp.Regexp // its name alone; submatch 1
	Column *regexp.Regexp // a column of its own text in each row: addresses, in the eCFR citations; submatch 1
	ID     *regexp.Regexp // what the source numbers it by; submatch 1; nil where it has no number
	Count  *regexp.Regexp // the file's own count; submatch 1; nil where it has none
	render func([]party) string
}

// party is one invented party.
type party struct{ id, name, alias, street, country string }

// parties are invented, a third of them with letters outside ASCII, no two alike.
func parties(n int) []party {
	first := []string{"Société Générale", "Blue Kite", "Müller Söhne", "Tin Lantern", "Grey Heron", "İstanbul Çelik", "Pine Cargo", "Ångström", "Red Falcon",
		"Ostrava Stroje"}
	second := []string{"Optics", "Shipping", "Handel", "Aero Parts", "Petroleum", "Éditions", "Trading", "Maschinen", "Elektronik", "Holdings"}
	third := []string{"Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Heron", "Indigo", "Jasper"}
	all := make([]party, n)
	for i := range all {
		name := first[i%10] + " " + second[(i/10)%10] + " " + third[(i/3)%10] + " " + string(rune('A'+i/26%26)) + string(rune('a'+i%26))
		all[i] = party{
			id: fmt.Sprint(70001 + 7*i), name: name, alias: strings.ToUpper(third[i%10]) + " " + second[(i+3)%10] + fmt.Sprint(" ", i),
			street: fmt.Sprintf("No. %d Rue de l'Église, District %d", i+3, i%7), country: "China",
		}
	}
	return all
}

// Fixture is the list with n invented parties.
func (s Shape) Fixture(n int) string { return s.render(parties(n)) }

// Shapes are those of all list sources.
func Shapes() []Shape {
	return []Shape{ecfrShape(), ofacShape(), unShape(), ukShape(), euShape(), cslShape()}
}

func ecfrShape() Shape {
	return Shape{
		Name:   "ecfr",
		Record: regexp.MustCompile(`(?s)<TR>\s*<TD[^>]*>(?:\s*)</TD>\s*<TD.*?</TR>`),
		Text:   regexp.MustCompile(`(?s)<TR>\s*<TD[^>]*?(?:/>|>[^<]*</TD>)\s*<TD[^>]*>(.*?)</TD>`),
		Title:  regexp.MustCompile(`<TR>\s*<TD[^>]*?(?:/>|>[^<]*</TD>)\s*<TD[^>]*>([^<,;]*)`),
		Column: regexp.MustCompile(`<TD[^>]*>([^<]*)</TD></TR>`),
		render: func(all []party) string {
			var b strings.Builder
			b.WriteString("<?xml version=\"1.0\"?>\n<DIV5 N=\"744\" TYPE=\"PART\">\n<HEAD>PART 744</HEAD>\n")
			b.WriteString("<DIV9 N=\"Supplement No. 4 to Part 744\" TYPE=\"APPENDIX\">\n<HEAD>Entity List</HEAD>\n<TABLE><THEAD><TR>")
			for _, h := range []string{"Country", "Entity", "License requirement", "License review policy", "Federal Register citation"} {
				b.WriteString("<TH>" + h + "</TH>")
			}
			b.WriteString("</TR></THEAD>\n<TBODY>\n")
			for i, p := range all {
				heading := " "
				if i == 0 {
					heading = "CHINA, PEOPLE'S REPUBLIC OF"
				}
				fmt.Fprintf(&b, "<TR>\n<TD class=\"left\">%s</TD>\n<TD class=\"left\">%s, a.k.a., the following one alias:<br/>&#x2014;%s.<br/> <br/> %s, %s.</TD>\n"+
					"<TD>For all items subject to the EAR. (See &#xA7; 744.11 of the EAR)</TD>\n<TD>Presumption of denial</TD>\n<TD>84 FR %d, 10/9/19.\n</TD></TR>\n",
					heading, p.name, p.alias, p.street, p.country, 54004+3*i)
			}
			return b.String() + "</TBODY></TABLE>\n</DIV9>\n</DIV5>\n"
		},
	}
}

func ofacShape() Shape {
	return Shape{
		Name:   "ofac",
		Record: regexp.MustCompile(`(?s)<sdnEntry>.*?</sdnEntry>`),
		Text:   regexp.MustCompile(`<(?:lastName|firstName|address1|remarks)>([^<]*)<`),
		Title:  regexp.MustCompile(`<sdnEntry>\s*<uid>\d+</uid>\s*(?:<firstName>[^<]*</firstName>\s*)?<lastName>([^<]*)<`),
		Column: regexp.MustCompile(`<address1>([^<]*)<`),
		ID:     regexp.MustCompile(`<sdnEntry>\s*<uid>(\d+)</uid>`),
		Count:  regexp.MustCompile(`<Record_Count>(\d+)<`),
		render: func(all []party) string {
			var b strings.Builder
			fmt.Fprintf(&b, "<?xml version=\"1.0\" standalone=\"yes\"?>\n<sdnList>\n<publshInformation><Publish_Date>03/02/2026</Publish_Date><Record_Count>%d</Record_Count></publshInformation>\n", len(all))
			for _, p := range all {
				fmt.Fprintf(&b, "<sdnEntry>\n<uid>%s</uid><lastName>%s</lastName><sdnType>Entity</sdnType><programList><program>SDGT</program></programList>\n"+
					"<akaList><aka><uid>1</uid><type>a.k.a.</type><category>strong</category><lastName>%s</lastName></aka></akaList>\n"+
					"<addressList><address><uid>1</uid><address1>%s</address1><country>%s</country></address></addressList>\n</sdnEntry>\n",
					p.id, p.name, p.alias, html.EscapeString(p.street), p.country)
			}
			return b.String() + "</sdnList>\n"
		},
	}
}

func unShape() Shape {
	return Shape{
		Name:   "un",
		Record: regexp.MustCompile(`(?s)<(?:ENTITY|INDIVIDUAL)>.*?</(?:ENTITY|INDIVIDUAL)>`),
		Text:   regexp.MustCompile(`<(?:FIRST_NAME|SECOND_NAME|THIRD_NAME|FOURTH_NAME|ALIAS_NAME|STREET|COMMENTS1)>([^<]*)<`),
		Title:  regexp.MustCompile(`<FIRST_NAME>([^<]*)<`),
		Column: regexp.MustCompile(`<STREET>([^<]*)<`),
		ID:     regexp.MustCompile(`<REFERENCE_NUMBER>([^<]*)<`),
		render: func(all []party) string {
			var b strings.Builder
			b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CONSOLIDATED_LIST dateGenerated=\"2026-03-02T00:00:09.554Z\">\n<INDIVIDUALS>\n")
			record := func(p party, kind string) {
				fmt.Fprintf(&b, "<%[1]s><DATAID>%[2]s</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>%[3]s</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE>"+
					"<REFERENCE_NUMBER>CDe.%[2]s</REFERENCE_NUMBER><%[1]s_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>%[4]s</ALIAS_NAME></%[1]s_ALIAS>"+
					"<%[1]s_ADDRESS><STREET>%[5]s</STREET><COUNTRY>%[6]s</COUNTRY></%[1]s_ADDRESS></%[1]s>\n",
					kind, p.id, p.name, p.alias, html.EscapeString(p.street), p.country)
			}
			for i, p := range all {
				if i == len(all)/2 {
					b.WriteString("</INDIVIDUALS>\n<ENTITIES>\n")
				}
				if i < len(all)/2 {
					record(p, "INDIVIDUAL")
				} else {
					record(p, "ENTITY")
				}
			}
			return b.String() + "</ENTITIES>\n</CONSOLIDATED_LIST>\n"
		},
	}
}

func ukShape() Shape {
	return Shape{
		Name:   "uk",
		Record: regexp.MustCompile(`(?m)^\d\d/\d\d/\d{4},.*\n`),
		Text:   regexp.MustCompile(`(?m)^\d\d/\d\d/\d{4},[^,]*,([^,]*),`),
		Title:  regexp.MustCompile(`(?m)^\d\d/\d\d/\d{4},[^,]*,([^,]*),`),
		Column: regexp.MustCompile(`,"([^"\n]*)",`),
		ID:     regexp.MustCompile(`(?m)^\d\d/\d\d/\d{4},([^,]*),`),
		render: func(all []party) string {
			var b strings.Builder
			b.WriteString("Report Date: 02-Mar-2026\nLast Updated,Unique ID,Name 6,Name type,Alias strength,Regime Name,Designation Type,Designation source," +
				"Address Line 1,Address Country,Date Designated\n")
			for _, p := range all {
				for i, name := range []string{p.name, p.alias} {
					kind := []string{"Primary Name", "Alias"}[i]
					fmt.Fprintf(&b, "31/07/2024,RUS%s,%s,%s,,The Russia (Sanctions) (EU Exit) Regulations 2019,Entity,UK,\"%s\",%s,31/07/2024\n",
						p.id, name, kind, p.street, p.country)
				}
			}
			return b.String()
		},
	}
}

func euShape() Shape {
	return Shape{
		Name:   "eu",
		Record: regexp.MustCompile(`(?s)<sanctionEntity .*?</sanctionEntity>`),
		Text:   regexp.MustCompile(`(?:wholeName|street|lastName)="([^"]*)"`),
		Title:  regexp.MustCompile(`wholeName="([^"]*)"`),
		Column: regexp.MustCompile(` street="([^"]*)"`),
		ID:     regexp.MustCompile(`<sanctionEntity [^>]*logicalId="(\d+)"`),
		render: func(all []party) string {
			var b strings.Builder
			b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\" generationDate=\"2026-03-02T00:00:00.000+02:00\" globalFileId=\"1\">\n")
			for _, p := range all {
				fmt.Fprintf(&b, "<sanctionEntity designationDetails=\"\" unitedNationId=\"\" euReferenceNumber=\"EU.%[1]s.8\" logicalId=\"%[1]s\">"+
					"<regulation programme=\"TAQA\" numberTitle=\"2019/555 (OJ L97)\" publicationDate=\"2019-04-08\" logicalId=\"1\"><publicationUrl>u</publicationUrl></regulation>"+
					"<subjectType code=\"enterprise\" classificationCode=\"E\"/><nameAlias firstName=\"\" middleName=\"\" lastName=\"\" wholeName=\"%[2]s\" function=\"\" gender=\"\" title=\"\" nameLanguage=\"\" strong=\"true\" logicalId=\"2\"/>"+
					"<nameAlias firstName=\"\" middleName=\"\" lastName=\"\" wholeName=\"%[3]s\" function=\"\" gender=\"\" title=\"\" nameLanguage=\"\" strong=\"true\" logicalId=\"3\"/>"+
					"<address city=\"\" street=\"%[4]s\" poBox=\"\" zipCode=\"\" region=\"\" place=\"\" asAtListingTime=\"false\" countryIso2Code=\"CN\" countryDescription=\"CHINA\" logicalId=\"4\"/></sanctionEntity>\n",
					p.id, p.name, p.alias, html.EscapeString(p.street))
			}
			return b.String() + "</export>\n"
		},
	}
}

func cslShape() Shape {
	return Shape{
		Name:   "csl",
		Record: regexp.MustCompile(`\{"source":.*?"source_list_url": ?"[^"]*"\}(?:,\s*)?`),
		Text:   regexp.MustCompile(`"(?:name|address)": ?"((?:[^"\\]|\\.)*)"`),
		Title:  regexp.MustCompile(`"name": ?"((?:[^"\\]|\\.)*)"`),
		Column: regexp.MustCompile(`"address": ?"((?:[^"\\]|\\.)*)"`),
		ID:     regexp.MustCompile(`"entity_number": ?"(\d+)"`),
		Count:  regexp.MustCompile(`"total": ?(\d+)`),
		render: func(all []party) string {
			records := make([]string, len(all))
			for i, p := range all {
				records[i] = fmt.Sprintf(`{"source": "Specially Designated Nationals (SDN) - Treasury Department", "entity_number": "%s", "type": "Entity", "programs": ["SDGT"], `+
					`"name": "%s", "alt_names": ["%s"], "addresses": [{"address": "%s", "city": null, "state": null, "postal_code": null, "country": "CN"}], `+
					`"federal_register_notice": null, "source_list_url": "u"}`, p.id, p.name, p.alias, p.street)
			}
			return fmt.Sprintf("{\"total\": %d, \"results\": [%s]}\n", len(all), strings.Join(records, ",\n"))
		},
	}
}
