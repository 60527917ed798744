package names

// englishTable holds everyday English words that companies, ships and people are also named with: by themselves they name nobody.
// Plurals and verb forms are found by their stems.
const englishTable = `about above access account ace achieve act action active actor add advance advantage adventure advice affair africa after
again age agent ahead aid aim air alarm album alert alliance allow ally alone alpha alternative amber ambition amigo anchor angel angle animal
answer antelope apex apollo apple april arc arch arctic area arena argo argument aries arm armour arrow art ash aspect asset assist assure
atlantic atlas atom attack aurora authority autumn avenue average award aware axis baby back badge balance ball balloon band banner bar barrier
base basic basin basket bat battery battle bay beach beacon beam bear beauty beaver become bee begin believe bell benefit best better beyond
big bird birth bishop bit black blacklist blade blast blaze block blood blossom blue board boat body bold bolt bomb bond bonus book border
boss bottle boulder boundary bow box boy brain branch brand brave bread break breeze brick bride bridge brief bright brilliant bring broad
bronze brother brown bubble bud budget buffalo bull bullet burn bus bush butter butterfly button buy cable cactus cage call calm camel camera
camp campaign canal candle cannon canvas canyon capital captain car carbon card care career cargo carrier case castle cat catch cause cave
cedar cell centaur century ceramic certain challenge champion chance change channel chapter charge charm chart chase check cherry chief child
choice chrome circle circuit citizen city civil claim class classic clean clear clever click client climb clock close cloud clover club coach
coal coast coat cobra code coffee coin cold collect college colony colour color column comet comfort command comment common community compact
compare compass compete complete complex concept concern concert concord concrete condor connect connection conquest consider consul contact
content continent contract control convoy cook cool copper coral core corner corona correct cosmos cost cotton council count country courage
course court cousin cover cow craft crane cream create credit crescent crest crew crisis critical crop cross crow crown crude cruise crystal
cube culture cup current curve custom cut cycle cyclone cypress daily dance danger dark data date dawn day deal dear debate decade decide deep
deer defend deliver delta demand democracy dense deny depth desert design desk detail diamond dialogue dictionary diesel differ difficult dig
dinner direct direction discover discuss distance diver divine doctor dog dollar dolphin dome door double dove down dragon drama draw dream
dress drink drive drone drop drum dry duke dune dust duty dynamic dynasty each eagle early earn earth ease easy echo eclipse economy edge edit
effect effort eight elder element elephant elite emerald emperor empire employ enable end endeavour enemy engage engine enjoy ensure enter
entire entity epic epoch equal equator era escape essence estate eternal ethics even evening event ever every evidence evolution exact example
excel excellent except exchange exile exist expect expert explain explore express extra extreme eye fabric face fact fair faith falcon fall
fame family famous fan far farm farmer fashion fast father favour feather feature federal field fifth fight figure file film final find fine
fire first fish five fix flag flame flash fleet flight float flood floor flora flow flower fly focus folk follow food foot force forest forge
form formal format fort fortress fortune forum forward foster found fountain four fox frame free freedom fresh friend frontier frost fruit fuel
full fun function fund fusion future galaxy gale game gamma garden gas gate gateway gather gauge gem gemini generation genesis genius gentle
genuine ghost giant gift girl give glacier gladiator glass globe glory goal gold golden good grace grade grain grand granite grant graph grass
gravity great green grey grid ground grow growth guard guest guide guild gulf gun habit half hall halo hammer hand handle happen happy harbour
harbor hard harmony harp harvest hat have hawk head health hear heart heat heaven heavy hedge height helicopter helix help herald heritage
hermes hero heron high highway hill history hold holiday holy home honest honey honour hope horizon horn horse host hotel hour house human
hundred hunt hunter husband ice icon idea ideal identity image imagine impact imperial important impress impulse inch include income increase
independent index indicate individual infinity influence inform initial inn inner innovation input insight inspire instance integral integrity
intelligent intelligence intent interest interior inverse invest iris iron island issue ivory jade jaguar jasmine jet jewel job join joint
journal journey joy jubilee judge jump jungle junior jupiter just justice keen keep kernel key keystone kick kind king kingdom kite knight
know knowledge label labour lady lake lamp lance land language large laser last late laugh launch laurel law leader leaf league lean learn
lease leather leave left legacy legal legend lemon lens leo leopard less lesson letter level liberty library licence license lift light
lighthouse lightning like lily lime limit line link lion liquid list listen little live load local lock logic long look loop lord lotus love
loyal luck lucky lunar lynx machine magic magnet magnum mail main major make man manage manor many map maple marble march margin mark market
mars mask mass master match matrix matter maximum may mayor meadow mean measure media medium meet melody member memory mercury merit message
metal meter method metro middle might mile milk mill million mind mine mineral minister minor mint minute mirror miss mission mist mix mobile
mode model modern module moment monarch money monitor monster month monument moon more morning mosaic mother motion motor mount mountain move
museum music mutual mystery myth name narrow nation native natural nature near need nest net network neutral never news next night nine noble
node noise nomad normal note nothing notice nova novel number nurse oak oasis object ocean octagon october offer official often old olive
olympia olympic omega omni one onyx open opera opinion optimum option orange orbit orchid order origin orion osprey other outlook output oval
over own oxford oxygen pace pacific pack page pain paint pair palace palm panda panel panorama panther paper parade paradise paragon parallel
parent park parrot part partner pass passage passion past patch path patrol pattern peace peak pearl pegasus pelican pen penguin people pepper
perfect perform period permanent permit person phase phoenix phone photo phrase piano picture piece pigeon pilgrim pilot pine pink pioneer
pipe pirate place plain plan planet plant plastic plate platform platinum play player plaza please plus pocket poem poet point polar pole
police policy pool poor pop popular port portal position positive possible post pound power practical praise prayer precious prefer premier
premium prepare present president press pressure prestige price pride prime prince princess principal print prism private prize problem
process prodigy produce profile profit program progress promise prophet prospect prosper prosperity protect proton proud prove provide
province public pulse pump pure purple purpose pursue push pyramid python quality quarter quartz queen quest question quick quiet quote rabbit
race radar radiant radical radio radius rail rain rainbow raise ram range rank rapid rare rate raven ray reach react read ready real reality
reason rebel receive recent record recover red reef reflex reform regal regent region regular relate relative release reliable reliance relief
remain remember remote remove renew report republic request research reserve resist resolve resource respect response rest result return
revenue revolution reward rich ride ridge right ring rise risk rival river road robin robot rock rocket role roll roof room root rose round
route row royal ruby rule run rush russet sable sabre sacred safe safety sail saint salon salt same sand sapphire satellite save scale scene
school scope score scorpion scout screen sea seal search season seat second secret sector secure see seed seek select self sell senate send
senior sense sentinel september sequoia series serious serve session set settle seven shade shadow shape share shark sharp sheet shell shelter
shield shift shine ship shop shore short show side sight sign signal silence silent silicon silk silver similar simple since single siren site
six size skill skin sky skyline sleep slow small smart smile smoke smooth snake snow social soft soil solar soldier sole solid solo solution
sonic soul sound source south space spark spartan speak special spectrum speech speed sphinx spice spider spirit spoke sport spot spread spring
sprint square stable stadium staff stage stand standard star start state station statue status stay steady steel steep stellar step stick still
stock stone stop storage store storm story straight strange strategic strategy stream street strength strike strong structure student studio
study style subject submit success such sugar summit sun sunday sunlight sunny sunrise sunset sunshine super superior supply support supreme
sure surface surge swan sweet swift sword symbol synergy system table tactic talent talk tank target task team tear tell temple ten term
terra test text theatre theme theory thing think thousand thread three throne thunder tide tiger time tip titan title today tone tool top topic
torch tornado total touch tour tower town trace track tradition trail train transit travel treasure treat tree trend triangle tribe tribune
trident trinity triumph trophy true trust truth try tulip tunnel turbo turn twin two type ultimate ultra unicorn unified uniform union unique
unit unity universal universe unlimited update upper urban use user usual valiant valley value van vanguard vanilla vantage vector vega venture
venus verify verse version vertex vessel veteran victor victory video view viking villa village vintage violet viper virgo virtue vision visit
vista vital vivid voice volcano volume vortex vote voyage voyager vulcan wait walk wall want war warm warrior watch water wave way wealth
weapon wear weather web week welcome west whale wheel white whole wide wife wild will win wind window wine wing winner winter wire wisdom wise
wish witness wolf woman wonder wood word work world worth write yacht yard year yellow yes young youth zebra zenith zero zodiac zone zoom
monday tuesday wednesday thursday friday saturday january february june july august november december reuters bloomberg secretary spokesman
spokeswoman minister ministry commerce treasury government congress parliament court agency official trade ban sanction sanctions say said told
announce accuse target blacklisted uyghurs muslim christian minority rights abuse human the this that these those his her their our your its
who what when where why how not but for from with without against among between during under over since until while because although however
meanwhile also both either neither only even yet then than too very most some any all none another several few much many such same`
