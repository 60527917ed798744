package diff

import (
	"fmt"
	"sync"
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
		return "", fmt.Errorf("%q is not a day; write it as 2026-01-31", s)
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

// eastern is where the Federal Register is printed and the eCFR's days begin: the zone of every date of law, whoever reads it.
var eastern = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		return time.UTC // a machine without zones: what is stored there is read there
	}
	return loc
})

// Begins is the instant at which the day of law begins, in UTC; the zero time for an unknown date.
func (d Date) Begins() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), eastern())
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// BeginsDay reports whether an instant is the beginning of a day of law, and so stands for that day and not for a time of it.
func BeginsDay(t time.Time) bool { return !t.IsZero() && DayOfLaw(t).Begins().Equal(t) }

// DayOfLaw is the day of law in which an instant lies.
func DayOfLaw(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return DateOf(t.In(eastern()))
}
