package rule

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// mutant is a rule with one fault, as a slip of the printer or of the loader would make it.
type mutant struct {
	what   string
	source string
}

var (
	amdparElement = regexp.MustCompile(`(?s)<AMDPAR>.*?</AMDPAR>`)
	rowElement    = regexp.MustCompile(`(?s)<ROW[ >].*?</ROW>`)
	entryRow      = regexp.MustCompile(`(?s)<ENT I="22">\s*</ENT>\s*<ENT>.*?</ENT>`)
	verbWord      = regexp.MustCompile(`(?i)\b(adding|removing|revising)\b`)
	underCountry  = regexp.MustCompile(`(?i)\bunder ([A-Z][A-Z]+)`)
	quotedText    = regexp.MustCompile(`(?s)“(?:\s*</E>\s*)?([^“”<]{4,})”`)
)

// mutants makes every single fault of the kinds that must not pass: an instruction or a row left out, a verb, list,
// country or quoted name garbled.
func mutants(source string) []mutant {
	var out []mutant
	add := func(what string, from, to int, by string) {
		out = append(out, mutant{what, source[:from] + by + source[to:]})
	}
	for _, m := range amdparElement.FindAllStringIndex(source, -1) {
		text := source[m[0]:m[1]]
		if strings.Contains(text, "authority citation") || strings.Contains(text, "read as follows") {
			continue
		}
		short := lawtext.Tidy(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " "))
		add("left out: "+short, m[0], m[1], "")
		at := func(kind string, in []int, by func(string) string) {
			word := source[m[0]+in[0] : m[0]+in[1]]
			add(fmt.Sprintf("%s %q -> %q: %s", kind, word, by(word), short), m[0]+in[0], m[0]+in[1], by(word))
		}
		edit := strings.Contains(text, "in the entry for") || strings.Contains(text, "In the entry for")
		for _, v := range verbWord.FindAllStringIndex(text, -1) {
			at("verb", v, garble)
			if !edit { // whether an alias is added or removed, only the state reveals
				at("other verb", v, otherVerb)
			}
		}
		if s := regexp.MustCompile(`(?i)supplement no\. (\d)`).FindStringSubmatchIndex(text); s != nil {
			at("list", s[2:4], func(d string) string { return string("9764"[strings.IndexByte("4679", d[0])]) })
			at("list", s[0:2], func(string) string { return "Suplpement Mo. x" })
		}
		for _, c := range underCountry.FindAllStringSubmatchIndex(text, -1) {
			at("country", c[2:4], garble)
			at("other country", c[2:4], func(w string) string {
				if w == "BELIZE" {
					return "PERU"
				}
				return "BELIZE"
			})
		}
		for i, q := range quotedText.FindAllStringSubmatchIndex(text, -1) {
			if !edit || i == 0 { // the further ones are aliases and addresses
				at("name", q[2:4], garble)
			}
		}
	}
	for _, m := range rowElement.FindAllStringIndex(source, -1) {
		if row := source[m[0]:m[1]]; entryRow.MatchString(row) && strings.Count(row, "<ENT") > 2 {
			add("row left out: "+lawtext.Tidy(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(row, " ")), m[0], m[1], "")
		}
	}
	return out
}

// garble turns a word's letters about in its middle.
func garble(w string) string {
	r := []rune(w)
	i := len(r) / 2
	for i+1 < len(r) && r[i] == r[i+1] {
		i++
	}
	if i+1 >= len(r) || strings.ContainsRune(" .,&;/()-'’", r[i]) || strings.ContainsRune(" .,&;/()-'’", r[i+1]) {
		return string(r[:1]) + "q" + string(r[1:])
	}
	r[i], r[i+1] = r[i+1], r[i]
	return string(r)
}

func otherVerb(v string) string {
	return map[string]string{"adding": "removing", "Adding": "Removing", "removing": "adding", "Removing": "Adding",
		"revising": "adding", "Revising": "Adding"}[v]
}

func seen(a diff.Act) bool {
	found := diff.NeedsHuman(a.Problems)
	for _, am := range a.Amendments {
		found = found || diff.NeedsHuman(am.Problems)
	}
	return found
}

// outcome is what an act does, as text. What the state decides is the same as a revision.
func outcome(a diff.Act) string {
	var b strings.Builder
	for _, am := range a.Amendments {
		action := am.Action
		if action == diff.AddOrRevise {
			action = diff.Revise
		}
		fmt.Fprintln(&b, action, am.List, am.Country, am.Name, am.Edits)
		if am.Entry != nil {
			fmt.Fprintln(&b, am.Entry.Name, am.Entry.Aliases, am.Entry.Addresses)
		}
	}
	return b.String()
}

// unnoticed parses mutants and returns those that do something else than the rule, without a problem.
func unnoticed(t *testing.T, source string, ms []mutant) []mutant {
	t.Helper()
	original, err := ParseXML(strings.NewReader(source), diff.ReadOptions{})
	if err != nil || seen(original) {
		t.Fatalf("the rule itself: %v %v", err, original.Problems)
	}
	right := outcome(original)
	var out []mutant
	for _, m := range ms {
		a, err := ParseXML(strings.NewReader(m.source), diff.ReadOptions{})
		if err == nil && !seen(a) && outcome(a) != right {
			out = append(out, m)
		}
	}
	return out
}

func TestMutationsOfTenEntities(t *testing.T) {
	b, err := io.ReadAll(reference(t, "fr/2023-03929.xml"))
	if err != nil {
		t.Fatal(err)
	}
	ms := mutants(string(b))
	missed := unnoticed(t, string(b), ms)
	for _, m := range missed {
		t.Errorf("passes unnoticed: %s", m.what)
	}
	t.Logf("%d of %d mutants pass unnoticed", len(missed), len(ms))
}

// mutated is how many generated rules are mutated, about 60 mutants each: one of each style, or as many as the
// environment asks for.
func mutated(t *testing.T) uint64 {
	t.Helper()
	if s := os.Getenv("ENTITYWATCH_MUTANTS"); s != "" {
		n, err := strconv.ParseUint(s, 10, 16)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return styles
}

func TestMutationsOfGeneratedRules(t *testing.T) {
	rows := listRows(t)
	total, missed := 0, 0
	for seed := range mutated(t) {
		s := generate(rows, seed)
		source := s.render()
		ms := mutants(source)
		total += len(ms)
		for _, m := range unnoticed(t, source, ms) {
			missed++
			t.Errorf("seed %d, style %d, summary %v, bullets %v: passes unnoticed: %s", seed, s.style, s.summary, s.bullets,
				m.what)
		}
	}
	t.Logf("%d of %d mutants pass unnoticed", missed, total)
}
