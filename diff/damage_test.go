package diff

import "testing"

func TestDamageBetweenTexts(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          damageKind
	}{
		{"Müller Söhne GmbH", "M?ller S?hne GmbH", lostLetters},
		{"Müller Söhne GmbH", "M\ufffdller S\ufffdhne GmbH", lostLetters},
		{"Müller Söhne GmbH", "M\ufffd\ufffdller S\ufffd\ufffdhne GmbH", lostLetters},
		{"Müller Söhne GmbH", "MÃ¼ller SÃ¶hne GmbH", wrongCharset},
		{"Müller Söhne GmbH", "M&amp;uuml;ller S&amp;#246;hne GmbH", escapedTwice},
		{"Müller Söhne GmbH", "Mller Shne GmbH", foldedAway},
		{"Müller Söhne GmbH", "Muller Sohne GmbH", foldedAway},
		{"Müller Söhne GmbH", "M№ller Sцhne GmbH", foldedAway},
		{"Acme Trading", "?cme Tr?ding", lostLetters},
		{"Acme Trading", "Acme Tradin?", lostLetters},
		{"A & B Trading", "A &amp; B Trading", escapedTwice},
		{"Acme Trading", "<b>Acme</b> Trading", escapedTwice},
		{"محمد", "????", lostLetters},
		{"محمد", "Ù…Ø\u00adÙ…Ø¯", wrongCharset},
		{"Москва", "РњРѕСЃРєРІР°", wrongCharset},

		{"Acme Trading", "Acme Trading Co", undamaged},
		{"Acme Trading", "Acme Tradings?", undamaged},
		{"M?ller", "Müller", undamaged},
		{"MÃ¼ller", "Müller", undamaged},
		{"Acme Trading", "Bcme Trading", undamaged},
		{"Old Name", "New? Name", undamaged},
		{"AT&T; Holdings", "AT&T; Holding", undamaged},
		{"Nanjing 14th Institute", "Nanjing 15th Institute", undamaged},
		{"", "?", undamaged},
	} {
		if got := damageBetween(c.before, c.after); got != c.want {
			t.Errorf("%q → %q: %q, want %q", c.before, c.after, got, c.want)
		}
	}
}

func TestTextsThatShowNoDamage(t *testing.T) {
	for _, s := range []string{
		"Müller & Söhne", "ÂNGELA ÁVILA", "Ñandú S.A.", "Île-de-France", "Łódź", "ТОВАРИСТВО РС", "AT&T Corp; Bell", "Aéroport d'Orly", "a < b",
		"İSTANBUL ÇELİK", "Ö–Z Handel", "Рога и копыта", "São Paulo", "ÅÄÖ",
	} {
		if got := marksOfDamage(s); got != undamaged {
			t.Errorf("%q: %q", s, got)
		}
	}
}
