package notify

import "testing"

// An owned party resembles nobody, and a reader must not have to decode how the sum was written.
func TestAHitSaysWhyInWords(t *testing.T) {
	for want, h := range map[string]Hit{
		"Acme (vendors V-3) is owned by “PTK JSC”: 60% directly": {
			Match: "PTK JSC", Score: 1, MatchedOn: "affiliate", Reason: "affiliate: 60% = 60% directly"},
		"Acme (vendors V-3) is owned by “PTK JSC”: 80% = 40% directly + 40% through M (55% owned, counts in full)": {
			Match: "PTK JSC", Score: 1, MatchedOn: "affiliate", Reason: "affiliate: 80% = 40% directly + 40% through M (55% owned, counts in full)"},
		"Acme (vendors V-3) resembles “PTK” of PTK JSC, 96% by alias: the same": {
			Match: "PTK", Listed: "PTK JSC", Score: 0.96, MatchedOn: "alias", Reason: "the same"},
		"Acme (vendors V-3) has the same name as “ACME”; the same country, DE": {
			Match: "ACME", Score: 1, MatchedOn: "name", Reason: "the same name; the same country, DE"},
		"Acme (vendors V-3) has the same name as the alias “ACME” of PTK JSC": {
			Match: "ACME", Listed: "PTK JSC", Score: 1, MatchedOn: "alias", Reason: "the same name"},
		"Acme (vendors V-3) is a red flag, since “PTK JSC” holds a stake in it: 30% counts, below 50%: 30% directly": {
			Match: "PTK JSC", Score: 1, MatchedOn: "red flag", Reason: "red flag: 30% counts, below 50%: 30% directly"},
	} {
		h.Counterparties, h.ID, h.Name = "vendors", "V-3", "Acme"
		if got := h.Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What several listed parties own together is one sum, told once.
func TestOwnersOfOnePartyAreToldTogether(t *testing.T) {
	owned := Hit{
		Counterparties: "vendors", ID: "V-3", Name: "Acme", Match: "PTK JSC", Score: 1, MatchedOn: "affiliate",
		Reason: "affiliate: 55% = 30% directly by PTK JSC + 25% directly by Example Bank",
	}
	other := owned
	other.Match = "Example Bank"
	want := "Acme (vendors V-3) is owned by “PTK JSC” and “Example Bank” together: 55% = 30% directly by PTK JSC + 25% directly by Example Bank"
	if got, n := hitLines([]Hit{owned, other}, 0, ""); n != 1 || got[0] != want {
		t.Errorf("%q", got)
	}
}

// A first line says for certain only what is: a likeness, and a share that does not count, may be nothing.
func TestAFirstLineIsAsSureAsItsHits(t *testing.T) {
	hit := func(id, on string, score float64) Hit {
		return Hit{Counterparties: "vendors", ID: id, Name: "Acme " + id, MatchedOn: on, Score: score}
	}
	same, alike := hit("V-1", "name", 1), hit("V-2", "name", 0.98)
	for want, hits := range map[string][]Hit{
		"":                               nil,
		"; touches our Acme V-1 (V-1)":   {same, hit("V-1", "name", 0.9)},
		"; may touch our Acme V-2 (V-2)": {alike},
		"; may touch our Acme V-3 (V-3)": {hit("V-3", "red flag", 1)},
		"; may touch our Acme V-4 (V-4)": {hit("V-4", "address", 1)},
		"; touches our Acme V-5 (V-5)":   {hit("V-5", "affiliate", 1)},
		"; may touch our Acme V-6 (V-6)": {hit("V-6", "affiliate", 0.9)}, // its owner is only like a listed party
		"; touches our Acme V-1 (V-1), may touch our Acme V-2 (V-2)": {alike, same},
		"; may touch our Acme V-2 (V-2) and 2 more":                  {alike, hit("V-3", "red flag", 1), hit("V-4", "address", 1)},
	} {
		if got := touches(hits); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
