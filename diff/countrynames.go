package diff

// countryNames are the countries and the territories that lists and addresses name: ISO 3166 code, then names in normal form.
// A code with a dash is a region that some list gives a heading of its own (ISO 3166-2).
const countryNames = `
AD andorra|principality of andorra
AE united arab emirates|uae|u a e|united arab emirate|dubai uae|emirates
AF afghanistan|islamic republic of afghanistan
AG antigua and barbuda|antigua
AI anguilla
AL albania|republic of albania
AM armenia|republic of armenia
AO angola|republic of angola
AR argentina|argentine republic
AS american samoa
AT austria|republic of austria
AU australia|commonwealth of australia
AW aruba
AZ azerbaijan|republic of azerbaijan
BA bosnia and herzegovina|bosnia|bosnia herzegovina
BB barbados
BD bangladesh|peoples republic of bangladesh
BE belgium|kingdom of belgium
BF burkina faso
BG bulgaria|republic of bulgaria
BH bahrain|kingdom of bahrain
BI burundi
BJ benin
BM bermuda
BN brunei|brunei darussalam
BO bolivia|plurinational state of bolivia
BR brazil|brasil|federative republic of brazil
BS bahamas|commonwealth of the bahamas
BT bhutan
BW botswana
BY belarus|republic of belarus
BZ belize
CA canada
CD democratic republic of the congo|democratic republic of congo|congo democratic republic of the|congo kinshasa|drc|dr congo
CF central african republic
CG congo|republic of the congo|republic of congo|congo republic of the|congo brazzaville
CH switzerland|swiss confederation
CI ivory coast|cote divoire|côte divoire
CL chile|republic of chile
CM cameroon|republic of cameroon
CN china|peoples republic of china|china peoples republic of|prc|p r c|pr china|p r china|p r of china|mainland china|china prc|china pr|china p r|chinese mainland|peoples republic of
CO colombia|republic of colombia
CR costa rica
CU cuba|republic of cuba
CV cape verde|cabo verde
CW curacao|curaçao
CY cyprus|republic of cyprus|northern cyprus|turkish republic of northern cyprus
CZ czech republic|czechia
DE germany|federal republic of germany|deutschland
DJ djibouti
DK denmark|kingdom of denmark
DM dominica
DO dominican republic
DZ algeria
EC ecuador|republic of ecuador
EE estonia|republic of estonia
EG egypt|arab republic of egypt
ER eritrea
ES spain|kingdom of spain
ET ethiopia
FI finland|republic of finland
FJ fiji
FM micronesia|federated states of micronesia
FO faroe islands
FR france|french republic
GA gabon
GB united kingdom|uk|u k|great britain|england|scotland|wales|northern ireland|united kingdom of great britain and northern ireland
GD grenada
GE georgia|republic of georgia
GG guernsey
GH ghana
GI gibraltar
GL greenland
GM gambia
GN guinea
GP guadeloupe
GQ equatorial guinea
GR greece|hellenic republic
GT guatemala
GU guam
GW guinea bissau
GY guyana
HK hong kong|hongkong|hong kong sar|hksar|hong kong s a r|hong kong special administrative region|hong kong china|hong kong sar china
HN honduras
HR croatia
HT haiti
HU hungary
ID indonesia|republic of indonesia
IE ireland|republic of ireland
IL israel|state of israel
IM isle of man
IN india|republic of india
IQ iraq|republic of iraq
IR iran|islamic republic of iran
IS iceland
IT italy|italia|italian republic
JE jersey
JM jamaica
JO jordan|hashemite kingdom of jordan
JP japan
KE kenya|republic of kenya
KG kyrgyzstan|kyrgyz republic|kyrgyz
KH cambodia|kingdom of cambodia
KI kiribati
KM comoros
KN saint kitts and nevis|st kitts and nevis
KP north korea|democratic peoples republic of korea|dprk|d p r k|dpr korea|d p r korea
KR south korea|republic of korea|korea|rok|r o k
KW kuwait|state of kuwait
KY cayman islands
KZ kazakhstan|republic of kazakhstan
LA laos|lao pdr|lao peoples democratic republic|laos peoples democratic republic
LB lebanon|lebanese republic
LC saint lucia|st lucia
LI liechtenstein
LK sri lanka
LR liberia
LS lesotho
LT lithuania|republic of lithuania
LU luxembourg|grand duchy of luxembourg
LV latvia|republic of latvia
LY libya
MA morocco|kingdom of morocco
MC monaco
MD moldova|republic of moldova|transnistria
ME montenegro
MG madagascar
MH marshall islands|republic of the marshall islands
MK north macedonia|macedonia|republic of north macedonia
ML mali
MM burma|myanmar|myanmar burma|burma myanmar|union of myanmar|republic of the union of myanmar
MN mongolia
MO macau|macao|macau sar|macao sar|macau china
MQ martinique
MR mauritania
MS montserrat
MT malta|republic of malta
MU mauritius
MV maldives|republic of maldives
MW malawi
MX mexico|méxico|united mexican states
MY malaysia
MZ mozambique
NA namibia
NC new caledonia
NE niger
NG nigeria|federal republic of nigeria
NI nicaragua
NL netherlands|the netherlands|holland|kingdom of the netherlands
NO norway|kingdom of norway
NP nepal
NR nauru
NZ new zealand
OM oman|sultanate of oman
PA panama|panamá|republic of panama
PE peru|perú|republic of peru
PF french polynesia
PG papua new guinea
PH philippines|republic of the philippines
PK pakistan|islamic republic of pakistan
PL poland|republic of poland
PR puerto rico
PS palestine|west bank|gaza|gaza strip|palestinian territories|palestinian territory|state of palestine
PT portugal|portuguese republic
PW palau
PY paraguay|republic of paraguay
QA qatar|state of qatar
RE reunion|réunion
RO romania
RS serbia|republic of serbia
RU russia|russian federation|the russian federation|russian
RW rwanda
SA saudi arabia|kingdom of saudi arabia|ksa
SB solomon islands
SC seychelles|republic of seychelles
SD sudan|republic of the sudan|republic of sudan
SE sweden|kingdom of sweden
SG singapore|republic of singapore
SI slovenia
SK slovakia|slovak republic
SL sierra leone
SM san marino
SN senegal|republic of senegal
SO somalia
SR suriname
SS south sudan|republic of south sudan
ST sao tome and principe|são tomé and príncipe
SV el salvador
SX sint maarten
SY syria|syrian arab republic|syrian
SZ eswatini|swaziland
TC turks and caicos islands
TD chad
TG togo
TH thailand|kingdom of thailand
TJ tajikistan|republic of tajikistan
TL timor leste|east timor
TM turkmenistan
TN tunisia
TO tonga
TR turkey|türkiye|turkiye|republic of turkey|republic of türkiye
TT trinidad and tobago
TV tuvalu
TW taiwan|republic of china|taiwan r o c|taiwan roc|roc|r o c
TZ tanzania|united republic of tanzania
UA ukraine
UA-43 crimea region of ukraine|crimea|crimea region|crimea ukraine|republic of crimea|crimea occupied|crimea region of
UA-14 donetsk|donetsk peoples republic|so called donetsk peoples republic|dnr region of ukraine
UA-09 luhansk|luhansk peoples republic|so called luhansk peoples republic|lnr region of ukraine
UG uganda|republic of uganda
US united states|united states of america|usa|u s a|u s|us
UY uruguay
UZ uzbekistan|republic of uzbekistan
VA holy see|vatican city
VC saint vincent and the grenadines|st vincent and the grenadines
VE venezuela|bolivarian republic of venezuela
VG british virgin islands|virgin islands british|bvi|b v i|tortola
VI us virgin islands|u s virgin islands
VN vietnam|viet nam|socialist republic of vietnam
VU vanuatu
WS samoa
XK kosovo
YE yemen|republic of yemen
ZA south africa|republic of south africa
ZM zambia
ZW zimbabwe
`
