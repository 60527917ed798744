package watcher

import (
	"errors"
	"fmt"

	"entitywatch/diff"
)

// Report is what one Poll came to.
type Report struct {
	Looks []Look `json:"looks"`
}

// Look is what came of looking at one source.
type Look struct {
	Source   string        `json:"source"`
	Outcome  string        `json:"outcome"`          // ok, unchanged, held, failed, stale; busy where nothing was looked at
	Reason   string        `json:"reason,omitempty"` // why it is not ok, for a person
	Changes  []diff.Change `json:"changes"`          // to be told, first tellings, revisions and retractions
	Silent   []diff.Change `json:"-"`                // stored, and told to nobody
	Retracts []string      `json:"retracts"`         // ids of Changes taken back
	Stages   []StageMark   `json:"-"`                // new stages of cases, those told with their Changes included
	Acts     []diff.Act    `json:"-"`                // acts new or read anew
	Notices  []Notice      `json:"-"`
	Notes    []CaseNote    `json:"-"`
	News     int           `json:"news"` // reports not seen before
	Err      error         `json:"-"`    // of the store, or of a stop in the middle; a source's own failure is no error here
}

// Err joins the errors of all looks.
func (r Report) Err() error {
	var errs []error
	for _, l := range r.Looks {
		if l.Err != nil {
			errs = append(errs, fmt.Errorf("source %s: %w", l.Source, l.Err))
		}
	}
	return errors.Join(errs...)
}

// Told reports whether there is something for the telling half.
func (l Look) Told() bool {
	return len(l.Changes)+len(l.Stages)+len(l.Notices)+len(l.Notes)+l.News > 0
}
