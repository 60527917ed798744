package rule

import (
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/lists/ecfr"
)

// listRows are the rows that rules are generated from: the real lists where the reference data is at hand, else a small
// table of ours.
func listRows(t testing.TB) map[diff.ListID]map[string][]diff.Entry {
	t.Helper()
	rows := map[diff.ListID]map[string][]diff.Entry{}
	for _, e := range sourceEntries(t) {
		if e.Parent != "" || e.Kind == diff.Address || strings.ContainsAny(e.Name, "“”\"") || len(e.Addresses) == 0 ||
			len(e.FormerNames) > 0 ||
			len(e.WeakAliases) > 0 || len(e.Problems) > 0 || len(e.Notes) > 0 || !rewritable(e) {
			continue
		}
		if rows[e.List] == nil {
			rows[e.List] = map[string][]diff.Entry{}
		}
		rows[e.List][e.Country] = append(rows[e.List][e.Country], e)
	}
	return rows
}

// rewritable reports whether an entry's text can be written again from its fields: no part of it is what another would
// be taken for.
func rewritable(e diff.Entry) bool {
	for _, s := range append(append([]string{e.Name}, e.Aliases...), e.Addresses...) {
		if strings.ContainsAny(s, ";:—•<>*[]\n") || strings.Contains(s, "a.k.a") || strings.Contains(s, " and ") &&
			strings.Contains(s, ", ") && len(s) > 120 {
			return false
		}
	}
	// where name and address part is lawtext's to know
	again := lawtext.ReadParty([]string{e.Name + ", " + e.Addresses[0]})
	return again.Name == e.Name
}

func sourceEntries(t testing.TB) []diff.Entry {
	f, err := os.Open("../../../../shared/data/ecfr/part-744_2026-03-25.xml.gz")
	if err != nil {
		if os.Getenv("ENTITYWATCH_REQUIRE") == "all" {
			t.Fatal(err)
		}
		return ownEntries()
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	snaps, err := ecfr.Parse(z, diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var all []diff.Entry
	for _, s := range snaps {
		all = append(all, s.Entries...)
	}
	return all
}

// ownEntries are parties that do not exist, in the shapes of the lists.
func ownEntries() []diff.Entry {
	var all []diff.Entry
	for _, list := range []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList} {
		for _, country := range []string{"CANADA", "CHINA, PEOPLE'S REPUBLIC OF", "RUSSIA", "UNITED ARAB EMIRATES",
			"GERMANY"} {
			if _, ok := lawtext.Heading(list, country); !ok && list == diff.MilitaryEndUserList {
				country = "CHINA, PEOPLE'S REPUBLIC OF"
			}
			for i := range 9 {
				n := fmt.Sprintf("%c%s", 'A'+i, strings.ToLower(country[:3]))
				e := diff.Entry{List: list, Country: country, Name: n + " Trading Co., Ltd.",
					Addresses: []string{fmt.Sprintf("%d Long Street, Old Town, %s", i+3, n),
						fmt.Sprintf("Unit %d, New Tower, %s", i+7, n)}[:1+i%2],
					LicenseRequirement:  "For all items subject to the EAR. (See § 744.11 of the EAR)",
					LicenseReviewPolicy: "Presumption of denial",
					Citations: []diff.Citation{{Volume: 80, Page: 1000 + i, Date: "2015-03-02",
						Raw: fmt.Sprintf("80 FR %d, 3/2/15", 1000+i)}}}
				for j := range i % 4 {
					e.Aliases = append(e.Aliases, fmt.Sprintf("%s Alias %d", n, j+1))
				}
				all = append(all, e)
			}
		}
	}
	return all
}

// want is one amendment that a generated rule makes.
type want struct {
	action  diff.Action
	list    diff.ListID
	country string
	name    string
	entry   *diff.Entry // the row that stands in the table
	edits   []diff.Edit
	old     bool // removed in the old style, with its address
}

// script is a rule to be rendered.
type script struct {
	seed    uint64
	r       *rand.Rand
	wants   []want // in the order of the instructions
	style   int    // how instructions are worded
	summary bool   // numbers in the SUMMARY
	bullets bool   // lists by country in the preamble
}

const (
	flatStyle   = iota // "a. Under CANADA, by adding …"
	nestedStyle        // "b. Under CHINA: i. By revising …"
	oldStyle           // "a. By adding under Afghanistan, in alphabetical order, six Afghan entities"
	leadStyle          // "a. Adding entries for “A” under CANADA; and"
	verbStyle          // "a. By adding, in alphabetical order: i. Under CANADA, entries for …"
	styles
)

// generate makes the script of a seed.
func generate(rows map[diff.ListID]map[string][]diff.Entry, seed uint64) *script {
	r := rand.New(rand.NewPCG(seed, 744))
	s := &script{seed: seed, r: r, style: int(seed) % styles, summary: r.IntN(8) > 0, bullets: r.IntN(3) > 0}
	if !s.summary {
		s.bullets = true
	}
	lists := []diff.ListID{diff.EntityList}
	switch r.IntN(6) {
	case 0:
		lists = []diff.ListID{diff.UnverifiedList}
	case 1:
		lists = []diff.ListID{diff.EntityList, diff.UnverifiedList}
	case 2:
		lists = []diff.ListID{diff.EntityList, diff.UnverifiedList, diff.MilitaryEndUserList}
	}
	for _, list := range lists {
		var countries []string
		for c := range rows[list] {
			countries = append(countries, c)
		}
		slices.Sort(countries)
		r.Shuffle(len(countries), func(i, j int) { countries[i], countries[j] = countries[j], countries[i] })
		countries = countries[:min(len(countries), 1+r.IntN(5))]
		slices.Sort(countries)
		for _, c := range countries {
			s.country(list, c, rows[list][c])
		}
	}
	return s
}

// country makes the amendments under one country.
func (s *script) country(list diff.ListID, country string, rows []diff.Entry) {
	rows = slices.Clone(rows)
	s.r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	rows = distinct(rows[:min(len(rows), 14)])
	take := func(most int) []diff.Entry {
		n := min(s.r.IntN(most+1), len(rows))
		got := rows[:n]
		rows = rows[n:]
		slices.SortFunc(got, func(a, b diff.Entry) int { return strings.Compare(a.Name, b.Name) })
		return got
	}
	before := len(s.wants)
	adds, revisions, removals := take(5), take(3), take(3)
	for _, e := range adds {
		e := fresh(e)
		s.wants = append(s.wants, want{action: diff.Add, list: list, country: country, name: e.Name, entry: &e})
	}
	for _, e := range revisions {
		s.revision(list, country, e)
	}
	for _, e := range removals {
		s.wants = append(s.wants, want{action: diff.Remove, list: list, country: country, name: e.Name,
			old: s.style == oldStyle, entry: &e})
	}
	if len(s.wants) == before {
		e := fresh(rows[0])
		s.wants = append(s.wants, want{action: diff.Add, list: list, country: country, name: e.Name, entry: &e})
	}
}

// distinct keeps rows whose names no other row's name begins with.
func distinct(rows []diff.Entry) []diff.Entry {
	var out []diff.Entry
	for _, e := range rows {
		if !slices.ContainsFunc(out, func(o diff.Entry) bool {
			a, b := diff.Normalise(e.Name), diff.Normalise(o.Name)
			return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
		}) {
			out = append(out, e)
		}
	}
	return out
}

// fresh is an entry as an addition prints it: with the placeholder for its only citation.
func fresh(e diff.Entry) diff.Entry {
	e.Aliases, e.Addresses = slices.Clone(e.Aliases), slices.Clone(e.Addresses)
	e.Citations = []diff.Citation{{Raw: placeholder}}
	return e
}

const placeholder = "88 FR [INSERT FR PAGE NUMBER AND 2/27/2023]"

// revision changes an entry: a further alias or address, another name, or single fields of it.
func (s *script) revision(list diff.ListID, country string, old diff.Entry) {
	e := old
	e.Aliases, e.Addresses = slices.Clone(e.Aliases), slices.Clone(e.Addresses)
	e.Citations = append(slices.Clone(old.Citations), diff.Citation{Raw: placeholder})
	w := want{action: diff.Revise, list: list, country: country, name: old.Name, entry: &e}
	switch n := s.r.IntN(5); {
	case n == 0:
		e.Aliases = append(e.Aliases, "Fresh Alias Holdings")
	case n == 1:
		e.Addresses = append(e.Addresses, "Unit 7, 12 New Harbour Road, Port Town")
	case n == 2 && s.style != oldStyle:
		e.Name = "Renamed " + old.Name
		e.Aliases = append(e.Aliases, old.Name)
	case n == 3 && list == diff.EntityList && s.style != oldStyle && s.style != verbStyle:
		w.action, w.entry = diff.EditFields, nil
		w.edits = s.edits(old)
	default:
		e.LicenseReviewPolicy = "Case-by-case review"
	}
	s.wants = append(s.wants, w)
}

func (s *script) edits(e diff.Entry) []diff.Edit {
	if len(e.Aliases) > 1 && s.r.IntN(2) == 0 {
		return []diff.Edit{{Field: "aliases", Op: diff.EditRemove, Value: e.Aliases[0]},
			{Field: "aliases", Op: diff.EditRemove, Value: e.Aliases[1]}}
	}
	switch s.r.IntN(4) {
	case 0:
		return []diff.Edit{{Field: "addresses", Op: diff.EditRemove, Value: e.Addresses[0]}}
	case 1:
		return []diff.Edit{{Field: "aliases", Op: diff.EditAdd, Value: "Fresh Alias Holdings"}}
	case 2:
		return []diff.Edit{{Field: "license_requirement", Op: diff.EditReplace, Value: "For all items subject to the EAR"}}
	}
	return []diff.Edit{{Field: "addresses", Op: diff.EditReplace, Old: e.Addresses[0],
		Value: "Unit 7, 12 New Harbour Road, Port Town"}}
}
