package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// drawn are examples of a known law: log-odds of -2, 3 with "a", -2 with "b".
func drawn(n int) []example {
	r := rand.New(rand.NewPCG(1, 2))
	var out []example
	for range n {
		e := example{x: map[string]float64{"kind": 1}, weight: 1}
		z := -2.0
		if r.IntN(2) == 0 {
			e.x["a"], z = 1, z+3
		}
		if r.IntN(2) == 0 {
			e.x["b"], z = 1, z-2
		}
		e.right = r.Float64() < 1/(1+math.Exp(-z))
		out = append(out, e)
	}
	return out
}

func TestFitFindsTheLawBehindExamples(t *testing.T) {
	examples := drawn(20_000)
	rules := map[string]rule{"kind": {0, true, false}, "a": {1, false, false}, "b": {-1, false, false}}
	w := fit(examples, rules)
	for name, want := range map[string]float64{"kind": -2, "a": 3, "b": -2} {
		if math.Abs(w[name]-want) > 0.2 {
			t.Errorf("%s weighs %.2f, want %.2f", name, w[name], want)
		}
	}
	slices.Reverse(examples)
	for name, v := range fit(examples, rules) {
		if math.Abs(v-w[name]) > 1e-6 {
			t.Errorf("%s weighs %g, in another order %g", name, w[name], v)
		}
	}
}

func TestFitKeepsTheSignsOfRules(t *testing.T) {
	w := fit(drawn(2_000), map[string]rule{"kind": {0, true, false}, "a": {-1, false, false}, "b": {1, false, false}})
	if w["a"] != 0 || w["b"] != 0 {
		t.Errorf("weights against their rules: %v", w)
	}
}

func TestLossIsLeastWhereTheFitIs(t *testing.T) {
	examples := drawn(5_000)
	w := fit(examples, map[string]rule{"kind": {0, true, false}, "a": {1, false, false}, "b": {-1, false, false}})
	least := loss(examples, w)
	for name := range w {
		v := w[name]
		for _, d := range []float64{-0.3, 0.3} {
			if w[name] = v + d; loss(examples, w) <= least {
				t.Errorf("%s %+.1f: the loss is no greater", name, d)
			}
		}
		w[name] = v
	}
}

// TestPartsStayWhatTheyAre: which texts are kept back may not change with the program, or the weights have seen them.
func TestPartsStayWhatTheyAre(t *testing.T) {
	for id, want := range map[string]int{"brief 0": 0, "article p00.txt": 2, "namesake Tarvo Quorvanelli": 2} {
		if got := partOf(id, parts); got != want {
			t.Errorf("%s is in part %d, want %d", id, got, want)
		}
	}
}
