package notify

import (
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/expr-lang/expr/ast"

	"entitywatch/diff"
)

// ErrBudget says that a condition asks for more work than one Change is worth: nested ranges, say.
var ErrBudget = errors.New("it takes too long: it goes through too many values; ask about the Change's own lists, without ranges")

// The budget of one evaluation. The largest entry of any list has some 500 names and addresses, so a loop within a loop
// over them takes 250,000 steps; a condition that people write takes fewer than a hundred, and some microseconds.
const (
	mostSteps    = 1_000_000
	mostElements = 20_000          // of lists that are made on the way
	mostText     = 1 << 20         // bytes of a text that is put together
	mostTime     = 2 * time.Second // where single steps are slow; on a busy machine a million cheap ones take less
)

// meter counts the work of one evaluation.
type meter struct {
	steps int
	ends  time.Time
	spent bool
}

func newMeter() *meter { return &meter{ends: time.Now().Add(mostTime)} }

// step is called in each turn of each loop; it ends the evaluation by a panic, which the virtual machine makes an
// error.
func (m *meter) step() bool {
	m.steps++
	if m.steps > mostSteps || m.steps%64 == 0 && time.Now().After(m.ends) {
		m.stop()
	}
	return true
}

// add puts two texts together.
func (m *meter) add(a, b string) string {
	if len(a)+len(b) > mostText {
		m.stop()
	}
	return a + b
}

func (m *meter) stop() {
	m.spent = true
	panic(ErrBudget)
}

// metered puts a step into the body of every loop of a condition, and has texts put together within limits.
type metered struct{}

// Visit implements ast.Visitor.
func (metered) Visit(n *ast.Node) {
	switch node := (*n).(type) {
	case *ast.PredicateNode:
		if s, ok := node.Node.(*ast.SequenceNode); ok && isStep(s.Nodes[0]) {
			return
		}
		node.Node = &ast.SequenceNode{Nodes: []ast.Node{call("(step)"), node.Node}}
	case *ast.BinaryNode:
		if t := node.Left.Type(); node.Operator == "+" && t != nil && t.Kind() == reflect.String {
			ast.Patch(n, call("(add)", node.Left, node.Right))
		}
	}
}

func call(name string, args ...ast.Node) *ast.CallNode {
	return &ast.CallNode{Callee: &ast.IdentifierNode{Value: name}, Arguments: args}
}

func isStep(n ast.Node) bool {
	c, ok := n.(*ast.CallNode)
	if !ok {
		return false
	}
	id, ok := c.Callee.(*ast.IdentifierNode)
	return ok && id.Value == "(step)"
}

// tellSpent tells the operators, once for each condition, of a rule whose condition takes too long. For the rest of
// this plan it counts as met: the other rules must not wait for it, and an alert too many is better than one missed.
func (b *planner) tellSpent(r Rule) {
	if b.spent == nil {
		b.spent = map[string]bool{}
	}
	b.spent[r.Name] = true
	b.plan.Problems = append(b.plan.Problems, fmt.Errorf("rule %q: condition %q: %w", r.Name, r.If, ErrBudget))
	b.routeNotice(Notice{
		ID: diff.HashID("ntc", "condition", r.Name, r.If.String()), Kind: "problem", Subject: "The rule " + r.Name, At: b.now,
		Text: fmt.Sprintf("Its condition %q is given up after %v and counts as met, so this rule now tells more than it should. Say it more simply.",
			r.If, mostTime),
	}, nil)
}
