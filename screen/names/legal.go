package names

import "strings"

// legalClass groups legal forms that may stand for one another when two registers write the same company.
type LegalClass uint8

const (
	legalAny         LegalClass = iota // says nothing of the kind of company ("company", "corporation")
	legalLimited                       // GmbH, Ltd, LLC, OOO
	legalStock                         // AG, JSC, PAO, S.A.
	legalPartnership                   // KG, LP
	legalNonprofit                     // ANO, e.V.
	legalState                         // FGUP
	legalSole                          // sole trader
)

// legalTable names legal forms as their words stand after folding (letters lower-case, dots and diacritics gone), one form a line:
// class, canonical form, and the ways to write it separated by "|".
const legalTable = `
any co|co|company|comp|cie|compagnie|compania|companhia|kompaniya|kompania|kompanija|firma|firm|gongsi|sherkat|sharikat|societe|sociedad|sociedade|societatea|societa|gesellschaft|obshchestvo|obschestvo|obshestvo|obshhestvo|obshschestvo|predpriyatie|enterprise unitary
any corp|corp|corporation|korporatsiya|korporatsiia|korporacija|corporacion|corporacao|corpn
any cv|de cv|de c v|cv
any inc|inc|incorporated|incorp
limited ltd|ltd|limited|lmtd|ltda|limitada|limitee|youxian|ltee
limited coltd|co ltd|company limited|co limited|company ltd|corp ltd|corporation ltd|corporation limited|youxian gongsi|youxian zeren gongsi|coltd|cooltd|pvt ltd|private limited|pvt limited|private ltd|pte ltd|pte limited|pty ltd|pty limited|proprietary limited|co pte ltd|co pvt ltd|pte|pty|pvt|sdn bhd|sdn|bhd|sendirian berhad|tnhh|cong ty tnhh
limited llc|llc|l l c|limited liability company|limited liability co|limited liability|with limited liability|company with limited liability|limited liability partnership company
limited ooo|ooo|o o o|obshchestvo s ogranichennoi otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoi otvetstvennostiu|obschestvo s ogranichennoi otvetstvennostyu|obschestvo s ogranichennoy otvetstvennostyu|obshestvo s ogranichennoi otvetstvennostyu|obshchestvo s ogranichennoj otvetstvennostyu|ogranichennoi otvetstvennostyu|ogranichennoy otvetstvennostyu|tovarishchestvo s ogranichennoi otvetstvennostyu|too|tov|tovarystvo z obmezhenoyu vidpovidalnistyu|mchj|odo
limited gmbh|gmbh|g m b h|gesellschaft mit beschraenkter haftung|gesellschaft mit beschrankter haftung|ges m b h|gesmbh|ug haftungsbeschrankt|ug
limited srl|srl|s r l|sarl|s a r l|sarlu|societe a responsabilite limitee|societa a responsabilita limitata|sociedad de responsabilidad limitada|societatea cu raspundere limitata|societate cu raspundere limitata|srls|s de rl|s de r l|s de rl de cv|sl|slu|s l|sociedad limitada
limited bv|bv|b v|besloten vennootschap|bvba|sprl
limited spzoo|sp z o o|sp zoo|sp z oo|spolka z o o|spolka z ograniczona odpowiedzialnoscia|spolka z ograniczona|zoo
limited doo|doo|d o o|drustvo sa ogranicenom odgovornoscu|drustvo s ogranicenom odgovornoscu|dooel
limited eood|eood|ood|e o o d|o o d
limited sro|sro|s r o|spol s r o|spolocnost s rucenim obmedzenym
limited kft|kft|korlatolt felelossegu tarsasag
limited oy|oy|osakeyhtio
limited aps|aps|ap s|anpartsselskab
limited fze|fze|fz e|fzco|fzc|fz co|fz llc|fzllc|free zone establishment|free zone company|dmcc|dwc llc|fz
limited sti|sti|ltd sti|limited sirketi|ticaret limited sirketi|limited sti|sirketi|sirket
limited lda|lda|sia|uab|osauhing|ou|epe|ike|mepe|eurl|wll|w l l|spc
limited gk|godo kaisha|yugen kaisha|yk|gk
stock ag|ag|aktiengesellschaft|aktiengeselschaft
stock jsc|jsc|j s c|joint stock company|joint stock co|joint stock|jsco|ao|a o|aktsionernoe obshchestvo|aktsionernoye obshchestvo|aktcionernoe obshestvo|aktsionernoe obschestvo|aktsionernoe obshestvo|aktsioneren|akcionernoe obshchestvo|ad|aktsionerno druzhestvo
stock ojsc|ojsc|oao|o a o|open joint stock company|open joint stock|otkrytoe aktsionernoe obshchestvo|otkrytoye aktsionernoye obshchestvo|otkrytoe aktsionernoe obschestvo|open stock company
stock cjsc|cjsc|zao|z a o|closed joint stock company|zakrytoe aktsionernoe obshchestvo|zakrytoye aktsionernoye obshchestvo|closed stock company
stock pjsc|pjsc|pao|p a o|pat|public joint stock company|publichnoe aktsionernoe obshchestvo|publichnoye aktsionernoye obshchestvo|public joint stock|ppjsc
stock npao|npao|nao|nepublichnoe aktsionernoe obshchestvo
stock plc|plc|p l c|public limited company|public limited
stock sa|s a|sa|societe anonyme|sociedad anonima|sociedade anonima|sa de cv|s a de c v|sociedad anonima de capital variable|saic|sas|s a s|societe par actions simplifiee|sae|saog|saoc|sal|s a l|sapi de cv
stock spa|spa|s p a|societa per azioni
stock nv|nv|n v|naamloze vennootschap
stock as|as|a s|anonim sirketi|a sh|ash|aksjeselskap|asa|a s a|aktieselskab|akciova spolecnost|akciju sabiedriba
stock ab|ab|aktiebolag|publ
stock oyj|oyj
stock zrt|zrt|nyrt|rt|reszvenytarsasag
stock dd|dd|d d|dionicko drustvo
stock kk|kk|k k|kabushiki kaisha|kabushiki gaisha|kabushikigaisha
stock tbk|tbk|pt|perseroan terbatas
stock gufen|gufen youxian gongsi|gufen gongsi|co ltd by shares|company limited by shares
stock se|societas europaea
partnership lp|lp|l p|limited partnership|llp|limited liability partnership|slp
partnership kg|kg|k g|gmbh co kg|gmbh und co kg|gmbh and co kg|kommanditgesellschaft|ohg|gbr|komanditni spolecnost|kd|s en c
nonprofit ano|ano|avtonomnaya nekommercheskaya organizatsiya|autonomous nonprofit organization|autonomous non profit organization|autonomous noncommercial organization
nonprofit ev|ev|e v|eingetragener verein|ngo|nonprofit|non profit|nko|noo
state fgup|fgup|gup|fgku|fgbu|fgbuz|fgbou|fgau|federal state unitary enterprise|state unitary enterprise|federalnoe gosudarstvennoe unitarnoe predpriyatie|gosudarstvennoe unitarnoe predpriyatie|federal state budgetary institution|federalnoe gosudarstvennoe byudzhetnoe uchrezhdenie|federal state enterprise|state corporation|gosudarstvennaya korporatsiya|goskorporatsiya|fsue|fsbi|unitary enterprise|munitsipalnoe unitarnoe predpriyatie
sole ip|ie|individual entrepreneur|individualnyi predprinimatel|chp|chup|odo
`

// legalForm is one way to write a legal form: the words after the first, and what they mean.
type legalForm struct {
	rest  []string
	canon string
	class LegalClass
}

// legalByFirst finds legal forms by their first word, the longest first.
type legalByFirst map[string][]legalForm

func parseLegal(table string) legalByFirst {
	classes := map[string]LegalClass{
		"any": legalAny, "limited": legalLimited, "stock": legalStock, "partnership": legalPartnership,
		"nonprofit": legalNonprofit, "state": legalState, "sole": legalSole,
	}
	out := legalByFirst{}
	for line := range strings.Lines(table) {
		ways := strings.Split(strings.TrimSpace(line), "|")
		class, canon, ok := strings.Cut(ways[0], " ")
		if !ok {
			continue
		}
		for _, way := range ways[1:] {
			words := strings.Fields(way)
			out.add(words[0], legalForm{rest: words[1:], canon: canon, class: classes[class]})
		}
	}
	return out
}

func (l legalByFirst) add(first string, f legalForm) {
	forms := l[first]
	i := 0
	for i < len(forms) && len(forms[i].rest) >= len(f.rest) {
		i++
	}
	forms = append(forms, legalForm{})
	copy(forms[i+1:], forms[i:])
	forms[i] = f
	l[first] = forms
}

// match returns the longest legal form at the start of words, and how many words it takes; 0 where there is none.
func (l legalByFirst) match(words []string) (legalForm, int) {
	for _, f := range l[words[0]] {
		if len(f.rest) >= len(words) {
			continue
		}
		same := true
		for i, w := range f.rest {
			if words[i+1] != w {
				same = false
				break
			}
		}
		if same {
			return f, len(f.rest) + 1
		}
	}
	return legalForm{}, 0
}

// conflict reports whether two legal forms speak of different kinds of company.
func (c LegalClass) Conflict(d LegalClass) bool {
	return c != d && c != legalAny && d != legalAny
}
