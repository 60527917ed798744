package diff_test

import (
	"testing"

	"entitywatch/diff"
)

func TestCountryCode(t *testing.T) {
	for name, want := range map[string]string{
		"CN": "CN", "in": "", // a code stands for its country, a word that looks like one does not
		"CHINA, PEOPLE'S REPUBLIC OF": "CN",
		"China":                       "CN",
		"the People’s Republic of China (China)": "CN",
		"Peoples Republic of China (China)":      "CN",
		"People's Republic of (China)":           "CN",
		"PRC":                                    "CN",
		"Hong Kong":                              "HK",
		"Hong Kong (China)":                      "HK",
		"TÜRKIYE":                                "TR",
		"Turkey":                                 "TR",
		"CRIMEA REGION OF UKRAINE":               "UA",
		"Crimea region of Ukraine":               "UA",
		"United Arab Emirates (UAE)":             "AE",
		"the U.A.E.":                             "AE",
		"Russian Federation (Russia)":            "RU",
		"BURMA":                                  "MM",
		"Burma (Myanmar)":                        "MM",
		"KOREA, SOUTH":                           "KR",
		"South Korea":                            "KR",
		"the Netherlands":                        "NL",
		"Czech Republic":                         "CZ",
		"SOUTH SUDAN":                            "SS",
		"entities":                               "",
		"":                                       "",
		"EAR":                                    "",
	} {
		got, ok := diff.CountryCode(name)
		if got != want || ok != (want != "") {
			t.Errorf("CountryCode(%q) = %q, %v; want %q", name, got, ok, want)
		}
	}
}

func TestCountryOfCode(t *testing.T) {
	for code, want := range map[string]string{"DE": "germany", "AE": "united arab emirates", "XX": "", "de": "", "": "", "GERMANY": ""} {
		if got, ok := diff.CountryOfCode(code); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t; want %q", code, got, ok, want)
		}
	}
}

func TestSameCountry(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"TURKEY", "Türkiye", true},
		{"CHINA, PEOPLE'S REPUBLIC OF", "the People's Republic of China (China)", true},
		{"UKRAINE", "CRIMEA REGION OF UKRAINE", false},
		{"Crimea", "CRIMEA REGION OF UKRAINE", true},
		{"China", "Hong Kong", false},
		{"Sudan", "South Sudan", false},
		{"Atlantis", "ATLANTIS", true},
		{"Atlantis", "Avalon", false},
	} {
		if got := diff.SameCountry(c.a, c.b); got != c.want {
			t.Errorf("SameCountry(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestAddressCountry(t *testing.T) {
	for address, want := range map[string]string{
		"Unit 1507, 398 Kwun Tong Rd., Kwun Tong, Hong Kong": "HK",
		"Dubai 1234, U.A.E.":                                             "AE",
		"No. 1 Xifei Road, Xian, China.":                                 "CN",
		"Road 5, Seoul, South Korea;":                                    "KR",
		"Flat 1, Kabul, Afghanistan (See alternate address under Iran).": "AF",
		"1 Tech Street, Singapore 169203":                                "SG",
		"1 Tech Street, Shenzhen, China, 518000":                         "CN",
		"Simferopol, Crimea Region of Ukraine":                           "UA",
		"somewhere":                                                      "",
		"China Street 5, Berlin":                                         "",
	} {
		if got, _ := diff.AddressCountry(address); got != want {
			t.Errorf("AddressCountry(%q) = %q; want %q", address, got, want)
		}
	}
}
