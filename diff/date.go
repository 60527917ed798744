package diff

import (
	"fmt"
	"time"
)

// Date is a date of law: a calendar day without a zone, "2006-01-02". The zero value "" is an unknown date. Dates order as strings.
type Date string

// DateOf is the calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.Format(time.DateOnly))
}

// ParseDate reads "2006-01-02" and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("%q is no date of the form 2006-01-02", s)
	}
	return Date(s), nil
}

// Time is midnight UTC of the day; the zero time for an unknown date.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays moves by whole days; an unknown date stays unknown.
func (d Date) AddDays(n int) Date {
	t := d.Time()
	if t.IsZero() {
		return ""
	}
	return DateOf(t.AddDate(0, 0, n))
}
