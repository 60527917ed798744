package watcher

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// look is what is done with one answer of one source inside its transaction. It may be run again from the start, on the
// state as it then is.
type look struct {
	*occasion
	book    *caseBook
	spec    *Spec
	base    SourceState // as claimed
	state   SourceState // as it is to be stored
	session *fetch.Session
	reading diff.Reading
	readErr error

	moved      bool                 // a list of this reading is not what it was
	held       bool                 // a list of this reading is held
	stale      []string             // why, for each list that is older than what is stored
	holdsBegun []SourceList         // lists whose hold began with this look
	holdsEnded []SourceList         // lists whose hold ended with this look, as they were held
	heldSince  map[string]time.Time // entries held by this look, by EntryID: since when
}

// begin makes a look of what a source answered.
func (w *Watcher) begin(s *Spec, state SourceState, session *fetch.Session, r diff.Reading, err error) *look {
	t := &occasion{w: w, at: w.now()}
	return &look{occasion: t, spec: s, base: state, session: session, reading: r, readErr: err}
}

// run does everything that follows from the look, and returns the source's next state.
func (k *look) run(tx Tx) (SourceState, error) {
	if err := k.enter(tx); err != nil {
		return SourceState{}, err
	}
	k.state.PolledAt = k.at
	took := k.conclude
	if k.readErr != nil {
		took = k.failed
	}
	if err := took(); err != nil {
		return SourceState{}, err
	}
	if err := k.remember(); err != nil {
		return SourceState{}, err
	}
	return k.state, k.record()
}

// enter begins a transaction, and forgets what one before it came to.
func (k *look) enter(tx Tx) error {
	if err := k.occasion.enter(tx, k.spec.Name); err != nil {
		return err
	}
	*k = look{occasion: k.occasion, spec: k.spec, base: k.base, session: k.session, reading: k.reading, readErr: k.readErr,
		state: k.base, heldSince: map[string]time.Time{}}
	k.book = newCaseBook(k.occasion, k.base.BaselineAt)
	return nil
}

// first reports whether this source was never looked at successfully.
func (k *look) first() bool { return k.base.BaselineAt.IsZero() }

// conclude draws the conclusions of a good answer, list by list, act by act.
func (k *look) conclude() error {
	for _, s := range k.reading.Snapshots {
		if err := k.snapshot(s); err != nil {
			return fmt.Errorf("list %s: %w", s.List, err)
		}
	}
	if err := k.recoverUnshown(); err != nil {
		return err
	}
	if err := k.book.waitingActs(); err != nil {
		return err
	}
	for _, a := range k.reading.Acts {
		if err := k.book.act(a); err != nil {
			return fmt.Errorf("act %s: %w", a.DocumentNumber, err)
		}
	}
	var err error
	if k.News, err = k.tx.AddNews(k.spec.Name, k.at, k.first(), k.reading.Items); err != nil {
		return err
	}
	if k.first() {
		k.News = 0 // a first look is a baseline
	}
	return k.settle()
}

// failed marks the source and tells the operators, once. The cursor stays, and so does everything else.
func (k *look) failed() error {
	k.state.Cursor = k.session.Kept()
	k.Outcome, k.Reason = string(Failed), k.readErr.Error()
	k.becomes(Failed, k.Reason)
	if err := k.works(true, failPartly); err != nil { // whether a part lacks will be told anew when it answers
		return err
	}
	return k.fails(failBroken, k.Reason)
}

// settle decides how the source does after an answer that was at least readable. Its validators move on only if all of
// the answer was taken: what is held or stale must be sent again in full.
func (k *look) settle() error {
	was := k.state.Health
	if err := k.works(len(k.holdsBegun) > 0, failBroken); err != nil { // the notice of a hold says that it answers again
		return err
	}
	switch {
	case k.held:
		k.Outcome, k.Reason = string(Held), k.heldReasons()
		err := k.tellHolds(was) // speaks of since when it was otherwise
		k.becomes(Held, k.Reason)
		return errors.Join(err, k.works(true, failStale)) // the notice of the hold says how it does now
	case len(k.stale) > 0:
		k.Outcome, k.Reason = string(Stale), strings.Join(k.stale, "; ")
		err := k.tellHolds(was)
		k.becomes(Stale, k.Reason)
		return errors.Join(err, k.fails(failStale, k.Reason)) // an old copy hides every change
	}
	if err := k.works(false, failStale); err != nil {
		return err
	}
	k.Outcome = string(OK)
	if k.brings() {
		k.state.ChangedAt = k.at
	} else if len(k.reading.Snapshots) == 0 {
		k.Outcome = "unchanged"
	}
	k.state.Cursor = k.session.Next()
	if k.first() {
		k.state.BaselineAt = k.at
	}
	if err := k.tellHolds(was); err != nil {
		return err
	}
	if lacks := k.lacks(); lacks != "" {
		return k.partly(lacks)
	}
	k.state.SucceededAt = k.at
	return k.healthy()
}

// partly says, once, that a part of an answer could not be had or read. What was read counts.
func (k *look) partly(lacks string) error {
	k.Outcome, k.Reason = string(Partly), lacks
	k.becomes(Partly, lacks)
	if err := k.fails(failPartly, lacks); err != nil {
		return err
	}
	_, err := k.tellTroubles()
	return err
}

// healthy passes on what the source itself has to say, each thing once, and its end, and that it can be read as a whole
// again. While a document's text cannot be had, or a later one is not believed, the source's silence is no answer,
// however good the look was.
func (k *look) healthy() error {
	if err := k.works(false, failPartly); err != nil {
		return err
	}
	lasting, err := k.tellTroubles()
	if err != nil {
		return err
	}
	held, err := k.book.heldReadings()
	if err != nil {
		return err
	}
	if k.Reason = strings.Join(append(lasting, held...), "; "); k.Reason != "" {
		k.Outcome = string(Partly)
		k.becomes(Partly, k.Reason)
		return nil
	}
	for _, p := range k.reading.Problems { // slips of the source's own, which take nothing away
		k.Reason = strings.TrimPrefix(k.Reason+"; "+p.Text, "; ")
	}
	k.becomes(OK, k.Reason)
	return nil
}

// brings reports whether the look brought anything new: a list may be sent again just as it was.
func (k *look) brings() bool {
	return k.moved || len(k.Changes)+len(k.Silent)+len(k.Stages)+len(k.Acts)+len(k.Notes)+k.News > 0
}

func (k *look) becomes(h Health, reason string) {
	if k.state.Health != h {
		k.state.Since = k.at
	}
	k.state.Health, k.state.Reason = h, reason
}

// record stores the look itself.
func (k *look) record() error {
	asOf := diff.Date("")
	for _, s := range k.reading.Snapshots {
		asOf = max(asOf, s.AsOf)
	}
	return k.tx.RecordPoll(Poll{
		ID: diff.HashID("poll", k.Source, k.at.Format(time.RFC3339Nano), fmt.Sprint(k.state.Version)), Source: k.Source, At: k.at,
		Outcome: k.Outcome, Reason: k.Reason, Changes: len(k.Changes), AsOf: asOf, Parser: k.w.o.Version, Exchanges: k.session.Exchanges(),
	})
}
