package diff

import "strings"

// lookForUnread notes what the records that cannot be read may be. One that was there before, word for word, hides nothing anew: the
// entries that are shown no longer were shown beside it.
func (c *comparer) lookForUnread() {
	before := map[string]int{}
	for _, r := range c.old.Unread {
		before[r.Print]++
	}
	c.unread = map[string]bool{}
	for _, r := range c.new.Unread {
		switch {
		case r.Key != "":
			c.unread[r.Key] = true
		case before[r.Print] > 0:
			before[r.Print]--
		default:
			c.blind = true
		}
	}
}

// isUnread reports whether an entry is one of those that the newer snapshot shows and that cannot be read, in a part at least.
func (c *comparer) isUnread(e *Entry) bool {
	if len(c.unread) == 0 {
		return false
	}
	base, _ := cutOrdinal(e.Key)
	return c.unread[base] || c.unread[parentText(e.Parent)] // a party named inside it
}

// before says of an added entry that its record stood there earlier and could not be read.
func (c *comparer) before(e *Entry) []Problem {
	base, _ := cutOrdinal(e.Key)
	for _, r := range c.old.Unread {
		if r.Key != "" && r.Key == base {
			return []Problem{{Kind: Surprise, Text: "its record stood in the list before and could not be read: it may not be new"}}
		}
	}
	return nil
}

// passingFields are the fields unknown to this version that entries of only one of two snapshots have: a field that a source begins or
// ceases to give says nothing new of any party.
func passingFields(old, new []Entry) map[string]bool {
	was, is := unknownFields(old), unknownFields(new)
	if len(was) == 0 && len(is) == 0 {
		return nil
	}
	out := map[string]bool{}
	for f := range was {
		if !is[f] {
			out[f] = true
		}
	}
	for f := range is {
		if !was[f] {
			out[f] = true
		}
	}
	return out
}

func unknownFields(entries []Entry) map[string]bool {
	var out map[string]bool
	for i := range entries {
		for _, a := range entries[i].Attributes {
			if a.Unknown {
				if out == nil {
					out = map[string]bool{}
				}
				out[a.Type] = true
			}
		}
	}
	return out
}

// withoutPassing makes the differences editorial that are a field's coming or going as such.
func (c *comparer) withoutPassing(fields []FieldChange) []FieldChange {
	if len(c.fields) == 0 {
		return fields
	}
	for i := range fields {
		field, _, ok := strings.Cut(fields[i].Before+fields[i].After, ": ")
		if fields[i].Field == "attributes" && ok && c.fields[field] && (fields[i].Before == "" || fields[i].After == "") {
			fields[i].Substantive = false
		}
	}
	return fields
}
