package rule

import (
	"regexp"
	"strings"

	"entitywatch/lawtext"
)

var (
	partLine   = regexp.MustCompile(`^PART\s+(\d+)\b`)
	startLine  = regexp.MustCompile(`^(?:\d{1,2}|[a-z]{1,2}|[ivx]{1,5})\.\s+\S|^\((?:\d{1,2}|[a-z])\)\s+\S`)
	topLine    = regexp.MustCompile(`^\d{1,2}\.\s+\S`)
	tableTitle = regexp.MustCompile(`(?i)^Supplement\s+No\.?\s*\d+\s+to\s+Part\s+\d+\s*[-–—]+`)
	signature  = regexp.MustCompile(`(?i)^(?:\[FR Doc|_{5,}|(?:acting\s+)?(?:principal\s+)?(?:deputy\s+)?assistant ` +
		`secretary\b)`)
	starsLine = regexp.MustCompile(`^[\s*]+$`)
)

// instructions are the amendatory paragraphs of part 744, each on one line, in order. The running text of tables is
// left out.
func (t *typescript) instructions() []string {
	var out []string
	on, table := false, false
	open := false // the last paragraph goes on
	for _, l := range t.lines {
		if m := partLine.FindStringSubmatch(l); m != nil {
			on, table, open = m[1] == "744", false, false
			continue
		}
		if !on || l == "" {
			continue
		}
		switch {
		case signature.MatchString(l):
			return out
		case tableTitle.MatchString(l):
			table, open = true, false
		case starsLine.MatchString(l):
			open = false
		case topLine.MatchString(l) && (!table || amendsSomething.MatchString(l)):
			out = append(out, l)
			table, open = false, true
		case table:
		case startLine.MatchString(l):
			out = append(out, l)
			open = true
		case readAsFollows.MatchString(l):
			open = false
		case open:
			out[len(out)-1] += " " + l
		}
	}
	return out
}

// amendsSomething tells an instruction behind a table from an address that begins with a number.
var amendsSomething = regexp.MustCompile(`(?i)^\d{1,2}\.\s+(?:(?:amend|revise|add|remove` +
	`|in)\s+)?(?:the\s+)?(?:supplement|section|§|authority)`)

// preamble makes items of the text before the amendments: paragraphs, bullets and countries on lines of their own.
func (t *typescript) preamble() []item {
	var out []item
	var text []string
	flush := func() {
		if len(text) == 0 {
			return
		}
		for _, s := range lawtext.Sentences(lawtext.Tidy(strings.Join(text, " "))) {
			out = append(out, item{kind: paragraphItem, text: s})
		}
		text = nil
	}
	on := false
	for _, l := range t.lines {
		on = on || strings.HasPrefix(l, "SUPPLEMENTARY INFORMATION:")
		if partLine.MatchString(l) {
			break
		}
		switch {
		case !on || l == "":
		case bulletRule.MatchString(l):
			flush()
			text = []string{l}
		case lawtext.IsHeading(strings.TrimRight(l, " .:")) && len(l) < 60:
			flush()
			out = append(out, item{kind: headingItem, text: l})
		case len(text) > 0 && bulletRule.MatchString(text[0]) && bulletEnds.MatchString(text[len(text)-1]):
			flush()
			text = []string{l}
		default:
			text = append(text, l)
		}
	}
	flush()
	return joinBullets(out)
}

var bulletEnds = regexp.MustCompile(`(?:[.;,:]|\band)$`)

// joinBullets undoes the cutting of bullets into sentences ("• Foo Co. Ltd." is one).
func joinBullets(in []item) []item {
	var out []item
	for _, it := range in {
		if n := len(out); n > 0 && bulletRule.MatchString(out[n-1].text) && it.kind == paragraphItem &&
			!bulletRule.MatchString(it.text) &&
			!leadRule.MatchString(it.text) && len(it.text) < 30 {
			out[n-1].text += " " + it.text
			continue
		}
		out = append(out, it)
	}
	return out
}
