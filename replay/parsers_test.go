package replay_test

import (
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/replay"
	"entitywatch/testdata"
	"entitywatch/watcher/fedreg/rule"
)

// What the scenarios say of their documents is what the parsers read in the rendered forms, without a problem.
func TestParsersReadWhatScenariosSay(t *testing.T) {
	for _, name := range replay.Names(testdata.Scenarios()) {
		s, err := replay.Load(testdata.Scenarios(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range s.Documents {
			if slices.ContainsFunc(d.Amend, func(a replay.Amendment) bool { return len(a.Words) > 0 }) {
				continue // what its words come to is no script's to say
			}
			t.Run(name+"/"+d.Number, func(t *testing.T) {
				xml, err := rule.ParseXML(strings.NewReader(replay.RenderRule(d)), diff.ReadOptions{})
				if err != nil {
					t.Fatal(err)
				}
				compareWithScript(t, "XML", xml, d)
				text, err := rule.ParseText(strings.NewReader(replay.RenderText(d, false)), diff.ReadOptions{})
				if err != nil {
					t.Fatal(err)
				}
				compareNames(t, text, d)
			})
		}
	}
}

// compareNames: a typescript gives parties by name, and each says what is to come.
func compareNames(t *testing.T, a diff.Act, d *replay.Document) {
	t.Helper()
	var want, got []string
	for _, am := range d.Amend {
		for _, e := range am.Add {
			want = append(want, say(diff.Add, am.List, am.Under, e.Name, nil, nil))
		}
		for _, n := range am.Remove {
			want = append(want, say(diff.Remove, am.List, am.Under, n, nil, nil))
		}
	}
	for _, m := range a.Amendments {
		if (m.ToCome == "") != (m.Action == diff.Remove) {
			t.Errorf("typescript: %s %s: to come %q", m.Action, m.Name, m.ToCome)
		}
		if m.Action == diff.Add || m.Action == diff.Remove {
			got = append(got, say(m.Action, m.List, m.Country, m.Name, nil, nil))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("typescript: read %d names %v, said %d %v", len(got), got, len(want), want)
	}
	for _, p := range a.Problems {
		t.Errorf("typescript: problem %s: %s (%s)", p.Kind, p.Text, p.Where)
	}
	if a.SavingsClause != d.SavingsClause {
		t.Errorf("typescript: savings clause\n%q\nwant\n%q", a.SavingsClause, d.SavingsClause)
	}
}

func compareWithScript(t *testing.T, form string, a diff.Act, d *replay.Document) {
	t.Helper()
	if a.SavingsClause != d.SavingsClause {
		t.Errorf("%s: savings clause\n%q\nwant\n%q", form, a.SavingsClause, d.SavingsClause)
	}
	for _, p := range a.Problems {
		t.Errorf("%s: problem %s: %s (%s)", form, p.Kind, p.Text, p.Where)
	}
	if a.StartPage != 0 && (a.StartPage != d.StartPage || a.EndPage > d.EndPage) {
		t.Errorf("%s: pages %d to %d, want %d to %d", form, a.StartPage, a.EndPage, d.StartPage, d.EndPage)
	}
	var want, got []string
	for _, am := range d.Amend {
		for _, e := range am.Add {
			want = append(want, say(diff.Add, am.List, am.Under, e.Name, e.Aliases, e.Addresses))
		}
		for _, n := range am.Remove {
			want = append(want, say(diff.Remove, am.List, am.Under, n, nil, nil))
		}
		for _, e := range am.Revise {
			name := e.Name
			want = append(want, say(diff.Revise, am.List, am.Under, name, e.Aliases, e.Addresses))
		}
	}
	for _, m := range a.Amendments {
		for _, p := range m.Problems {
			t.Errorf("%s: %s: problem %s: %s", form, m.Name, p.Kind, p.Text)
		}
		if m.Entry == nil {
			got = append(got, say(m.Action, m.List, m.Country, m.Name, nil, nil))
			continue
		}
		got = append(got, say(m.Action, m.List, m.Country, m.Entry.Name, m.Entry.Aliases, m.Entry.Addresses))
		if c := m.Entry.Citations; len(c) == 0 || c[len(c)-1].Page != d.AmendPage {
			t.Errorf("%s: %s: citations %+v, want page %d", form, m.Name, c, d.AmendPage)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	for i := range max(len(want), len(got)) {
		w, g := "", ""
		if i < len(want) {
			w = want[i]
		}
		if i < len(got) {
			g = got[i]
		}
		if w != g {
			t.Errorf("%s, %d of %d amendments read; first that differs:\nread %s\nsaid %s", form, len(got), len(want), g, w)
			return
		}
	}
}

func say(action diff.Action, list diff.ListID, country, name string, aliases, addresses []string) string {
	var parts []string
	for _, s := range slices.Concat([]string{string(action), string(list), country, name}, aliases, addresses) {
		parts = append(parts, diff.Normalise(strings.NewReplacer("<", "", ">", "", " and ", " ").Replace(s)))
	}
	return strings.Join(parts, " ")
}
