package match

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"entitywatch/internal/require"
)

// TestPairs measures Compare on pairs that people judged.
func TestPairs(t *testing.T) {
	pairs := readPairs(t, filepath.Join(require.SharedData(t), "names", "pairs.csv"))
	var pos, neg []float64
	var tp, fp, fn int
	for _, p := range pairs {
		s := Compare(p.a, p.b)
		if back := Compare(p.b, p.a); back.Value != s.Value {
			t.Errorf("Compare(%q, %q) = %v, the other way %v", p.a, p.b, s.Value, back.Value)
		}
		if p.match {
			pos = append(pos, s.Value)
		} else {
			neg = append(neg, s.Value)
		}
		switch got := s.Value >= DefaultThreshold; {
		case got && p.match:
			tp++
		case got:
			fp++
		case p.match:
			fn++
		}
		if (s.Value >= DefaultThreshold) != p.match {
			t.Logf("%.3f want %v: %q %q %q", s.Value, p.match, p.a, p.b, s.Reasons)
		}
	}
	f1 := 2 * float64(tp) / float64(2*tp+fp+fn)
	area := auc(pos, neg)
	t.Logf("AUC %.4f, F1 %.4f (%d right, %d wrong, %d missed of %d pairs)", area, f1, tp, fp, fn, len(pairs))
	if area < 0.95 || f1 < 0.90 {
		t.Errorf("AUC %.4f (want 0.95), F1 %.4f (want 0.90)", area, f1)
	}
}

// auc is the chance that a matching pair scores above one that does not match; equal scores count half.
func auc(pos, neg []float64) float64 {
	slices.Sort(neg)
	sum := 0.0
	for _, p := range pos {
		below, _ := slices.BinarySearch(neg, p)
		upTo := below
		for upTo < len(neg) && neg[upTo] == p {
			upTo++
		}
		sum += float64(below) + float64(upTo-below)/2
	}
	return sum / float64(len(pos)*len(neg))
}

type pair struct {
	a, b  string
	match bool
}

func readPairs(t *testing.T, path string) []pair {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []pair
	for _, row := range rows[1:] {
		out = append(out, pair{row[2], row[3], row[4] == "true"})
	}
	return out
}
