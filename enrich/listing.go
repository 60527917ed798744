package enrich

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Talk is what a text says of parties being put on a list.
type Talk struct {
	Candidates []Candidate // in the order of the text, each name once
	Words      string      // the words of listing, as they stand
	Confidence float64     // 0 to 1; 0 where there is no talk of listing
}

// Candidate is a name that a text says is to be listed. Whether it is listed already, the text does not tell.
type Candidate struct {
	Name       string
	Start, End int // byte offsets in the text
	Confidence float64
}

var (
	// sentences end in a stop that no abbreviation of a company's form ends in.
	sentenceEnd = regexp.MustCompile(`[.!?]["”’)]?\s+|\n+`)
	// addition is being put on a list, said of the future or of the past.
	addition = regexp.MustCompile(`(?i)\b(?:add(?:s|ed|ing)?|plac(?:e|es|ed|ing)|put(?:s|ting)?|includ(?:e|es|ed|ing))\b[^;]{0,400}?` +
		`\b(?:to|on|onto|in)\b[^.;]{0,60}?` +
		`\b(?:entity list|blacklist|black list|sanctions list|trade list|export control list|restricted list|denied persons list|` +
		`unverified list|military end[- ]user list|sdn list|list of (?:sanctioned|restricted|specially designated)[^.;]{0,40})` +
		`|\b(?:blacklist(?:s|ed|ing)|to blacklist)\b` +
		`|\bimpos(?:e|es|ed|ing)\b[^.;]{0,40}\b(?:sanctions|export restrictions|export controls)\b[^.;]{0,30}\b(?:on|against)\b` +
		`|\b(?:sanction(?:s|ed|ing)|to sanction)\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|` +
		`several|chinese|russian|iranian|the|a group)\b`)
	// explicit names the list itself.
	explicit = regexp.MustCompile(`(?i)\b(?:entity list|blacklist|sanctions list|sdn list)\b`)
	// against is talk of the opposite, or of what is not so.
	against = regexp.MustCompile(`(?i)\b(?:remov(?:e|es|ed|ing|al)|delist\w*|lift(?:s|ed|ing)?|eas(?:e|es|ed|ing)|revok\w+|taken off|` +
		`deny|denied|denies|not (?:be |been )?(?:add|plac|put|blacklist|sanction)\w*|no plans?|ruled out|reject(?:s|ed)?|unlike|` +
		`spared|avoid(?:s|ed)?|waiv\w+|sued?|appeal\w*|overturn\w*)\b`)
	// introduces a list of names in the next sentence.
	introduces = regexp.MustCompile(`(?i)\b(?:(?:companies|entities|firms|organi[sz]ations|targets|list|names)\b[^.]{0,40}` +
		`\b(?:includ(?:e|es|ed|ing)|are|were|is|namely)|among (?:them|the (?:companies|firms|entities)))\b`)
)

// forms end or mark the name of an organisation.
var forms = set("ltd limited inc incorporated co corp corporation company llc gmbh ag sa plc jsc pjsc ojsc ooo oao pao llp bv nv spa srl pte " +
	"sdn bhd kk technology technologies tech semiconductor semiconductors microelectronics electronics group holdings holding institute " +
	"university academy bank laboratory laboratories industries industry systems aerospace aviation shipping bureau foundation research " +
	"international telecom communications network networks robotics instruments optoelectronics manufacturing engineering")

// common are capitalised words that are no organisation that a list could take.
var common = set("the a an this that these those it its he she they we i us u.s uk eu un washington beijing moscow tehran brussels london " +
	"hong kong taiwan taipei shanghai shenzhen guangzhou xinjiang dubai china russia iran turkey america united states kingdom nations " +
	"republic people's european union chinese russian iranian american british commerce treasury state department bureau of industry and " +
	"security office foreign assets control ofac bis congress senate white house president secretary minister ministry government " +
	"administration reuters bloomberg associated press afp financial times wall street journal bbc cnn entity list federal register " +
	"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october " +
	"november december trump biden xi putin mr mrs ms dr but and or for in on at by as of to from with after before earlier later meanwhile " +
	"among according both also new other two three four five six seven eight nine ten spokesman spokesperson officials ear military " +
	"export administration regulations uyghur muslim asia europe africa")

// joiners may stand inside a name, between its capitalised words. "and" does so only before a word of afterAnd, and not behind a word of
// hard: "Science and Technology Co." is one name, "Tarnow Group and Technology House" are two.
var (
	joiners  = set("of and for the de &")
	afterAnd = set("technology technologies development trade trading industry industries engineering research services electronics " +
		"machinery security export import investment production manufacturing design telecommunications commerce")
	hard = set("ltd limited inc incorporated co corp corporation company llc gmbh ag sa plc jsc pjsc ojsc llp group holdings bank")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// ListingTalk finds the organisations that a text says are to be put, or were put, on a list. It is conservative: the sentence must say
// so in words of listing, without a word of removal or denial, and a name must look like an organisation's by its form ("… Co., Ltd.",
// "… Institute") or stand in a row with such names. Fewer than two candidates give a confidence below 0.5.
func ListingTalk(text string) Talk {
	var t Talk
	carry := 0 // sentences in which an enumeration may go on
	for _, s := range sentences(text) {
		sentence := text[s[0]:s[1]]
		words := addition.FindString(sentence)
		switch {
		case against.MatchString(sentence):
			carry = 0
			continue
		case words != "":
			carry = 2
			if t.Words == "" {
				t.Words = words
			}
		case carry > 0 && introduces.MatchString(sentence):
			carry--
		default:
			carry = 0
			continue
		}
		t.take(sentence, s[0], explicit.MatchString(sentence))
	}
	t.weigh()
	return t
}

// abbreviations end in a stop that ends no sentence.
var abbreviations = set("ltd co inc corp u.s u.k mr ms dr st no jan feb oct nov dec sept aug")

// sentences are the bounds of a text's sentences.
func sentences(text string) [][2]int {
	var out [][2]int
	start := 0
	for _, at := range sentenceEnd.FindAllStringIndex(text, -1) {
		before, end := text[start:at[0]], text[at[0]:at[1]]
		last := strings.ToLower(before[strings.LastIndexAny(before, " \n(")+1:])
		if end[0] == '.' && (len(last) <= 1 || abbreviations[last]) && !strings.Contains(end, "\n") {
			continue
		}
		out = append(out, [2]int{start, at[0] + 1})
		start = at[1]
	}
	return append(out, [2]int{start, len(text)})
}

// take adds the organisations of one sentence.
func (t *Talk) take(sentence string, offset int, listNamed bool) {
	names := organisations(sentence)
	firm := slices.ContainsFunc(names, func(n org) bool { return n.form })
	for _, n := range names {
		c := Candidate{Name: sentence[n.start:n.end], Start: offset + n.start, End: offset + n.end, Confidence: 0.3}
		if n.form {
			c.Confidence = 0.6
		} else if !firm || !n.row {
			continue
		}
		if listNamed {
			c.Confidence += 0.2
		}
		known := func(o Candidate) bool { return strings.EqualFold(o.Name, c.Name) }
		if !slices.ContainsFunc(t.Candidates, known) {
			t.Candidates = append(t.Candidates, c)
		}
	}
}

// weigh sets the confidence of the whole.
func (t *Talk) weigh() {
	switch n := len(t.Candidates); {
	case t.Words == "" || n == 0:
		*t = Talk{}
	case n == 1:
		t.Confidence = min(0.4, t.Candidates[0].Confidence)
	default:
		for _, c := range t.Candidates {
			t.Confidence = max(t.Confidence, c.Confidence)
		}
		t.Confidence = min(0.9, t.Confidence+0.05*float64(n-2))
	}
}

// org is a run of capitalised words.
type org struct {
	start, end int
	form       bool // one of its words marks an organisation
	row        bool // it stands in a row of names
}

var word = regexp.MustCompile(`&|[\p{L}\p{N}][\p{L}\p{N}'’.&-]*[\p{L}\p{N}]\.?|[\p{L}\p{N}]`)

// organisations are the runs of capitalised words that are more than common words.
func organisations(s string) []org {
	var out []org
	var run [][]int
	end := func() {
		for len(run) > 0 && joiners[strings.ToLower(s[run[len(run)-1][0]:run[len(run)-1][1]])] {
			run = run[:len(run)-1]
		}
		for len(run) > 0 && leading(s[run[0][0]:run[0][1]]) {
			run = run[1:]
		}
		if o, ok := orgOf(s, run); ok {
			out = append(out, o)
		}
		run = nil
	}
	words := word.FindAllStringIndex(s, -1)
	for i, at := range words {
		w := s[at[0]:at[1]]
		if len(run) > 0 && (!together(s[run[len(run)-1][1]:at[0]], w) || parts(s, words, i)) {
			end()
		}
		switch {
		case capital(w), len(run) > 0 && joiners[strings.ToLower(w)]:
			run = append(run, at)
		default:
			end()
		}
	}
	end()
	for i := range out {
		out[i].row = i > 0 && row(s[out[i-1].end:out[i].start]) || i+1 < len(out) && row(s[out[i].end:out[i+1].start])
	}
	return out
}

// parts reports whether word i is an "and" between two names.
func parts(s string, words [][]int, i int) bool {
	if w := strings.ToLower(s[words[i][0]:words[i][1]]); w != "and" && w != "&" || i == 0 || i+1 == len(words) {
		return false
	}
	before, after := bare(s[words[i-1][0]:words[i-1][1]]), bare(s[words[i+1][0]:words[i+1][1]])
	return hard[before] || !afterAnd[after]
}

// bare is a word in lower case without its stops.
func bare(w string) string { return strings.ToLower(strings.Trim(w, ".,")) }

func capital(w string) bool {
	for _, r := range w {
		return unicode.IsUpper(r) || unicode.IsDigit(r) && len(w) > 1 && strings.IndexFunc(w, unicode.IsUpper) > 0
	}
	return false
}

var leaders = set("the a an chinese russian iranian and of for among china's russia's china’s")

// leading words begin sentences and tell who a party is: they are no part of its name.
func leading(w string) bool {
	return leaders[strings.ToLower(w)]
}

// together reports whether what stands between two words leaves them in one name: a space, or a comma before a company's form.
func together(between, next string) bool {
	switch strings.TrimSpace(between) {
	case "":
		return true
	case ",", ".,":
		return slices.Contains([]string{"ltd", "limited", "inc", "llc", "co", "corp"}, strings.ToLower(strings.Trim(next, ".")))
	case ".":
		return slices.Contains([]string{"ltd", "limited"}, strings.ToLower(strings.Trim(next, ".")))
	}
	return false
}

// row reports what stands between two names of an enumeration.
func row(between string) bool {
	switch strings.Join(strings.Fields(between), " ") {
	case ",", "and", ", and", ";", "; and", "&", ".,":
		return true
	}
	return false
}

func orgOf(s string, run [][]int) (org, bool) {
	if len(run) == 0 {
		return org{}, false
	}
	o := org{start: run[0][0], end: run[len(run)-1][1]}
	plain := true
	for i, at := range run {
		w := bare(s[at[0]:at[1]])
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		if !common[w] && !joiners[w] && !forms[w] {
			plain = false
		}
		o.form = o.form || forms[w] && i > 0
	}
	if s[o.end-1] == '.' && !abbreviated(s[o.start:o.end]) {
		o.end--
	}
	return o, !plain
}

func abbreviated(name string) bool {
	last := strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
	return slices.Contains([]string{"ltd.", "co.", "inc.", "corp.", "jr.", "st."}, last)
}
