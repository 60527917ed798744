package fetch

import (
	"slices"
	"strings"

	"entitywatch/diff"
)

// listsMark is the mark under which a source that serves several lists remembers which it has shown.
const listsMark = "lists"

// Vanished adds an empty, complete Snapshot for each list that the source showed at an earlier look and does not show now. Nothing can
// be told of a list by its absence from a file of several; as an empty list it is implausible, and held alone. unmodified says of which
// lists nothing was read, since their file has not changed; nil is none.
func (s *Session) Vanished(snapshots []diff.Snapshot, unmodified func(diff.ListID) bool) []diff.Snapshot {
	shown := strings.Fields(s.Mark(listsMark))
	now := make([]string, len(snapshots))
	for i, snap := range snapshots {
		now[i] = string(snap.List)
	}
	for _, list := range shown {
		if slices.Contains(now, list) {
			continue
		}
		now = append(now, list)
		if unmodified == nil || !unmodified(diff.ListID(list)) {
			snapshots = append(snapshots, diff.Snapshot{
				List: diff.ListID(list), Complete: true, AsOf: latest(snapshots),
				Problems: []diff.Problem{{Kind: diff.Surprise, Text: "the whole of " + diff.ListID(list).Title() + " is absent from the file"}},
			})
		}
	}
	slices.Sort(now)
	s.SetMark(listsMark, strings.Join(now, " "))
	return snapshots
}

func latest(snapshots []diff.Snapshot) diff.Date {
	var d diff.Date
	for _, s := range snapshots {
		d = max(d, s.AsOf)
	}
	return d
}

// Prove adds the evidence of an answer to each snapshot that was read from it.
func Prove(snapshots []diff.Snapshot, evidence ...diff.Evidence) {
	for i := range snapshots {
		snapshots[i].Evidence = append(snapshots[i].Evidence, evidence...)
	}
}
