package notify

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"entitywatch/diff"
)

// Condition is a rule's `if`, compiled against the Change: `len(change.entry.aliases) > 2`. Names are those of the JSON
// forms. An entry, before or after that does not exist is an empty one.
type Condition struct {
	source  string
	program *vm.Program
}

// ConditionError says where a condition is wrong. Line and Column count from 1, within the condition.
type ConditionError struct {
	Line, Column int
	Message      string
}

// Error implements error.
func (e *ConditionError) Error() string { return e.Message }

// longestCondition is in characters: far beyond what a person writes, and short enough that no nesting exhausts the
// parser's stack.
const longestCondition = 4000

// CompileCondition checks a condition against the types of a Change, and that it stays within its budget for one that
// is empty. Its error is a *ConditionError.
func CompileCondition(src string) (*Condition, error) {
	if n := utf8.RuneCountInString(src); n > longestCondition {
		return nil, &ConditionError{Line: 1, Column: 1, Message: fmt.Sprintf("it has %d characters; %d are enough", n,
			longestCondition)}
	}
	// unoptimized: the optimizer would build constant ranges at load, outside the budget
	p, err := expr.Compile(src, expr.Env(conditionEnv{}), expr.AsBool(), expr.Patch(metered{}), expr.Optimize(false),
		expr.DisableBuiltin("repeat"))
	var at *file.Error
	switch {
	case errors.As(err, &at):
		return nil, &ConditionError{Line: max(at.Line, 1), Column: at.Column + 1, Message: wordy(at.Message)}
	case err != nil:
		return nil, &ConditionError{Line: 1, Column: 1, Message: err.Error()}
	}
	c := &Condition{source: src, program: p}
	if _, err := c.Eval(diff.Change{}); errors.Is(err, ErrBudget) {
		return nil, &ConditionError{Line: 1, Column: 1, Message: err.Error()}
	}
	return c, nil
}

// wordy says "the Change" where the expression's checker names our types.
func wordy(message string) string {
	return strings.NewReplacer("type notify.condChange", "the Change", "type notify.condEntry", "an entry",
		"type notify.condField", "a field of the Change",
		"type notify.condProblem", "a problem", "notify.cond", "").Replace(message)
}

// String is the condition as it was written.
func (c *Condition) String() string { return c.source }

// Eval says whether the condition holds for a Change. Its error is an ErrBudget where that would take too much work.
func (c *Condition) Eval(ch diff.Change) (bool, error) {
	m := newMeter()
	machine := vm.VM{MemoryBudget: mostElements}
	v, err := machine.Run(c.program, conditionEnv{Change: condChangeOf(ch), Step: m.step, Add: m.add})
	switch {
	case m.spent || err != nil && strings.Contains(err.Error(), "memory budget exceeded"):
		return false, fmt.Errorf("evaluate condition %q: %w", c.source, ErrBudget)
	case err != nil:
		return false, fmt.Errorf("evaluate condition %q: %w", c.source, err)
	}
	return v.(bool), nil
}

// conditionEnv is what a condition sees. Its types mirror the JSON forms of package diff, whose names conditions use.
type conditionEnv struct {
	Change condChange               `expr:"change"`
	Step   func() bool              `expr:"(step)"` // no word that a condition can write: see metered
	Add    func(a, b string) string `expr:"(add)"`
}

type condChange struct {
	ID          string        `expr:"id"`
	Change      string        `expr:"change"`
	Substantive bool          `expr:"substantive"`
	Unconfirmed bool          `expr:"unconfirmed"`
	List        string        `expr:"list"`
	Key         string        `expr:"key"`
	EntryID     string        `expr:"entry_id"`
	Country     string        `expr:"country"`
	Name        string        `expr:"name"`
	Entry       condEntry     `expr:"entry"`
	Before      condEntry     `expr:"before"`
	After       condEntry     `expr:"after"`
	Fields      []condField   `expr:"fields"`
	Act         string        `expr:"act"`
	Case        string        `expr:"case"`
	Source      string        `expr:"source"`
	Stage       string        `expr:"stage"`
	EffectiveOn string        `expr:"effective_on"`
	Problems    []condProblem `expr:"problems"`
	Note        string        `expr:"note"`
}

type condEntry struct {
	List                string         `expr:"list"`
	Key                 string         `expr:"key"`
	EntryID             string         `expr:"entry_id"`
	Parent              string         `expr:"parent"`
	Kind                string         `expr:"kind"`
	Country             string         `expr:"country"`
	Countries           []string       `expr:"countries"`
	Name                string         `expr:"name"`
	Aliases             []string       `expr:"aliases"`
	WeakAliases         []string       `expr:"weak_aliases"`
	FormerNames         []string       `expr:"former_names"`
	Addresses           []string       `expr:"addresses"`
	LicenseRequirement  string         `expr:"license_requirement"`
	LicenseReviewPolicy string         `expr:"license_review_policy"`
	Footnotes           []string       `expr:"footnotes"`
	Citations           []condCitation `expr:"citations"`
	Programs            []string       `expr:"programs"`
	IDs                 []condPair     `expr:"ids"`
	Attributes          []condPair     `expr:"attributes"`
	Notes               []string       `expr:"notes"`
	Remarks             string         `expr:"remarks"`
	Printed             string         `expr:"printed"`
	Problems            []condProblem  `expr:"problems"`
}

type condField struct {
	Field       string `expr:"field"`
	Before      string `expr:"before"`
	After       string `expr:"after"`
	Substantive bool   `expr:"substantive"`
}

type condProblem struct {
	Kind  string `expr:"kind"`
	Text  string `expr:"text"`
	Where string `expr:"where"`
}

type condCitation struct {
	Volume int    `expr:"volume"`
	Page   int    `expr:"page"`
	Date   string `expr:"date"`
	Raw    string `expr:"raw"`
}

type condPair struct {
	Type  string `expr:"type"`
	Value string `expr:"value"`
}

func condChangeOf(c diff.Change) condChange {
	out := condChange{
		ID: c.ID, Change: string(c.Change), Substantive: c.Substantive, Unconfirmed: c.Unconfirmed, List: string(c.List),
		Key:     c.Key,
		EntryID: c.EntryID, Country: c.Country, Name: c.Name, Entry: condEntryOf(c.Entry), Before: condEntryOf(c.Before),
		After: condEntryOf(c.After), Act: c.Act, Case: c.Case, Source: c.Source, Stage: string(c.Stage),
		EffectiveOn: string(c.EffectiveOn), Problems: condProblems(c.Problems), Note: c.Note,
	}
	for _, f := range c.Fields {
		out.Fields = append(out.Fields, condField(f))
	}
	return out
}

func condEntryOf(e *diff.Entry) condEntry {
	if e == nil {
		return condEntry{}
	}
	out := condEntry{
		List: string(e.List), Key: e.Key, EntryID: e.EntryID, Parent: e.Parent, Kind: string(e.Kind), Country: e.Country,
		Countries: e.Countries, Name: e.Name, Aliases: e.Aliases, WeakAliases: e.WeakAliases, FormerNames: e.FormerNames,
		Addresses: e.Addresses, LicenseRequirement: e.LicenseRequirement, LicenseReviewPolicy: e.LicenseReviewPolicy,
		Footnotes: e.Footnotes, Programs: e.Programs, Notes: e.Notes, Remarks: e.Remarks, Printed: e.Printed,
		Problems: condProblems(e.Problems),
	}
	for _, c := range e.Citations {
		out.Citations = append(out.Citations, condCitation{c.Volume, c.Page, string(c.Date), c.Raw})
	}
	for _, v := range e.IDs {
		out.IDs = append(out.IDs, condPair(v))
	}
	for _, v := range e.Attributes {
		out.Attributes = append(out.Attributes, condPair{Type: v.Type, Value: v.Value})
	}
	return out
}

func condProblems(ps []diff.Problem) []condProblem {
	var out []condProblem
	for _, p := range ps {
		out = append(out, condProblem{string(p.Kind), p.Text, p.Where})
	}
	return out
}
