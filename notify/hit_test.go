package notify

import "testing"

// An owned party resembles nobody, and a reader must not have to decode how the sum was written.
func TestAHitSaysWhyInWords(t *testing.T) {
	for want, h := range map[string]Hit{
		"Acme (vendors V-3) is owned by “PTK JSC”: 60 % directly": {
			Match: "PTK JSC", Score: 1, MatchedOn: "affiliate", Reason: "affiliate: 60 % = 60 % directly"},
		"Acme (vendors V-3) is owned by “PTK JSC”: 80 % = 40 % directly + 40 % through M (55 % owned, counts in full)": {
			Match: "PTK JSC", Score: 1, MatchedOn: "affiliate", Reason: "affiliate: 80 % = 40 % directly + 40 % through M (55 % owned, counts in full)"},
		"Acme (vendors V-3) resembles “PTK” of PTK JSC, 96 % by alias: the same": {
			Match: "PTK", Listed: "PTK JSC", Score: 0.96, MatchedOn: "alias", Reason: "the same"},
	} {
		h.Counterparties, h.ID, h.Name = "vendors", "V-3", "Acme"
		if got := h.Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
