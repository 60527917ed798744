package enrich

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/screen/mention"
)

func TestListingTalk(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
		sure       bool // confidence of at least 0.5
	}{
		{"a plan with names", "The Commerce Department plans to add Tarnow Lathe Works Co., Ltd., Marsholm Semiconductor Group and Sundal Microelectronics to the Entity List, Reuters reported on Monday.",
			[]string{"Tarnow Lathe Works Co., Ltd.", "Marsholm Semiconductor Group", "Sundal Microelectronics"}, true},
		{"blacklisted", "Washington blacklisted Marsholm Semiconductor Group and Tarnow Institute of Optics on Tuesday.",
			[]string{"Marsholm Semiconductor Group", "Tarnow Institute of Optics"}, true},
		{"names in the next sentence", "The United States will put six Chinese companies on a trade blacklist. The companies include Tarnow Robotics Inc. and Sundal Technology.",
			[]string{"Tarnow Robotics Inc.", "Sundal Technology"}, true},
		{"a bare name in a row with firms", "The agency added Tarnow, Marsholm Electronics Co. and Sundal Holdings to the Entity List.",
			[]string{"Tarnow", "Marsholm Electronics Co.", "Sundal Holdings"}, true},
		{"sanctions on firms", "Treasury imposed sanctions on Sundal Shipping LLC and Marsholm Bank for helping Iran.",
			[]string{"Sundal Shipping LLC", "Marsholm Bank"}, true},
		{"a headline with bare names", "US puts Tarnow, Marshol and other Chinese companies on trade blacklist over Xinjiang.", []string{"Tarnow", "Marshol"}, true},
		{"a headline in capitals", "BIS Adds Tarnow Lathe Works Ltd, Sundal to Entity List", []string{"Tarnow Lathe Works Ltd", "Sundal"}, true},
		{"told by what they make", "Washington will add 28 firms to its Entity List, among them the camera maker Tarnow and the drone companies Sundal and Marshol.",
			[]string{"Tarnow", "Sundal", "Marshol"}, true},
		{"who was added before is not reported", "The United States will put six companies on the Entity List. They include Tarnow Robotics Inc. and Sundal Technology. " +
			"Being on the Entity List means no parts. Qorvane Group was put on the same list in May.", []string{"Tarnow Robotics Inc.", "Sundal Technology"}, true},
		{"background in the same text", "The department added Tarnow Robotics Inc. and Sundal Technology to the Entity List on Monday. Qorvane Group was added to the Entity List in May 2019.",
			[]string{"Tarnow Robotics Inc.", "Sundal Technology"}, true},
		{"the short name and the whole one", "Treasury blacklisted Tarnow and Sundal Bank. The companies include Tarnow Lathe Works Ltd. and Marsholm Ltd.",
			[]string{"Tarnow Lathe Works Ltd.", "Sundal Bank", "Marsholm Ltd."}, true},
		{"rows", "BIS issued a rule adding three companies to the Entity List. The companies are:\n\n  • Tarnow Optics Center Wuxi\n  • Sundal\n  • Marsholm Works: a maker of Lathes\n\nTarnow Institute had no comment.",
			[]string{"Tarnow Optics Center Wuxi", "Sundal", "Marsholm Works"}, true},
		{"an abbreviation that ends the sentence", "The companies to be put on the Entity List are Tarnow Optics Co. Also to be listed are Sundal Information Co. and Marsholm Group.",
			[]string{"Tarnow Optics Co.", "Sundal Information Co.", "Marsholm Group"}, true},
		{"countries are no companies", "Commerce added 80 entities from China, the United Arab Emirates, South Africa, Iran and Taiwan to the Entity List.", nil, false},
		{"who holds an office is no company", "Companies added by the Orlinskov administration to the Entity List, Commerce Secretary Darvo said, include " +
			"Tarnow Robotics Inc. and Sundal Technology, and those put by President Orlinskov on the trade blacklist Marsholm Bank.",
			[]string{"Tarnow Robotics Inc.", "Sundal Technology", "Marsholm Bank"}, true},
		{"one name is little", "The department may add Tarnow Lathe Works Ltd to the Entity List.", []string{"Tarnow Lathe Works Ltd"}, false},
		{"removal", "The Commerce Department removed Tarnow Lathe Works Ltd and Marsholm Group from the Entity List.", nil, false},
		{"denial", "Officials denied that they would add Tarnow Lathe Works Ltd and Marsholm Group to the Entity List.", nil, false},
		{"not to be added", "Tarnow Lathe Works Ltd and Marsholm Group will not be added to the blacklist.", nil, false},
		{"only agencies and places", "The Commerce Department in Washington added to its Entity List, Beijing said, according to Reuters.", nil, false},
		{"no words of listing", "Tarnow Lathe Works Ltd and Marsholm Group signed a contract in Beijing.", nil, false},
		{"another list", "The magazine put Tarnow Technology Group and Marsholm Bank on its list of best employers.", nil, false},
		{"a shopping list", "She added milk to her list.", nil, false},
		{"empty", "", nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			talk := ListingTalk(tt.text)
			var got []string
			for _, c := range talk.Candidates {
				got = append(got, c.Name)
				if tt.text[c.Start:c.End] != c.Name {
					t.Errorf("%q stands at %d to %d as %q", c.Name, c.Start, c.End, tt.text[c.Start:c.End])
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
			if (talk.Confidence >= 0.5) != tt.sure {
				t.Errorf("confidence = %v", talk.Confidence)
			}
		})
	}
}

// A report of a listing is news of one while two of the parties are not on that list: where they stand on it, it repeats what is in force,
// and where they stand on another one only, it does not.
func TestReportOfPartiesThatAreListed(t *testing.T) {
	const text = "The Commerce Department added Tarnow Lathe Works Co., Ltd., Marsholm Semiconductor Group and Sundal Microelectronics Co. to the Entity List."
	names := []string{"Tarnow Lathe Works Co., Ltd.", "Marsholm Semiconductor Group", "Sundal Microelectronics Co."}
	for _, tt := range []struct {
		list   diff.ListID
		listed int
		want   bool
	}{{diff.EntityList, 0, true}, {diff.EntityList, 1, true}, {diff.EntityList, 2, false}, {diff.EntityList, 3, false}, {diff.SDN, 3, true}} {
		var entries []diff.Entry
		for _, name := range names[:tt.listed] {
			entries = append(entries, diff.Entry{List: tt.list, Key: name, Name: name, Kind: diff.Organization, Country: "CHINA"})
		}
		mentions := mention.NewScanner(entries, mention.ScanOptions{}).Scan(text)
		if len(mentions) != tt.listed {
			t.Errorf("%d of %d are found: %+v", len(mentions), tt.listed, mentions)
		}
		if got := opensCase(ListingTalk(text), mentions); got != tt.want {
			t.Errorf("%d of three on the %s: news of a listing %v, want %v", tt.listed, tt.list.Title(), got, tt.want)
		}
	}
}

func FuzzListingTalk(f *testing.F) {
	f.Add("The Commerce Department plans to add Tarnow Lathe Works Co., Ltd. to the Entity List. Ü & 海")
	f.Fuzz(func(t *testing.T, text string) {
		var talk Talk
		permute.Work(t, len(text), func() { talk = ListingTalk(text) })
		if len(talk.Candidates) == 0 && talk.Confidence != 0 || talk.Confidence < 0 || talk.Confidence > 1 {
			t.Errorf("sure of nothing: %v", talk.Confidence)
		}
		for _, c := range talk.Candidates {
			if text[c.Start:c.End] != c.Name {
				t.Errorf("%q is not at %d", c.Name, c.Start)
			}
		}
	})
}
