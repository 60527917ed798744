package names

import (
	"slices"
	"strings"
)

// placeTable names countries and well-known places: ISO 3166 code, then the country's names, then after "/" its places and the
// adjectives made of it. Words of one name are joined by "-". Everything stands as it is after folding.
const placeTable = `
AF afghanistan / kabul kandahar herat afghan
AL albania / tirana albanian
DZ algeria / algiers algerian
AO angola / luanda angolan
AR argentina / buenos-aires argentine argentinian
AM armenia / yerevan armenian
AU australia / sydney melbourne brisbane perth canberra queensland victoria-state new-south-wales australian
AT austria osterreich / vienna wien austrian
AZ azerbaijan / baku azerbaijani
BH bahrain / manama bahraini
BD bangladesh / dhaka bangladeshi
BY belarus byelorussia / minsk gomel brest-city grodno vitebsk mogilev belarusian belorussian
BE belgium belgique / brussels antwerp belgian
BZ belize
BO bolivia / la-paz
BA bosnia bosnia-and-herzegovina / sarajevo bosnian
BR brazil brasil / sao-paulo brasilia rio-de-janeiro brazilian
BG bulgaria / sofia bulgarian
MM burma myanmar / yangon rangoon mandalay naypyidaw burmese
KH cambodia / phnom-penh
CA canada / ottawa toronto montreal vancouver ontario quebec alberta markham canadian
CL chile / santiago chilean
CN china prc peoples-republic-of-china zhongguo / beijing peking shanghai tianjin chongqing shenzhen guangzhou guangdong hangzhou zhejiang
CN / nanjing jiangsu suzhou wuhan hubei hunan changsha chengdu sichuan xian shaanxi shanxi taiyuan xiamen fujian fuzhou quanzhou dalian shenyang
CN / liaoning harbin heilongjiang jilin changchun qingdao jinan shandong yantai weihai zhengzhou henan luoyang hefei anhui nanchang jiangxi
CN / guiyang guizhou kunming yunnan guilin guangxi nanning hainan haikou lanzhou gansu urumqi xinjiang xizang tibet lhasa ningxia yinchuan
CN / qinghai xining hohhot inner-mongolia hebei shijiazhuang tangshan wuxi changzhou nantong ningbo wenzhou dongguan foshan zhuhai zhongshan
CN / huizhou shantou mianyang zigong kashgar kashi hotan hetian aksu korla kunlun jiaxing shaoxing yangzhou zhenjiang xuzhou baoding
CN / zhongguancun pudong haidian chaoyang xiongan binjiang minhang huainan chinese uyghur uighur xuar manchuria yangtze
HK hong-kong hongkong hk xianggang / kowloon wanchai tsim-sha-tsui shatin tsuen-wan
MO macau macao
CO colombia / bogota medellin cali colombian
CR costa-rica
HR croatia hrvatska / zagreb croatian
CU cuba / havana cuban
CY cyprus / nicosia limassol larnaca cypriot
CZ czech-republic czechia / prague praha brno czech
CD congo / kinshasa congolese
DK denmark danmark / copenhagen danish
DO dominican-republic
EC ecuador / quito guayaquil
EG egypt misr / cairo alexandria egyptian
EE estonia eesti / tallinn estonian
ET ethiopia / addis-ababa ethiopian
FI finland suomi / helsinki finnish
FR france / paris lyon marseille toulouse french francaise
GE georgia-country / tbilisi georgian
DE germany deutschland / berlin hamburg munich munchen frankfurt dusseldorf cologne bonn stuttgart bavaria german deutsche deutscher
GH ghana / accra
GR greece hellas / athens piraeus greek hellenic
GT guatemala
HN honduras
HU hungary / budapest hungarian
IN india bharat / delhi new-delhi mumbai bangalore bengaluru hyderabad chennai kolkata gujarat indian
ID indonesia / jakarta indonesian
IR iran islamic-republic-of-iran persia / tehran teheran isfahan esfahan shiraz tabriz mashhad qom karaj bandar-abbas kish qeshm iranian persian
IQ iraq / baghdad basra mosul erbil iraqi
IE ireland eire / dublin irish
IL israel / tel-aviv jerusalem haifa israeli
IT italy italia / rome roma milan milano turin italian italiana
JP japan nippon / tokyo osaka kyoto yokohama japanese
JO jordan-country / amman jordanian
KZ kazakhstan / almaty astana nur-sultan kazakh
KE kenya / nairobi kenyan
KP north-korea dprk korea chosun / pyongyang wonsan nampo korean
KR south-korea rok / seoul busan incheon
KW kuwait / kuwaiti
KG kyrgyzstan / bishkek kyrgyz
LA laos / vientiane lao
LV latvia / riga latvian
LB lebanon liban / beirut lebanese
LY libya / tripoli benghazi libyan
LI liechtenstein / vaduz
LT lithuania / vilnius lithuanian
LU luxembourg
MY malaysia / kuala-lumpur selangor penang labuan malaysian
ML mali / bamako
MT malta / valletta maltese
MH marshall-islands / majuro
MX mexico / tijuana guadalajara monterrey mexican mexicana mexicano
MD moldova / chisinau moldovan
MC monaco
MN mongolia / ulaanbaatar mongolian
ME montenegro / podgorica
MA morocco maroc / casablanca rabat moroccan
NL netherlands holland nederland / amsterdam rotterdam hague dutch
NZ new-zealand / auckland wellington
NI nicaragua / managua
NG nigeria / lagos abuja nigerian
NO norway norge / oslo norwegian
OM oman / muscat omani
PK pakistan / islamabad karachi lahore rawalpindi peshawar pakistani punjab
PA panama
PS palestine palestinian-territories / gaza west-bank ramallah palestinian
PY paraguay
PE peru / lima peruvian
PH philippines / manila filipino
PL poland polska / warsaw warszawa polish
PT portugal / lisbon portuguese
QA qatar / doha qatari
RO romania / bucharest romanian
RU russia russian-federation rossiya / moscow moskva moskovskii petersburg saint-petersburg st-petersburg peterburg novosibirsk yekaterinburg
RU / ekaterinburg kazan samara omsk chelyabinsk rostov ufa krasnoyarsk perm voronezh volgograd saratov krasnodar tula tambov kaluga zelenograd
RU / vladivostok murmansk kaliningrad irkutsk tomsk khabarovsk siberia sibir ural crimea krym sevastopol sakhalin tatarstan bashkortostan
RU / dagestan chechnya yakutia kuban kursk ryazan tver tyumen izhevsk dubna korolev rossiiskii rossiiskaya rossiyskaya rossiyskii russian russkii
SA saudi-arabia saudi ksa / riyadh jeddah dammam arabia
SN senegal / dakar
RS serbia srbija / belgrade beograd novi-sad serbian
SC seychelles / mahe
SG singapore singapura / singaporean
SK slovakia / bratislava slovak
SI slovenia / ljubljana
SO somalia / mogadishu somali
ZA south-africa rsa / johannesburg cape-town pretoria
ES spain espana / madrid barcelona spanish
LK sri-lanka / colombo
SD sudan / khartoum sudanese
SE sweden sverige / stockholm gothenburg swedish
CH switzerland schweiz suisse svizzera / zurich geneva geneve basel bern zug lugano swiss
SY syria syrian-arab-republic / damascus aleppo homs latakia syrian
TW taiwan / taipei hsinchu kaohsiung taichung taiwanese formosa
TJ tajikistan / dushanbe tajik
TZ tanzania / dar-es-salaam
TH thailand / bangkok thai
TN tunisia / tunis tunisian
TR turkey turkiye / istanbul ankara izmir bursa antalya mersin turkish turk
TM turkmenistan / ashgabat
UA ukraine ukraina / kyiv kiev kharkiv kharkov odesa odessa lviv donetsk luhansk lugansk mariupol zaporizhzhia kherson ukrainian donbas
AE united-arab-emirates uae emirates / dubai abu-dhabi sharjah ajman fujairah ras-al-khaimah jebel-ali deira emirati
GB united-kingdom uk gb great-britain britain england scotland wales northern-ireland / london manchester birmingham glasgow edinburgh british
US united-states united-states-of-america usa us america / washington new-york california texas los-angeles san-francisco chicago houston
US / boston seattle miami florida delaware virginia maryland silicon-valley american hawaii alaska
UY uruguay / montevideo
UZ uzbekistan / tashkent uzbek
VE venezuela / caracas maracaibo venezuelan venezolana
VN vietnam viet-nam / hanoi ho-chi-minh saigon haiphong vietnamese
YE yemen / sanaa aden yemeni
VG british-virgin-islands bvi virgin-islands / tortola
KY cayman-islands cayman
BM bermuda
GI gibraltar
AG antigua antigua-and-barbuda
BS bahamas
BB barbados
LR liberia / monrovia
KN saint-kitts
VC saint-vincent
SL sierra-leone
KM comoros
GA gabon
CM cameroon
UG uganda / kampala
RW rwanda
ZW zimbabwe / harare
ZM zambia
MZ mozambique
MU mauritius
MV maldives
NP nepal / kathmandu
MK macedonia north-macedonia / skopje
XK kosovo / pristina
IS iceland
ER eritrea
CF central-african-republic
SS south-sudan
`

// regionTable holds words for larger or vaguer areas.
const regionTable = `asia africa europe european americas pacific atlantic mediterranean caucasus balkan balkans gulf arctic antarctic eurasia
scandinavia caribbean orient middle-east far-east sahara maghreb levant hormuz caspian baltic volga don danube nile euphrates arab arabian
african asian eurasian`

// atlas knows place words.
type atlas struct {
	word    map[string]bool   // single words that name a place, or are part of the name of one
	country map[string]string // a country's name with blanks, to its ISO 3166 code
	codes   map[string]bool
	of      map[string]string // a place word to the code of its country
}

func parsePlaces(table, regions string) atlas {
	a := atlas{word: map[string]bool{}, country: map[string]string{}, codes: map[string]bool{}, of: map[string]string{}}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		a.codes[f[0]] = true
		names := true
		for _, w := range f[1:] {
			if w == "/" {
				names = false
				continue
			}
			if names {
				a.country[strings.ReplaceAll(w, "-", " ")] = f[0]
			}
			a.addWords(w, f[0])
		}
	}
	for _, w := range strings.Fields(regions) {
		a.addWords(w, "")
	}
	return a
}

// placelessWords are parts of the names of places ("West Bank", "Cape Town", "Dar es Salaam") that by themselves name no country.
var placelessWords = strings.Fields("bank town inner valley silicon virgin territories sultan tel de es wan")

// addWords takes in the words of a place; small and very common parts are left to their own meaning.
func (a atlas) addWords(name, code string) {
	for w := range strings.SplitSeq(name, "-") {
		switch w {
		case "la", "do", "the", "of", "and", "new", "state", "country", "city", "south", "north", "east", "west", "republic", "central",
			"saint", "st", "abu", "ali", "al", "united", "states", "great", "islands", "ho", "chi", "bandar", "ras", "cape", "mahe", "don", "cali",
			"people", "peoples", "federation", "islamic", "northern", "abbas", "sad", "novi", "turin", "victoria", "virginia", "jordan", "georgia", "sofia", "us", "far", "middle":
			continue
		}
		a.word[w] = true
		if code != "" && !slices.Contains(placelessWords, w) {
			a.of[w] = code
		}
	}
}

// codeOf is the ISO 3166 code of a country as people write it: a code, a name, or a list's own heading ("CHINA, PEOPLE'S REPUBLIC OF").
// It is empty where the text names no country that the table knows.
func (a atlas) codeOf(text string) string {
	text = strings.TrimSpace(text)
	if up := strings.ToUpper(text); len(up) == 2 && a.codes[up] {
		return up
	}
	words := Fold(text)
	if c := a.country[strings.Join(words, " ")]; c != "" {
		return c
	}
	if head, _, found := strings.Cut(text, ","); found {
		if c := a.country[strings.Join(Fold(head), " ")]; c != "" {
			return c
		}
	}
	return ""
}

// IsPlace reports whether a name is nothing but the names of places and of the people there: "South Africa", "Israeli".
func IsPlace(name string) bool {
	words := Fold(name)
	if theLexicon().atlas.codeOf(name) != "" {
		return true
	}
	for _, w := range words {
		if !theLexicon().atlas.word[w] && !theLexicon().particle[w] {
			return false
		}
	}
	return len(words) > 0
}
