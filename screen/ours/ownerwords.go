package ours

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// share is a stake's share in words.
func (s *Stake) share() string {
	if s.Unknown {
		return "an unknown share"
	}
	return percent(s.Percent)
}

// label is what a reader knows a party as.
func (a *analysis) label(id string) string {
	if cp, ok := a.party[id]; ok {
		return cp.Name
	}
	if n := a.o.names[id]; n != "" {
		return n
	}
	return id
}

// story is the sum in words: "affiliate: 80% = 40% directly + 40% through M (55% owned, counts in full)".
func (a *analysis) story(id string, listed map[string][]root, sum map[string]float64, counts func(string) bool) string {
	several := a.directOwners(id, listed) > 1
	var parts []string
	for _, i := range a.o.of[id] {
		s := a.o.stakes[i]
		switch {
		case len(listed[s.Owner]) > 0 && several:
			parts = append(parts, fmt.Sprintf("%s directly by %s", s.share(), a.label(s.Owner)))
		case len(listed[s.Owner]) > 0:
			parts = append(parts, s.share()+" directly")
		case counts(s.Owner):
			parts = append(parts, fmt.Sprintf("%s through %s (%s owned, counts in full)", s.share(), a.label(s.Owner),
				percent(sum[s.Owner])))
		}
	}
	return "affiliate: " + percent(sum[id]) + " = " + strings.Join(parts, " + ")
}

func (a *analysis) directOwners(id string, listed map[string][]root) int {
	n := 0
	for _, i := range a.o.of[id] {
		if len(listed[a.o.stakes[i].Owner]) > 0 {
			n++
		}
	}
	return n
}

// warning says in words why a party below the threshold is a red flag.
func (a *analysis) warning(id string, rule ownerRule, listed map[string][]root, sum map[string]float64,
	flagged map[string]bool) string {
	var parts []string
	unknown := false
	for _, i := range a.o.of[id] {
		s := a.o.stakes[i]
		over := sum[s.Owner] >= a.w.Threshold-1e-9
		if len(listed[s.Owner]) == 0 && !over && !flagged[s.Owner] {
			continue
		}
		share := s.share()
		unknown = unknown || s.Unknown
		switch {
		case len(listed[s.Owner]) > 0:
			parts = append(parts, share+" directly")
		case over:
			parts = append(parts, fmt.Sprintf("%s through %s (%s owned, counts in full)", share, a.label(s.Owner),
				percent(sum[s.Owner])))
		case a.ownedInPartUnknown(s.Owner, listed, flagged):
			unknown = true
			parts = append(parts, fmt.Sprintf("%s through %s (an unknown share of it owned, may count in full)", share,
				a.label(s.Owner)))
		default:
			parts = append(parts, fmt.Sprintf("%s through %s (%s owned, counts nothing)", share, a.label(s.Owner),
				percent(sum[s.Owner])))
		}
	}
	how := strings.Join(parts, " + ")
	switch certain := percent(sum[id]); {
	case unknown && sum[id] == 0:
		return fmt.Sprintf("red flag: %s; find out how much before going on (%s)", how, rule.asks)
	case unknown:
		return fmt.Sprintf("red flag: %s counts for certain, but a share is not known: %s; find out how much before going on (%s)", certain, how, rule.asks)
	}
	return fmt.Sprintf("red flag: %s counts, below %s: %s", percent(sum[id]), percent(a.w.Threshold), how)
}

// ownedInPartUnknown reports whether listed parties hold a share of a party that nobody knows.
func (a *analysis) ownedInPartUnknown(id string, listed map[string][]root, flagged map[string]bool) bool {
	return slices.ContainsFunc(a.o.of[id], func(i int) bool {
		s := a.o.stakes[i]
		return s.Unknown && (len(listed[s.Owner]) > 0 || flagged[s.Owner])
	})
}

// strictestOf is the most restrictive license requirement of several listed owners.
func strictestOf(roots []root) string {
	best, text := -1, ""
	for _, r := range roots {
		req := r.entry.LicenseRequirement
		rank := 0
		switch low := strings.ToLower(req + " " + r.entry.LicenseReviewPolicy); {
		case r.entry.List == diff.SDN:
			rank, req = 100, "blocked by OFAC: no dealings without its license"
		case strings.Contains(low, "all items subject to the ear") && !strings.Contains(low, "except"):
			rank = 40
		case strings.Contains(low, "all items"):
			rank = 30
		case req != "":
			rank = 10
		}
		if policy := strings.ToLower(r.entry.LicenseReviewPolicy); rank > 0 && rank < 100 {
			switch {
			case strings.Contains(policy, "presumption of denial") && !strings.Contains(policy, "case-by-case"):
				rank += 6
			case strings.Contains(policy, "policy of denial"):
				rank += 7
			case strings.Contains(policy, "denial"):
				rank += 3
			}
		}
		if req != "" && rank > best {
			best, text = rank, req
		}
	}
	return text
}
