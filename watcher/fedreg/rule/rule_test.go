package rule

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
)

// reference opens a file of the reference data.
// reference opens a file of the reference data, unpacked.
func reference(t testing.TB, name string) io.Reader {
	t.Helper()
	return bytes.NewReader(require.File(t, name))
}

// known is what a person reads in 88 FR 12170.
var known = []party{
	{"CANADA", "CPUNTO Inc.", []string{"CPUNTO"},
		[]string{"5929 Route Transcanadienne Ste 130 St. Laurent, Quebec H4T 1Z6 Canada"}},
	{"CANADA", "Electronic Network Inc.", []string{"Electronic Network", "Electronic Network Holdings",
		"Electronic Network Holdings Inc.",
		"Electronic Network Incorporated", "Electronic Network Products Inc.", "Electronic's Network & Technology Corp."},
		[]string{"145 Montee De Liesse Ste 10 St. Laurent, Quebec H4T 1T9 Canada"}},
	{"CHINA, PEOPLE'S REPUBLIC OF", "AOOK Technology Ltd.", []string{"AOOK", "AOOK Electronics"},
		[]string{"Rm 803 Chevalier Building 45-51 Chatham Rd S Tsim Sha Tsui Hong Kong, China"}},
	{"CHINA, PEOPLE'S REPUBLIC OF", "Beijing Ti-Tech Science and Technology Development Co.",
		[]string{"Beijing Ti-Tech", "China Ti-Tech Development Co. Ltd."},
		[]string{"5F, Building 5 Science and Technology Park, A-2 North Xisanhuan Road, Beijing 100081 China"}},
	{"CHINA, PEOPLE'S REPUBLIC OF", "Beijing Yunze Technology Co., Ltd.",
		[]string{"Beijing Yunze", "Beijing Yunze Technology Company", "Yunze Beijing"},
		[]string{"West of Floor 1, Building 7, Jiajia Garden Courtyard 15, Fengtai Beijing 100000 China",
			"201, Floor 2, 36#, Yinhe Garden, Miyun District Beijing 100000 China",
			"402, Floor 4, No. 85, Huilongguan W. Street, Changping District Beijing 102200 China"}},
	{"CHINA, PEOPLE'S REPUBLIC OF", "China HEAD Aerospace Technology Co.", headAliases,
		[]string{"5F, Bldg 5, Science and Technology Park, A-2 North Xisanhuan Road, Haidian District, Beijing 100081, " +
			"P.R. China",
			"Room 01, floor 13, building 5, no. A2 courtyard, west 3rd ring r. Beijing, 10004-8, China",
			"B-11a-02 Keshi Plaza 28 Shangdi Xinxi Rd Beijing 100058 China"}},
	{"CHINA, PEOPLE'S REPUBLIC OF", "Spacety Co., Ltd.", spacetyAliases,
		[]string{"9 Dengzhuang South Rd Beijing, Beijing China",
			"Room 445, 9th Floor, Block B, No. 18 Zhongguancun Street, Haidian District, Beijing China"}},
	{"FRANCE", "China HEAD Aerospace Technology Co.", headAliases,
		[]string{"71 Boulevard national, 92250 La Garenne-Colombes Paris, France"}},
	{"LUXEMBOURG", "Spacety Co., Ltd.", spacetyAliases,
		[]string{"9, Avenue des Hauts-Fourneaux, L-4362 Esch-Sur-Alzette, Luxembourg"}},
	{"NETHERLANDS", "China HEAD Aerospace Technology Co.", headAliases,
		[]string{"Kapteynstraat 1 2201 BB Noordwijk ZH, Netherlands"}},
	{"RUSSIA", "Dexias Industrial Products and Trade Limited Company",
		[]string{"Dexias", "Dexias Endil strivel", "Dexias IPTLC", "Mainbox LLC", "Orunler ve Ticaret Limited Sirketi"},
		[]string{"Apartment 261, Building 3, Ryabinovaya Street, Moscow, Russia"}},
	{"RUSSIA", "Innovation and Technologies LLC", []string{"Intekh", "INTEKH OOO"},
		[]string{"D. 83 K. 3 OFIS 516, Ul. Savushkina, St. Petersburg 197374 Russia",
			"Mira prospect, 2-7 601901 Kovrov, Russia"}},
	{"RUSSIA", "Promtekhkomplekt JSC", []string{"AO TipoMTeXKOMirneKT", "Promtech Komplekt", "Promtekhkomplekt",
		"Promtekhkomplekt Joint Stock Company"},
		[]string{"MKAD Greenwood Business Park building 9 floor 3, pos. Putilko o, 69 km., Moscow region, 143441, Russia",
			"6/1 Griboyedov Street, OF.23, Tyumen, Tyumen Oblast, Russia"}},
}

var (
	headAliases = []string{"China HEAD", "China HEAD Technology Co", "HEAD Aerospace", "HEAD Aerospace Group",
		"HEAD Aerospace Netherlands",
		"HEAD France", "HEAD Technology France"}
	spacetyAliases = []string{"Changsha Tianyi Space Science and Technology Research Institute", "Spacety",
		"Spacety Luxembourg S.A."}
)

func TestTenEntities2023(t *testing.T) {
	a, err := ParseXML(reference(t, "fr/2023-03929.xml"), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Problems) > 0 {
		t.Errorf("problems: %v", a.Problems)
	}
	if len(a.Amendments) != len(known) {
		t.Fatalf("%d amendments, want %d", len(a.Amendments), len(known))
	}
	for i, want := range known {
		checkAddition(t, i, a.Amendments[i], want)
	}
	checkTenDeclared(t, a)
}

// party is an added party, as a person reads it.
type party struct {
	country, name string
	aliases       []string
	addresses     []string
}

func checkAddition(t *testing.T, i int, am diff.Amendment, want party) {
	t.Helper()
	if am.Action != diff.Add || am.List != diff.EntityList || am.Country != want.country || am.Name != want.name ||
		len(am.Problems) > 0 {
		t.Errorf("amendment %d is %s %s %q under %s, problems %v", i, am.Action, am.List, am.Name, am.Country, am.Problems)
	}
	e := am.Entry
	if e == nil || e.Name != want.name || !sameTexts(e.Aliases, want.aliases) || !sameTexts(e.Addresses, want.addresses) {
		t.Errorf("%s: entry %+v", want.name, e)
		return
	}
	c := e.Citations[0]
	if fmt.Sprint(len(e.Citations), c.Volume, c.Page, c.Date) != fmt.Sprint(1, 88, 12171, "2023-02-27") {
		t.Errorf("%s: citations %+v", want.name, e.Citations)
	}
	if len(e.Footnotes) != 1 || e.Footnotes[0] != "3" {
		t.Errorf("%s: footnotes %v", want.name, e.Footnotes)
	}
}

func checkTenDeclared(t *testing.T, a diff.Act) {
	t.Helper()
	c := a.Declared[diff.EntityList]
	if c.AddedEntities == nil || *c.AddedEntities != 10 || c.AddedEntries == nil || *c.AddedEntries != 13 {
		t.Errorf("declared %+v", c)
	}
	for country, n := range map[string]int{"CANADA": 2, "CHINA, PEOPLE'S REPUBLIC OF": 5, "FRANCE": 1, "LUXEMBOURG": 1,
		"NETHERLANDS": 1, "RUSSIA": 3} {
		if c.AddedByCountry[country] != n {
			t.Errorf("declared under %s: %d, want %d", country, c.AddedByCountry[country], n)
		}
	}
	got := fmt.Sprint(a.DocumentNumber, a.EffectiveOn, a.PublishedOn, a.FiledOn, a.StartPage, a.EndPage, a.Citation, a.Type)
	if got != fmt.Sprint("2023-03929", "2023-02-24", "2023-02-27", "2023-02-24", 12170, 12175, "88 FR 12170", "Rule") ||
		a.SavingsClause == "" {
		t.Errorf("act %+v", a)
	}
}

func sameTexts(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if diff.Normalise(a[i]) != diff.Normalise(b[i]) {
			return false
		}
	}
	return true
}
