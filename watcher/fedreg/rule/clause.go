package rule

import (
	"regexp"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

// clauseReader reads the clauses of one instruction on a list: "Under X, by adding …, and by removing …".
type clauseReader struct {
	in     *instructions
	here   *scope
	text   string
	quoted []string
	it     item
	where  string
	done   bool // something was understood
}

var (
	verbRule = regexp.MustCompile(`(?i)\b(?:by\s+)?(adding|add|adds|inserting|insert|removing|remove|removes|deleting` +
		`|delete|revising|revise|revises|` +
		`modifying|modify|amending|correcting|correct|redesignating|redesignate|renaming|replacing|replace|` +
		`(?:is|are)\s+(?:hereby\s+)?(?:added|inserted|removed|deleted|revised|modified|corrected|redesignated))\b`)
	quoteMark = regexp.MustCompile("\x01(\\d+)\x02")
	introRule = regexp.MustCompile(`(?i)^(?:supplement[^,:;]*?|the (?:entity|unverified|[^,:;]*military)[^,:;]*? ` +
		`list[^,:;]*?)?\s*(?:is|are)?\s*(?:further\s+)?(?:amended|amend)?\s*(?:as follows|by|to read as follows)?\s*[:.—]*$`)
	readAsFollows = regexp.MustCompile(`(?i)^(?:the\s+)?(?:additions?|revisions?|corrections?|amendments?|removals?` +
		`|addition,?|revision,?|changes?|new entr(?:y|ies))\b[^\x01]*\bread(?:s)?\s+as\s+follows\s*[:.]?\s*$|^to read as ` +
		`follows:?$`)
	benignRule = regexp.MustCompile(`(?i)\b(?:introductory\s+(?:text|paragraph)|(?:table|column|section` +
		`|supplement)\s+(?:heading|title)|heading\s+of\s+(?:the\s+)?(?:supplement|table|column)|note\s+to\s+supplement)`)
	headingRule = regexp.MustCompile(`(?i)\bheadings?\b|\bdestinations?\s+(?:of|for)\b|\bcountry\s+(?:of|name)\b`)
)

// oddVerb finds what should be a verb.
var oddVerb = regexp.MustCompile(`(?i)\b(?:by|and)\s+([a-z]+(?:ing|nig|ign|gin))\b`)

func verbOf(word string) lawtext.Verb {
	word = strings.ToLower(word)
	for _, lead := range []string{"by ", "is ", "are ", "hereby "} {
		word = strings.TrimSpace(strings.TrimPrefix(word, lead))
	}
	switch {
	case strings.HasPrefix(word, "add"), strings.HasPrefix(word, "insert"):
		return lawtext.Adds
	case strings.HasPrefix(word, "remov"), strings.HasPrefix(word, "delet"):
		return lawtext.Removes
	case strings.HasPrefix(word, "redesignat"), strings.HasPrefix(word, "renam"), strings.HasPrefix(word, "replac"):
		return lawtext.Moves
	}
	return lawtext.Revises
}

// clause is a verb with the words that belong to it.
type clause struct {
	verb lawtext.Verb
	text string
}

// read reads all clauses of an instruction.
func (c *clauseReader) read(masked string) {
	masked = strings.TrimSpace(masked)
	if masked = c.republish(masked); masked == "" {
		return
	}
	prefix, clauses := cutClauses(masked)
	if readAsFollows.MatchString(masked) {
		return
	}
	if m := oddVerb.FindStringSubmatch(masked); m != nil && !verbRule.MatchString(m[1]) {
		c.in.problem(diff.Unread, "cannot tell what "+strconv.Quote(m[1])+" does to the list: "+c.text, c.where)
	}
	target := prefix
	if m := supplement.FindStringIndex(prefix); m != nil {
		target = prefix[m[1]:]
	}
	if country, ok := countryIn(target); ok {
		c.country(country)
	} else if rest, ok := strings.CutPrefix(target, "For "); ok && lawtext.IsHeading(lawtext.CountryPrefix(rest)) {
		c.country(lawtext.CountryPrefix(rest))
	}
	if m := entityRef.FindStringSubmatch(prefix); m != nil {
		c.here.entity = c.names(m[1])
	}
	if len(clauses) == 0 {
		c.bare(masked, target)
		return
	}
	for i, cl := range clauses {
		c.clause(cl, clauses[:i])
	}
	if !c.done {
		c.unread()
	}
}

// cutClauses parts an instruction at its verbs. In the passive ("the entry for “A” is removed") the words before the
// verb are its own.
func cutClauses(masked string) (prefix string, out []clause) {
	at := verbRule.FindAllStringSubmatchIndex(masked, -1)
	if len(at) == 0 {
		return masked, nil
	}
	prefix = masked[:at[0][0]]
	for i, m := range at {
		end := len(masked)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		word := masked[m[2]:m[3]]
		text := masked[m[1]:end]
		if low := strings.ToLower(word); strings.HasPrefix(low, "is ") || strings.HasPrefix(low, "are ") {
			from := 0
			if i > 0 {
				from = at[i-1][1]
			}
			text = masked[from:m[0]] + " " + text
		}
		if v := verbOf(word); strings.EqualFold(word, "amending") && !quoteMark.MatchString(text) && i+1 < len(at) {
			prefix += text // "by amending the Entity List by adding …"
		} else {
			out = append(out, clause{v, text})
		}
	}
	return prefix, out
}

// bare reads an instruction without a verb: an introduction, a country with what follows below it, or names under an
// inherited verb.
func (c *clauseReader) bare(masked, target string) {
	rest := strings.TrimSpace(strings.Trim(target, " .:;,—"))
	names := quoteMark.MatchString(masked)
	switch {
	case c.here.action != lawtext.NoVerb && names:
		c.clause(clause{c.here.action, masked}, nil)
	case names && c.here.entity != nil && c.here.opens:
	case introRule.MatchString(masked), supplement.MatchString(masked) && introRule.MatchString(strings.TrimSpace(target)):
	case !names && c.here.opens && c.here.country != "":
	case !names && introRule.MatchString(rest):
	default:
		c.unread()
	}
}

func (c *clauseReader) unread() {
	c.in.problem(diff.Unread, "cannot read the instruction: "+c.text, c.where)
}

// country takes a country into force, and notices one that is no country.
func (c *clauseReader) country(name string) {
	c.here.country = name
	c.checkCountry(name)
}

// clause reads one clause.
func (c *clauseReader) clause(cl clause, before []clause) {
	refs := c.here.entity
	if m := entityRef.FindStringSubmatch(cl.text); m != nil {
		refs = c.names(m[1])
		cl.text = strings.Replace(cl.text, m[0], " ", 1)
	}
	fields := fieldRule.MatchString(c.plain(cl.text))
	switch {
	case len(refs) > 0 && (fields || !entryWords.MatchString(cl.text)): // within an entry nothing else is added or removed
		c.edit(refs, cl, before)
	case c.explains(cl, before):
		c.done = true
	case fields && !entryWords.MatchString(cl.text) && !countedRule.MatchString(cl.text): // of what entry?
		c.unread()
		c.done = true
	case quoteMark.MatchString(cl.text) && !c.onlyColumns(cl.text):
		c.entries(cl)
	default:
		c.unquoted(cl)
	}
}

// explains reports whether a clause says in words what the row that follows shows: "by revising the entry for “A” to
// add two aliases and to remove the address “x”".
func (c *clauseReader) explains(cl clause, before []clause) bool {
	if !fieldRule.MatchString(c.plain(cl.text)) || entryWords.MatchString(cl.text) {
		return false
	}
	for i := len(before) - 1; i >= 0; i-- {
		b := before[i]
		if b.verb != lawtext.Revises || !quoteMark.MatchString(b.text) && !entryWords.MatchString(b.text) {
			continue
		}
		if names := c.names(b.text); quoteMark.MatchString(cl.text) && len(names) > 0 {
			c.edit(names[:1], cl, nil)
		}
		return true
	}
	return false
}

// names are the quoted names of a text, in order.
func (c *clauseReader) names(text string) []string {
	var out []string
	for _, m := range quoteMark.FindAllStringSubmatch(text, -1) {
		out = append(out, c.quote(m[1]))
	}
	return out
}

func (c *clauseReader) quote(number string) string {
	i, err := strconv.Atoi(number)
	if err != nil || i >= len(c.quoted) {
		return ""
	}
	return c.quoted[i]
}

// plain is a clause with column titles written out, so that “License requirement” column is seen as a field.
func (c *clauseReader) plain(text string) string {
	return quoteMark.ReplaceAllStringFunc(text, func(q string) string {
		name := c.quote(q[1 : len(q)-1])
		if _, column := columnOf(name); column {
			return name
		}
		return q
	})
}

func (c *clauseReader) onlyColumns(text string) bool {
	for _, n := range c.names(text) {
		if _, column := columnOf(n); !column {
			return false
		}
	}
	return true
}

func (c *clauseReader) op(o op) {
	o.list, o.text, o.where, o.page = c.here.list, c.text, c.where, c.it.page
	if o.country == "" {
		o.country = c.here.country
	}
	c.in.ops = append(c.in.ops, o)
	c.done = true
}

var actions = map[lawtext.Verb]diff.Action{lawtext.Adds: diff.Add, lawtext.Removes: diff.Remove,
	lawtext.Revises: diff.Revise}

// namesFirst reports whether a clause names entries before their countries: "“A” under CHINA; and “B” under MALTA".
func (c *clauseReader) namesFirst(text string) bool {
	q := quoteMark.FindStringIndex(text)
	if q == nil {
		return false
	}
	_, country := countryIn(text[:q[0]])
	return !country && !quotedHeading.MatchString(text[:q[0]])
}

// entries reads a clause that names entries. Each name takes the country named before it in the clause; where names
// come first, the one behind it; else the one in force.
func (c *clauseReader) entries(cl clause) {
	if cl.verb == lawtext.Moves {
		c.unread()
		c.done = true
		return
	}
	old := cl.verb == lawtext.Removes && oldRemoval.MatchString(cl.text)
	first := len(c.in.ops)
	trailing := c.namesFirst(cl.text)
	country, pending := "", first
	for rest := cl.text; rest != ""; {
		q := quoteMark.FindStringSubmatchIndex(rest)
		head := rest
		if q != nil {
			head = rest[:q[0]]
		}
		if found, ok := countryIn(head); ok {
			for i := pending; trailing && i < len(c.in.ops); i++ {
				c.in.ops[i].country = found
			}
			if pending = len(c.in.ops); !trailing {
				country = found
			}
			c.checkCountry(found)
		}
		if q == nil {
			break
		}
		name := c.quote(rest[q[2]:q[3]])
		rest = rest[q[1]:]
		if quotedHeading.MatchString(head) && lawtext.IsHeading(name) { // "the heading “FINLAND” and an entry for “A”"
			country, pending, c.done = name, len(c.in.ops), true
			continue
		}
		c.op(op{action: actions[cl.verb], country: country, name: name, old: old})
	}
	c.counted(cl.text, len(c.in.ops)-first)
}

func (c *clauseReader) checkCountry(name string) {
	if _, ok := diff.CountryCode(name); !ok {
		c.in.problem(diff.Surprise, strconv.Quote(name)+" is no country that we know: "+c.text, c.where)
	}
}

var (
	oldRemoval  = regexp.MustCompile(`(?i)\b(?:entity|entities|persons?)\s*[:,]`)
	countedRule = regexp.MustCompile(`(?i)\b((?:[a-z]+|\d+)(?:-[a-z]+)?(?: hundred(?: and ` +
		`[a-z-]+)?)?)\s+(?:[\p{L}-]+\s+){0,4}?(?:entries|entities|entity|entry|persons?|addresses)\b`)
)

var quotedHeading = regexp.MustCompile(`(?i)\bheadings?\s*(?:for|of)?\s*$`)
