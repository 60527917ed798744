package enrich

import (
	"testing"

	"entitywatch/diff"
)

// TestPrintsOfEarlierDismissalsHold: a print is stored with a dismissal and compared for years; how it is made must not
// move.
func TestPrintsOfEarlierDismissalsHold(t *testing.T) {
	e := diff.Entry{
		Name: "Tarvelli Works", Country: "IRAN", LicenseRequirement: "For all items", Aliases: []string{"Tarvelli", "TW"},
		WeakAliases: []string{"T. Works"}, FormerNames: []string{"Drel Works"},
		Addresses: []string{"1 Quorvane Street, Tehran"},
	}
	const stored = "prt_70224e88b521b23d2c6c"
	if got := EntryPrint(e); got != stored {
		t.Errorf("got %s, want %s", got, stored)
	}
	order := e
	order.Aliases = []string{"TW", "tarvelli"} // the order and the case of aliases are editorial
	if got := EntryPrint(order); got != stored {
		t.Errorf("after an editorial change %s", got)
	}
	for name, change := range map[string]func(*diff.Entry){
		"name": func(e *diff.Entry) { e.Name += " 2" }, "country": func(e *diff.Entry) { e.Country = "IRAQ" },
		"requirement": func(e *diff.Entry) { e.LicenseRequirement = "" }, "alias": func(e *diff.Entry) { e.Aliases = nil },
		"weak alias": func(e *diff.Entry) { e.WeakAliases = nil }, "former name": func(e *diff.Entry) { e.FormerNames = nil },
		"address": func(e *diff.Entry) { e.Addresses = nil },
	} {
		changed := e
		change(&changed)
		if EntryPrint(changed) == stored {
			t.Errorf("another %s has the same print", name)
		}
	}
}
