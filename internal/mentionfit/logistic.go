package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// example is what speaks for and against one candidate of a labeled text, whether it is right, and how much it counts.
type example struct {
	x      map[string]float64
	right  bool
	weight float64
}

// rule is what the weight of a feature has to obey.
type rule struct {
	sign   int  // 1: never below nothing, -1: never above it
	pooled bool // drawn towards the mean of the pooled features instead of towards nothing
	steep  bool // an amount, whose weight alone decides between most and least: it is drawn less
}

// The strengths with which weights are drawn to where they would be without examples: weights are believed to lie within three of it in
// log-odds, and what an amount says in all within seven.
var (
	ridge      = 0.1
	steepRidge = 0.02
)

// sweeps bounds the rounds of the fit over all features; it ends before when nothing moves any more.
const sweeps = 400

// fit are the weights of a logistic regression on examples by coordinate descent: each weight in turn takes a Newton step, is drawn towards its
// rest and is cut off where its rule says so. The result depends on the examples only, not on their order.
func fit(examples []example, rules map[string]rule) map[string]float64 {
	m := newProblem(examples, rules)
	for range sweeps {
		most := 0.0
		mean := m.mean()
		for j := range m.names {
			most = max(most, m.step(j, mean))
		}
		if most < 1e-5 {
			break
		}
	}
	out := map[string]float64{}
	for j, name := range m.names {
		out[name] = m.w[j]
	}
	return out
}

// problem is a regression: rows of equal examples, columns by feature.
type problem struct {
	names []string
	rules []rule
	w     []float64
	cols  [][]cell
	z     []float64    // the log-odds of each row
	n     [][2]float64 // how much of each row is wrong and right
}

type cell struct {
	row int
	x   float64
}

func newProblem(examples []example, rules map[string]rule) *problem {
	m := &problem{names: slices.Sorted(maps.Keys(rules))}
	column := map[string]int{}
	for j, name := range m.names {
		column[name] = j
		m.rules = append(m.rules, rules[name])
	}
	m.w, m.cols = make([]float64, len(m.names)), make([][]cell, len(m.names))
	type keyed struct {
		key string
		e   *example
	}
	var all []keyed
	for i := range examples {
		all = append(all, keyed{keyOf(examples[i].x, rules), &examples[i]})
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	for i, k := range all {
		if i == 0 || k.key != all[i-1].key {
			for name, x := range k.e.x {
				if j, ok := column[name]; ok && x != 0 {
					m.cols[j] = append(m.cols[j], cell{len(m.n), x})
				}
			}
			m.n = append(m.n, [2]float64{})
		}
		if k.e.right {
			m.n[len(m.n)-1][1] += k.e.weight
		} else {
			m.n[len(m.n)-1][0] += k.e.weight
		}
	}
	m.z = make([]float64, len(m.n))
	return m
}

// keyOf names what speaks for and against an example, so far as it is asked for.
func keyOf(x map[string]float64, rules map[string]rule) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(x)) {
		if _, ok := rules[name]; ok {
			fmt.Fprintf(&b, "%s=%g ", name, x[name])
		}
	}
	return b.String()
}

// mean is where the pooled weights rest.
func (m *problem) mean() float64 {
	sum, n := 0.0, 0.0
	for j, r := range m.rules {
		if r.pooled && len(m.cols[j]) > 0 {
			sum += m.w[j]
			n++
		}
	}
	return sum / max(1, n)
}

// step moves one weight, and says by how much.
func (m *problem) step(j int, mean float64) float64 {
	rest := 0.0
	if m.rules[j].pooled {
		rest = mean
	}
	scale := 0.0 // the mean amount
	for _, c := range m.cols[j] {
		scale += math.Abs(c.x) / float64(len(m.cols[j]))
	}
	if scale == 0 {
		m.w[j] = rest
		return 0
	}
	pull := ridge * scale * scale // a weight per bit is as free as one for a whole name
	if m.rules[j].steep {
		pull = steepRidge * scale * scale
	}
	grad, curve := pull*(m.w[j]-rest), pull
	for _, c := range m.cols[j] {
		p := 1 / (1 + math.Exp(-m.z[c.row]))
		wrong, right := m.n[c.row][0], m.n[c.row][1]
		grad += c.x * (p*(wrong+right) - right)
		curve += c.x * c.x * max(1e-3, p*(1-p)) * (wrong + right)
	}
	to := m.w[j] - grad/curve
	if s := m.rules[j].sign; s > 0 && to < 0 || s < 0 && to > 0 {
		to = 0
	}
	d := to - m.w[j]
	for _, c := range m.cols[j] {
		m.z[c.row] += d * c.x
	}
	m.w[j] = to
	return math.Abs(d) * scale
}

// loss is how much examples surprise weights, in nats, each by its weight.
func loss(examples []example, w map[string]float64) float64 {
	sum := 0.0
	for _, e := range examples {
		z := 0.0
		for name, x := range e.x {
			z += w[name] * x
		}
		if !e.right {
			z = -z
		}
		sum += e.weight * math.Log1p(math.Exp(-z))
	}
	return sum
}
