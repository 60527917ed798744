package fedreg

import (
	"strings"
	"sync"

	"entitywatch/diff"
)

// The headings of the three lists, as the supplements of 15 CFR part 744 wrote them on 2026-03-25. They differ between lists: one
// writes TURKEY, another TÜRKIYE.
const (
	entityHeadings = `AFGHANISTAN;ARGENTINA;ARMENIA;AUSTRALIA;AUSTRIA;BAHRAIN;BELARUS;BELGIUM;BELIZE;BOLIVIA;BRAZIL;BULGARIA;BURMA;
CANADA;CHILE;CHINA, PEOPLE'S REPUBLIC OF;COSTA RICA;CRIMEA REGION OF UKRAINE;CUBA;CYPRUS;DENMARK;ECUADOR;EGYPT;
ESTONIA;FINLAND;FRANCE;GEORGIA;GERMANY;GREECE;HUNGARY;INDIA;INDONESIA;IRAN;IRAQ;IRELAND;ISRAEL;ITALY;JAMAICA;
JAPAN;JORDAN;KAZAKHSTAN;KENYA;KYRGYZSTAN;LAOS;LATVIA;LEBANON;LITHUANIA;LUXEMBOURG;MADAGASCAR;MALAYSIA;MALTA;
MEXICO;MOROCCO;NETHERLANDS;NEW ZEALAND;NICARAGUA;NORTH MACEDONIA;NORWAY;OMAN;PAKISTAN;PANAMA;PARAGUAY;PERU;
PHILIPPINES;POLAND;PORTUGAL;QATAR;ROMANIA;RUSSIA;SAUDI ARABIA;SENEGAL;SINGAPORE;SLOVAKIA;SOUTH AFRICA;
SOUTH KOREA;SOUTH SUDAN;SPAIN;SRI LANKA;SWEDEN;SWITZERLAND;SYRIA;TAIWAN;THAILAND;TURKEY;UGANDA;UKRAINE;
UNITED ARAB EMIRATES;UNITED KINGDOM;UZBEKISTAN;VENEZUELA;VIETNAM`
	unverifiedHeadings = `ARMENIA;AZERBAIJAN;BULGARIA;CANADA;CHINA, PEOPLE'S REPUBLIC OF;CYPRUS;CZECH REPUBLIC;ESTONIA;FINLAND;GEORGIA;
GERMANY;INDIA;ISRAEL;ITALY;KAZAKHSTAN;KYRGYZSTAN;LATVIA;LEBANON;MALAYSIA;PAKISTAN;SINGAPORE;SWITZERLAND;
TÜRKIYE;UNITED ARAB EMIRATES;UNITED KINGDOM`
	militaryHeadings = `BURMA;CAMBODIA;CHINA, PEOPLE'S REPUBLIC OF;NICARAGUA;VENEZUELA`
)

// headingTable maps list and folded country to the list's own heading. It is made once, of the constants above.
var headingTable = sync.OnceValue(func() map[diff.ListID]map[string]string {
	table := map[diff.ListID]map[string]string{}
	for list, text := range map[diff.ListID]string{
		diff.EntityList: entityHeadings, diff.UnverifiedList: unverifiedHeadings, diff.MilitaryEndUserList: militaryHeadings,
	} {
		table[list] = map[string]string{}
		for h := range strings.SplitSeq(strings.ReplaceAll(text, "\n", ""), ";") {
			table[list][diff.FoldCountry(h)] = h
		}
	}
	return table
})

// headingOf is the list's own heading for a country as a text writes it; false where the list has no such heading.
func headingOf(list diff.ListID, country string) (string, bool) {
	h, ok := headingTable()[list][diff.FoldCountry(country)]
	return h, ok
}
