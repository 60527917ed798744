package main

import (
	"fmt"
	"slices"
	"time"

	"entitywatch/diff"
	"entitywatch/replay"
)

// soakLaw is what the Federal Register does over the soak's days, with the truth beside it.
type soakLaw struct {
	scenario *replay.Scenario
	truth    []soakTruth // told once, and it stands
	revoked  []soakTruth // told, and taken back
	again    []soakTruth // of these: filed again, and told again
	quiet    [][2]time.Time
	trouble  map[string]*replay.Trouble // what is wrong with its documents just now, by source
	states   map[time.Time]*replay.State
}

const (
	revokedRule = 2 // revoked in the afternoon of its filing, and never heard of again
	refiledRule = 4 // the same, taken off public inspection, and filed again the next working day
)

// soakRules are rules of the Federal Register, one each working day: filed in the morning, published the next working day, codified two
// later. The third is revoked before its publication, the fifth revoked, withdrawn and filed again.
func soakRules(start time.Time, days int) *soakLaw {
	l := &soakLaw{scenario: soakLists(), trouble: map[string]*replay.Trouble{}}
	first := diff.DateOf(start.In(newYork()))
	codified := diff.AddBusinessDays(first, -3)
	l.states = map[time.Time]*replay.State{start: {At: start, ECFR: &replay.ECFR{AsOf: codified, Issued: codified}}}
	day := diff.AddBusinessDays(first, 1)
	for i := 0; day < first.AddDays(days); i, day = i+1, diff.AddBusinessDays(day, 1) {
		l.rule(i, day)
	}
	for _, st := range l.states {
		st.Bad = l.trouble
		l.scenario.States = append(l.scenario.States, *st)
	}
	slices.SortFunc(l.scenario.States, func(a, b replay.State) int { return a.At.Compare(b.At) })
	return l
}

// state is what happens at a time of a day.
func (l *soakLaw) state(day diff.Date, hour int) *replay.State {
	t := clockOn(day, hour)
	if l.states[t] == nil {
		l.states[t] = &replay.State{At: t}
	}
	return l.states[t]
}

// rule has a rule filed on a day, and go its way.
func (l *soakLaw) rule(i int, day diff.Date) {
	number := fmt.Sprintf("2026-%05d", 5000+i)
	a, b := soakRow(fmt.Sprintf("Tarnow %s Lathe Works", word(i)), fmt.Sprintf("%d Lathe Road, Wuhan, China", i)),
		soakRow(fmt.Sprintf("Hawaiʻi “%s” Optics ـ Ltd.", word(i+100)), fmt.Sprintf("%d Lens Road, Xi’an, China", i))
	next := diff.AddBusinessDays(day, 1)
	if i == refiledRule {
		next = diff.AddBusinessDays(day, 2)
	}
	shown := diff.AddBusinessDays(next, 2)
	l.scenario.Documents = append(l.scenario.Documents, &replay.Document{
		Number: number, Title: "Addition of Entities to the Entity List", Type: "Rule", Action: "Final rule.",
		Abstract: "The Department of Commerce is amending the Export Administration Regulations (EAR) by adding two entities under two " +
			"entries to the Entity List. They are listed under the destination of China (2).",
		CFR: []replay.CFR{{Title: 15, Part: 744}}, Published: next, Effective: next, Volume: 91, StartPage: 9000 + 5*i, EndPage: 9003 + 5*i,
		AmendPage: 9001 + 5*i, FiledAt: clockOn(day, 8), Signer: "A. Signer",
		Amend: []replay.Amendment{{List: diff.EntityList, Under: "CHINA, PEOPLE'S REPUBLIC OF", Add: []replay.Entry{a, b}}},
	})
	told := []soakTruth{{clockOn(day, 8), "added us-bis-entity-list " + diff.Normalise(a.Name)}, {clockOn(day, 8), "added us-bis-entity-list " + diff.Normalise(b.Name)}}
	filed := l.state(day, 8)
	filed.Inspect = append(filed.Inspect, number)
	if i == revokedRule || i == refiledRule {
		l.state(day, 14).Revoke = []string{number}
		l.revoked = append(l.revoked, told...)
		// what nobody can read before it is gone, nobody can be told of
		l.quiet = append(l.quiet, [2]time.Time{clockOn(day, 7), clockOn(day, 23)})
	} else {
		l.truth = append(l.truth, told...)
	}
	if i == revokedRule {
		return
	}
	if i == refiledRule {
		l.again = append(l.again, told...)
		l.state(day, 18).Withdraw = []string{number}
		again := l.state(diff.AddBusinessDays(day, 1), 8)
		again.Inspect = append(again.Inspect, number)
	}
	out := l.state(next, 6)
	out.Publish = append(out.Publish, number)
	st := l.state(shown, 9)
	if st.ECFR == nil {
		st.ECFR = &replay.ECFR{AsOf: next, Issued: diff.AddBusinessDays(next, 1)}
	}
	st.ECFR.Codify = append(st.ECFR.Codify, number)
}

// soakLists are the lists of part 744 before anything happens.
func soakLists() *replay.Scenario {
	const china = "CHINA, PEOPLE'S REPUBLIC OF"
	s := &replay.Scenario{Name: "soak", Lists: map[diff.ListID][]replay.Group{diff.EntityList: {{Under: china}}}}
	for i := range oldKilns {
		s.Lists[diff.EntityList][0].Entries = append(s.Lists[diff.EntityList][0].Entries, soakRow(oldKiln(i), fmt.Sprintf("%d Kiln Road, Wuhan, China", i)))
	}
	for _, l := range []diff.ListID{diff.UnverifiedList, diff.MilitaryEndUserList} {
		e := soakRow("Standing Party of "+string(l), "1 Still Road, Wuhan, China")
		e.Citation = "84 FR 54004, 10/9/19"
		s.Lists[l] = []replay.Group{{Under: china, Entries: []replay.Entry{e}}}
	}
	return s
}

func soakRow(name, address string) replay.Entry {
	return replay.Entry{Name: name, Addresses: []string{address}, Policy: "Presumption of denial",
		Requirement: "For all items subject to the EAR. (See § 744.11 of the EAR)"}
}

// oldKilns is how many parties stand on the Entity List all the time.
const oldKilns = 60

func oldKiln(i int) string { return fmt.Sprintf("Old Kiln %c Works No. %d", 'A'+i%26, i) }

func newYork() *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return zone
}

// clockOn is five past an hour in New York.
func clockOn(day diff.Date, hour int) time.Time {
	y, m, d := day.Time().Date()
	return time.Date(y, m, d, hour, 5, 0, 0, newYork())
}

// soakTruth is one true Change, from when on.
type soakTruth struct {
	at   time.Time
	line string
}

// word is the i-th of invented words, no two alike in more than a syllable.
func word(i int) string {
	s := []string{"bar", "cel", "dim", "fon", "gul", "kap", "lem", "mir", "nob", "pud", "rax", "sev", "tiq", "vol", "xun", "zar"}
	return "K" + s[i%16] + s[i/16%16] + s[(i*7+3)%16]
}
