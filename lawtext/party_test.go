package lawtext_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/lawtext"
)

type P = lawtext.Party

// cells are cells and what they say. Lines are parted by "/ "; an empty one is a blank line. The parties are invented.
type cells map[string]struct {
	cell string
	want P
}

// TestReadParty has a row for each irregularity of the lists.
func TestReadParty(t *testing.T) {
	for _, table := range []cells{names(), aliases(), otherNames(), addresses(), parts(), nothing()} {
		for name, c := range table {
			t.Run(name, func(t *testing.T) {
				got := lawtext.ReadParty(strings.Split(c.cell, "/ "))
				undeclared(&c.want)
				if d := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); d != "" {
					t.Errorf("(-want +got):\n%s", d)
				}
			})
		}
	}
}

func names() cells {
	return cells{
		"name and address":                  {"Tin Lantern Works, 5 Kiln Road, Nanjing, China.", P{Name: "Tin Lantern Works", Addresses: []string{"5 Kiln Road, Nanjing, China"}}},
		"forms of companies behind commas":  {"Blue Kite Co., Ltd., Wuhan, China; and Flat 2, Kowloon, Hong Kong", P{Name: "Blue Kite Co., Ltd.", Addresses: []string{"Wuhan, China", "Flat 2, Kowloon, Hong Kong"}}},
		"a semicolon for the comma":         {"Blue Kite LLC; 12 Oak Street, Minsk, Belarus", P{Name: "Blue Kite LLC", Addresses: []string{"12 Oak Street, Minsk, Belarus"}}},
		"a part behind the name":            {"Lake University, Institute of Optics, 5 Kiln Road, Wuhan, China", P{Name: "Lake University, Institute of Optics", Addresses: []string{"5 Kiln Road, Wuhan, China"}}},
		"a plant with a number":             {"Harpoon Missile Corporation, 711 Aircraft Repair Plant (711 ARZ), 18 Oak Lane, Perm, Russia", P{Name: "Harpoon Missile Corporation, 711 Aircraft Repair Plant (711 ARZ)", Addresses: []string{"18 Oak Lane, Perm, Russia"}}},
		"a name that repeats its last word": {"Joint Stock Company Kestrel, Kestrel-M, Dom 4, Omsk, Russia", P{Name: "Joint Stock Company Kestrel, Kestrel-M", Addresses: []string{"Dom 4, Omsk, Russia"}}},
		"a person at an institute":          {"Karim Javadi, Cedar Research Institute, P.O. Box 11, Tehran, Iran.", P{Name: "Karim Javadi", Addresses: []string{"Cedar Research Institute, P.O. Box 11, Tehran, Iran"}}},
		"a host behind the name":            {"Lake Supercomputing Center (LSC), Sun Lake University, University City, Wuhan, China.", P{Name: "Lake Supercomputing Center (LSC)", Addresses: []string{"Sun Lake University, University City, Wuhan, China"}}},
		"a place in parentheses":            {"Gauge Tech Co., Ltd. (Hong Kong), Rm. 211, Kowloon, Hong Kong.", P{Name: "Gauge Tech Co., Ltd. (Hong Kong)", Addresses: []string{"Rm. 211, Kowloon, Hong Kong"}}},
		"a full stop for the comma":         {"Kestrel Co., Ltd. No. 1 Hangar Road, Xian, China", P{Name: "Kestrel Co., Ltd.", Addresses: []string{"No. 1 Hangar Road, Xian, China"}}},
		"nothing for the comma":             {"Delta Kite Co., Limited Unit 3, 6/F Kam Building, Kowloon, Hong Kong", P{Name: "Delta Kite Co., Limited", Addresses: []string{"Unit 3, 6/F Kam Building, Kowloon, Hong Kong"}}},
		"a break for the comma":             {"Kelvin Labs Inc/ / 6600 21st Avenue, Laval, Canada", P{Name: "Kelvin Labs Inc", Addresses: []string{"6600 21st Avenue, Laval, Canada"}}},
		"only a country":                    {"Elm Shipping, Iran", P{Name: "Elm Shipping", Addresses: []string{"Iran"}}},
		"only a name":                       {"Ali Karim Javadi", P{Name: "Ali Karim Javadi"}},
		"a quoted name with a comma":        {"Concern “Radar, Joint Stock”, 5 Oak Street, Omsk, Russia", P{Name: "Concern “Radar, Joint Stock”", Addresses: []string{"5 Oak Street, Omsk, Russia"}}},
		"an address that begins with De":    {"Southern Kite Limited, De Castro Street 24, Road Town, Tortola, British Virgin Islands", P{Name: "Southern Kite Limited", Addresses: []string{"De Castro Street 24, Road Town, Tortola, British Virgin Islands"}}},
	}
}

func aliases() cells {
	return cells{
		"aliases": {"Blue Kite Ltd., a.k.a., the following two aliases:/ —Kite One; and/ —Kite Two Co., Ltd./ / 8 Lake Road, Wuhan, China.",
			P{Name: "Blue Kite Ltd.", Aliases: []string{"Kite One", "Kite Two Co., Ltd."}, Addresses: []string{"8 Lake Road, Wuhan, China"}, Declared: 2}},
		"no blank line behind them": {"Blue Kite, a.k.a., the following one alias:/ —Kite One./ 8 Lake Road, Wuhan, China.",
			P{Name: "Blue Kite", Aliases: []string{"Kite One"}, Addresses: []string{"8 Lake Road, Wuhan, China"}, Declared: 1}},
		"count in digits":       {"Blue Kite, a.k.a., the following 2 aliases:/ —Ay;/ —Bee./ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"Ay", "Bee"}, Addresses: []string{"Wuhan, China"}, Declared: 2}},
		"doubled words":         {"Blue Kite, a.k.a., the following the following two aliases:/ —Ay;/ —Bee./ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"Ay", "Bee"}, Addresses: []string{"Wuhan, China"}, Declared: 2}},
		"one alias":             {"Blue Kite, a.k.a., the one alias:/ —A/ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"A"}, Addresses: []string{"Wuhan, China"}, Declared: 1}},
		"no full stop":          {"Blue Kite, a.k.a, the following alias:/ —A/ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"A"}, Addresses: []string{"Wuhan, China"}, Declared: 1}},
		"a space":               {"Blue Kite, a.k.a , the following one alias,/ —A/ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"A"}, Addresses: []string{"Wuhan, China"}, Declared: 1}},
		"a dash for the colon":  {"Blue Kite, a.k.a., the following two aliases—/ —Ay;/ —Bee/ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"Ay", "Bee"}, Addresses: []string{"Wuhan, China"}, Declared: 2}},
		"nothing behind a.k.a.": {"Anwar Shah, a.k.a,/ —Anvar Shah,/ / Chaman, Pakistan", P{Name: "Anwar Shah", Aliases: []string{"Anvar Shah"}, Addresses: []string{"Chaman, Pakistan"}}},
		"no a.k.a. at all":      {"Tako LLC, the following one alias:/ —Taco LLC./ / 17 Oak Street, Yerevan, Armenia", P{Name: "Tako LLC", Aliases: []string{"Taco LLC"}, Addresses: []string{"17 Oak Street, Yerevan, Armenia"}, Declared: 1}},
		"an alias on the line of its introduction": {"Blue Kite, a.k.a., the following one alias: Kite One/ / 8 Lake Road, Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"Kite One"}, Addresses: []string{"8 Lake Road, Wuhan, China"}, Declared: 1}},
		"two on that line, and the address": {"Star FZC, a.k.a., the following two aliases: Star Group; and Star Services FZC. Sharjah Airport Zone, Sharjah, UAE; and P.O. Box 93, Sharjah, U.A.E.",
			P{Name: "Star FZC", Aliases: []string{"Star Group", "Star Services FZC"}, Addresses: []string{"Sharjah Airport Zone, Sharjah, UAE", "P.O. Box 93, Sharjah, U.A.E."}, Declared: 2}},
		"two bullets on a line":   {"Blue Kite, a.k.a., the following two aliases:/ —Ay;—Bee/ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"Ay", "Bee"}, Addresses: []string{"Wuhan, China"}, Declared: 2}},
		"two aliases in a bullet": {"Sky Force, a.k.a., the following one alias:/ —SKYF; Sky Army/ / Tehran, Iran", P{Name: "Sky Force", Aliases: []string{"SKYF", "Sky Army"}, Addresses: []string{"Tehran, Iran"}, Declared: 1}},
		"a wrong count":           {"Blue Kite, a.k.a., the following one alias:/ —A; and/ —B/ / Wuhan, China", P{Name: "Blue Kite", Aliases: []string{"A", "B"}, Addresses: []string{"Wuhan, China"}, Declared: 1, Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "the text states 1 aliases, 2 are listed"}}}},
		"the address in the last bullet": {"Oak Line, a.k.a., the following two aliases:/ —Oak; and/ —Oak Line, LLC. D. 10 korp. 3 ul. Neva, Moscow 121170, Russia.",
			P{Name: "Oak Line", Aliases: []string{"Oak", "Oak Line, LLC"}, Addresses: []string{"D. 10 korp. 3 ul. Neva, Moscow 121170, Russia"}, Declared: 2}},
		"the address as a sentence in it":        {"Oak Line, a.k.a., the following one alias:/ —Sovoak. Rakhman lane, 4, Moscow 127994, Russia.", P{Name: "Oak Line", Aliases: []string{"Sovoak"}, Addresses: []string{"Rakhman lane, 4, Moscow 127994, Russia"}, Declared: 1}},
		"the address behind a comma in it":       {"A. Brin, a.k.a., the following one alias:/ —Al Bren, Pr. Neva 2, Office 801, St. Petersburg, Russia 196105.", P{Name: "A. Brin", Aliases: []string{"Al Bren"}, Addresses: []string{"Pr. Neva 2, Office 801, St. Petersburg, Russia 196105"}, Declared: 1}},
		"a bullet that goes on with the address": {"Pine Technologies Morocco, Immeuble High, 4eme Etage, Hay Riad/ —Rabat, Morocco.", P{Name: "Pine Technologies Morocco", Addresses: []string{"Immeuble High, 4eme Etage, Hay Riad Rabat, Morocco"}}},
	}
}

func otherNames() cells {
	return cells{
		"former names": {"Neva OOO (f.k.a., Old Neva ZAO; and Neva First ZAO), a.k.a., the following one alias:/ —Neva./ / 7 Oak Street, Moscow, Russia",
			P{Name: "Neva OOO", Aliases: []string{"Neva"}, FormerNames: []string{"Old Neva ZAO", "Neva First ZAO"}, Addresses: []string{"7 Oak Street, Moscow, Russia"}, Declared: 1}},
		"a former name inline":   {"Rose Trade Limited, f.k.a., TNK Trade Limited. Elm Building 5, 2nd floor, Nicosia 1066, Cyprus.", P{Name: "Rose Trade Limited", FormerNames: []string{"TNK Trade Limited"}, Addresses: []string{"Elm Building 5, 2nd floor, Nicosia 1066, Cyprus"}}},
		"aliases in parentheses": {"Lim Yong, (a.k.a. Lin Rong, Steven Lim and Yong Nam Lim), 5 Bukit Road, Singapore 650170", P{Name: "Lim Yong", Aliases: []string{"Lin Rong", "Steven Lim", "Yong Nam Lim"}, Addresses: []string{"5 Bukit Road, Singapore 650170"}}},
		"a marker for each": {"Neft, OAO (a.k.a. Neft, JSC; a.k.a. Joint Neft; f.k.a. Old Neft OAO)/ / Address: 16 Nam St., Moscow, Russia/ Alt Address: 17 Nam St., Moscow, Russia",
			P{Name: "Neft, OAO", Aliases: []string{"Neft, JSC", "Joint Neft"}, FormerNames: []string{"Old Neft OAO"}, Addresses: []string{"16 Nam St., Moscow, Russia", "17 Nam St., Moscow, Russia"}}},
		"inline aliases":                   {"Sky Airlines, a.k.a., SK Airlines, SK Air, 29 Ayar Str., Damascus, Syria", P{Name: "Sky Airlines", Aliases: []string{"SK Airlines", "SK Air"}, Addresses: []string{"29 Ayar Str., Damascus, Syria"}}},
		"an inline alias before a house":   {"Mac Group, a.k.a. Mac Limited, Cloon House, County Sligo, Ireland", P{Name: "Mac Group", Aliases: []string{"Mac Limited"}, Addresses: []string{"Cloon House, County Sligo, Ireland"}}},
		"aliases before a city":            {"Farid Gill, a.k.a., Isaac Gill, Isaac Gillar, London, United Kingdom", P{Name: "Farid Gill", Aliases: []string{"Isaac Gill", "Isaac Gillar"}, Addresses: []string{"London, United Kingdom"}}},
		"aka without stops":                {"Presto LLC, aka Presto Freight LLC, Office M-2, Dubai, U.A.E.", P{Name: "Presto LLC", Aliases: []string{"Presto Freight LLC"}, Addresses: []string{"Office M-2, Dubai, U.A.E."}}},
		"aka in a word":                    {"Makarios Trading, 5 Karnataka Road, Bangalore, India", P{Name: "Makarios Trading", Addresses: []string{"5 Karnataka Road, Bangalore, India"}}},
		"a.k.a. in an alias":               {"Lake Institute, a.k.a., the following one alias:/ —Heat Institute, a.k.a., Warm Institute./ / Xian, China", P{Name: "Lake Institute", Aliases: []string{"Heat Institute", "Warm Institute"}, Addresses: []string{"Xian, China"}, Declared: 1}},
		"an alias between quotation marks": {"Mesh Company (a.k.a. “MEC”), 77 Oak Street, Tehran, Iran", P{Name: "Mesh Company", Aliases: []string{"MEC"}, Addresses: []string{"77 Oak Street, Tehran, Iran"}}},
	}
}

func addresses() cells {
	return cells{
		"addresses by a plain and":   {"Elm LLC, Urum, China and 5 Oak Road, Wuhan, China", P{Name: "Elm LLC", Addresses: []string{"Urum, China", "5 Oak Road, Wuhan, China"}}},
		"addresses by comma and and": {"Elm LLC, Urum, China, and 5 Oak Road, Wuhan, China", P{Name: "Elm LLC", Addresses: []string{"Urum, China", "5 Oak Road, Wuhan, China"}}},
		"an and that joins nothing":  {"Elm LLC, Corner of Oak and Pine Roads, Sarajevo, Bosnia and Herzegovina", P{Name: "Elm LLC", Addresses: []string{"Corner of Oak and Pine Roads, Sarajevo, Bosnia and Herzegovina"}}},
		"addresses on lines":         {"Elm LLC,/ / 1 Oak Road, Wuhan, China; and/ 2 Oak Road,/ Wuhan, China.", P{Name: "Elm LLC", Addresses: []string{"1 Oak Road, Wuhan, China", "2 Oak Road, Wuhan, China"}}},
		"notes":                      {"Elm LLC, 1 Oak Road, Wuhan, China. (See alternate addresses under Iran and the U.A.E.).", P{Name: "Elm LLC", Addresses: []string{"1 Oak Road, Wuhan, China"}, Notes: []string{"See alternate addresses under Iran and the U.A.E."}}},
		"another wording":            {"Elm LLC, Minsk, Belarus./ / (For alternate addresses, see Russia.)", P{Name: "Elm LLC", Addresses: []string{"Minsk, Belarus"}, Notes: []string{"For alternate addresses, see Russia."}}},
	}
}

func parts() cells {
	return cells{
		"parts behind labels": {"Lake Academy, a.k.a., the following one alias, and two subordinate institutions:/ —LA./ Subordinate institution/ First Bureau, a.k.a., the following one alias:/ —FB./ Subordinate institution Second Bureau./ The following addresses apply to the entity and the two subordinate institutions:/ / 1 Oak Road, Wuhan, China",
			P{Name: "Lake Academy", Aliases: []string{"LA"}, Addresses: []string{"1 Oak Road, Wuhan, China"}, Declared: 1, PartsStated: 2, Parts: []P{
				{Name: "First Bureau", Aliases: []string{"FB"}, Addresses: []string{"1 Oak Road, Wuhan, China"}, Declared: 1},
				{Name: "Second Bureau", Addresses: []string{"1 Oak Road, Wuhan, China"}},
			}}},
		"affiliated entities": {"Pine Telecom Co., Ltd., a.k.a., the following one alias:/ —Pine, and to include the following addresses and the following 2 affiliated entities:/ / Addresses for Pine Telecom Co., Ltd.: Base 1, Shenzhen, China; and Base 2, Shenzhen, China./ / Affiliated entities:/ Pine Marine Co., Ltd., a.k.a., the following one alias:/ —Pine Sea;/ PMN Tech./ Building R4, Dongguan, China./ Pine Mobile Ltd., Base 3, Shenzhen, China.",
			P{Name: "Pine Telecom Co., Ltd.", Aliases: []string{"Pine"}, Addresses: []string{"Base 1, Shenzhen, China", "Base 2, Shenzhen, China"}, Declared: 1, PartsStated: 2, Parts: []P{
				{Name: "Pine Marine Co., Ltd.", Aliases: []string{"Pine Sea", "PMN Tech."}, Addresses: []string{"Building R4, Dongguan, China"}, Declared: 1, Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "the text states 1 aliases, 2 are listed"}}},
				{Name: "Pine Mobile Ltd.", Addresses: []string{"Base 3, Shenzhen, China"}},
			}}},
		"subordinate entities in bullets": {"Atom Commission (AC), a.k.a., the following one alias:/ —Workshops, P.O. Box 1114, Islamabad; and the following two subordinate entities:/ —Complex (C), a.k.a., the following one alias:/ —Centre./ / Fateh, Pakistan;/ —Reactors (including plants), fuel and enrichment facilities.",
			P{Name: "Atom Commission (AC)", Aliases: []string{"Workshops"}, Addresses: []string{"P.O. Box 1114, Islamabad"}, Declared: 1, PartsStated: 2, Parts: []P{
				{Name: "Complex (C)", Aliases: []string{"Centre"}, Addresses: []string{"Fateh, Pakistan"}, Declared: 1},
				{Name: "Reactors (including plants), fuel and enrichment facilities"},
			}}},
		"a missing part": {"Lake Academy, and two subordinate institutions:/ Subordinate institution/ First Bureau, Wuhan, China",
			P{Name: "Lake Academy", PartsStated: 2, Parts: []P{{Name: "First Bureau", Addresses: []string{"Wuhan, China"}}},
				Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "the text states 2 parties inside the entry, 1 are listed"}}}},
		"a subordinate named as a bullet": {"Lake Group 13th Institute subordinate institution:/ —Brook International,/ / 21 Oak Street, Wuhan, China.",
			P{Name: "Lake Group 13th Institute subordinate institution: Brook International", Addresses: []string{"21 Oak Street, Wuhan, China"}}},
	}
}

func nothing() cells {
	return cells{
		"reserved": {"[Reserved]", P{Reserved: true}},
		"nothing":  {"", P{Problems: []diff.Problem{{Kind: diff.Unread, Text: "no name could be read"}}}},
	}
}

// undeclared puts the -1 of "not stated" where the table says nothing.
func undeclared(p *lawtext.Party) {
	if p.Declared == 0 {
		p.Declared = -1
	}
	if p.PartsStated == 0 {
		p.PartsStated = -1
	}
	for i := range p.Parts {
		undeclared(&p.Parts[i])
	}
}

func TestCell(t *testing.T) {
	for name, c := range map[string]struct {
		fill func(*lawtext.Cell)
		want string
	}{
		"layout":             {func(c *lawtext.Cell) { c.Text(" A\n  B\u00a0C\t"); c.Text("D ") }, "A B C D"},
		"breaks":             {func(c *lawtext.Cell) { c.Text("A "); c.Break(); c.Text(" "); c.Break(); c.Text(" B") }, "A||B"},
		"an emphasised and":  {func(c *lawtext.Cell) { c.Text("1 Road, UAE "); c.Emphasis("and"); c.Text(" 2 Road") }, "1 Road, UAE; and 2 Road"},
		"behind a semicolon": {func(c *lawtext.Cell) { c.Text("1 Road; "); c.Emphasis(" and "); c.Text("2 Road") }, "1 Road; and 2 Road"},
		"inside an alias": {func(c *lawtext.Cell) {
			c.Text("A:")
			c.Break()
			c.Text("—Telecom ")
			c.Emphasis("and")
			c.Text(" Technology")
		}, "A:|—Telecom and Technology"},
		"other emphasis":         {func(c *lawtext.Cell) { c.Text("The "); c.Emphasis("Word"); c.Text(".") }, "The Word."},
		"a fraction":             {func(c *lawtext.Cell) { c.Text("Road 1 "); c.Raised("1"); c.Text("⁄4") }, "Road 1 1⁄4"},
		"a fraction without gap": {func(c *lawtext.Cell) { c.Text("Road 1"); c.Raised("1"); c.Text("⁄4") }, "Road 1 1⁄4"},
		"an ordinal":             {func(c *lawtext.Cell) { c.Text("9"); c.Raised("th"); c.Text(" Floor") }, "9th Floor"},
		"blank":                  {func(c *lawtext.Cell) { c.Text(" \n\u00a0"); c.Break() }, ""},
	} {
		var cell lawtext.Cell
		c.fill(&cell)
		if got := strings.Join(cell.Lines(), "|"); got != c.want {
			t.Errorf("%s: %q; want %q", name, got, c.want)
		}
		if cell.Empty() != (c.want == "") {
			t.Errorf("%s: Empty() = %v", name, cell.Empty())
		}
	}
}

func TestReadLicence(t *testing.T) {
	var c lawtext.Cell
	c.Text("For all items (See §§ 734.9(g),")
	c.Mark("3")
	c.Text(" 746.8(a)(3) ")
	c.Mark("1, 3")
	c.Text(" .)")
	text, marks := lawtext.ReadLicence(&c)
	if text != "For all items (See §§ 734.9(g), 746.8(a)(3).)" || !cmp.Equal(marks, []string{"3", "1"}) {
		t.Errorf("%q, %q", text, marks)
	}
}

// FuzzReadParty asks of any cell that it is read: it gets a name of one line, or a problem says why it has none.
func FuzzReadParty(f *testing.F) {
	f.Add("Blue Kite Ltd., a.k.a., the following two aliases:\n—Kite One; and\n—Kite Two.\n\n8 Lake Road, Wuhan, China; and Flat 2, Hong Kong. (See alternate address under Iran).")
	f.Add("Neva OOO (f.k.a., Old Neva ZAO), 7 Oak Street, Moscow, Russia")
	f.Add("Lake Academy:\nSubordinate institution\nFirst Bureau, a.k.a., the following one alias:\n—FB.\nAffiliated entities:\nElm Ltd., Wuhan, China")
	f.Fuzz(func(t *testing.T, cell string) {
		var p lawtext.Party
		permute.Work(t, len(cell), func() { p = lawtext.ReadParty(strings.Split(cell, "\n")) })
		if p.Name == "" && len(p.Problems) == 0 && !p.Reserved {
			t.Fatalf("no name and no problem in %q", cell)
		}
		for _, e := range (lawtext.Row{List: diff.EntityList, Country: "IRAN", Party: strings.Split(cell, "\n")}).Entries() {
			if strings.Contains(e.Name, "\n") {
				t.Fatalf("the name %q has two lines", e.Name)
			}
		}
	})
}
