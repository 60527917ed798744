package ecfr_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/ecfr"
)

// The tests of this file read the real part 744 of two days, and hold it against what was counted by other means.

func part744(t testing.TB, day string) []byte {
	return require.File(t, "ecfr/part-744_"+day+".xml.gz")
}

func snapshot(t testing.TB, day string, list diff.ListID) diff.Snapshot {
	t.Helper()
	all, err := ecfr.Parse(bytes.NewReader(part744(t, day)), diff.ReadOptions{AsOf: diff.Date(day)}, list)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

func inside(e diff.Entry) bool { return strings.HasPrefix(e.Parent, string(e.List)+"/") }

func TestReferenceCounts(t *testing.T) {
	for _, c := range []struct {
		list                              diff.ListID
		rows, countries, parts, addresses int
	}{
		{diff.EntityList, 3411, 91, 56, 19}, // 13+2+2+7+3 subordinates, 22 affiliates, 4 and 3 of the atomic energy bodies
		{diff.UnverifiedList, 186, 25, 0, 0},
		{diff.MilitaryEndUserList, 70, 1, 0, 0},
	} {
		for _, day := range []string{"2026-03-25", "2026-07-18"} {
			s := snapshot(t, day, c.list)
			countries, keys, top, parts, addresses := map[string]bool{}, map[string]bool{}, 0, 0, 0
			for _, e := range s.Entries {
				countries[e.Country] = true
				keys[e.Key] = true
				switch {
				case inside(e):
					parts++
					if !keys[e.Parent] {
						t.Errorf("%s: %q stands before its parent %q", day, e.Name, e.Parent)
					}
				case e.Kind == diff.Address:
					addresses++
					fallthrough
				default:
					top++
				}
				if len(e.Countries) == 0 || e.Name == "" {
					t.Errorf("%s: %q has no name or no country code", day, e.Key)
				}
			}
			got := fmt.Sprint(s.Rows, top, len(countries), parts, addresses, len(keys), s.Complete, s.AsOf)
			if want := fmt.Sprint(c.rows, c.rows, c.countries, c.parts, c.addresses, c.rows+c.parts, true, day); got != want {
				t.Errorf("%s %s: %s; want %s", c.list, day, got, want)
			}
			for _, p := range s.Problems {
				if p.Kind != diff.SourceSlip {
					t.Errorf("%s %s: %v", c.list, day, p)
				}
			}
		}
	}
}

func TestReferenceCountries(t *testing.T) {
	by := map[string]int{}
	for _, e := range snapshot(t, "2026-03-25", diff.EntityList).Entries {
		if !inside(e) {
			by[e.Country]++
		}
	}
	for country, want := range map[string]int{
		"CHINA, PEOPLE'S REPUBLIC OF": 1106, "RUSSIA": 1083, "UNITED ARAB EMIRATES": 188, "PAKISTAN": 183, "IRAN": 115, "TURKEY": 88, "CRIMEA REGION OF UKRAINE": 28,
	} {
		if by[country] != want {
			t.Errorf("%s: %d entries; want %d", country, by[country], want)
		}
	}
}

// TestReferenceNames holds the names against the Consolidated Screening List, which names the same parties independently. What it lacks
// was looked at one by one: names it cuts off at a comma ("Hikmicro Sensing Technology Co."), spells in another way or joins with a
// former name, and four of ours that no punctuation parts from their address.
func TestReferenceNames(t *testing.T) {
	for list, c := range map[diff.ListID]struct {
		source string
		least  float64
	}{
		diff.EntityList:          {"Entity List", 99.15},
		diff.UnverifiedList:      {"Unverified List", 97.5}, // it lacks 2 of the parties altogether
		diff.MilitaryEndUserList: {"Military End User", 100},
	} {
		listed := screened(t, c.source)
		var names, missed int
		for _, e := range snapshot(t, "2026-03-25", list).Entries {
			if e.Kind == diff.Address || inside(e) {
				continue
			}
			if names++; !listed[letters(e.Name)] {
				missed++
				t.Logf("not listed: %s (%s)", e.Name, e.Country)
			}
		}
		if share := 100 * (1 - float64(missed)/float64(names)); share < c.least {
			t.Errorf("%s: %.2f %% of %d names are listed; want %.2f %%", list, share, names, c.least)
		}
	}
}

func screened(t testing.TB, source string) map[string]bool {
	var doc struct {
		Results []struct {
			Source string   `json:"source"`
			Name   string   `json:"name"`
			Alt    []string `json:"alt_names"`
		} `json:"results"`
	}
	if err := json.Unmarshal(require.File(t, "csl/consolidated_2026-07-31_reshaped.json.gz"), &doc); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, r := range doc.Results {
		if strings.HasPrefix(r.Source, source) {
			for _, n := range append(r.Alt, r.Name) {
				names[letters(n)] = true
			}
		}
	}
	return names
}

// letters folds what the two lists write differently: diacritics, case, spaces, punctuation.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ı':
			return 'i'
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(s))
}

// TestReferenceSeedCase knows the 28 rows that first cite 84 FR 54004 by hand.
func TestReferenceSeedCase(t *testing.T) {
	want := []string{
		"Aksu District Public Security Bureau", "Altay Municipality Public Security Bureau",
		"Bayingolin Mongolian Autonomous Prefecture Public Security Bureau", "Beijing Sensetime Technology Development Co., Ltd.",
		"Boertala Mongolian Autonomous Prefecture Public Security Bureau", "Changji Hui Autonomous Prefecture Public Security Bureau",
		"Dahua Technology", "Hami Municipality Public Security Bureau", "Hangzhou Hikvision Digital Technology Co., Ltd.",
		"Hetian Prefecture Public Security Bureau", "IFLYTEK", "Kashgar Prefecture Public Security Bureau",
		"Kelamayi Municipality Public Security Bureau", "Kezilesu Kyrgyz Autonomous Prefecture Public Security Bureau", "Megvii Technology",
		"Shihezi Municipality Public Security Bureau", "Tacheng Prefecture Public Security Bureau",
		"Tumushuke Municipal Public Security Bureau", "Turfan Municipality Public Security Bureau", "Urumqi Municipal Public Security Bureau",
		"Wujiaqu Municipality Public Security Bureau", "Xiamen Meiya Pico Information Co. Ltd.", "Xinjiang Police College",
		"Xinjiang Production and Construction Corps (XPCC) Public Security Bureau",
		"Xinjiang Uyghur Autonomous Region (XUAR) People's Government Public Security Bureau",
		"Yili Kazakh Autonomous Prefecture Public Security Bureau", "Yitu Technologies", "Yixin Science and Technology Co. Ltd.",
	}
	var got []string
	for _, e := range snapshot(t, "2026-03-25", diff.EntityList).Entries {
		if len(e.Citations) == 0 || e.Citations[0] != (diff.Citation{Volume: 84, Page: 54004, Date: "2019-10-09", Raw: "84 FR 54004, 10/9/19"}) {
			continue
		}
		got = append(got, e.Name)
		if len(e.Addresses) == 0 || !strings.HasSuffix(e.Addresses[0], "China") && !strings.HasSuffix(e.Addresses[0], "Xinjiang") {
			t.Errorf("%s: addresses %q", e.Name, e.Addresses)
		}
		if e.LicenseRequirement == "" || e.LicenseReviewPolicy == "" {
			t.Errorf("%s has no requirement or no policy", e.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the seed case has %d names: %q", len(got), got)
	}
}

// TestReferenceAliasCounts names the entries whose own alias count is wrong in the source; each was counted by hand.
func TestReferenceAliasCounts(t *testing.T) {
	want := []string{
		"Suntac Group", "Chinese Academy of Engineering Physics", "Huawei Marine Networks Co., Ltd.", "Tianjin University",
		"Middle East Automation & Controls Services", "Joint Stock Company Mytishchi Machine Building Plant", "JSC Zavod Kopir", "Neft-Aktiv LLC",
		"Public Joint Stock Company Kremny",
	}
	var got []string
	for _, e := range snapshot(t, "2026-03-25", diff.EntityList).Entries {
		for _, p := range e.Problems {
			if p.Kind != diff.SourceSlip {
				t.Errorf("%s: %v", e.Name, p)
			}
			got = append(got, e.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("problems on %q\nwant %q", got, want)
	}
}

// TestReferenceChurn reads two days between which not one letter or digit changed: every entry keeps its key and all that it says.
func TestReferenceChurn(t *testing.T) {
	for _, list := range []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList} {
		old := map[string]string{}
		for _, e := range snapshot(t, "2026-03-25", list).Entries {
			old[e.Key] = said(e)
		}
		for _, e := range snapshot(t, "2026-07-18", list).Entries {
			if before, ok := old[e.Key]; !ok {
				t.Errorf("%s is new", e.Key)
			} else if now := said(e); now != before {
				t.Errorf("%s\nsaid %s\nsays %s", e.Key, before, now)
			}
		}
	}
}

// TestReferenceEditorial: every row whose text differs in no letter or digit is noticed, and none of that is substantive. The number is that
// of rows whose cells' texts, without markup and layout, are not the same to the byte.
func TestReferenceEditorial(t *testing.T) {
	found := diff.Compare(snapshot(t, "2026-03-25", diff.EntityList), snapshot(t, "2026-07-18", diff.EntityList))
	substantive := 0
	for _, c := range found.Changes {
		if c.Substantive {
			substantive++
		}
	}
	if len(found.Changes) != 173 || substantive != 0 {
		t.Errorf("%d changes, %d of them substantive; want 173 and 0", len(found.Changes), substantive)
	}
}

// said is everything that an entry says, without layout and order.
func said(e diff.Entry) string {
	var parts []string
	for _, list := range [][]string{{e.Name}, e.Aliases, e.FormerNames, e.Addresses, e.Notes, e.Footnotes, e.Countries, {e.LicenseRequirement}, {e.LicenseReviewPolicy}} {
		normal := make([]string, len(list))
		for i, s := range list {
			normal[i] = diff.Normalise(s)
		}
		slices.Sort(normal)
		parts = append(parts, strings.Join(normal, "; "))
	}
	return strings.Join(parts, " | ") + fmt.Sprint(e.Citations, e.Kind, e.Parent)
}

// TestReferenceParts finds parties that are named inside an entry, by their own names and aliases.
func TestReferenceParts(t *testing.T) {
	entries := snapshot(t, "2026-03-25", diff.EntityList).Entries
	for name, parent := range map[string]string{
		"23rd Research Institute":               "China Aerospace Science and Industry Corporation Second Academy",
		"699 Factory":                           "China Aerospace Science and Industry Corporation Second Academy",
		"Beijing Xinli Machinery Factory":       "China Aerospace Science and Industry Corporation Second Academy",
		"Beijing Laiyin Company Ltd":            "China Electronic Technology Group Corporation No. 11 Research Institute",
		"Nanjing Institute of Radio Technology": "China Electronics Technology Group Corporation 14th Research Institute (CETC 14)",
		"Brainware Terahertz":                   "China Electronics Technology Group Corporation 38th Research Institute (CETC 38)",
		"NTESY":                                 "China Electronics Technology Group Corporation 55th Research Institute (CETC55)",
		"HMN Technologies":                      "Huawei Technologies Co., Ltd.",
		"Hangzhou New Longshine Information Technology Co., Ltd.":          "Huawei Technologies Co., Ltd.",
		"Zhejiang Huawei Communications Technology Co., Ltd.":              "Huawei Technologies Co., Ltd.",
		"National Defense Complex":                                         "Pakistan Atomic Energy Commission (PAEC)",
		"Pakistan Institute for Nuclear Science and Technology (PINSTECH)": "Pakistan Atomic Energy Commission (PAEC)",
	} {
		i := slices.IndexFunc(entries, func(e diff.Entry) bool {
			return inside(e) && (e.Name == name || slices.Contains(e.Aliases, name))
		})
		if i < 0 {
			t.Errorf("%q is not found", name)
			continue
		}
		j := slices.IndexFunc(entries, func(e diff.Entry) bool { return e.Key == entries[i].Parent })
		if j < 0 || entries[j].Name != parent {
			t.Errorf("%q stands under %q; want %q", name, entries[i].Parent, parent)
		}
		if len(entries[i].Addresses) == 0 && name != "Beijing Laiyin Company Ltd" {
			t.Errorf("%q has no address", name)
		}
	}
}

// TestReferenceAliases looks for addresses among names and for names among addresses.
func TestReferenceAliases(t *testing.T) {
	streets := []string{" Street,", " Road,", "P.O. Box", " Avenue,", " St.,", " Rd.,"}
	for _, list := range []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList} {
		for _, e := range snapshot(t, "2026-03-25", list).Entries {
			if e.Kind == diff.Address {
				continue
			}
			for _, name := range slices.Concat([]string{e.Name}, e.Aliases, e.FormerNames) {
				if slices.ContainsFunc(streets, func(s string) bool { return strings.Contains(name, s) }) || strings.Contains(name, "\n") {
					t.Errorf("%s: %q is no name", e.Key, name)
				}
			}
			for _, a := range e.Addresses {
				if strings.Contains(a, "a.k.a") || strings.Contains(a, " alias") || strings.HasPrefix(a, "—") || strings.HasPrefix(a, "(See") {
					t.Errorf("%s: %q is not an address", e.Key, a)
				}
			}
		}
	}
}
