package mention

import (
	"slices"
	"testing"

	"entitywatch/diff"
)

// TestNativeNamesOfOneListServeAll: a name in another script that one list gives a party names it on every list that
// has its name in Latin letters; a Chinese one also without its town, legal form and trade, as long as something of its
// own is left.
func TestNativeNamesOfOneListServeAll(t *testing.T) {
	a := listed(diff.EntityList, diff.Organization, "CHINA", "Hangzhou Zentivision Digital Technology Co., Ltd.",
		"Zentivision")
	b := listed(diff.CMIC, diff.Organization, "CN", "HANGZHOU ZENTIVISION DIGITAL TECHNOLOGY CO., LTD.",
		"杭州珍提维声数字技术股份有限公司")
	c := listed(diff.CMIC, diff.Organization, "CN", "TARVELLI NANKOR LIMITED", "塔维科技有限公司", "中国电子科技集团公司")
	d := listed(diff.SDN, diff.Organization, "RU", "PAO ZENTIVISION", "Росзентивижн")
	e := listed(diff.EntityList, diff.Organization, "RUSSIA", "Zentivision")
	both := []string{string(diff.EntityList) + " " + a.Name, string(diff.CMIC) + " " + b.Name}
	slices.Sort(both)
	for _, text := range []string{
		"杭州珍提维声数字技术股份有限公司在北京。", "记者访问了杭州珍提维声。", "珍提维声数字技术周二发布了新手机。", "警方使用珍提维声的摄像头。",
	} {
		if got := namesIn(text, a, b); !slices.Equal(got, both) {
			t.Errorf("%s names %q, want %q", text, got, both)
		}
	}
	if got := namesIn("塔维科技周二上涨。", c); len(got) != 1 {
		t.Errorf("a short name with its trade: %q", got)
	}
	for _, text := range []string{"塔维周二上涨。", "中国电子出口上涨。"} { // two characters, or none of its own
		if got := namesIn(text, c); len(got) > 0 {
			t.Errorf("%s names %q", text, got)
		}
	}
	if got := namesIn("Контракт Росзентивижна продлён.", d, e); len(got) != 2 {
		t.Errorf("a name in Cyrillic names %q on two lists", got)
	}
}
