package diff

import (
	"sync"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
)

// OverdueAfter is how many business days the primary source has to show an act. The eCFR runs about two behind.
const OverdueAfter = 5

// DueDate is the last day on which an act may still be missing from its list's primary source: five business days (US federal
// holidays) after the later of publication and effect. It is unknown where both are.
func DueDate(published, effective Date) Date {
	return AddBusinessDays(max(published, effective), OverdueAfter)
}

// Overdue tells the acts' Changes that the primary source still does not show the day after they were due, each as a discrepancy of
// its own in the same Case. due gives the due date of a Change; known are Changes that the primary source has not shown.
func Overdue(known []Change, due func(Change) Date, today Date) (out []Change) {
	for _, c := range known {
		d := due(c)
		if c.Act == "" || c.Change == Discrepancy || !c.Substantive || d == "" || today <= d {
			continue
		}
		c.ID, c.Change = HashID("chg", c.ID, "overdue"), Discrepancy
		c.Note = overdueNote(c) + ", due on " + string(d)
		c.Revision, c.Linked, c.Problems = 0, []string{}, nil
		out = append(out, c)
	}
	return out
}

func overdueNote(c Change) string {
	if c.After == nil {
		return "the act takes it off the list and the list still shows it"
	}
	return "in the act and not on the list"
}

// AddBusinessDays moves a date on by n working days of the US federal government; an unknown date stays unknown.
func AddBusinessDays(d Date, n int) Date {
	if d.Time().IsZero() {
		return ""
	}
	for n > 0 {
		if d = d.AddDays(1); BusinessDay(d) {
			n--
		}
	}
	return d
}

// BusinessDay reports whether the US federal government works on a day: the Federal Register appears and documents can be filed.
func BusinessDay(d Date) bool { return federalCalendar().IsWorkday(d.Time()) }

// federalCalendar is made once, of fixed tables.
var federalCalendar = sync.OnceValue(func() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(us.Holidays...)
	return c
})
