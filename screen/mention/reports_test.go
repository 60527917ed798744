package mention_test

import (
	"archive/zip"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/require"
	"entitywatch/internal/screentest"
	"entitywatch/screen/mention"
	"entitywatch/watcher/lists/ofac"
)

// reports are some forty short texts, written for this test: half name parties of the Entity List, in inflected forms,
// other spellings and other scripts; half are about what only looks like them. want holds the beginnings of the names
// of the listed parties.
var reports = []struct {
	text string
	want []string
}{
	{"Shares in Huawei's suppliers rose after the company unveiled a phone.", []string{"Huawei Technologies Co"}},
	{"Washington will not let ASML sell to SMIC, two officials said.",
		[]string{"Semiconductor Manufacturing International"}},
	{"The court heard that HiSilicon designed the chip in Shanghai.", []string{"HiSilicon"}},
	{"Cameras made by Hik-Vision were taken down in Canberra.", []string{"Hangzhou Hikvision"}},
	{"Поставщиком чипов для завода стал «Микрон», сообщили в компании. Рособоронэкспорта это не коснулось.",
		[]string{"PJSC Mikron", "Rosoboron"}},
	{"IFLYTEK CO said its voice products were not affected.", []string{"IFLYTEK"}},
	{"The drone maker SZ DJI Technology denied that its aircraft had been exported to the region.", []string{"DJI"}},
	{"Prosecutors say Sugon and Inspur Group bought the servers through a third country.",
		[]string{"Dawning Information|Sugon", "Inspur Group"}},
	{"Die Huawei-Tochter in Bonn schwieg; Hikvisions Kameras hängen in Wien.",
		[]string{"Huawei Technologies Co", "Hangzhou Hikvision"}},
	{"Xiamen Meiya Pico's forensic tools are sold to police forces.", []string{"Xiamen Meiya Pico"}},
	{"Megvii Technology and Sense Time Group want to list in Hong Kong.", []string{"Megvii", "Beijing Sensetime"}},
	{"Researchers of the Harbin Institute of Technology and of Beihang University wrote the paper.",
		[]string{"Harbin Institute of Technology", "Beijing University of Aeronautics"}},
	{"Police of the Xinjiang Production and Construction Corps guard the site, witnesses said.",
		[]string{"Xinjiang Production and Construction Corps"}},
	{"Kaspersky Lab's London office will close.", []string{"Kaspersky|AO Kaspersky"}},
	{"In Urumqi, the Bingtuan runs farms and prisons.", []string{"Xinjiang Production and Construction Corps"}},
	{"The list also names Yangtze Memory Technologies (YMTC), a maker of flash chips in Wuhan.",
		[]string{"Yangtze Memory Technologies"}},
	{"Engineers left the National University of Defense Technology for private firms.",
		[]string{"National University of Defense Technology"}},
	{"CloudWalk Technology and Yitu Technologies train face recognition systems.",
		[]string{"CloudWalk Technology", "Yitu Technologies"}},
	{"The Tactical Missiles Corporation showed its products near Moscow.", []string{"Tactical Missile"}},

	{"The Department of Commerce in Washington and Reuters in Beijing declined to comment on the Institute of " +
		"Technology.", nil},
	{"Dahua New Village is a suburb of Shanghai; the Dahua Hotel stands on Dahua Road.", nil},
	{"Apple, Microsoft and Nvidia sell chips to China. Intel and AMD do too.", nil},
	{"Mikron Holding AG of Biel in Switzerland makes machining systems.", nil},
	{"The Golden Dragon restaurant near Victoria Station serves dumplings.", nil},
	{"Address 01 on the form is your own; Address 02 is that of your bank.", nil},
	{"The price of oil fell while the smart city fair opened in Dubai. The art of speech matters.", nil},
	{"Phoenix, Arizona, will host the summit. Pioneer Natural Resources and Summit Materials reported.", nil},
	{"The Beijing Municipal Public Security Bureau said traffic would be limited.", nil},
	{"Massachusetts Institute of Technology and the Technical University of Munich signed an agreement.", nil},
	{"Alpha Centauri is a star; Orion is a constellation, and Vega a bright star.", nil},
	{"Ali Hassan, a baker, and Maria Lopez, a nurse, live in Birmingham.", nil},
	{"The zte of the old alphabet was lost; puzzles like aztec are common.", nil},
	{"Moscow and Kyiv exchanged prisoners near the Dnipro, the Ministry of Defence said.", nil},
	{"Samsung Electronics, SK Hynix and Sony Group raised prices.", nil},
	{"The Shanghai Stock Exchange and the Hong Kong Monetary Authority warned investors.", nil},
	{"General Electric, Boeing and Airbus fly to Singapore for the air show.", nil},
	{"Deutsche Bank and the Bank of England expect lower rates.", nil},
	{"Peking University and the Chinese Academy of Social Sciences publish the yearbook.", nil},
	{"Star Alliance, Emirates and Turkish Airlines added flights to Istanbul and Karachi.", nil},
}

// TestNativeNamesOfTheTreasuryServeTheEntityList: the Entity List gives no names in Chinese, but those that the
// Treasury gives serve it too.
func TestNativeNamesOfTheTreasuryServeTheEntityList(t *testing.T) {
	z, err := zip.OpenReader(filepath.Join(require.SharedData(t), "ofac", "CONS_ENHANCED_2025-01-10.ZIP"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	snaps, err := ofac.ParseXML(f, diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Clone(screentest.EntityList(t))
	for _, s := range snaps {
		all = append(all, s.Entries...)
	}
	got := map[string]bool{}
	for _, m := range mention.NewScanner(all, mention.ScanOptions{}).Scan("旷视科技和云从科技表示将继续服务客户。") {
		t.Logf("%s is %s of %s", m.Text, m.Name, m.List)
		got[m.Text+" "+string(m.List)] = true
	}
	for _, want := range []string{"旷视科技 ", "云从科技 "} {
		for _, list := range []diff.ListID{diff.EntityList, diff.CMIC} {
			if !got[want+string(list)] {
				t.Errorf("%s%s is not found", want, list)
			}
		}
	}
}

// TestReports measures precision and recall of mentions.
func TestReports(t *testing.T) {
	sc := mention.NewScanner(screentest.EntityList(t), mention.ScanOptions{})
	right, wrong, missed := 0, 0, 0
	for _, r := range reports {
		ms := sc.Scan(r.text)
		rest := slices.Clone(r.want)
		for _, m := range ms {
			at := slices.IndexFunc(rest, func(want string) bool {
				return slices.ContainsFunc(strings.Split(want, "|"), func(w string) bool { return strings.HasPrefix(m.Name, w) })
			})
			if at < 0 {
				wrong++
				t.Logf("wrong: %q for %s (%s) in %q", m.Text, m.Name, m.Reason, r.text)
				continue
			}
			rest = slices.Delete(rest, at, at+1)
			right++
		}
		missed += len(rest)
		if len(rest) > 0 {
			t.Logf("missed: %q in %q", rest, r.text)
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("%d reports: %d right, %d wrong, %d missed: precision %.3f, recall %.3f", len(reports), right, wrong, missed,
		precision, recall)
	if precision < 0.95 || recall < 0.90 {
		t.Errorf("precision %.3f (want 0.95), recall %.3f (want 0.90)", precision, recall)
	}
}
