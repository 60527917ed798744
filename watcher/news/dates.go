package news

import (
	"strings"
	"time"
)

// zones are abbreviations that no date reader knows, and takes for UTC.
var zones = map[string]int{
	"MSK": 3 * 3600, "MSD": 4 * 3600, "EET": 2 * 3600, "EEST": 3 * 3600, "CEST": 2 * 3600, "CET": 3600, "BST": 3600, "JST": 9 * 3600,
	"KST": 9 * 3600, "HKT": 8 * 3600, "SGT": 8 * 3600, "PKT": 5 * 3600, "AEST": 10 * 3600, "AEDT": 11 * 3600, "GST": 4 * 3600,
}

// inZone puts right a time whose zone's abbreviation was taken for UTC.
func inZone(t time.Time, raw string) time.Time {
	if _, offset := t.Zone(); offset != 0 {
		return t
	}
	fields := strings.Fields(raw)
	if len(fields) == 0 {
		return t
	}
	return t.Add(-time.Duration(zones[strings.Trim(strings.ToUpper(fields[len(fields)-1]), "()")]) * time.Second)
}

// oldest is the day before which no feed reports anything: a date before it is a default or a slip.
var oldest = time.Date(1993, 1, 1, 0, 0, 0, 0, time.UTC)

// believable is the time of an item: unknown where it cannot be, now where it is less than a day ahead (zones, clocks).
func believable(t, now time.Time) (time.Time, bool) {
	switch {
	case t.IsZero():
		return t, true
	case t.Before(oldest) || t.After(now.Add(24*time.Hour)):
		return time.Time{}, false
	case t.After(now):
		return now.UTC(), true
	}
	return t.UTC(), true
}
