package notify

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

func compiled(t *testing.T, src string) *Condition {
	t.Helper()
	k, err := CompileCondition(src)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestRulesMatch(t *testing.T) {
	c := party(china, "Foo Semiconductor Co., Ltd.", "Foo Microelectronics", "Fu Ban")
	c.Entry.Countries = []string{"CN", "HK"}
	editorial := c
	editorial.Substantive = false
	moved := party("HONG KONG", "Moved Ltd.")
	moved.Change, moved.Before = diff.Amended, &diff.Entry{Country: china, Countries: []string{"CN"}, Name: "Before Ltd.",
		FormerNames: []string{"Chip Works"}}
	hits := MatchContext{Hits: []Hit{{Counterparties: "vendors", Name: "Foo GmbH", Score: 0.95}}}
	cond := func(src string) *Condition { return compiled(t, src) }
	for _, tc := range []struct {
		name   string
		rule   Rule
		change diff.Change
		x      MatchContext
		want   bool
		reason string
	}{
		{"everything", Rule{}, c, MatchContext{}, true, "yes: the change is substantive (added)"},
		{"editorial", Rule{}, editorial, MatchContext{}, false, "the change is editorial"},
		{"editorial asked for", Rule{Editorial: true}, editorial, MatchContext{}, true, "the rule asks for those"},
		{"editorial, kinds named", Rule{Changes: []diff.ChangeKind{diff.Added}}, editorial, MatchContext{}, false,
			"editorial"},
		{"list", Rule{Lists: []diff.ListID{diff.SDN}}, c, MatchContext{}, false,
			"the list is us-bis-entity-list; wanted: us-ofac-sdn"},
		{"kind", Rule{Changes: []diff.ChangeKind{diff.Removed}}, c, MatchContext{}, false,
			"the change is added; wanted: removed"},
		{"code of an address", Rule{Countries: []string{"hk"}}, c, MatchContext{}, true, "country HK"},
		{"heading", Rule{Countries: []string{"China"}}, c, MatchContext{}, true, "heading"},
		{"whole heading", Rule{Countries: []string{"CHINA, PEOPLE'S REPUBLIC OF"}}, c, MatchContext{}, true, "heading"},
		{"other country", Rule{Countries: []string{"RU"}}, c, MatchContext{}, false, "the country is CN, HK, CHINA"},
		{"country before", Rule{Countries: []string{"CN"}}, moved, MatchContext{}, true, "country CN"},
		{"alias", Rule{Names: []*regexp.Regexp{regexp.MustCompile(`(?i)microelectronic`)}}, c, MatchContext{}, true,
			`"Foo Microelectronics"`},
		{"former name before", Rule{Names: []*regexp.Regexp{regexp.MustCompile(`^Chip`)}}, moved, MatchContext{}, true,
			"Chip Works"},
		{"no name", Rule{Names: []*regexp.Regexp{regexp.MustCompile(`bank`)}}, c, MatchContext{}, false, "none of the names"},
		{"counterparty", Rule{Counterparties: []string{"vendors"}}, c, hits, true, "Foo GmbH"},
		{"other file", Rule{Counterparties: []string{"staff"}}, c, hits, false, "none of our counterparties in staff"},
		{"condition", Rule{If: cond("len(change.entry.aliases) > 1")}, c, MatchContext{}, true, "is true"},
		{"condition not met", Rule{If: cond(`change.entry.license_review_policy contains "case"`)}, c, MatchContext{}, false,
			"is false"},
		{"condition that fails", Rule{If: cond("change.fields[7].substantive")}, c, MatchContext{}, true, "counted as met"},
		{"stages do not matter", Rule{Stages: []diff.Stage{diff.Codified}}, c, MatchContext{}, true,
			"limit later updates only"},
		{"news", Rule{News: NewsMentions}, c, MatchContext{}, false, "about news"},
	} {
		got := tc.rule.Match(tc.change, tc.x)
		if got.Matched != tc.want || !strings.Contains(strings.Join(got.Reasons, "\n"), tc.reason) {
			t.Errorf("%s: %v %q, want %v and %q", tc.name, got.Matched, got.Reasons, tc.want, tc.reason)
		}
	}
	if n := len(Explain([]Rule{{Name: "a"}, {Name: "b", Lists: []diff.ListID{diff.SDN}}}, c, MatchContext{})); n != 2 {
		t.Errorf("%d explanations, want one for every rule", n)
	}
}

func TestConditionsSayWhereTheyAreWrong(t *testing.T) {
	for src, want := range map[string][2]int{
		"len(change.entry.alias) > 2":     {1, 17},
		"true &&\n  change.nmae == 'x'":   {2, 9},
		"change.name":                     {1, 1},
		"change.name ==":                  {1, 14},
		"change.effective_on > 5":         {1, 21},
		"len(change.entry.aliases) > 'a'": {1, 27},
	} {
		_, err := CompileCondition(src)
		var at *ConditionError
		if !errors.As(err, &at) || at.Line != want[0] || abs(at.Column-want[1]) > 2 || at.Message == "" {
			t.Errorf("%q: %+v", src, at)
		}
	}
}

func abs(n int) int { return max(n, -n) }

func TestMuteDelaysToTheEndOfQuietHours(t *testing.T) {
	ny := newYork(t)
	night := &Mute{From: 22 * time.Hour, To: 6 * time.Hour, Location: ny}
	at := func(s string) time.Time {
		t.Helper()
		v, err := time.ParseInLocation("2006-01-02 15:04", s, ny)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, tc := range []struct {
		mute *Mute
		t    time.Time
		want time.Time
	}{
		{nil, at("2026-01-01 23:00"), at("2026-01-01 23:00")},
		{night, at("2026-01-01 21:59"), at("2026-01-01 21:59")},
		{night, at("2026-01-01 22:00"), at("2026-01-02 06:00")},
		{night, at("2026-01-02 05:59"), at("2026-01-02 06:00")},
		{night, at("2026-01-02 06:00"), at("2026-01-02 06:00")},
		{night, at("2026-01-01 23:00").In(time.UTC), at("2026-01-02 06:00")},
		// 2026-03-08: 02:00 to 03:00 does not exist; a window that ends in it ends at 03:00
		{&Mute{From: time.Hour, To: 150 * time.Minute, Location: ny}, at("2026-03-08 01:10"),
			time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)},
		// 2026-11-01: 01:00 to 02:00 comes twice; a window from 00:30 to 01:30 ends at the first 01:30 …
		{&Mute{From: 30 * time.Minute, To: 90 * time.Minute, Location: ny}, time.Date(2026, 11, 1, 5, 0, 0, 0, time.UTC),
			time.Date(2026, 11, 1, 5, 30, 0, 0, time.UTC)},
		// … and the second 01:10 is quiet again, for 20 minutes
		{&Mute{From: 30 * time.Minute, To: 90 * time.Minute, Location: ny}, time.Date(2026, 11, 1, 6, 10, 0, 0, time.UTC),
			time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC)},
		// the night that begins on Friday, and the early Saturday that belongs to it
		{&Mute{From: 22 * time.Hour, To: 6 * time.Hour, Days: []time.Weekday{time.Friday}, Location: ny},
			at("2026-01-03 05:00"), at("2026-01-03 06:00")},
		{&Mute{From: 22 * time.Hour, To: 6 * time.Hour, Days: []time.Weekday{time.Friday}, Location: ny},
			at("2026-01-03 23:00"), at("2026-01-03 23:00")},
		// a whole weekend
		{&Mute{From: 0, To: 24 * time.Hour, Days: []time.Weekday{time.Saturday, time.Sunday}, Location: ny},
			at("2026-01-03 12:00"), at("2026-01-05 00:00")},
	} {
		if got := tc.mute.Until(tc.t); !got.Equal(tc.want) {
			t.Errorf("%+v at %s: until %s, want %s", tc.mute, tc.t, got.In(ny), tc.want.In(ny))
		}
	}
}

func TestCountryNames(t *testing.T) {
	for heading, want := range map[string]string{
		"CHINA, PEOPLE'S REPUBLIC OF": "China", "UNITED ARAB EMIRATES": "United Arab Emirates",
		"CRIMEA REGION OF UKRAINE": "Crimea region of Ukraine",
		"BOSNIA AND HERZEGOVINA":   "Bosnia and Herzegovina", "KOREA, NORTH": "North Korea", "TÜRKIYE": "Türkiye",
		"China": "China", "CN": "China", "XX": "XX", "": "",
	} {
		if got := CountryName(heading); got != want {
			t.Errorf("%q: %q, want %q", heading, got, want)
		}
	}
}

func TestHeadlines(t *testing.T) {
	var thirteen []diff.Change
	for i, country := range []string{canada, canada, china, china, china, china, china, "FRANCE", "LUXEMBOURG",
		"NETHERLANDS", russia, russia, russia} {
		thirteen = append(thirteen, party(country, string(rune('A'+i))))
	}
	if got := Headline(thirteen); got != "Entity List: 13 added (China 5, Russia 3, Canada 2, France 1, Luxembourg 1, Netherlands 1)" {
		t.Error(got)
	}
	removed := party(china, "Gone")
	removed.Change, removed.List = diff.Removed, diff.MilitaryEndUserList
	if got := Headline([]diff.Change{thirteen[0], removed,
		thirteen[1]}); got != "Entity List: 2 added (Canada); Military End-User List: 1 removed (China)" {
		t.Error(got)
	}
	if got := Headline([]diff.Change{removed}); got != "Military End-User List: 1 removed: Gone (China)" {
		t.Error(got)
	}
}

func TestCleanMakesInert(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "a\x1b[31mb": "a[31mb", "a\u202eb\u200f": "ab", "line\nbreak\ttab": "line break tab",
		"  x  y ": "x y", "a\u2028b": "a b",
		"نام\u200cفارسی": "نام\u200cفارسی", "\u0085x": "x", "soft\u00adhyphen": "softhyphen", "天仪研究院": "天仪研究院",
		"bad\xff": "bad\ufffd",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestUpdatesSayWhyTheyCome(t *testing.T) {
	first, again := party(china, "A"), party(china, "B")
	again.Revision = 1
	told := []Told{{Channel: "c", Kind: KindAlert, Message: Message{Counts: []Count{{N: 1}}}}}
	read := []Told{{Channel: "c", Kind: KindAlert}}
	published := []StageTime{{Stage: diff.Published}, {Stage: diff.Effective}}
	for want, tc := range map[string]struct {
		told   []Told
		stages []StageTime
		items  []diff.Change
	}{
		"":                             {read, nil, []diff.Change{again}},
		"Now published and in force: ": {read, published, []diff.Change{first}},
		"Further: ":                    {told, nil, []diff.Change{first, again}},
		"Read again: ":                 {told, nil, []diff.Change{again}},
		"Now published and in force, read again: ":           {told, published, []diff.Change{again}},
		"Now published and in force, with further changes: ": {told, published, []diff.Change{first}},
	} {
		var items []Item
		for _, c := range tc.items {
			items = append(items, Item{Change: c})
		}
		if got := (PendingCase{Told: tc.told, Stages: tc.stages}).updateLead("c", "", items); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
