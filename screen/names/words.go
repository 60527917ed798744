package names

import "strings"

// The tables in this file are facts about words, not about listed parties. Words stand as they are after folding: lower-case ASCII.

// titleTable holds forms of address, ranks and ship prefixes; they say nothing about who is meant.
const titleTable = `mr mrs ms miss mister dr doctor prof professor sir dame lord lady madam madame mme mlle monsieur herr frau fraulein
senor senora senorita don dona signor signora sr sra jr president prasident praesident presidente general gen colonel col major maj captain
capt lieutenant lt sergeant sgt admiral adm brigadier brig marshal minister ambassador sheikh shaikh sheik shaykh sheykh cheikh mullah mulla mawlawi maulvi maulawi mawlana maulana molla hojatoleslam ayatollah hajji haji hajj hadji
alhaji al-haj ustad ustaz pan pani gospodin gospozha grazhdanin comrade eng ing engr engineer-mr mv mt ms-vessel ss rmv hrh hm he excellency
honorable hon rev reverend father pastor brother imam-mr commander cmdr cdr deputy chairman chancellor premier`

// particleTable holds small words of names: articles, conjunctions, prepositions and the "son of" words.
const particleTable = `al el ul ud ur as-al ad-al ash az-al bin ben ibn bint binti binte ould abi von van der den de del della delle di da das dos do du
des la le les los las lo y e i-and and und et och og ve w-and the of for in at on to from for-the in-the zu zum zur ten ter af av dit d l o-of
imeni im named after a-an wa bn a an by with und-das im-name za na pri po iz`

// numberTable maps words to numbers: cardinals, ordinals and Roman numerals that are no letters by themselves.
const numberTable = `one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 fifteen 15
sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 hundred 100
first 1 second 2 third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8 ninth 9 tenth 10 eleventh 11 twelfth 12 thirteenth 13 fourteenth 14
fifteenth 15 sixteenth 16 seventeenth 17 eighteenth 18 nineteenth 19 twentieth 20 1st 1 2nd 2 3rd 3 4th 4 5th 5 6th 6 7th 7 8th 8 9th 9
10th 10 11th 11 12th 12 13th 13 14th 14 15th 15 16th 16 17th 17 18th 18 19th 19 20th 20 21st 21 22nd 22 23rd 23 24th 24 25th 25
ii 2 iii 3 iv 4 vi 6 vii 7 viii 8 ix 9 xi-roman 11 xii 12 xiii 13 xiv 14 xv 15 xvi 16 xvii 17 xviii 18 xix 19 xx 20`

// genericTable holds words of business and administration with the share of weight they keep, in per cent, and the other ways to write
// them. The first of a group is canonical; the others are read as it (abbreviations, plurals, and the same word in other languages).
const genericTable = `
25 group grp groupe grupo gruppe gruppa grupp grup gruppo jituan
25 holding holdings kholding hldg hldgs
25 trading trade trdg ticaret torgovlya torgovyi torgovy comercio handel handels maoyi shangmao
30 technology technologies tech technological tekhnologii tekhnologiya tekhnologiia technologie technologia tecnologia tecnologias teknoloji teknologi jishu keji tekhnologicheskii technologiczny
30 international intl int internacional internationale mezhdunarodnyi mezhdunarodnaya uluslararasi guoji
30 industry industries industrial ind industria industrias industrie promyshlennost promyshlennyi sanayi gongye indus industriya
35 development dev developments desarrollo razvitie razvitiya kaifa fazhan
35 investment investments invest inversiones investitsii investitsionnaya yatirim touzi capital-invest
35 import imports ithalat impex
35 export exports ihracat
30 service services servis servicios serviss svcs
35 solution solutions solutsii
35 system systems sistemy sistema sistemas sys xitong
35 engineering inzhiniring ingenieria eng-works muhendislik gongcheng
35 electronic electronics elektronik elektronika elektronnyi electronica dianzi elec electron
40 electric electrical elektrik electrico dianqi
35 equipment equip shebei oborudovanie
35 product products productos produkt
35 manufacturing mfg manufacture manufacturer manufacturers manufacturas zhizao
35 production proizvodstvo proizvodstvennoe proizvodstvennaya produktsiya
35 management mgmt mgt managing upravlenie upravlyayushchaya guanli
35 business businesses negocios biznes
35 commercial comercial commerce kommercheskii kommercheskaya commerciale comercializadora
35 consulting consultancy consult consultants konsalting danismanlik
35 logistics logistic logistik lojistik logistika wuliu
35 shipping ship ships denizcilik hangyun
40 marine maritime sea-marine morskoi morskaya
35 transport transportation transporte transportes trans transports tashimacilik tasimacilik nakliyat yunshu
35 construction constructions construct stroitelstvo stroitelnaya constructora insaat jianshe jianzhu
40 building build
35 machinery machine machines mashiny mashinostroitelnyi mashinostroenie makina jixie
35 enterprise enterprises predpriyatie ent enterprize qiye empresa
35 institute institut inst instituto yanjiusuo yanjiuyuan institutes institution uchrezhdenie enstitusu
35 research issledovatelskii issledovatelski issledovaniya yanjiu
35 scientific nauchno nauchnyi nauchnaya
35 science sciences sci nauka nauki kexue
35 center centre tsentr centro zentrum merkezi zhongxin ctr
35 university univ universitet universidad universite universitat daxue
35 academy akademiya academia
40 design konstruktorskoe konstruktorskii konstruktor sheji proektnyi
35 bureau byuro biuro buro ju
40 plant zavod factory fabrika gongchang works kombinat mill chang-factory
35 association assoc assn assotsiatsiya asociacion obedinenie
35 organization organisation org organizatsiya organizacion
35 foundation fond fund fundacion vakfi fondation fonds stiftung jijin
35 committee komitet comite
35 department dept departament departamento upr
35 ministry ministerstvo ministerio
35 agency agentstvo agencia
35 federal federalnyi federalnoe federalnaya
35 state gosudarstvennyi gosudarstvennoe gosudarstvennaya
35 national nats natsionalnyi nacional nationale ulusal
40 government gov govt pravitelstvo gobierno
35 public publichnoe
40 bank banka banco banque bankasi yinhang
40 finance financial finances finans finansovaya finansovyi jinrong
40 insurance strakhovanie strakhovaya seguros sigorta baoxian
40 security securities guvenlik bezopasnost seguridad
40 information info informatsionnye informatsionnyi xinxi
40 communication communications telecommunication telecommunications telecom svyaz telekom tongxin telekommunikatsii comms
40 software soft yazilim ruanjian
40 computer computers computing jisuanji
40 digital shuzi
40 network networks wangluo set-net
40 data
40 energy enerji energiya energia nengyuan energetika
40 power
40 oil neft neftyanaya petrol shiyou
40 gas gaz gazovaya
40 petroleum petroli
40 petrochemical petrochemicals neftekhim petrokimya
40 chemical chemicals khimicheskii kimya chem huagong chemistry
45 pharmaceutical pharmaceuticals pharma pharm farma
45 medical med meditsinskii
45 metal metals metall
45 steel stal celik gangtie
45 mining madencilik kuangye
45 material materials cailiao
45 aviation aviatsionnyi aviatsiya havacilik hangkong
45 aerospace hangtian
45 air
45 aircraft
45 airline airlines aviakompaniya airways
45 space
45 instrument instruments priborostroitelnyi pribor yiqi
45 semiconductor semiconductors bandaoti
45 micro
45 optical optics optik
45 precision
45 automation avtomatika zidonghua
45 control controls upravleniya
45 defense defence savunma
45 military voennyi
45 nuclear yadernyi
45 real
45 estate emlak
45 property properties
45 hotel hotels
45 travel turizm tourism
45 food foods gida pishchevoi shipin
45 textile textiles tekstil fangzhi
45 auto automotive otomotiv automobile
45 supply supplies
45 chain
35 general genel
35 joint
35 central tsentralnyi
40 special spetsialnyi
35 advanced
35 global
35 universal
35 united
35 new novyi
40 east eastern vostochnyi dong-east
40 west western zapadnyi
40 north northern severnyi
40 south southern yuzhnyi
45 asia asian aziya
45 euro europe european
40 main
40 limited-word
35 branch filial
35 office ofis
35 representative representation predstavitelstvo
35 subsidiary
35 exchange borsa
35 money
35 house
40 laboratory lab labs laboratoriya shiyanshi laboratories
35 college kolledzh
40 school
40 hospital
45 media
40 project projects
40 support
40 resource resources
40 agro agricultural agriculture
40 cooperative coop
40 society obshchestvo-soc
40 union soyuz
40 front
40 brigade
40 unit
40 army
40 force forces
40 command
40 party
40 islamic islami
40 movement
40 corps
40 republic
40 people
40 revolutionary
40 line lines
40 partner partners
40 world
40 star
45 free
45 zone
35 high
35 city
35 province provincial
35 district
35 municipal municipality
35 prefecture
35 region regional
35 autonomous
35 county
35 village
35 town
35 island islands
35 port
`

// commonNameTable holds given names and family names that very many people bear; they keep most of their weight, but alone they prove
// nothing.
const commonNameTable = `muhammad mohammad mohammed mohamed mohamad ahmad ahmed ali hassan hasan hussein hussain husayn hossein ibrahim omar umar
abd abdul abdullah abdallah abu mahmoud mahmud mustafa khalid khaled khan reza rahman yusuf youssef ismail saleh salih hamid karim jamal nasser
said saeed sayed seyed seyyed sayyed sayyid hafiz qari amir abbas mehdi majid mohsen jose juan carlos luis antonio maria jesus francisco manuel miguel pedro jorge rodriguez gonzalez
hernandez lopez garcia martinez perez sanchez ramirez torres flores rivera gomez diaz cruz john james robert michael william david richard
joseph thomas charles daniel paul mark george peter smith johnson williams brown jones miller davis wilson anderson taylor martin lee
alexander aleksandr vladimir sergei sergey andrei andrey dmitry dmitri mikhail nikolai nikolay ivan igor oleg viktor victor yuri alexei alexey
aleksei aleksey pavel anatoly boris vasily olga elena natalia tatiana irina anna svetlana ivanov petrov vladimirovich aleksandrovich
alexandrovich nikolaevich nikolayevich ivanovich sergeevich sergeyevich viktorovich mikhailovich petrovich anatolyevich kim pak ri choe jong
chol yong wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo wei jin hong nguyen tran singh kumar sharma
hans karl heinz friedrich wolfgang klaus jean pierre marie michel giuseppe mario marco anton anna peter`

func WordSet(table string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(table) {
		out[w] = true
	}
	return out
}

func parseNumbers(table string) map[string]string {
	f := strings.Fields(table)
	out := make(map[string]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		out[f[i]] = f[i+1]
	}
	return out
}

// generic is the canonical form of a generic word and the share of weight it keeps.
type generic struct {
	canon string
	share float32
}

func parseGeneric(table string) map[string]generic {
	out := map[string]generic{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		share := float32(f[0][0]-'0')/10 + float32(f[0][1]-'0')/100
		for _, w := range f[1:] {
			out[w] = generic{canon: f[1], share: share}
		}
	}
	return out
}

func parseGroups(table string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		for _, w := range f {
			if _, ok := out[w]; !ok {
				out[w] = f[0]
			}
		}
	}
	return out
}
