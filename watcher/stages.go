package watcher

import (
	"strconv"
	"time"

	"entitywatch/diff"
)

// stages adds the stages that an act has reached to its case. Silent: the case's Changes are told with them, or nobody
// heard of it.
func (b *caseBook) stages(s StoredAct, silent bool) error {
	a := s.Act
	type mark struct {
		stage diff.Stage
		on    diff.Date
	}
	marks := []mark{{diff.Filed, a.FiledOn}}
	if a.Status != diff.ActFiled {
		marks = append(marks, mark{diff.Published, a.PublishedOn})
	}
	if a.EffectiveOn <= b.w.today() {
		marks = append(marks, mark{diff.Effective, a.EffectiveOn})
	}
	for _, m := range marks {
		if m.on == "" {
			continue
		}
		at := b.midnight(m.on)
		if m.stage == diff.Filed && !a.FiledAt.IsZero() {
			at = a.FiledAt.UTC()
		}
		if err := b.stage(s.Case, m.stage, at, a.Evidence, silent); err != nil {
			return err
		}
	}
	return nil
}

func (b *caseBook) stage(id string, stage diff.Stage, at time.Time, evidence []diff.Evidence, silent bool) error {
	mark := id + "\x1f" + string(stage)
	if b.begun[mark] && stage != diff.Effective { // that one reaches each act of the case that was read since
		return nil
	}
	m := StageMark{Case: id, Stage: stage, At: at, Source: b.Source, Evidence: evidence, RecordedAt: b.at, Silent: silent}
	added, err := b.tx.AddStage(m)
	if err != nil {
		return err
	}
	if b.begun[mark] = true; !added {
		return nil
	}
	b.Stages = append(b.Stages, m)
	return b.tx.Audit(b.at, "stage", map[string]any{"case": id, "stage": stage, "at": at.UTC(), "silent": silent})
}

// note tells those who heard of a case something about it, once.
func (b *caseBook) note(s StoredAct, kind, text string) error {
	return b.noteOn(s.Case, listsOf(s.Act), kind, text, "")
}

func (b *caseBook) noteOn(id string, lists []diff.ListID, kind, text, salt string) error {
	n := CaseNote{ID: diff.HashID("note", id, kind, text, salt), Case: id, Kind: kind, Lists: lists, Text: text, At: b.at}
	added, err := b.tx.AddCaseNote(n)
	if err != nil || !added {
		return err
	}
	b.Notes = append(b.Notes, n)
	return b.tx.Audit(b.at, "note", n)
}

// noteAnew tells something about an act's case that is told once for each of its withdrawals.
func (b *caseBook) noteAnew(s StoredAct, kind, text string) error {
	salt := ""
	if s.Withdrawals > 0 {
		salt = strconv.Itoa(s.Withdrawals)
	}
	return b.noteOn(s.Case, listsOf(s.Act), kind, text, salt)
}
