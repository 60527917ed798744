package notify

import (
	"slices"
	"time"
)

// Mute are quiet hours: a window of the local clock, from From to To since midnight, which may span midnight. A message
// that falls into it waits for its end. Equal ends are no window at all. Days are those on which a window begins; none
// means every day.
type Mute struct {
	From, To time.Duration
	Days     []time.Weekday
	Location *time.Location
}

// Until is the end of the quiet hours that t falls into, or t itself where it falls into none. It walks the local clock
// minute by minute, so days of 23 and 25 hours, and ends that do not exist or come twice, are right by definition.
func (m *Mute) Until(t time.Time) time.Time {
	if m == nil || !m.covers(t) {
		return t
	}
	end := t.Truncate(time.Minute)
	for range 8 * 24 * 60 {
		end = end.Add(time.Minute)
		if !m.covers(end) {
			return end
		}
	}
	return t
}

func (m *Mute) covers(t time.Time) bool {
	loc := m.Location
	if loc == nil {
		loc = time.UTC
	}
	t = t.In(loc)
	h, min, sec := t.Clock()
	now := time.Duration(h)*time.Hour + time.Duration(min)*time.Minute + time.Duration(sec)*time.Second
	if m.From <= m.To {
		return m.From <= now && now < m.To && m.on(t.Weekday())
	}
	return now >= m.From && m.on(t.Weekday()) || now < m.To && m.on((t.Weekday()+6)%7)
}

func (m *Mute) on(d time.Weekday) bool { return len(m.Days) == 0 || slices.Contains(m.Days, d) }
