package enrich

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// forms end or mark the name of an organization.
var forms = set("ltd limited inc incorporated co corp corporation company llc gmbh ag sa plc jsc pjsc ojsc ooo oao pao llp bv nv spa srl pte " +
	"sdn bhd kk technology technologies tech semiconductor semiconductors microelectronics electronics group holdings holding institute " +
	"university academy bank laboratory laboratories industries industry systems aerospace aviation shipping bureau foundation research " +
	"international telecom communications network networks robotics instruments optoelectronics manufacturing engineering")

// common are capitalized words that are no organization that a list could take.
var common = set("the a an this that these those it its he she they we i us u.s uk eu un washington beijing moscow tehran brussels london " +
	"hong kong taiwan taipei shanghai shenzhen guangzhou xinjiang dubai china russia iran turkey america united states kingdom nations " +
	"republic people's european union chinese russian iranian american british commerce treasury state department bureau of industry and " +
	"security office foreign assets control ofac bis congress senate white house president secretary minister ministry government " +
	"administration reuters bloomberg associated press afp financial times wall street journal bbc cnn entity list federal register " +
	"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october " +
	"november december mr mrs ms dr but and or for in on at by as of to from with after before earlier later meanwhile " +
	"among according both also new other two three four five six seven eight nine ten spokesman spokesperson officials ear military " +
	"export administration regulations uyghur muslim asia europe africa")

// joiners may stand inside a name, between its capitalized words. "and" does so only before a word of afterAnd, and not behind a word of
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

// org is a run of capitalized words.
type org struct {
	start, end int
	form       bool // one of its words marks an organization
	described  bool // the words before it say that it is one
	row        bool // it stands in a row of names
}

var word = regexp.MustCompile(`&|[\p{L}\p{N}][\p{L}\p{N}'’.&-]*[\p{L}\p{N}]\.?|[\p{L}\p{N}]`)

// organizations are the runs of capitalized words that are more than common words.
func organizations(s string) []org {
	var out []org
	var run [][]int
	end := func() {
		run = behindVerb(s, run)
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
		out[i].described = described(s[:out[i].start])
		out[i].row = i > 0 && row(s[out[i-1].end:out[i].start]) || i+1 < len(out) && row(s[out[i].end:out[i+1].start])
		out[i].described = out[i].described || i > 0 && out[i-1].described && row(s[out[i-1].end:out[i].start])
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
	w = strings.ToLower(w)
	return leaders[w] || strings.HasSuffix(w, "-based") || strings.HasSuffix(w, "-owned") || strings.HasSuffix(w, "-headquartered")
}

// verbs of listing that a headline writes with a capital letter.
var verbs = set("adds add added adding places placed puts put blacklists blacklisted sanctions sanctioned designates designated includes including targets")

// behindVerb is what of a run stands behind its last verb: "BIS Adds Tarnow Works" names Tarnow Works.
func behindVerb(s string, run [][]int) [][]int {
	for i := len(run) - 1; i >= 0; i-- {
		if verbs[bare(s[run[i][0]:run[i][1]])] {
			return run[i+1:]
		}
	}
	return run
}

// described reports whether what stands before a name says that it is a company's: "the surveillance company Tarnow".
func described(before string) bool {
	f := strings.Fields(strings.ToLower(before))
	return len(f) > 0 && before[len(before)-1] == ' ' && describers[strings.Trim(f[len(f)-1], ",")]
}

var describers = set("company companies firm firms maker makers manufacturer manufacturers giant giants group producer producers supplier suppliers " +
	"developer developers startup startups agency agencies contractor contractors vendor vendors operator operators champion unit subsidiary affiliate")

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
	plain, official := true, strings.HasPrefix(s[o.end:], " administration")
	for i, at := range run {
		w := bare(s[at[0]:at[1]])
		official = official || offices[w] && i < len(run)-1
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		if !common[w] && !joiners[w] && !forms[w] {
			plain = false
		}
		o.form = o.form || forms[w] && i > 0
	}
	if s[o.end-1] == '.' && !abbreviated(s[o.start:o.end]) {
		o.end--
	}
	return o, !plain && (o.form || !official)
}

// offices stand before the name of who holds them.
var offices = set("president secretary minister chancellor premier mr mrs ms dr")

func abbreviated(name string) bool {
	last := strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
	return slices.Contains([]string{"ltd.", "co.", "inc.", "corp.", "jr.", "st."}, last)
}
