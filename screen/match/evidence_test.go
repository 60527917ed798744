package match_test

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/screen/match"
)

// TestOneIsForTheSameCharacters compares names that are the same to the ear or in meaning, and are written otherwise.
func TestOneIsForTheSameCharacters(t *testing.T) {
	for _, c := range []struct {
		a, b string
		one  bool
	}{
		{"Tarvelli Works Co., Ltd.", "TARVELLI WORKS CO LTD", true}, {"S.p.A. Tarvelli", "SpA TARVELLI", true},
		{"塔维利工厂", "塔维利工厂", true},
		{"Tarvelli Works Co., Ltd.", "Tarvelli Works Company Limited", false}, {"Тарвелли", "Tarvelli", false},
		{"Mödling", "Modling", false},
		{"塔维利工厂", "塔維利工廠", false}, {"Q and T", "Q&T", false}, {"Tarvelli-Works", "TarvelliWorks", false}, {"高原", "高源", false},
	} {
		if s := match.Compare(c.a, c.b); (s.Value == 1) != c.one {
			t.Errorf("Compare(%q, %q) = %v %q", c.a, c.b, s.Value, s.Reasons)
		}
	}
}

// TestHanCharactersCount compares names in Han characters that sound alike.
func TestHanCharactersCount(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		least, most float64
	}{
		{"王建国", "王建國", 0.99, 0.999}, // one character, simplified and traditional
		{"佐藤沢", "佐藤澤", 0.99, 0.999}, // and Japanese
		{"王建国", "王见国", 0, 0.84},     // one of three is another
		{"李石", "李市", 0, 0.84},       // and of two
		{"天津塔维利精密机械研究所", "天津塔唯利精密机械研究所", 0.9, 0.98}, // and of twelve
		{"章伟", "张苇", 0, 0.5},
		{"塔维利精密机械研究所", "塔維利精密機械研究所", 0.99, 0.999}, // traditional, words of business included
		{"김서준", "김서진", 0, 0.84},                   // a syllable of Hangul is one character
		{"타르벨리 정밀 기계 연구소", "타르벨니 정밀 기계 연구소", 0.85, 0.98},
	} {
		if s := match.Compare(c.a, c.b); s.Value < c.least || s.Value > c.most {
			t.Errorf("Compare(%q, %q) = %v %q", c.a, c.b, s.Value, s.Reasons)
		}
	}
}

// TestRomanisationsAndShortNames finds names that are written in another system, or as friends say them.
func TestRomanisationsAndShortNames(t *testing.T) {
	for _, p := range [][2]string{
		{"Hsiao Ch'ing-ts'ai", "Xiao Qingcai"}, {"Hsieh Chih-hung", "Xie Zhihong"}, {"Tseng Hsueh-tzu", "Zeng Xuezi"},
		{"Xu Jieren", "Hsu Chieh-jen"},
		{"Peggy Tarvelli", "Margaret Tarvelli"}, {"Ned Tarvelli", "Edward Tarvelli"}, {"Misha Tarvelli", "Mikhail Tarvelli"},
		{"Q and T Works", "Q&T Works"},
		{"X & Y Tarvelli", "X and Y Tarvelli"}, {"Tarvelli und Dremm", "Tarvelli & Dremm"}, {"B und W Werke", "B&W Werke"},
		{"Q y M Comercial", "Q&M Comercial"}, {"Volodya Tarvelli", "Vladimir Tarvelli"},
		{"Paco Tarvelli", "Francisco Tarvelli"},
		{"Zhenya Tarvelli", "Evgeny Tarvelli"}, {"Mo Tarvelli", "Mohammed Tarvelli"},
	} {
		if s := match.Compare(p[0], p[1]); s.Value < 0.9 || s.Value == 1 {
			t.Errorf("Compare(%q, %q) = %v %q", p[0], p[1], s.Value, s.Reasons)
		}
	}
	for _, p := range [][2]string{
		{"Xu Jieren", "Zhu Qieren"}, {"Hsi Chieh-jen", "Jie Ren Li"}, {"Theodore Tarvelli", "Edward Tarvelli"},
		{"Ted Works Ltd", "Theodore Works Ltd"},
	} {
		if s := match.Compare(p[0], p[1]); s.Value >= match.DefaultThreshold {
			t.Errorf("Compare(%q, %q) = %v %q", p[0], p[1], s.Value, s.Reasons)
		}
	}
	ix := match.NewIndex([]diff.Entry{
		{List: diff.SDN, Key: "pinyin", Kind: diff.Person, Name: "XIAO, Qingcai"},
		{List: diff.SDN, Key: "wade", Kind: diff.Person, Name: "HSIEH, Chih-hung"},
	}, match.Options{})
	for q, key := range map[string]string{"Hsiao Ching-tsai": "pinyin", "Xie Zhihong": "wade", "Hsieh Chih-hung": "wade"} {
		hits := ix.Search(match.Query{Name: q}, match.DefaultThreshold, 0)
		if len(hits) != 1 || hits[0].Key != key {
			t.Errorf("%q: %+v", q, hits)
		}
	}
}

// TestSlipInAShortWordIsAnotherName has names whose only word of their own differs by a letter, alone and beside
// generic words.
func TestSlipInAShortWordIsAnotherName(t *testing.T) {
	for _, p := range [][2]string{
		{"Tarvo", "Tarvi"}, {"Dremm", "Bremm"}, {"Quorl", "Quorla"}, {"Zelb Inc", "Zelk Ltd"},
		{"ZQB Technologies", "ZQ Technologies"},
		{"TQP International", "TKP International"}, {"Zarvo Group Corporation", "OOO Garvo Group"}, {"Q&B Bank", "B-Bank"},
		{"Masque", "Pasque"},
		{"Velto Logistics", "Vello Logistics"}, {"Zarvo Trading", "Zarva Trading"},
		{"Dremo Technology Inc.", "Drema Technology Corp."},
		{"Zarvo Diamonds Limited", "Zarva Diamond"}, // and a plural besides
	} {
		if s := match.Compare(p[0], p[1]); s.Value >= match.DefaultThreshold {
			t.Errorf("Compare(%q, %q) = %v %q", p[0], p[1], s.Value, s.Reasons)
		}
	}
	for _, p := range [][2]string{
		{"Tarvellinor", "Tarvelinor"}, {"Tarvellin Trading LLC", "Tarvelin Trading LLC"},
		{"Shenzhen Quorlex Technology Co., Ltd.", "Shenzhen Quorlx Technology Co., Ltd."},
		{"PJSC Quorlex", "PJSC Quorlx"}, {"Quorvane", "uQorvane"}, {"Zquorvane", "Quorvane"}, {"El Quorvan", "El Quorvam"},
		{"Quorvane Special Unit", "Quorvane Special Units"}, {"Tarvelli Dremm Sarl", "Tarvelli Dremm SAL"},
	} {
		if s := match.Compare(p[0], p[1]); s.Value < match.DefaultThreshold {
			t.Errorf("Compare(%q, %q) = %v %q", p[0], p[1], s.Value, s.Reasons)
		}
	}
}

// TestKindsAndCountriesAreEvidence screens names against a vessel, a person and companies of one word.
func TestKindsAndCountriesAreEvidence(t *testing.T) {
	ix := match.NewIndex([]diff.Entry{
		{List: diff.SDN, Key: "vessel", Kind: diff.Vessel, Name: "QUORVANE"},
		{List: diff.SDN, Key: "rock", Kind: diff.Vessel, Name: "GREEN RIVER"},
		{List: diff.SDN, Key: "person", Kind: diff.Person, Name: "TARVELLI, Ostap", Aliases: []string{"Zelmo", "El Vorl"}},
		{List: diff.SDN, Key: "firm", Kind: diff.Organization, Name: "Dremo LLC", Countries: []string{"RU"}},
		{List: diff.SDN, Key: "hk", Kind: diff.Organization, Name: "Shenzhen Zarquon Precision Machinery",
			Countries: []string{"CN"}},
	}, match.Options{})
	score := func(q match.Query, key string) float64 {
		for _, h := range ix.Search(q, 0.5, 0) {
			if h.Key == key {
				return h.Score
			}
		}
		return 0
	}
	for _, c := range []struct {
		q    match.Query
		key  string
		told bool
	}{
		{match.Query{Name: "Quorvane"}, "vessel", true}, {match.Query{Name: "MV Quorvane"}, "vessel", true},
		{match.Query{Name: "Quorvane Inc."}, "vessel", false},
		{match.Query{Name: "Quorvane Group"}, "vessel", false}, {match.Query{Name: "GreenRiver"}, "rock", false},
		{match.Query{Name: "MV Greenriver"}, "rock", true},
		{match.Query{Name: "Green River Corp"}, "rock", false}, {match.Query{Name: "Zelmo Corporation"}, "person", false},
		{match.Query{Name: "Zelmo"}, "person", true},
		{match.Query{Name: "Vorl"}, "person", false}, {match.Query{Name: "El Vorl"}, "person", true},
		{match.Query{Name: "Dremo Inc.", Country: "US"}, "firm", false}, {match.Query{Name: "Dremo Inc."}, "firm", true},
		{match.Query{Name: "Dremo LLC", Country: "US"}, "firm", true}, // the very name, wherever it is
	} {
		if s := score(c.q, c.key); (s >= match.DefaultThreshold) != c.told {
			t.Errorf("%+v against %s: %v", c.q, c.key, s)
		}
	}
	name := "Shenzhen Zarqon Precision Machinery"
	open, same, other, hk := score(match.Query{Name: name}, "hk"), score(match.Query{Name: name, Country: "China"}, "hk"),
		score(match.Query{Name: name, Country: "FR"}, "hk"), score(match.Query{Name: name, Country: "HK"}, "hk")
	if !(same > open && open > other && hk == open && other >= match.DefaultThreshold) {
		t.Errorf("unknown %v, the same country %v, another %v, Hong Kong for China %v", open, same, other, hk)
	}
}

// TestLegalFormInAnyOrder takes legal forms apart.
func TestLegalFormInAnyOrder(t *testing.T) {
	for _, c := range []string{
		"Limited Liability Company Tarvelli", "Joint Stock Company Tarvelli Zavod",
		"Obshchestvo s Ogranichennoi Otvetstvennostyu Tarvelli",
		"Federal State Unitary Enterprise Tarvelli", "State Corporation Tarvelli", "Tarvelli Trading S.A.",
		"Tarvelli Private Limited",
	} {
		words := strings.Fields(c)
		slices.Reverse(words)
		turned := strings.Join(append(words[1:], words[0]), " ")
		if s := match.Compare(c, turned); s.Value < 0.93 {
			t.Errorf("Compare(%q, %q) = %v %q", c, turned, s.Value, s.Reasons)
		}
	}
}

// TestStateCorporationIsALegalForm finds one by its own name alone.
func TestStateCorporationIsALegalForm(t *testing.T) {
	for _, full := range []string{"State Corporation Tarvelli", "Tarvelli State Corporation",
		"Gosudarstvennaya Korporatsiya Tarvelli"} {
		if s := match.Compare("Tarvelli", full); s.Value < 0.95 {
			t.Errorf("Compare(%q, %q) = %v %q", "Tarvelli", full, s.Value, s.Reasons)
		}
	}
}

// TestLongLegalWordsAreMended has slips in the long words of legal forms.
func TestLongLegalWordsAreMended(t *testing.T) {
	for _, p := range [][2]string{
		{"Otkrytoe Aktsionrenoe Obshchestvo Tarvelli", "Otkrytoe Aktsionernoe Obshchestvo Tarvelli"},
		{"Tarvelli Soiedad Anonima", "Tarvelli Sociedad Anonima"},
		{"Tarvelli Dremm doint Stock Company", "Tarvelli Dremm Joint Stock Company"},
		{"Tarvelli Services Prvate Limited", "Tarvelli Services Private Limited"},
	} {
		if s := match.Compare(p[0], p[1]); s.Value < 0.98 {
			t.Errorf("Compare(%q, %q) = %v %q", p[0], p[1], s.Value, s.Reasons)
		}
	}
}
