package lawtext

import "strings"

// adjectives are the forms that old rules use before "entities": "six Afghan entities". They map to the country's name.
var adjectives = func() map[string]string {
	m := map[string]string{}
	for pair := range strings.FieldsSeq(`afghan=Afghanistan argentine=Argentina armenian=Armenia australian=Australia austrian=Austria
bahraini=Bahrain belarusian=Belarus belgian=Belgium brazilian=Brazil british=United_Kingdom bulgarian=Bulgaria burmese=Burma
cambodian=Cambodia canadian=Canada chilean=Chile chinese=China cuban=Cuba cypriot=Cyprus czech=Czech_Republic danish=Denmark
dutch=Netherlands ecuadorian=Ecuador egyptian=Egypt emirati=United_Arab_Emirates estonian=Estonia finnish=Finland french=France
georgian=Georgia german=Germany greek=Greece hungarian=Hungary indian=India indonesian=Indonesia iranian=Iran iraqi=Iraq irish=Ireland
israeli=Israel italian=Italy jamaican=Jamaica japanese=Japan jordanian=Jordan kazakh=Kazakhstan kazakhstani=Kazakhstan kenyan=Kenya
korean=South_Korea kuwaiti=Kuwait kyrgyz=Kyrgyzstan laotian=Laos latvian=Latvia lebanese=Lebanon lithuanian=Lithuania
macedonian=North_Macedonia malaysian=Malaysia maltese=Malta mexican=Mexico moroccan=Morocco nicaraguan=Nicaragua norwegian=Norway
omani=Oman pakistani=Pakistan panamanian=Panama peruvian=Peru philippine=Philippines polish=Poland portuguese=Portugal qatari=Qatar
romanian=Romania russian=Russia saudi=Saudi_Arabia senegalese=Senegal singaporean=Singapore slovak=Slovakia spanish=Spain
swedish=Sweden swiss=Switzerland syrian=Syria taiwanese=Taiwan thai=Thailand turkish=Turkey ugandan=Uganda ukrainian=Ukraine
uzbek=Uzbekistan uzbekistani=Uzbekistan venezuelan=Venezuela vietnamese=Vietnam`) {
		word, country, _ := strings.Cut(pair, "=")
		m[word] = strings.ReplaceAll(country, "_", " ")
	}
	return m
}()

// CountryOfAdjective is the country of an adjective in lower case, as old rules use it before "entities"; ok is false where it is none.
func CountryOfAdjective(word string) (country string, ok bool) {
	country, ok = adjectives[word]
	return country, ok
}
