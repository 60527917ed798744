package diff

import (
	"fmt"
	"testing"
)

// bigList is n entries of the shape of the Entity List: a third with aliases, an address each, shared citations.
func bigList(n int) []Entry {
	countries := []string{"CHINA, PEOPLE'S REPUBLIC OF", "RUSSIA", "UNITED ARAB EMIRATES", "PAKISTAN", "TÜRKİYE"}
	out := make([]Entry, n)
	for i := range out {
		e := entry(countries[i%len(countries)], fmt.Sprintf("Research Company of Branch %d, Co., Ltd.", i), fmt.Sprintf("No. %d Keji Road, Nanshan District, Shenzhen", i))
		if i%3 == 0 {
			e.Aliases = []string{fmt.Sprintf("RCB %d", i), fmt.Sprintf("Yanjiu Gongsi Fen %d", i)}
		}
		out[i] = e
	}
	return out
}

// BenchmarkCompare compares two parsed snapshots, a twentieth of whose entries differ editorially, as after a usual issue.
func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{3411, 25921} {
		old, now := snap("2026-01-01", bigList(n)...), snap("2026-02-01", bigList(n)...)
		old.Entries = Compare(Snapshot{}, old).Entries
		for i := 0; i < n; i += 20 {
			now.Entries[i].LicenseRequirement = "For all items subject to the EAR (See §744.11 of the EAR)."
		}
		b.Run(fmt.Sprintf("churn/%d", n), func(b *testing.B) {
			for b.Loop() {
				if c := Compare(old, now); len(told(c.Changes)) != 0 {
					b.Fatal("churn is told")
				}
			}
		})
		b.Run(fmt.Sprintf("first/%d", n), func(b *testing.B) {
			for b.Loop() {
				Compare(Snapshot{}, now)
			}
		})
		moved := snap("2026-02-01", bigList(n)...)
		for i := range moved.Entries {
			moved.Entries[i].Key += "-anew"
		}
		b.Run(fmt.Sprintf("every-key-moved/%d", n), func(b *testing.B) {
			for b.Loop() {
				if c := Compare(old, moved); len(told(c.Changes)) != 0 {
					b.Fatal("moved keys are told")
				}
			}
		})
	}
}

func BenchmarkNormalise(b *testing.B) {
	for _, s := range []string{"Hangzhou Hikvision Digital Technology Co., Ltd.", "Aselsan Elektronik Sanayi ve Ticaret A.Ş., Türkiye"} {
		b.Run(s[:8], func(b *testing.B) {
			for b.Loop() {
				Normalise(s)
			}
		})
	}
}
