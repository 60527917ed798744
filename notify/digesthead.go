package notify

import (
	"fmt"
	"slices"
	"strings"

	"entitywatch/diff"
)

// headline is what a period came to in one line: what is new and holds, what a person must read, what does not hold
// any more, what is told again or moved on, and how much of the silence can be relied on.
func (r *Report) headline() string {
	var fresh []diff.Change
	var gone, later []ReportCase
	fell, toRead, unread := 0, 0, 0
	for _, c := range r.Cases {
		unread += c.unread
		if !c.again {
			fresh = append(fresh, c.holding()...)
		}
		if n := c.fallen(); n > 0 {
			fell += n
			gone = append(gone, c)
		}
		switch {
		case c.again || c.moved:
			later = append(later, c)
		case len(c.Items) == 0 && c.Reason == "":
			toRead++
		}
	}
	if len(later) == 1 && later[0].again {
		unread -= later[0].unread // its headline says it
	}
	var parts []string
	if len(fresh) > 0 {
		parts = append(parts, Headline(fresh)+certainty(fresh))
	}
	if toRead > 0 {
		parts = append(parts, plural(toRead, "document")+" to be read")
	}
	if unread > 0 {
		parts = append(parts, plural(unread, "instruction")+" could not be read")
	}
	parts = append(parts, gonePart(fell, gone)...)
	parts = append(parts, laterPart(later)...)
	if len(r.News) > 0 {
		parts = append(parts, plural(len(r.News), "report")+" in the news")
	}
	parts = append(parts, r.silence(len(parts) == 0)...)
	switch n := len(r.Held); {
	case n == 1:
		parts = append(parts, "1 entry is held")
	case n > 1:
		parts = append(parts, fmt.Sprintf("%d entries are held", n))
	}
	return r.Name + ": " + strings.Join(parts, "; ") + touches(r.Hits)
}

// holding are the Changes of a Case that hold at the cut-off.
func (c ReportCase) holding() (out []diff.Change) {
	for _, it := range standing(c.Items) {
		out = append(out, it.eachChange()...)
	}
	return out
}

// fallen is how many of a Case's Changes do not hold any more; a document without any counts as one.
func (c ReportCase) fallen() (n int) {
	for _, it := range c.Items {
		if it.Retracted != "" {
			n++
		}
	}
	if len(c.Items) == 0 && c.Reason != "" {
		return 1
	}
	return n
}

// gonePart is how many Changes were taken back, and which, where they are of one Case.
func gonePart(n int, of []ReportCase) []string {
	if n == 0 {
		return nil
	}
	s := fmt.Sprintf("%d RETRACTED", n)
	if what, ok := strings.CutPrefix(of[0].Headline, "RETRACTED: "); ok && len(of) == 1 {
		s += ": " + what
	}
	return []string{s}
}

// laterPart is what came of Cases that an earlier digest told of: one is named, several are counted.
func laterPart(of []ReportCase) []string {
	switch len(of) {
	case 0:
		return nil
	case 1:
		return []string{of[0].Headline}
	}
	return []string{fmt.Sprintf("%d earlier cases updated", len(of))}
}

// silence is what a digest's first line says of the sources: that nothing changed, only as far as it is known.
func (r *Report) silence(nothing bool) []string {
	n, of := len(r.Troubles(nil)), len(r.Sources)
	need := "need attention"
	if n == 1 {
		need = "needs attention"
	}
	switch {
	case n == 0 && !nothing:
		return nil
	case of == 0:
		return []string{"nothing was checked, since no source is configured"}
	case n == 0:
		return []string{"nothing changed"}
	case n == of && n > 1 && nothing:
		return []string{fmt.Sprintf("nothing could be relied on, all %d sources need attention", n)}
	case n == of && nothing:
		return []string{"nothing could be relied on, its one source needs attention"}
	case nothing:
		return []string{fmt.Sprintf("nothing changed in %d of %s", of-n, plural(of, "source")), fmt.Sprintf("%d %s", n, need)}
	}
	return []string{fmt.Sprintf("%d of %s %s", n, plural(of, "source"), need)}
}

// repeated reports whether all Items stood in an earlier issue of the digest and read otherwise now. Corrections say so themselves.
func repeated(items []Item) bool {
	fresh := func(i Item) bool { return !i.covered || i.Change.Correction != nil }
	return len(items) > 0 && !slices.ContainsFunc(items, fresh)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// againLead says why a digest tells again what an earlier one told.
func (pc PendingCase) againLead() string {
	now := stageLead(stagesOf(pc.Stages))
	void := slices.ContainsFunc(pc.Notes, func(n CaseNote) bool { return n.Kind == NoteReinstated })
	switch {
	case void && len(pc.Stages) == 0:
		return "RETRACTION VOID: "
	case void:
		return "RETRACTION VOID, " + lowerFirst(now)
	case len(pc.Stages) == 0:
		return "Read again: "
	}
	return now
}
