package notify

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"entitywatch/diff"
)

// steps are what may happen to a filed rule, in any order in which it may happen. Each is skipped where it may not.
func (w *world) steps() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"withdrawn":           w.withdraw,
		"never published":     w.missPrint,
		"published":           w.publish,
		"filed again":         w.fileAgain,
		"corrected":           w.correct,
		"read wrongly":        w.takeBack,
		"codified":            w.codify,
		"calendar":            w.reachDate,
		"one reads otherwise": w.readOtherwise,
		"reminder":            w.remind,
		"digest":              w.digest,
		"":                    w.heads,
	}
}

// file is what happens first.
func (w *world) file(t *rapid.T) {
	for i := range rapid.IntRange(1, 4).Draw(t, "parties") {
		c := party([]string{china, russia, canada}[i%3], fmt.Sprintf("Party Number %d Ltd.", i))
		w.changes[c.ID] = PendingChange{Change: c}
		w.order = append(w.order, c.ID)
	}
	w.route(t, w.all(), []diff.Stage{diff.Filed})
}

// one is a party that holds, of those that are so; the step is skipped where fewer than least hold, or none is so.
func (w *world) one(t *rapid.T, least int, so func(PendingChange) bool) string {
	if w.holding() < least {
		t.Skip("too few")
	}
	ids := slices.DeleteFunc(slices.Clone(w.order), func(id string) bool {
		return w.changes[id].Retracted != "" || !so(w.changes[id])
	})
	if len(ids) == 0 {
		t.Skip("none is so")
	}
	return rapid.SampledFrom(ids).Draw(t, "party")
}

func (w *world) withdraw(t *rapid.T) {
	if w.standing != "" {
		t.Skip("nothing to withdraw")
	}
	w.standing, w.pc.Case.Status = "the rule was withdrawn by its publisher", diff.Withdrawn
	w.route(t, w.rows(w.standing), nil, CaseNote{Kind: NoteWithdrawn, Text: w.standing})
}

func (w *world) missPrint(t *rapid.T) {
	if w.standing != "" || w.pc.Act.Status != diff.ActFiled {
		t.Skip("not on file")
	}
	before, text := len(w.told["slack"]), "the rule was not seen in print"
	w.route(t, nil, nil, CaseNote{Kind: NoteNeverPublished, Text: text})
	m := w.told["slack"][before]
	if m.Kind != KindUpdate || !strings.HasPrefix(m.Headline, "Not seen in print: ") ||
		!slices.Contains(m.NeedsHuman, text) {
		t.Fatalf("%s %q, needs a human: %q", m.Kind, m.Headline, m.NeedsHuman)
	}
}

func (w *world) publish(t *rapid.T) {
	if w.pc.Act.Status == diff.ActPublished {
		t.Skip("not on file")
	}
	void := w.standing != ""
	w.standing, w.pc.Case.Status, w.pc.Act.Status = "", diff.Open, diff.ActPublished
	before := len(w.told["slack"])
	w.route(t, w.rows(""), []diff.Stage{diff.Published, diff.Effective})
	if void {
		w.restated(t, before)
	}
}

func (w *world) fileAgain(t *rapid.T) {
	if w.pc.Case.Status != diff.Withdrawn || w.standing == "" {
		t.Skip("it stands")
	}
	w.standing, w.pc.Case.Status = "", diff.Open
	before := len(w.told["slack"])
	w.route(t, w.rows(""), nil, CaseNote{Kind: NoteReinstated, Text: "filed again"})
	w.restated(t, before)
}

func (w *world) correct(t *rapid.T) {
	id := w.one(t, 1, func(PendingChange) bool { return true })
	c := w.row(id, "")
	now := *c.Entry
	now.Addresses = []string{fmt.Sprintf("%d Right Road", c.Revision)}
	c.Correction = diff.Corrected("2024-06001", "2024-05501", c.Entry, &now)
	c.Entry, c.After = &now, &now
	w.changes[id] = c
	before := len(w.told["mail"])
	w.route(t, []PendingChange{c}, nil)
	m := w.told["mail"][before]
	if text := Text(m, TextOptions{}); !strings.HasPrefix(m.Headline, "CORRECTED: ") ||
		!strings.Contains(text, "2024-06001 corrects 2024-05501") ||
		!strings.Contains(text, " → "+now.Addresses[0]) {
		t.Fatalf("not told as a correction:\n%s", text)
	}
}

func (w *world) takeBack(t *rapid.T) {
	if len(w.order) < 2 {
		t.Skip("the only one")
	}
	id := w.one(t, 1, func(PendingChange) bool { return true })
	w.route(t, []PendingChange{w.row(id, "a later reading does not say this")}, nil)
}

func (w *world) codify(t *rapid.T) {
	if w.standing != "" || w.pc.Act.Status == diff.ActFiled {
		t.Skip("no law")
	}
	before := len(w.told["mail"])
	w.route(t, nil, []diff.Stage{diff.Codified})
	if len(w.told["mail"]) > before {
		w.counts(t, w.told["mail"][before])
	}
}

// reachDate has a stage come for what is withdrawn, too.
func (w *world) reachDate(t *rapid.T) {
	if w.pc.Case.Status != diff.Withdrawn {
		t.Skip("it comes with the print")
	}
	w.route(t, nil, []diff.Stage{diff.Effective})
}

func (w *world) readOtherwise(t *rapid.T) {
	if w.pc.Act.Status == diff.ActFiled {
		t.Skip("not in print")
	}
	id := w.one(t, 2, func(c PendingChange) bool { return c.Correction == nil }) // a correction says so
	before := len(w.told["mail"])
	w.route(t, []PendingChange{w.row(id, "")}, nil)
	m, rest := w.told["mail"][before], plural(w.holding()-1, "other")+" as told before"
	if m.Kind == KindUpdate && (!strings.HasSuffix(m.Headline, "; "+rest) || m.Unchanged == "") {
		t.Fatalf("an update of one of %d reads as if it were all: %s", w.holding(), m.Headline)
	}
}
