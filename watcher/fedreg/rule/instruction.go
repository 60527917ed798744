package rule

import (
	"regexp"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
	"entitywatch/watcher/fedreg/summary"
)

// op is what one instruction does to one entry, or to the rows of a country that it does not name.
type op struct {
	action  diff.Action
	list    diff.ListID
	country string
	name    string // "" for unnamed rows
	unnamed bool   // names stand only in the table
	count   int    // how many rows an unnamed op says it has; 0 where it does not say
	edits   []diff.Edit
	columns []string // fields whose new text the row that follows gives
	text    string   // the instruction's own words
	where   string   // its place: "2.b.i"
	page    int
	old     bool // an old-style removal, whose quotes hold the address too
	row     *row
	note    []diff.Problem
}

// scope is what an instruction hands down to those nested in it.
type scope struct {
	level    int
	mark     string
	list     diff.ListID
	foreign  bool // it amends something else than a list
	part     bool // that is a part as a whole: a list may be named further down
	country  string
	action   lawtext.Verb
	entity   []string // "in the entry for “A”:"
	opens    bool     // it ends in a colon
	children int      // the ordinal of the last child read
	ends     string   // the last child's text
	suspect  string   // a nested group before the last child ended in "and": right only if that child is the last
}

// instructions reads the amendatory instructions of a document, in order.
type instructions struct {
	scopes   []scope
	ops      []op
	problems []diff.Problem
	last     diff.ListID // the list of the last instruction on a list
	page     map[diff.ListID]int
	touched  bool // some instruction is about one of our lists
	top      int  // the number of the last numbered instruction
}

var (
	markRule   = regexp.MustCompile(`^\s*[*•]?\s*(?:\(?(\d{1,3})[.)]|\(?([a-z]{1,3})[.)]|\(?([A-Z])[.)])\s+`)
	romanRule  = regexp.MustCompile(`^(?:x{0,3})(?:ix|iv|v?i{0,3})$`)
	supplement = regexp.MustCompile(`(?i)\bsupp(?:lement|\.)?\s*(?:no\.?|nos\.?|number)?\s*(\d{1,2})\s+(?:to` +
		`|of)\s+(?:15\s+CFR\s+)?(?:part|§)\s*(\d{3})`)
	// foreignRule finds what an instruction may amend besides the lists.
	foreignRule = regexp.MustCompile(`(?i)^(?:in\s+)?(?:amend\s+|revise\s+|add\s+|remove\s+)?(?:the\s+)?(?:§+` +
		`|sections?\s+\d|authority\s+citation|part\s+\d|subpart|paragraph|appendix|table\s+of\s+contents)` +
		`|\bauthority\s+citation\b`)
	listNames = regexp.MustCompile(`(?i)\b(?:Entity List|Unverified List|UVL` +
		`|Military[\s-]+End[\s-]*User['’”"]?\s*(?:\(MEU\)\s*)?List|MEU List)\b`)
	// quoteRule finds a quoted name; the Government Publishing Office's plain text writes ``Delta Shipping Ltd.''.
	quoteRule = regexp.MustCompile(`“([^“”]*)”|"([^"]*)"|` + "``(.*?)''")
)

// read takes one AMDPAR, which may hold several instructions.
func (in *instructions) read(it item) {
	for _, text := range splitInstructions(it.text) {
		in.one(text, it)
	}
}

var inlineMark = regexp.MustCompile(`([:;.]|[;,] and)\s+((?:[a-z]|[ivx]{1,5}|\(\d{1,2}\)|\([a-z]\))[.)]?\s+(?:Under` +
	`|In|By|Adding|Add|Removing|Remove|Revising|Revise|Amending)\b)`)

// splitInstructions parts a paragraph in which several marked instructions run on.
func splitInstructions(text string) []string {
	masked, quoted := maskQuotes(text)
	var out []string
	from := 0
	for _, m := range inlineMark.FindAllStringSubmatchIndex(masked, -1) {
		if !strings.ContainsAny(masked[m[4]:min(m[4]+6, len(masked))], ".)") {
			continue
		}
		out = append(out, masked[from:m[3]])
		from = m[4]
	}
	out = append(out, masked[from:])
	for i := range out {
		out[i] = unmask(out[i], quoted)
	}
	return out
}

// one reads one instruction.
func (in *instructions) one(text string, it item) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	body, mark, level := in.mark(text)
	parent := in.enter(mark, level, text)
	here := scope{level: level, mark: mark, list: parent.list, foreign: parent.foreign, part: parent.part,
		country: parent.country, action: parent.action,
		entity: parent.entity, opens: strings.HasSuffix(strings.TrimRight(body, " "), ":") || strings.HasSuffix(body, "—")}
	masked, quoted := maskQuotes(body)
	if strings.ContainsAny(masked, "“”\"") && (here.list != "" || supplement.MatchString(masked)) {
		in.problem(diff.Unread, "quotation marks do not pair: "+text, in.path(mark))
	}
	in.target(&here, masked, it.part, level)
	c := clauseReader{in: in, here: &here, text: text, quoted: quoted, it: it, where: in.path(mark)}
	switch {
	case here.list != "":
		in.last, in.touched = here.list, true
		if in.page == nil {
			in.page = map[diff.ListID]int{}
		}
		if in.page[here.list] == 0 {
			in.page[here.list] = it.page
		}
		c.read(masked)
	case in.orphan(here, masked, quoted, it):
		in.touched = true
		in.problem(diff.Unread, "names no list that we know: "+text, c.where)
	}
	in.scopes = append(in.scopes, here)
}

// orphan reports whether an instruction of part 744 reads like one on a list, though none is named.
func (in *instructions) orphan(here scope, masked string, quoted []string, it item) bool {
	if it.part != "15/744" && it.part != "/" && it.part != "" {
		return false
	}
	entries := entryWords.MatchString(masked)
	under := underRule.MatchString(masked)
	switch {
	case it.part != "15/744":
		return entries && under && len(quoted) > 0 && strings.Contains(masked, "744")
	case here.foreign:
		return (entries || len(quoted) > 0) && under
	}
	return entries && (under || len(quoted) > 0) || under && verbRule.MatchString(masked)
}

var (
	entryWords = regexp.MustCompile(`(?i)\b(?:entry|entries|entity|entities|persons?)\b`)
	underRule  = regexp.MustCompile(`(?i)\bunder\s+(?:the\s+)?(?:(?:heading|destination|country)s?\s+(?:of|for)\s+)?[A-Z]`)
)

// enter leaves the scopes that end before an instruction of this level, checks the sequence of marks, and returns the
// scope around it.
func (in *instructions) enter(mark string, level int, text string) scope {
	if level < 0 { // an unmarked paragraph belongs to what stands around it
		for i := len(in.scopes) - 1; i >= 0; i-- {
			if in.scopes[i].mark != "" && (in.scopes[i].opens || in.scopes[i].level == 0) {
				in.scopes = in.scopes[:i+1]
				return in.scopes[i]
			}
		}
		in.scopes = nil
		return scope{}
	}
	dangling := ""
	for len(in.scopes) > 0 && (in.scopes[len(in.scopes)-1].level >= level || in.scopes[len(in.scopes)-1].mark == "") {
		s := in.scopes[len(in.scopes)-1]
		if s.unfinished() {
			dangling = s.ends
		}
		in.scopes = in.scopes[:len(in.scopes)-1]
	}
	if level == 0 {
		in.missingBehind(dangling, "")
		if n := ordinal(mark, 0); in.top > 0 && n != 1 && n != in.top+1 {
			in.problem(diff.Surprise, "an instruction seems to be missing before: "+text, mark)
		}
		in.top = ordinal(mark, 0)
		return scope{level: -1}
	}
	if len(in.scopes) == 0 {
		in.sequence(&scope{level: -1}, mark, level, text)
		return scope{level: -1}
	}
	parent := &in.scopes[len(in.scopes)-1]
	in.missingBehind(parent.suspect, parent.mark)
	parent.suspect = dangling
	in.sequence(parent, mark, level, text)
	return *parent
}

// sequence notices a gap in the marks: an instruction between b. and d. is missing.
func (in *instructions) sequence(parent *scope, mark string, level int, text string) {
	n := ordinal(mark, level)
	if n != parent.children+1 && n > 0 && !parent.foreign {
		in.problem(diff.Surprise, "an instruction seems to be missing before: "+text, in.path(mark))
	}
	if n > 0 {
		parent.children = n
	}
	parent.ends = text
}

// unfinished reports whether the last instruction of a scope ends in "and", so that another should follow.
func (s scope) unfinished() bool {
	return s.list != "" && s.children > 0 && danglingAnd.MatchString(s.ends)
}

func (in *instructions) missingBehind(text, where string) {
	if text != "" {
		in.problem(diff.Surprise, "an instruction seems to be missing behind: "+text, where)
	}
}

var danglingAnd = regexp.MustCompile(`(?i)[;,]\s*and\s*[.;]?$`)

// finish closes what is still open.
func (in *instructions) finish() {
	for i := len(in.scopes) - 1; i >= 0; i-- {
		if s := in.scopes[i]; s.unfinished() {
			in.missingBehind(s.ends, s.mark)
			break
		}
	}
	in.scopes = nil
}

// path names an instruction by its marks: "2.b.i".
func (in *instructions) path(mark string) string {
	var parts []string
	for _, s := range in.scopes {
		if s.mark != "" {
			parts = append(parts, s.mark)
		}
	}
	if mark != "" {
		parts = append(parts, mark)
	}
	return strings.Join(parts, ".")
}

func (in *instructions) problem(kind diff.ProblemKind, text, where string) {
	in.problems = append(in.problems, diff.Problem{Kind: kind, Text: text, Where: where})
}

// target finds what an instruction amends: a list by its supplement or name, or something else.
func (in *instructions) target(here *scope, masked, part string, level int) {
	if m := supplement.FindStringSubmatchIndex(masked); m != nil {
		if f := foreignRule.FindStringIndex(masked); f != nil && f[0] < m[0] {
			here.list, here.foreign = "", true
			return
		}
		here.list = listOfSupplement(masked[m[2]:m[3]], masked[m[4]:m[5]])
		here.foreign = here.list == ""
		return
	}
	other := foreignRule.FindString(masked)
	if list := supplementAlone(*here, masked, other, part); list != "" {
		here.list, here.foreign = list, false
		return
	}
	if level > 0 || level < 0 && (here.list != "" || here.foreign) {
		return
	}
	if other != "" {
		here.list, here.foreign, here.part = "", true, partBegins.MatchString(other)
		return
	}
	if name := listNames.FindString(masked); name != "" && !summary.OfAnotherList(masked) {
		here.list = summary.ListIn(name)
	}
}

// supplementAlone is the list of a supplement whose part stands elsewhere: "amend part 744 by revising supplement no.
// 4", or in the mark of the text of which the instruction is one. In an instruction on something other, or nested in
// one ("in § 744.16, the reference to supplement no. 4 to this part"), it is only mentioned.
func supplementAlone(here scope, masked, other, part string) diff.ListID {
	m := bareSupplement.FindStringSubmatch(masked)
	if m == nil || other != "" && !partBegins.MatchString(other) || here.foreign && !here.part {
		return ""
	}
	_, number, _ := strings.Cut(part, "/")
	if named := partNamed.FindStringSubmatch(masked); named != nil {
		number = named[1]
	}
	return listOfSupplement(m[1], number)
}

var (
	bareSupplement = regexp.MustCompile(`(?i)\bsupp(?:lement|\.)?\s*(?:no\.?|number)\s*(\d{1,2})\b`)
	partBegins     = regexp.MustCompile(`(?i)\bpart\s+\d$`) // what foreignRule finds of a part
	partNamed      = regexp.MustCompile(`(?i)\bpart\s+(\d{3})\b`)
)

func listOfSupplement(number, part string) diff.ListID {
	if part != "744" {
		return ""
	}
	switch number {
	case "4":
		return diff.EntityList
	case "6":
		return diff.UnverifiedList
	case "7":
		return diff.MilitaryEndUserList
	}
	return ""
}
