package notify

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entitywatch/diff"
)

// world is one legal action as it truly stands, and what every recipient was told of it, in the order of telling.
type world struct {
	now      time.Time
	pc       PendingCase
	changes  map[string]PendingChange // the newest row of each Change
	order    []string
	asked    map[string]Awaiting
	told     map[string][]Message // by channel
	standing string               // why nothing of it holds; "" where it does
}

var channels = []string{"slack", "mail", "teams"}

func newWorld() *world {
	return &world{
		now: time.Date(2024, 3, 14, 13, 0, 0, 0, time.UTC), changes: map[string]PendingChange{}, asked: map[string]Awaiting{},
		told: map[string][]Message{},
		pc: PendingCase{
			Case: diff.Case{ID: "case-1", Status: diff.Open, Title: "A rule", Stages: map[diff.Stage]time.Time{}}, Hits: map[string][]Hit{},
			Act: &diff.Act{DocumentNumber: "2024-05501", Title: "A rule", Status: diff.ActFiled, FiledOn: "2024-03-14"},
		},
	}
}

func (w *world) router() *Router {
	return &Router{
		Now: func() time.Time { return w.now }, Location: time.UTC,
		Rules: []Rule{{Name: "all", Send: channels, Acknowledge: &Acknowledge{Within: time.Hour, Escalate: []string{"mail"}}}},
		Targets: func(context.Context) (map[string]Target, error) {
			out := map[string]Target{}
			for _, c := range channels {
				out[c] = Target{Name: c, Recipients: []string{""}}
			}
			return out, nil
		},
	}
}

// route tells what is pending, as a store would have it, and forgets that it is pending.
func (w *world) route(t *rapid.T, changes []PendingChange, stages []diff.Stage, notes ...CaseNote) {
	w.now = w.now.Add(10 * time.Minute)
	pc := w.pc
	pc.Changes, pc.Notes = changes, notes
	for _, s := range stages {
		if _, known := pc.Case.Stages[s]; !known {
			pc.Case.Stages[s] = w.now
			pc.Stages = append(pc.Stages, StageTime{s, w.now})
		}
	}
	if len(pc.Told) > 0 {
		pc.Standing = w.all()
	}
	r := w.router()
	targets, _ := r.Targets(context.Background())
	plan := r.plan(Pending{Cases: []PendingCase{pc}}, targets, w.now)
	for _, id := range plan.Settled {
		delete(w.asked, id)
	}
	for _, a := range plan.Awaiting {
		if _, asked := w.asked[a.Case]; !asked {
			w.asked[a.Case] = a
		}
	}
	for _, d := range plan.Deliveries {
		w.pc.Told = append(w.pc.Told, Told{Channel: d.Channel, Kind: d.Kind, Stage: d.Stage, Revision: d.Revision, Rules: d.Rules, Message: d.Message})
		w.told[d.Channel] = append(w.told[d.Channel], d.Message)
		w.check(t, d.Message)
	}
}

// all is every Change as it stands.
func (w *world) all() (all []PendingChange) {
	for _, id := range w.order {
		all = append(all, w.changes[id])
	}
	return all
}

// holding is how many parties are told and hold.
func (w *world) holding() (n int) {
	for _, c := range w.changes {
		if c.Retracted == "" && w.standing == "" {
			n++
		}
	}
	return n
}

func (w *world) row(id, why string) PendingChange {
	c := w.changes[id]
	c.Revision++
	c.Retracted = why
	w.changes[id] = c
	return c
}

func (w *world) rows(why string) (out []PendingChange) {
	for _, id := range w.order {
		if (w.changes[id].Retracted == "") != (why == "") {
			out = append(out, w.row(id, why))
		}
	}
	return out
}

// check holds one message against the world as it stands when it is sent.
func (w *world) check(t *rapid.T, m Message) {
	text := Text(m, TextOptions{})
	if n := strings.Count(strings.ToUpper(m.Headline), "RETRACTED"); n > 1 || m.Kind == KindRetraction && n != 1 {
		t.Fatalf("a retraction is said %d times: %s", n, m.Headline)
	}
	if w.standing != "" && m.Kind != KindRetraction {
		t.Fatalf("%s is told although %s:\n%s", m.Kind, w.standing, text)
	}
	var names []string
	for _, it := range m.Items {
		if m.Kind != KindRetraction && w.changes[it.Change.ID].Retracted != "" && it.Retracted == "" {
			t.Fatalf("%s is told as standing:\n%s", it.Change.Name, text)
		}
		names = append(names, it.Change.Name)
	}
	total := 0
	for _, c := range m.Counts {
		total += c.N
	}
	if len(m.Items) > 0 && total != len(m.Items) {
		t.Fatalf("%d are counted and %d listed:\n%s", total, len(m.Items), text)
	}
	right, fresh := apartBy(changesOf(m.Items), func(c diff.Change) bool { return c.Correction != nil })
	for _, told := range [][]diff.Change{right, fresh} {
		if n := len(told); n > 1 && !strings.Contains(m.Headline, fmt.Sprint(n)) || n == 1 && len(m.Items) > 1 && !strings.Contains(m.Headline, told[0].Name) {
			t.Fatalf("the headline does not say %d, corrections apart: %s", n, m.Headline)
		}
	}
	once(t, text, names)
}

// once asserts that no line of a message below its headline stands twice, and no party.
func once(t *rapid.T, text string, names []string) {
	_, body, _ := strings.Cut(text, "\n\n")
	seen := map[string]bool{}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if len(line) > 40 && seen[line] && !strings.HasPrefix(line, "address") {
			t.Fatalf("%q stands twice in\n%s", line, text)
		}
		seen[line] = true
	}
	for _, n := range names {
		if strings.Count(body, "  "+n+"\n") > 1 {
			t.Fatalf("%s stands twice in\n%s", n, text)
		}
	}
}

// restated asserts that a retraction that is void is said to be, and that all is told again.
func (w *world) restated(t *rapid.T, before int) {
	if len(w.told["slack"]) != before+1 {
		t.Fatalf("%d messages say that the retraction is void", len(w.told["slack"])-before)
	}
	m := w.told["slack"][before]
	holds := 0
	for _, c := range w.changes {
		if c.Retracted == "" {
			holds++
		}
	}
	if !strings.HasPrefix(m.Headline, "RETRACTION VOID") || !strings.Contains(m.Reason, "void") || len(m.Items) != holds || !m.Restated {
		t.Fatalf("%d of %d parties, %q, %q", len(m.Items), holds, m.Headline, m.Reason)
	}
	if _, asked := w.asked[w.pc.Case.ID]; !asked {
		t.Fatal("nobody is asked to acknowledge what holds after all")
	}
}

func (w *world) remind(t *rapid.T) {
	w.now = w.now.Add(2 * time.Hour)
	for id, a := range w.asked {
		if w.standing != "" {
			t.Fatalf("a reminder of what does not hold: %s", a.Message.Headline)
		}
		b := &planner{router: w.router(), now: w.now, compose: w.router().composer(w.now)}
		b.targets, _ = b.router.Targets(context.Background())
		a.Now = w.pc
		a.Now.Standing = w.all()
		b.remind(a)
		for _, d := range b.plan.Deliveries {
			if strings.Count(d.Message.Headline, "Not acknowledged") != 1 {
				t.Fatal(d.Message.Headline)
			}
			w.counts(t, d.Message)
		}
		delete(w.asked, id)
	}
}

// counts asserts that a message that names no parties counts those that hold, and says no stage to be still to come that was reached.
func (w *world) counts(t *rapid.T, m Message) {
	total, text := counted(m), Text(m, TextOptions{})
	if total != w.holding() {
		t.Fatalf("%d hold, %d are counted:\n%s", w.holding(), total, text)
	}
	if _, printed := w.pc.Case.Stages[diff.Published]; printed && strings.Contains(text, "publication in the Federal Register") {
		t.Fatalf("it is printed, and told as still to come:\n%s", text)
	}
}

// digest is one that covers everything so far: it shows the Case as it stands.
func (w *world) digest(t *rapid.T) {
	pc := w.pc
	for _, id := range w.order {
		pc.Changes = append(pc.Changes, w.changes[id])
	}
	if w.standing != "" {
		pc.Notes = []CaseNote{{Kind: NoteWithdrawn, Text: w.standing}}
	}
	pc.Standing = pc.Changes
	m := w.router().composer(w.now).digest(Digest{Name: "weekly"}, []Rule{{Name: "all", Digest: []string{"weekly"}}},
		Collected{Cases: []PendingCase{pc}, Sources: []SourceReport{{Name: "register", State: "ok"}}}, time.Time{}, w.now)
	if len(m.Digest.Cases) != 1 {
		t.Fatalf("%d Cases", len(m.Digest.Cases))
	}
	gone := 0
	for _, it := range m.Digest.Cases[0].Items {
		falls := w.standing != "" || w.changes[it.Change.ID].Retracted != ""
		if falls != (it.Retracted != "") {
			t.Fatalf("%s: falls %t, shown as %q:\n%s", it.Change.Name, falls, it.Retracted, Text(m, TextOptions{}))
		}
		if falls {
			gone++
		}
	}
	total := 0
	for _, c := range m.Counts {
		total += c.N
	}
	if total != len(w.order)-gone || gone > 0 != strings.Contains(m.Headline, fmt.Sprintf("%d RETRACTED", gone)) {
		t.Fatalf("%d of %d are gone, counted %d: %s", gone, len(w.order), total, m.Headline)
	}
	if w.standing != "" && !strings.HasPrefix(m.Digest.Cases[0].Headline, "RETRACTED: ") {
		t.Fatal(m.Digest.Cases[0].Headline)
	}
}

// heads asserts what the head of a thread reads like after everything that was sent below it.
func (w *world) heads(t *rapid.T) {
	for _, c := range channels {
		all := w.told[c]
		if len(all) == 0 {
			continue
		}
		head := Refreshed(all[0], all[len(all)-1])
		falls := strings.HasPrefix(head.Headline, "RETRACTED: ")
		if len(all) > 1 && falls != (w.standing != "") {
			t.Fatalf("the head says %q, and %q is true", head.Headline, w.standing)
		}
		text := Text(head, TextOptions{})
		for _, p := range w.changes {
			if len(all) > 1 && w.standing == "" && p.Retracted != "" && strings.Contains(text, p.Name) && !strings.Contains(text, "RETRACTED in part") {
				t.Fatalf("the head shows %s as standing:\n%s", p.Name, text)
			}
		}
	}
}

// In whatever order a rule is filed, withdrawn, filed again, corrected, published and read wrongly: nothing that was
// taken back is told as standing, a count equals its list, nothing is said twice, and a retraction is said once. Each
// step happened: one that is always skipped would hold nothing. The few runs of -short may miss a rare one.
func TestMessagesAreTrueInEveryOrder(t *testing.T) {
	happened := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		w.file(t)
		steps := w.steps()
		for name, step := range steps {
			steps[name] = func(t *rapid.T) {
				step(t)
				happened[name]++
			}
		}
		t.Repeat(steps)
	})
	for name := range newWorld().steps() {
		if happened[name] == 0 && !testing.Short() {
			t.Errorf("%q never happened: %v", name, happened)
		}
	}
}
