package notify

import "time"

// Mute are quiet hours: a window of the local clock, from From to To (minutes after midnight), which may span midnight. A message
// that falls into it waits for its end. Equal ends are no window at all.
type Mute struct {
	From, To int
	Location *time.Location
}

// Until is the end of the quiet hours that t falls into, or t itself where it falls into none. It walks the local clock minute by
// minute, so days of 23 and 25 hours, and ends that do not exist or come twice, are right by definition.
func (m *Mute) Until(t time.Time) time.Time {
	if m == nil || !m.covers(t) {
		return t
	}
	end := t.Truncate(time.Minute)
	for range 49 * 60 {
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
	h, min, _ := t.In(loc).Clock()
	now := h*60 + min
	if m.From <= m.To {
		return m.From <= now && now < m.To
	}
	return now >= m.From || now < m.To
}
