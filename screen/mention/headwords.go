package mention

// acronymTable holds abbreviations in capitals that everybody uses for something else.
const acronymTable = `AI API ATM BBC CEO CFO CIA CNN COO CPU CTO DNA EAR EU FBI FCC FDA GDP GPS GPU HIV HR IBM ICT ID IMF IMO IOT IP IPO ISIS ISO
IT KGB LED LNG LPG MBA MIT MP MRI NASA NATO NBA NGO NYSE NATO OPEC PC PHD PM PR PRC RNA SDN SEC SIM SMS SOS SUV TV UAE UAV UFO UK UN US USA USB
USD USSR VAT VIP VPN WHO WTO WWF AP AFP DW NHS UAV CCTV OFAC BIS DOJ DHS HMS USS ASEAN BRICS COVID SARS STEM ACE ART BEST CAST FAST GATE HOPE
IDEAL LINK MASTER NEW NEXT ONE OPEN PEACE SAFE SMART SPACE STAR SUN TEAM TECH TIME UNITED VISION WAVE AND FOR THE NOT ALL ANY CAN HAS NOW OUR
OUT CO LTD INC LLC PLC CORP JSC OOO AG SA GMBH`

// headTable holds nouns which, right after a name, make it the name of something else: a street, a club, a shop.
const headTable = `street road avenue boulevard lane square park garden gardens stadium arena hotel restaurant cafe bakery hospital clinic museum
theatre theater church mosque temple river lake mountain mount hill valley village town city district province county island bridge station
airport harbour harbor school university college academy institute foundation fc club football basketball team orchestra festival award prize
bank insurance pharmaceutical pharmaceuticals brewery winery farm farms food foods paper textile textiles furniture toys travel tourism
airlines fashion cosmetics jewelry ceramics tea coffee hospitality realty estate estates law lawyers clinic dental kindergarten magazine
newspaper times post daily news cement chemical chemicals fertilizer mining steel auto automobile motors tyre tire film films pictures music
records publishing press books supermarket market markets bazaar mall plaza tower building apartments residences cemetery`
