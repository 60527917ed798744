package diff

import "slices"

// link marks removals and additions that look like one party (a name in common, whatever the field or country), each with the other's
// id. They stay two Changes: one entry ended, another began. The cause may be a move to another country or an act that says so.
func link(changes []Change) {
	gone := map[string][]int{}
	for i := range changes {
		if changes[i].Change == Removed {
			for _, k := range namesOf(changes[i].Before) {
				gone[string(changes[i].List)+k] = append(gone[string(changes[i].List)+k], i)
			}
		}
	}
	if len(gone) == 0 {
		return
	}
	for i := range changes {
		if changes[i].Change != Added {
			continue
		}
		for _, k := range namesOf(changes[i].After) {
			for _, j := range gone[string(changes[i].List)+k] {
				join(&changes[i], &changes[j])
			}
		}
	}
}

func join(a, b *Change) {
	if a.ID != b.ID && !slices.Contains(a.Linked, b.ID) {
		a.Linked, b.Linked = append(a.Linked, b.ID), append(b.Linked, a.ID)
	}
}

// namesOf are the folded names that make an entry recognizable. Short ones (abbreviations) and the numbers of address entries do not.
func namesOf(e *Entry) (out []string) {
	if e == nil {
		return nil
	}
	for i, list := range [][]string{{e.Name}, e.Aliases, e.FormerNames, e.Addresses} {
		if e.Kind == Address && i == 0 || e.Kind != Address && i == 3 {
			continue
		}
		for _, s := range list {
			if k := letters(s); len(k) >= 5 && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}
