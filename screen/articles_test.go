package screen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entitywatch/internal/require"
	"entitywatch/screen"
)

// articleParties are the listed parties that the openings of articles name, as "words of the text = beginning of a listed name, …", one
// beginning for each list that has the party. They were read by hand on 24 November 2026, article by article, with the Consolidated
// Screening List of 31 July 2026 beside them: every party that the text names and the list has on that day, by whatever name the list
// gives. Not counted are parties that have left the lists since, parties that are named only by a description ("two Iranian airlines"),
// and names that no list gives ("Houthi militants").
var articleParties = map[string]string{
	"p00.txt": `Xinjiang Uyghur Autonomous Region (XUAR) People's Government Public Security Bureau;XINJIANG PUBLIC SECURITY BUREAU;
		Hangzhou Hikvision@us-bis-entity-list;Hangzhou Hikvision@us-ofac-cmic;Beijing Sensetime;Sensetime Group;Megvii Technology@us-bis-entity-list;
		Megvii Technology@us-ofac-cmic;Dahua Technology;IFLYTEK;Xiamen Meiya Pico@us-bis-entity-list;Xiamen Meiya Pico@us-ofac-cmic;Yixin Science;
		Huawei Technologies Co@us-bis-entity-list;HUAWEI TECHNOLOGIES CO@us-ofac-cmic`,
	"p02.txt": `Tianjin Phytium;Shanghai High-Performance;Sunway Micro;National Supercomputing Center Jinan;National Supercomputing Center Shenzhen;
		National Supercomputing Center Wuxi;National Supercomputing Center Zhengzhou`,
	"p04.txt": `DJI;Semiconductor Manufacturing International@us-bis-entity-list;Semiconductor Manufacturing International@us-ofac-cmic`,
	"p06.txt": `KHAVARMIANEH;GHAVAMIN;GHARZOLHASANEH;KISH INTERNATIONAL;KAFOLATBANK;CASPIAN AIRLINES;MERAJ AIR`,
	"p08.txt": `BANK OF INDUSTRY;BANK MELLAT;EUROPAISCH;BANK SADERAT;PERSIA INTERNATIONAL`,
	"p10.txt": `PUBLIC JOINT STOCK COMPANY TRANSKAPITALBANK;MALOFEYEV, Konstantin;BITRIVER`,
	"p12.txt": `Inspur Group@us-bis-entity-list;INSPUR GROUP@us-ofac-cmic`,
	"p14.txt": `Chengdu Beizhan;University of Electronic Science and Technology`,
	"p16.txt": `Advanced Engineering Research Organization`,
	"p18.txt": `DERIPASKA, Oleg`,
	"p20.txt": `Huawei Technologies Co@us-bis-entity-list;HUAWEI TECHNOLOGIES CO@us-ofac-cmic`,
	"p22.txt": `NSO Group;Candiru;Positive Technologies;AKTSIONERNOE OBSHCHESTVO POZITIV;Computer Security Initiative;
		Huawei Technologies Co@us-bis-entity-list;HUAWEI TECHNOLOGIES CO@us-ofac-cmic`,
	"p24.txt": `Corad Technology;Hangzhou Zhongke;Hunan Goke;New H3C;Xi’an Aerospace Huaxun;Yunchip;Hefei National Laboratory;QuantumCTek;
		Shanghai QuantumCTek;Shaanxi Zhi En;Poly Asia Pacific;Peaktek`,
	"p26.txt": `HAMAS;ISLAMIC REVOLUTIONARY GUARD CORPS@us-ofac-sdn;Islamic Revolutionary Guard Corps@us-state-nonproliferation`,
	"p28.txt": `Huawei Techn@us-bis-entity-list;HUAWEI TECHNOLOGIES CO@us-ofac-cmic`,
	"p30.txt": ``,
}

// TestArticles demands that reports on listings give the parties that they name, of each list, and hardly any other.
func TestArticles(t *testing.T) {
	dir := filepath.Join(require.SharedData(t), "news", "articles")
	sc := screen.NewScanner(cslEntries(t), screen.ScanOptions{})
	right, wrong, missed := 0, 0, 0
	bands := map[string]map[bool]int{"0.95": {}, "0.85": {}, "0.75": {}}
	for file, table := range articleParties {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		want := strings.FieldsFunc(table, func(r rune) bool { return r == ';' })
		found := make([]bool, len(want))
		for _, m := range sc.Scan(string(text)) {
			known := false
			for i, w := range want {
				name, list, _ := strings.Cut(strings.TrimSpace(w), "@")
				if strings.HasPrefix(strings.ToLower(m.Name), strings.ToLower(name)) && (list == "" || list == string(m.List)) {
					known, found[i] = true, true
				}
			}
			bands[band(m.Confidence)][known]++
			if known {
				right++
				continue
			}
			wrong++
			t.Logf("%s: %q is no %q of %s: %s", file, m.Text, m.Name, m.List, m.Reason)
		}
		for i, ok := range found {
			if !ok {
				missed++
				t.Logf("%s: missed %s", file, strings.TrimSpace(want[i]))
			}
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	t.Logf("right and wrong by confidence: %v", bands)
	t.Logf("%d right, %d wrong, %d missed: precision %.3f, recall %.3f", right, wrong, missed, precision, recall)
	if precision < 0.97 || recall < 0.95 {
		t.Errorf("precision %.3f (want 0.97), recall %.3f (want 0.95)", precision, recall)
	}
}
