package notify

import (
	"slices"
	"strings"

	"entitywatch/diff"
)

// StageLine is how far a Case has come, in the order of the dates: "on public inspection 2023-02-24 · published
// 2023-02-27".
func StageLine(m Message) string {
	stages := slices.Clone(m.Stages)
	slices.SortStableFunc(stages, func(a, b StageTime) int {
		return strings.Compare(string(m.stageDate(a)), string(m.stageDate(b)))
	})
	var out []string
	for _, s := range stages {
		word := StageWord(s.Stage)
		// nothing came before it that this list would be another to
		if m.Act == nil && len(stages) == 1 && s.Stage == diff.Listed {
			word = "on an official list"
		}
		out = append(out, word+" "+m.stageMoment(s))
	}
	return strings.Join(out, " · ")
}

// stageMoment is the day of a stage, and of a filing the time too where it is known: until it is printed, hours count.
func (m Message) stageMoment(s StageTime) string {
	day := m.stageDate(s)
	if s.Stage == diff.Filed && !diff.BeginsDay(s.At) && diff.DateOf(s.At.In(m.Location())) == day {
		return Moment(s.At, m.Location())
	}
	return string(day)
}

// stageDate is the day of a stage. A date of law is the same wherever one stands: the document's own comes first, and
// what is stored as the beginning of a day is that day. Only the day of an instant, say of a report, depends on the
// reader's zone.
func (m Message) stageDate(s StageTime) diff.Date {
	if m.Act != nil {
		day := map[diff.Stage]diff.Date{diff.Filed: m.Act.FiledOn, diff.Published: m.Act.PublishedOn,
			diff.Effective: m.Act.EffectiveOn}[s.Stage]
		if day != "" {
			return day
		}
	}
	if diff.BeginsDay(s.At) {
		return diff.DayOfLaw(s.At)
	}
	return diff.DateOf(s.At.In(m.Location()))
}
