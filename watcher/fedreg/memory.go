package fedreg

import (
	"encoding/json"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// memory is what is kept of one document between looks.
type memory struct {
	Number    string    `json:"n"`
	Published diff.Date `json:"p"`
	Meta      string    `json:"m"`           // of the record
	Text      string    `json:"t,omitempty"` // sha256 of the text last read
	URL       string    `json:"u,omitempty"` // of that text
	XML       bool      `json:"x,omitempty"` // whether that text was the XML
	Checked   time.Time `json:"c,omitzero"`
	Failing   time.Time `json:"f,omitzero"`  // since when its text cannot be read
	Why       string    `json:"w,omitempty"` // why not, as last tried
	Handed    bool      `json:"h,omitempty"` // a human was asked to read it instead
	Doubted   time.Time `json:"d,omitzero"`  // since when its text is in doubt
}

// due reports whether the document's text must be looked at again: soon while it is not the final form or came into
// doubt just now, every half hour while the day's issue is still imported again, then a few times a day.
func (m memory) due(now time.Time) bool {
	wait := 6 * time.Hour
	switch {
	case m.URL == "" && m.Failing.IsZero():
		return false // nothing but its record is read
	case !m.XML, !m.Failing.IsZero(), !m.Doubted.IsZero() && now.Sub(m.Doubted) < giveUp:
		wait = soonAgain
	case now.Sub(m.Published.Time()) < 3*24*time.Hour, !m.Doubted.IsZero() && now.Sub(m.Doubted) < 24*time.Hour:
		wait = dayAgain
	}
	return now.Sub(m.Checked) >= wait
}

func memories(s *fetch.Session) map[string]memory {
	out := map[string]memory{}
	for name, v := range s.Marks() {
		number, ok := strings.CutPrefix(name, markDoc)
		var m memory
		if ok && json.Unmarshal([]byte(v), &m) == nil {
			out[number] = m
		}
	}
	return out
}

// doubtedSince is since when a text is in doubt, of which the last reading says why; zero where that says nothing.
func doubtedSince(before time.Time, why string, now time.Time) time.Time {
	switch {
	case why == "":
		return time.Time{}
	case before.IsZero():
		return now
	}
	return before
}
