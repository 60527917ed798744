package diff

import (
	"fmt"
	"slices"
	"strings"
)

// Edited applies the edits of an amendment to an entry. What does not fit (an alias to remove that is not there) is a problem and
// leaves the field as it is.
func Edited(e Entry, edits []Edit) (Entry, []Problem) {
	var problems []Problem
	for _, x := range edits {
		if why, kind := edit(&e, x); why != "" {
			problems = append(problems, Problem{Kind: kind, Text: why, Where: x.Field})
		}
	}
	return e, problems
}

func edit(e *Entry, x Edit) (why string, kind ProblemKind) {
	if list := e.listField(x.Field); list != nil {
		return editList(list, x), Surprise
	}
	if text := e.textField(x.Field); text != nil {
		before := *text
		why := editText(text, x)
		if before != *text && (x.Field == "name" || x.Field == "country") {
			e.Key = MakeKey(e.List, e.Country, e.Name)
		}
		return why, Surprise
	}
	if x.Field == "citations" {
		return editCitations(e, x), Surprise
	}
	return fmt.Sprintf("the field %q cannot be edited", x.Field), Unread
}

func (e *Entry) listField(name string) *[]string {
	if f, ok := FieldNamed(name); ok && f.list != nil {
		return f.list(e)
	}
	return nil
}

func (e *Entry) textField(name string) *string {
	if f, ok := FieldNamed(name); ok && f.text != nil && !f.derived {
		return f.text(e)
	}
	return nil
}

// editList changes one item of a list field. A replacement without Old replaces the whole field.
func editList(list *[]string, x Edit) (why string) {
	items := slices.Clone(*list)
	value, old := findText(items, x.Value), findText(items, x.Old)
	switch {
	case x.Value == "":
		return "the edit does not say what it is about"
	case x.Op == EditAdd && value >= 0:
		return fmt.Sprintf("%q is there already", x.Value)
	case x.Op == EditAdd:
		items = append(items, x.Value)
	case x.Op == EditRemove && value < 0:
		return fmt.Sprintf("%q is not there to be removed", x.Value)
	case x.Op == EditRemove:
		items = slices.Delete(items, value, value+1)
	case x.Old == "":
		items = []string{x.Value}
	case old < 0:
		return fmt.Sprintf("%q is not there to be replaced", x.Old)
	default:
		items[old] = x.Value
	}
	*list = items
	return ""
}

func findText(items []string, text string) int {
	return slices.IndexFunc(items, func(s string) bool { return s == text || text != "" && SameText(s, text) })
}

// editText changes a text field. Old may be the whole text or a part of it.
func editText(text *string, x Edit) (why string) {
	switch {
	case x.Op == EditRemove && (x.Value == "" || SameText(*text, x.Value)):
		*text = ""
	case x.Op == EditRemove && strings.Contains(*text, x.Value):
		*text = strings.TrimSpace(strings.Replace(*text, x.Value, "", 1))
	case x.Op == EditRemove:
		return fmt.Sprintf("%q is not there to be removed", x.Value)
	case x.Op == EditAdd && *text != "" && !SameText(*text, x.Value):
		*text += " " + x.Value
	case x.Old == "" || SameText(*text, x.Old):
		*text = x.Value
	case strings.Contains(*text, x.Old):
		*text = strings.Replace(*text, x.Old, x.Value, 1)
	default:
		return fmt.Sprintf("%q is not there to be replaced", x.Old)
	}
	return ""
}

// editCitations adds or removes a citation by its own text.
func editCitations(e *Entry, x Edit) (why string) {
	raws := make([]string, len(e.Citations))
	for i, c := range e.Citations {
		raws[i] = c.Raw
	}
	list := slices.Clone(raws)
	if why := editList(&list, x); why != "" {
		return why
	}
	var out []Citation
	for _, raw := range list {
		if i := slices.Index(raws, raw); i >= 0 {
			out = append(out, e.Citations[i])
		} else {
			out = append(out, Citation{Raw: raw})
		}
	}
	e.Citations = out
	return ""
}
