package mention_test

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/screentest"
	"entitywatch/screen/mention"
)

// seedReport is written for this test from the facts of October 2019.
const seedReport = `WASHINGTON (Reuters) - The United States on Monday put 28 Chinese organisations on its trade
blacklist over the treatment of Uyghurs and other mainly Muslim minorities, days before trade talks between Washington
and Beijing are due to resume.

The Department of Commerce said the Entity List would now name the Xinjiang Public Security Bureau, nineteen offices
below it and eight companies. Among them are the video surveillance makers Hikvision and Zhejiang Dahua Technology,
the artificial intelligence firms SenseTime Group Ltd, Megvii Technology Ltd and IFLYTEK Co, as well as Xiamen Meiya
Pico Information Co and Yixin Science and Technology Co.

Hikvision's shares were suspended in Shenzhen. China's foreign ministry in Beijing called the step interference. In
May the same department blacklisted Huawei, the telecoms equipment maker, and the Commerce Secretary said then that
Huawei could appeal.`

func namesOf(ms []mention.Mention) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Name)
	}
	return out
}

func TestSeedReport(t *testing.T) {
	sc := mention.NewScanner(screentest.EntityList(t), mention.ScanOptions{})
	ms := sc.Scan(seedReport)
	for _, m := range ms {
		t.Logf("%q is %s (%s) %.2f: %s, %d more", m.Text, m.Name, m.Country, m.Confidence, m.Reason, len(m.Also))
		if seedReport[m.Start:m.End] != m.Text {
			t.Errorf("%q does not stand at %d-%d", m.Text, m.Start, m.End)
		}
	}
	want := []string{
		"Xinjiang Uyghur Autonomous Region (XUAR) People's Government Public Security Bureau",
		"Hangzhou Hikvision Digital Technology Co., Ltd.",
		"Dahua Technology", "Beijing Sensetime Technology Development Co., Ltd.", "Megvii Technology", "IFLYTEK",
		"Xiamen Meiya Pico Information Co. Ltd.", "Yixin Science and Technology Co. Ltd.", "Huawei Technologies Co., Ltd.",
	}
	if got := namesOf(ms); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestSeedReportWithSeveralLists demands that further lists hide nobody: each list shows its own entry of a party that
// both have.
func TestSeedReportWithSeveralLists(t *testing.T) {
	all := slices.Concat(screentest.EntityList(t), screentest.ScreeningList(t))
	found := map[string]bool{}
	for _, m := range mention.NewScanner(all, mention.ScanOptions{}).Scan(seedReport) {
		t.Logf("%q is %s on %s %.2f", m.Text, m.Name, m.List, m.Confidence)
		for _, n := range append([]string{m.Name}, aliasesOf(all, m.Key)...) {
			for _, w := range []string{"hikvision", "dahua", "sense", "megvii", "iflytek", "meiya pico", "yixin", "huawei",
				"public security bureau"} {
				if strings.Contains(strings.ToLower(n), w) {
					found[w+"@"+string(m.List)] = true
				}
			}
		}
	}
	for _, want := range []string{
		"hikvision@us-bis-entity-list", "hikvision@us-ofac-cmic", "dahua@us-bis-entity-list", "sense@us-bis-entity-list",
		"sense@us-ofac-cmic",
		"megvii@us-bis-entity-list", "megvii@us-ofac-cmic", "iflytek@us-bis-entity-list", "meiya pico@us-bis-entity-list",
		"meiya pico@us-ofac-cmic",
		"yixin@us-bis-entity-list", "huawei@us-bis-entity-list", "huawei@us-ofac-cmic",
		"public security bureau@us-bis-entity-list",
		"public security bureau@us-ofac-sdn",
	} {
		if !found[want] {
			t.Errorf("%s is not shown", want)
		}
	}
}

func aliasesOf(entries []diff.Entry, key string) []string {
	if i := slices.IndexFunc(entries, func(e diff.Entry) bool { return e.Key == key }); i >= 0 {
		return entries[i].Aliases
	}
	return nil
}
