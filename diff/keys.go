package diff

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// MakeIDKey is the key of an entry that has a stable id of its source (OFAC's ent_num, the UN's reference number). Compare matches
// such entries by their key alone. Equal keys of one snapshot get an ordinal by NumberKeys.
func MakeIDKey(list ListID, id string) string {
	if strings.ContainsAny(id, "/#") {
		id = strings.NewReplacer("/", "-", "#", "-").Replace(id)
	}
	return string(list) + "/" + id
}

// HasSourceID reports whether a key was made by MakeIDKey: it has one slash, where MakeKey's has two.
func HasSourceID(key string) bool { return strings.Count(key, "/") == 1 }

// MakeKey is the key of an entry that has no id of its source: list, country and normalised name; address entries are keyed by
// the address and not by their number. Equal keys of one snapshot get an ordinal by NumberKeys.
func MakeKey(list ListID, country, name string) string {
	return string(list) + "/" + slug(country) + "/" + slug(name)
}

func slug(s string) string { return strings.ReplaceAll(Normalise(s), " ", "-") }

// NumberKeys makes the keys of one snapshot unique: of several entries with a key the second becomes key#2, in the order of what they
// say. Where they stand never counts, so a file whose rows stand in another order gives the same keys. The parties named inside an
// entry stand behind it, with its key as their Parent; they are numbered with it and get its new key.
func NumberKeys(entries []Entry) {
	known := make(map[string]int, len(entries)) // by key: how many entries have it
	for i := range entries {
		known[entries[i].Key]++
	}
	if len(known) == len(entries) {
		return
	}
	var heads, inner []block
	for i := range entries {
		b := block{at: i, end: i + 1}
		if known[entries[i].Parent] > 0 && len(heads) > 0 {
			heads[len(heads)-1].end = i + 1
			inner = append(inner, b)
			continue
		}
		heads = append(heads, b)
	}
	number(entries, heads, known)
	number(entries, inner, known)
}

// block is an entry with the parties named inside it: entries[at:end].
type block struct {
	at, end int
	text    string
}

// number gives the blocks whose first entries share a key their ordinals.
func number(entries []Entry, blocks []block, known map[string]int) {
	equal := map[string][]block{}
	for _, b := range blocks {
		if k := entries[b.at].Key; known[k] > 1 {
			for i := b.at; i < b.end; i++ {
				b.text += exactText(&entries[i]) + "\n"
			}
			b.text += entries[b.at].Parent // those inside equal parties follow these
			equal[k] = append(equal[k], b)
		}
	}
	for key, group := range equal {
		slices.SortStableFunc(group, func(a, b block) int { return cmp.Compare(a.text, b.text) })
		for n, b := range group {
			entries[b.at].Key = numbered(key, n+1)
			for i := b.at + 1; i < b.end; i++ {
				entries[i].Parent = entries[b.at].Key
			}
		}
	}
}

// numbered is the key of the nth of several equals.
func numbered(key string, n int) string {
	if n == 1 {
		return key
	}
	return key + "#" + strconv.Itoa(n)
}

// cutOrdinal takes "#2" off a key.
func cutOrdinal(key string) (base string, numbered bool) {
	i := strings.LastIndexByte(key, '#')
	if i < 0 || i+1 == len(key) || strings.Trim(key[i+1:], "0123456789") != "" {
		return key, false
	}
	return key[:i], true
}

// exactText is all that an entry says, to the letter, whatever the order of its lists. Its key, the ordinal of its parent's key, its
// identity and its problems are not of the entry's saying.
func exactText(e *Entry) string {
	x := *e
	x.Key, x.EntryID, x.Problems, x.Parent = "", "", nil, parentText(e.Parent)
	for _, list := range x.listFields() {
		*list = slices.Sorted(slices.Values(*list))
	}
	x.IDs, x.Attributes = slices.Clone(x.IDs), slices.Clone(x.Attributes)
	slices.SortFunc(x.IDs, func(a, b ID) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Value, b.Value)) })
	slices.SortFunc(x.Attributes, func(a, b Attribute) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Value, b.Value))
	})
	text, err := json.Marshal(x)
	if err != nil { // an Entry always marshals
		return x.Name
	}
	return string(text)
}
