package diff

import "slices"

// CompareEntries lists how two versions of one entry differ, field by field, in the order of Entry's fields. Each difference is
// substantive or editorial by the rule of docs/EDITORIAL.md:
//
//   - A difference in any letter or digit is substantive; one in punctuation, spacing, line breaks, quotes or case only is editorial
//     (see SameText). A country's other name (TURKEY, TÜRKİYE) is editorial.
//   - List fields are sets: the order of items is no difference, an item twice instead of once an editorial one. Each item added has
//     only After, each item removed only Before, an item rewritten editorially both.
//   - A citation is the same where volume, page and date were read and are equal; a footnote mark is compared as it stands.
//   - Names, addresses and notes that were merely cut at other places differ editorially (see cutAnew).
//   - The number of an entry of kind address ("Address 01") is not its name and differs editorially.
//   - A row whose running text differs in punctuation that no field shows differs in "printed", editorially.
//   - Keys, ids of ours, problems and Countries (which is derived from heading and addresses) are not compared.
func CompareEntries(before, after Entry) []FieldChange {
	if sameFields(&before, &after) {
		return nil
	}
	var d fieldDiff
	for i := range fields {
		fields[i].compare(&d, &before, &after)
	}
	if d.substantive() && cutAnew(before, after, d.out) {
		d.recut()
	}
	return d.out
}

// AnySubstantive reports whether any of the differences is more than editorial.
func AnySubstantive(fields []FieldChange) bool {
	return slices.ContainsFunc(fields, func(f FieldChange) bool { return f.Substantive })
}

// SameEntry reports whether two versions of an entry differ at most editorially.
func SameEntry(a, b Entry) bool { return !AnySubstantive(CompareEntries(a, b)) }

type fieldDiff struct{ out []FieldChange }

func (d *fieldDiff) substantive() bool { return AnySubstantive(d.out) }

func (d *fieldDiff) add(field, before, after string, substantive bool) {
	if before != after {
		d.out = append(d.out, FieldChange{Field: field, Before: before, After: after, Substantive: substantive})
	}
}

func (d *fieldDiff) text(field, before, after string) {
	if before != after {
		d.add(field, before, after, !SameText(before, after))
	}
}

// citations tells citations that only one side has. A page that takes its placeholder's place is an editorial difference. The same letters
// in the same order, cut into citations elsewhere by another version of the program, are none.
func (d *fieldDiff) citations(before, after []Citation) {
	if len(before) != len(after) && written(before) == written(after) {
		return
	}
	before, after = slices.Clone(before), slices.Clone(after)
	for i := 0; i < len(before); i++ {
		j := slices.IndexFunc(after, func(c Citation) bool { return resolved(before[i], c) && !cited(before, c) })
		if j < 0 || cited(after, before[i]) {
			continue
		}
		d.add("citations", citationText(before[i]), citationText(after[j]), false)
		before, after = slices.Delete(before, i, i+1), slices.Delete(after, j, j+1)
		i--
	}
	d.list("citations", citations(before), citations(after))
}

func (d *fieldDiff) country(before, after *Entry) {
	b, a := before.Country, after.Country
	d.add("country", b, a, !SameCountry(b, a) && !SameText(b, a))
}

func (d *fieldDiff) name(before, after *Entry) {
	d.add("name", before.Name, after.Name, !bothAddresses(before, after) && !SameText(before.Name, after.Name))
}

func (d *fieldDiff) remarks(before, after *Entry) {
	d.add("remarks", before.Remarks, after.Remarks, !bothAddresses(before, after) && !SameText(before.Remarks, after.Remarks))
}

// printed tells a row whose running text differs where no other field does; one that was never printed says nothing.
func (d *fieldDiff) printed(before, after *Entry) {
	if len(d.out) == 0 && before.Printed != "" && after.Printed != "" {
		d.add("printed", before.Printed, after.Printed, false)
	}
}

// bothAddresses reports whether both are addresses, whose number stands as a name or a remark and moves when one before it goes.
func bothAddresses(before, after *Entry) bool { return before.Kind == Address && after.Kind == Address }

// kind tells a new kind. A list with ids of its own states the kind in a field; elsewhere it is read off the text, and one that was
// not seen before is no news of the source's.
func (d *fieldDiff) kind(before, after *Entry) {
	b, a := knownKind(before.Kind), knownKind(after.Kind)
	d.add("kind", string(b), string(a), HasSourceID(after.Key) || b != "" && a != "")
}

func knownKind(k Kind) Kind {
	if k == UnknownKind {
		return ""
	}
	return k
}

// recut marks what was cut anew as editorial.
func (d *fieldDiff) recut() {
	for i := range d.out {
		if fieldIs(d.out[i].Field, func(f Field) bool { return f.cut }) {
			d.out[i].Substantive = false
		}
	}
}

// parentText is a parent without the ordinal of its key.
func parentText(parent string) string {
	base, _ := cutOrdinal(parent)
	return base
}

// sameFields reports whether two entries say the same to the letter. A row that was never printed has no printed form to differ.
func sameFields(a, b *Entry) bool {
	for i := range fields {
		f := &fields[i]
		if !f.equal(a, b) && !(f.Name == "printed" && (a.Printed == "" || b.Printed == "")) {
			return false
		}
	}
	return true
}
