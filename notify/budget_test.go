package notify

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// Nested ranges that are accepted at load would burn seconds for each Change.
func TestConditionBeyondItsBudgetIsRefusedAtLoad(t *testing.T) {
	for _, src := range []string{
		"count(1..3000, count(1..3000, # > 0) > 0) > 0",
		"all(1..300, all(1..300, all(1..300, true)))",
		"len(1..10000000) > 0",
		"sum(map(1..900, len(filter(1..900, # % 2 == 0)))) > 0",
		"let a = '0123456789'; let b = a+a+a+a+a+a+a+a; let c = b+b+b+b+b+b+b+b; let d = c+c+c+c+c+c+c+c; let e = d+d+d+d+d+d+d+d; let f = e+e+e+e+e+e+e+e; len(f+f+f+f+f+f) > 0",
		`repeat("x", 1000000) == ""`,
		strings.Repeat("(", 100_000) + "true" + strings.Repeat(")", 100_000),
	} {
		var at *ConditionError
		if _, err := CompileCondition(src); !errors.As(err, &at) {
			t.Errorf("%.60s: %v", src, err)
		}
	}
}

func TestConditionsThatPeopleWriteStayWithinTheBudget(t *testing.T) {
	c := party(china, "Foo")
	for i := range 500 {
		c.Entry.Aliases = append(c.Entry.Aliases, fmt.Sprint("alias ", i))
		c.Entry.Addresses = append(c.Entry.Addresses, fmt.Sprint("address ", i))
	}
	for src, want := range map[string]bool{
		"any(change.entry.aliases, # endsWith '499') && none(change.entry.addresses, # == change.name)":      true,
		"count(change.entry.aliases, let x = #; any(change.entry.addresses, # == 'address' + x[5:])) == 500": true,
		"change.entry.country + ' ' + change.name matches 'Foo$'":                                            true,
		"len(filter(1..3, # > 1)) == 2 and sum(map(1..10, # * 2)) == 110":                                    true,
	} {
		k, err := CompileCondition(src)
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		if got, err := k.Eval(c); got != want || err != nil {
			t.Errorf("%s: %v, %v", src, got, err)
		}
	}
}

// A condition that is cheap for an empty Change, and too much for this one: its rule counts as met and is named, once,
// and the other rules decide as always.
func TestRuleBeyondItsBudgetIsNamedAndTheOthersGoOn(t *testing.T) {
	k, err := CompileCondition("count(change.entry.aliases, any(change.entry.aliases, any(change.entry.aliases, # == ''))) > 0")
	if err != nil {
		t.Fatal(err)
	}
	c := party(china, "Foo")
	for i := range 500 {
		c.Entry.Aliases = append(c.Entry.Aliases, fmt.Sprint("alias ", i))
	}
	second := c
	second.ID = "chg_second"
	pc := PendingCase{Case: diff.Case{ID: "case-1", Title: "A rule"},
		Changes: []PendingChange{{Change: c}, {Change: second}}}
	at, target := time.Unix(1e9, 0), func(name string) Target { return Target{Name: name, Recipients: []string{""}} }
	r := &Router{Rules: []Rule{{Name: "heavy", If: k, Send: []string{"a"}}, {Name: "other", Send: []string{"b"}}},
		Operators: []string{"ops"}, Now: func() time.Time {
			return at
		}}
	plan := r.plan(Pending{Cases: []PendingCase{pc, pc}},
		map[string]Target{"a": target("a"), "b": target("b"), "ops": target("ops")}, at)
	told := map[string]int{}
	for _, d := range plan.Deliveries {
		told[d.Channel]++
		if d.Channel == "ops" && !strings.Contains(d.Message.Headline+d.Message.Reason, "heavy") {
			t.Errorf("the operators are told %q", d.Message.Headline)
		}
	}
	if told["a"] == 0 || told["b"] == 0 || told["ops"] != 1 || len(plan.Problems) != 1 ||
		!strings.Contains(plan.Problems[0].Error(), "heavy") {
		t.Errorf("told %v, problems %v", told, plan.Problems)
	}
}
