package fedreg

import (
	"regexp"
	"slices"
	"strings"

	"entitywatch/diff"
	"entitywatch/watcher/fedreg/summary"
)

// relevance is what is to be done with a document of a watched agency.
type relevance int

const (
	ignored  relevance = iota
	fullText           // it may change a list: its text must be read
	readThis           // it concerns parties, but no parser of ours reads it
)

var (
	listsRule = regexp.MustCompile(`(?i)\b(?:entity list|unverified list|military end[- ]user|MEU list)\b|supp(?:lement` +
		`|\.)?\s+no\.?\s+[467]\s+(?:to|of)\s+part\s+744|\bpart\s+744\b`)
	// chores are what agencies publish about themselves; they name orders and lists without touching a party.
	choresRule = regexp.MustCompile(`(?i)^(?:agency information collection|submission for omb|(?:notice of )?request ` +
		`for|technical advisory|(?:notice of )?.{0,60}\bmeetings?\b|membership of|` +
		`privacy act|proposed information collection|(?:impact|effectiveness) of|publication of a report|.*\b(?:renewal ` +
		`of charter|public (?:briefing|hearing))\b)`)
)

// partyNotices are documents that concern parties, by their titles and actions. The reason is shown to the reader.
var partyNotices = []struct {
	rule   *regexp.Regexp
	reason string
	rules  bool // whether rules count too: other rules on the subject change procedures, not parties
}{
	{regexp.MustCompile(`(?i)\bdeny(?:ing)?\b.{0,40}\bexport privileges|denial (?:of export privileges|order)|^in the ` +
		`matter of|^order (?:relating to|renewing|modifying|extending|temporarily|denying|terminating|vacating)`),
		"an order about export privileges: the Denied Persons List may change", false},
	{regexp.MustCompile(`(?i)\bdebar(?:ment|red|ring)?\b`), "a debarment: the list of debarred parties may change", false},
	{regexp.MustCompile(`(?i)\bsanctions? actions?\b|\b(?:un)?blocking (?:of|or)\b|specially designated|blocked ` +
		`persons?|designation of .{0,80}(?:terrorist|pursuant to)|foreign terrorist organization`),
		"a sanctions action that names parties", false},
	{regexp.MustCompile(`(?i)\bnonproliferation (?:measures|sanctions)|imposition of .{0,60}\b(?:measures|sanctions)\b`),
		"sanctions imposed on parties", false},
	{regexp.MustCompile(`(?i)\bvalidated end[- ]user`), "validated end-user authorisations of parties change", true},
	{regexp.MustCompile(`(?i)chinese military compan|communist chinese military|section 1260H`),
		"companies are identified as Chinese military companies", false},
	{regexp.MustCompile(`(?i)list of entities and subentities|cuba restricted list`), "the Cuba Restricted List changes",
		false},
}

// classify decides by the record what a document is worth. Agencies' own searches cannot be trusted to find a rule
// whose title never names the list, so every rule of the bureau that keeps the lists is read.
func classify(d document) (relevance, string) {
	about := strings.Join([]string{d.Title, d.Action, d.Abstract}, "\n")
	rule := d.Type == "Rule" || d.Type == "Proposed Rule" || d.Type == "Correction" || d.CorrectionOf != ""
	if summary.OfAnotherList(about) || !rule && choresRule.MatchString(d.Title) {
		return ignored, ""
	}
	if rule && (d.amends(15, 744) || d.by("industry-and-security-bureau")) || listsRule.MatchString(about) {
		return fullText, ""
	}
	return concernsParties(d)
}

// concernsParties knows the documents that a human must read.
func concernsParties(d document) (relevance, string) {
	if d.Type == "Proposed Rule" {
		return ignored, ""
	}
	for _, p := range partyNotices {
		if d.Type == "Rule" && !p.rules {
			continue
		}
		if p.rule.MatchString(d.Title) || d.Type == "Notice" && p.rule.MatchString(d.Action) {
			return readThis, p.reason
		}
	}
	return ignored, ""
}

func (d document) amends(title, part int) bool {
	return slices.ContainsFunc(d.CFR, func(c cfrReference) bool { return int(c.Title) == title && int(c.Part) == part })
}

func (d document) by(slug string) bool {
	return slices.ContainsFunc(d.Agencies, func(a agency) bool { return a.known([]string{slug}) })
}

// matters reports whether an act says anything about parties of the lists.
func matters(a diff.Act) bool {
	return len(a.Amendments) > 0 || a.ReadThis != "" || len(a.Declared) > 0 || diff.NeedsHuman(a.Problems)
}
