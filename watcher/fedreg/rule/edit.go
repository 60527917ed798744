package rule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

var (
	// entityRef finds the entry whose fields an instruction edits: "in the entry for “A”", "to the entry for “A”".
	entityRef = regexp.MustCompile(`(?i)\b(?:in|to|from|of|for|within)\s+(?:the\s+)?(?:existing\s+)?(?:entry|entries` +
		`|listing|listings|entity|entities)\s*(?:for|of|named|,)?\s*((?:\x01\d+\x02[\s,;]*(?:and\s+)?)+)`)
	fieldRule = regexp.MustCompile(`(?i)\b(?:alias(?:es)?|a\.k\.a\.?|address(?:es)?|column|footnotes?|citations?` +
		`|names?\b|licen[sc]e\s+requirements?|licen[sc]e\s+review\s+polic(?:y|ies)|review\s+policy)`)
	markOf = regexp.MustCompile(`(?i)\bfootnotes?\s+(?:\x01(\d+)\x02|(\d+)|(one|two|three|four|five|six))`)
)

// columnOf is the Entry field that a column's title names, "" for a column that is no single field; ok is false for any
// other text.
func columnOf(title string) (field string, ok bool) {
	switch low := strings.ReplaceAll(strings.ToLower(title), "license", "licence"); {
	case len(title) > 60:
	case strings.HasPrefix(low, "licence requirement"):
		return "license_requirement", true
	case strings.HasPrefix(low, "licence review policy"), low == "review policy":
		return "license_review_policy", true
	case strings.HasPrefix(low, "federal register citation"), low == "citation":
		return "citations", true
	case low == "entity", low == "listed person and address", low == "country":
		return "", true
	}
	return "", false
}

// fieldOf is the Entry field that the words of a clause name, "" where they name none.
func (c *clauseReader) fieldOf(text string) string {
	for _, n := range c.names(text) {
		if f, _ := columnOf(n); f != "" {
			return f
		}
	}
	low := strings.ToLower(text)
	for _, w := range []struct{ word, field string }{
		{"alias", "aliases"}, {"a.k.a", "aliases"}, {"address", "addresses"}, {"footnote", "footnotes"},
		{"review policy", "license_review_policy"}, {"license requirement", "license_requirement"},
		{"licence requirement", "license_requirement"},
		{"citation", "citations"}, {"name", "name"},
	} {
		if strings.Contains(low, w.word) {
			return w.field
		}
	}
	return ""
}

// edit reads a clause that changes single fields of the entries named.
func (c *clauseReader) edit(entities []string, cl clause, before []clause) {
	field := c.fieldOf(cl.text)
	if field == "" && len(before) > 0 {
		field = c.fieldOf(before[len(before)-1].text)
	}
	values := c.values(cl.text)
	if cl.verb == lawtext.Adds && len(before) > 0 && inPlace.MatchString(cl.text) && len(values) > 0 {
		c.replace(values[0])
		return
	}
	edits, columns := c.edits(field, cl, values)
	c.done = true
	if len(edits) == 0 && len(columns) == 0 {
		c.unread()
		return
	}
	for _, e := range entities {
		c.op(op{action: diff.EditFields, name: e, edits: wholeNames(edits, e), columns: columns})
	}
}

// wholeNames makes the correction of a part of a name one of the whole name.
func wholeNames(edits []diff.Edit, entity string) []diff.Edit {
	out := slices.Clone(edits)
	for i, e := range out {
		if e.Field == "name" && e.Op == diff.EditReplace && e.Old != "" && e.Old != entity &&
			strings.Contains(entity, e.Old) {
			out[i].Old, out[i].Value = entity, strings.Replace(entity, e.Old, e.Value, 1)
		}
	}
	return out
}

var inPlace = regexp.MustCompile(`(?i)\bin\s+(?:its|their)\s+place\b`)

// edits are what a clause does to a field; columns are what it changes without saying how: the table's row has it.
func (c *clauseReader) edits(field string, cl clause, values []string) (edits []diff.Edit, columns []string) {
	switch {
	case field == "footnotes":
		return c.footnotes(cl), nil
	case field == "", cl.verb != lawtext.Revises && (field == "name" || strings.HasPrefix(field, "license_")):
		return nil, nil
	case cl.verb == lawtext.Removes && inPlace.MatchString(cl.text): // the verb of what takes its place was not read
		return nil, nil
	case cl.verb == lawtext.Revises && len(values) == 0:
		if columns = c.columns(cl.text); len(columns) == 0 {
			columns = []string{field}
		}
		return nil, columns
	case cl.verb == lawtext.Revises || cl.verb == lawtext.Moves && len(values) > 1:
		return []diff.Edit{replacement(field, cl.verb, values)}, nil
	case len(values) == 0:
		return nil, []string{field}
	}
	for _, v := range values {
		edits = append(edits, diff.Edit{Field: field, Op: ops[cl.verb], Value: v})
	}
	return edits, nil
}

// footnotes are the edits of a clause that adds or removes footnotes.
func (c *clauseReader) footnotes(cl clause) (edits []diff.Edit) {
	for _, m := range markOf.FindAllStringSubmatch(cl.text, -1) {
		if f := c.footnote(m); f != "" {
			edits = append(edits, diff.Edit{Field: "footnotes", Op: ops[cl.verb], Value: f})
		}
	}
	return edits
}

// replacement makes one edit of the values of a revision: the first is what stood there, where there are several. Of a
// name, aliases and addresses the second takes its place, of any other field the last.
func replacement(field string, v lawtext.Verb, values []string) diff.Edit {
	e := diff.Edit{Field: field, Op: diff.EditReplace, Value: values[len(values)-1]}
	if len(values) == 1 {
		return e
	}
	e.Old = values[0]
	if v == lawtext.Revises && slices.Contains([]string{"aliases", "addresses", "name"}, field) {
		e.Value = values[1]
	}
	return e
}

var ops = map[lawtext.Verb]diff.EditOp{lawtext.Adds: diff.EditAdd, lawtext.Removes: diff.EditRemove,
	lawtext.Revises: diff.EditReplace, lawtext.Moves: diff.EditReplace}

// columns are the fields of all columns named.
func (c *clauseReader) columns(text string) []string {
	var out []string
	for _, n := range c.names(text) {
		if f, _ := columnOf(n); f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// values are the quoted texts that are no titles of columns.
func (c *clauseReader) values(text string) []string {
	var out []string
	for _, n := range c.names(text) {
		if _, column := columnOf(n); !column {
			out = append(out, strings.TrimPrefix(strings.TrimPrefix(n, "—"), "–"))
		}
	}
	return out
}

func (c *clauseReader) footnote(m []string) string {
	switch {
	case m[1] != "":
		return c.quote(m[1])
	case m[2] != "":
		return m[2]
	}
	n, _ := lawtext.ReadNumber([]string{strings.ToLower(m[3])})
	return strconv.Itoa(n)
}

// replace makes a replacement of the removal just read: "by removing “x” and adding in its place “y”".
func (c *clauseReader) replace(value string) {
	for i := len(c.in.ops) - 1; i >= 0 && c.in.ops[i].text == c.text; i-- {
		for j := range c.in.ops[i].edits {
			e := &c.in.ops[i].edits[j]
			if e.Op == diff.EditRemove {
				*e = diff.Edit{Field: e.Field, Op: diff.EditReplace, Old: e.Value, Value: value}
			}
		}
	}
	c.done = true
}
