package notify

import (
	"errors"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
)

// Whatever a condition says, compiling and evaluating it ends, without a panic, in an answer or an error with a place.
func FuzzCondition(f *testing.F) {
	for _, src := range []string{
		"len(change.entry.aliases) > 2", `change.name matches "(?i)semi"`, "count(1..3000, count(1..3000, # > 0) > 0) > 0",
		"let a = 'x'; a + a == 'xx'",
		"any(change.fields, .substantive) and change.before.kind != 'vessel'",
		"change.entry.citations[0].volume > 80 ? true : false", "now() > date('2024-01-01')",
		"sortBy(change.entry.aliases, len(#))[0] != ''", "change.stage in ['filed', 'published']", "all(1..9, {# > 0})",
		"((((true))))", "not",
	} {
		f.Add(src, "Example Semiconductor Co., Ltd.", 3)
	}
	f.Fuzz(func(t *testing.T, src, name string, aliases int) {
		c, err := CompileCondition(src)
		if err != nil {
			var at *ConditionError
			if !errors.As(err, &at) || at.Line < 1 || at.Column < 1 {
				t.Fatalf("%q: %v", src, err)
			}
			return
		}
		e := &diff.Entry{Name: name, Country: "CHINA"}
		for range min(max(aliases, 0), 300) {
			e.Aliases = append(e.Aliases, name)
		}
		change := diff.Change{Change: diff.Added, Name: name, Entry: e, After: e}
		var yes bool
		permute.Work(t, len(src)+len(name)*len(e.Aliases), func() { yes, err = c.Eval(change) })
		if err != nil && (yes || err.Error() == "") {
			t.Fatalf("%q holds beside the error %v", src, err)
		}
		if len(e.Aliases) > 0 && e.Aliases[0] != name || e.Name != name {
			t.Fatalf("%q changed the entry", src)
		}
	})
}
