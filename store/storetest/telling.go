package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// Telling is the telling half of a store, with as much of the noticing half as it takes to have something to tell.
type Telling interface {
	Claim(ctx context.Context, c watcher.Claim) (watcher.Lease, error)
	Commit(ctx context.Context, l watcher.Lease, f func(watcher.Tx) (watcher.SourceState, error)) error
	Maintain(ctx context.Context, f func(watcher.Tx) error) error
	notify.Routing
	notify.Outbox
	notify.Reminding
	notify.DigestStore
	notify.FailingStore
	Deliveries(ctx context.Context, f store.DeliveryFilter) ([]notify.Delivery, error)
	Retry(ctx context.Context, id string, at time.Time) error
	RetryChannel(ctx context.Context, channel string, at time.Time) (ids []string, err error)
	Reached(ctx context.Context, channel, recipient string, at time.Time) error
	ChannelStates(ctx context.Context) ([]store.ChannelState, error)
	ReleaseDeadLeases(ctx context.Context, rest time.Time, gone func(holder string) bool) (n int64, err error)
	Unsubscribe(ctx context.Context, s notify.Subscription, at time.Time) error
	Resubscribe(ctx context.Context, s notify.Subscription, who string, at time.Time) ([]notify.Subscription, error)
	Unsubscribed(ctx context.Context) ([]notify.Subscription, error)
	Acknowledge(ctx context.Context, caseID, who string, at time.Time) (first bool, err error)
	Unenriched(ctx context.Context) ([]notify.Reading, error)
	Readings(ctx context.Context, of ...notify.Reading) ([]diff.Change, error)
	SaveEnrichments(ctx context.Context, at time.Time, found ...notify.Enrichment) error
	SaveCaseNews(ctx context.Context, caseID string, n notify.NewsRef, at time.Time) error
	VerifyAudit(ctx context.Context) (n int64, last string, err error)
}

// RunTelling runs the telling part, each test in a bubble of fake time. open gives an empty store that is closed when the test ends.
func RunTelling(t *testing.T, open func(t *testing.T) Telling) {
	for name, test := range map[string]func(*testing.T, Telling){
		"ACaseIsToldOnceAndItsStagesFollow":   toldACaseIsToldOnceAndItsStagesFollow,
		"ReportsFollowTheAlertOnce":           toldReportsFollowTheAlertOnce,
		"StagesLimitUpdatesOnly":              toldStagesLimitUpdatesOnly,
		"WhatNobodyHeardIsNotRetracted":       toldWhatNobodyHeardIsNotRetracted,
		"ADocumentThatCannotBeReadIsTold":     toldADocumentThatCannotBeReadIsTold,
		"EnrichmentIsWaitedForButNotLong":     toldEnrichmentIsWaitedForButNotLong,
		"DeadLettersAreToldAndRetried":        toldDeadLettersAreToldAndRetried,
		"OneChannelDelaysNoOther":             toldOneChannelDelaysNoOther,
		"MutedDeliveriesAreLateNotLost":       toldMutedDeliveriesAreLateNotLost,
		"UnacknowledgedCasesAreEscalatedOnce": toldUnacknowledgedCasesAreEscalatedOnce,
		"OperatorNoticesAreToldOnce":          toldOperatorNoticesAreToldOnce,
		"DigestsCoverEveryCommitOnce":         toldDigestsCoverEveryCommitOnce,
		"DigestsShowCasesAsTheyStand":         toldDigestsShowCasesAsTheyStand,
		"NoReminderFollowsARetraction":        toldNoReminderFollowsARetraction,

		"AFaultyConfigurationPausesTheChannelAndIsToldOnce": pausedIsToldOnceAndNothingIsLost,
		"ASampleWithAnotherTokenCondemnsNothingThatWaits":   pausedOutlastsASampleWithAnotherToken,
		"WhatWaitsBehindAPauseIsGivenUpTogether":            pausedIsGivenUpTogether,
		"AMessageRefusedForItsOwnSakeClosesNothing":         pausedByAMessageAlone,
		"AChannelThatIsDownForLongIsToldOnce":               givenUpIsToldOnce,
		"WhatIsTriedAnewIsLookedForFromItsFirstAttempt":     triedAnewIsLookedForFromTheStart,
		"OneRecipientsPauseStopsNoOther":                    pausedForOneRecipient,
		"AChannelThatFailsIsToldOnceElsewhere":              failingIsToldOnceElsewhereAndItsEndToo,
		"OneRecipientThatFailsIsToldAlone":                  failingForOneRecipient,
		"ChannelsThatFailTogetherAreOneMessage":             failingTogetherIsOneMessage,
		"WhereNobodyCanBeToldThatIsSaid":                    failingWithNobodyToTell,
		"NoFailureIsToldForATimeWithoutAttempts":            failingIsNotToldForTheTimeNobodyTried,
		"SmallCasesPassALargeOne":                           turnsSmallCasesPassALargeOne,
		"ADoubtfulDeliveryRestsBeforeItIsJudged":            restsBeforeItIsJudged,
		"DigestsGoByElapsedTimeWhenTheClockIsSetBack":       digestsWhenTheClockIsSetBack,
		"SourcesAreReportedAsOfTheCutOff":                   assuredAsOfTheCutOff,
		"WhoLeftComesBack":                                  leftAndCameBack,
		"NothingRemindsOfWhatWasRetracted":                  remindsOfNothingRetracted,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test(t, open(t)) })
		})
	}
}

// teller is the telling half over a real database.
type teller struct {
	t      *testing.T
	db     Telling
	router *notify.Router
	mail   *recorder
	ops    *recorder
	disp   *notify.Dispatcher
}

// recorder is a channel that keeps what it took, and fails as told.
type recorder struct {
	mu   sync.Mutex
	got  []notify.Message
	fail func(n int) error // by attempt, from 0
	n    int
}

// Send keeps m unless fail refuses the delivery, which it is told the ordinal of, from zero.
func (r *recorder) Send(_ context.Context, m notify.Message) (notify.Receipt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := r.n
	r.n++
	if r.fail != nil {
		if err := r.fail(n); err != nil {
			return notify.Receipt{}, err
		}
	}
	r.got = append(r.got, m)
	return notify.Receipt{ID: fmt.Sprintf("id-%d", len(r.got)), Status: "ok"}, nil
}

func (r *recorder) headlines() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for _, m := range r.got {
		out = append(out, string(m.Kind)+": "+m.Headline)
	}
	return out
}

func newTeller(t *testing.T, db Telling, rules ...notify.Rule) *teller {
	t.Helper()
	x := &teller{t: t, db: db, mail: &recorder{}, ops: &recorder{}}
	x.disp = &notify.Dispatcher{Outbox: db, Channels: map[string]notify.Channel{"mail": x.mail, "ops": x.ops}, Owner: "me"}
	x.router = &notify.Router{
		Store: x.db, Rules: rules, Operators: []string{"ops"}, Now: time.Now,
		Targets: func(context.Context) (map[string]notify.Target, error) {
			return map[string]notify.Target{
				"mail": {Name: "mail", Recipients: []string{"a@example.com", "b@example.com"}},
				"ops":  {Name: "ops", Recipients: []string{""}},
			}, nil
		},
	}
	return x
}

func (x *teller) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *teller) write(f func(watcher.Tx) error) {
	x.t.Helper()
	x.must(x.db.Maintain(x.t.Context(), f))
}

func (x *teller) route() []notify.Delivery {
	x.t.Helper()
	dels, err := x.router.Route(x.t.Context())
	x.must(err)
	return dels
}

func (x *teller) drain() { x.t.Helper(); x.must(x.disp.Drain(x.t.Context(), time.Hour)) }

// add stores a case with additions of these names, as a poll would.
func (x *teller) add(caseID string, revision int, names ...string) {
	x.t.Helper()
	x.write(func(tx watcher.Tx) error {
		if _, found, err := tx.Case(caseID); err != nil {
			return err
		} else if !found {
			if err := tx.SaveCase(diff.Case{ID: caseID, Title: "A rule", Status: diff.Open, OpenedAt: time.Now()}); err != nil {
				return err
			}
		}
		for _, n := range names {
			e := &diff.Entry{List: diff.EntityList, Key: n, Country: "CANADA", Countries: []string{"CA"}, Name: n}
			c := diff.Change{ID: "chg-" + n, Revision: revision, Change: diff.Added, Substantive: true, List: diff.EntityList, Key: n, Country: "CANADA",
				Name: n, Entry: e, Case: caseID, Stage: diff.Filed, DetectedAt: time.Now()}
			if err := tx.AddChange(watcher.StoredChange{Change: c, RecordedAt: time.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (x *teller) stage(caseID string, s diff.Stage) {
	x.t.Helper()
	x.write(func(tx watcher.Tx) error {
		_, err := tx.AddStage(watcher.StageMark{Case: caseID, Stage: s, At: time.Now(), RecordedAt: time.Now()})
		return err
	})
}

func (x *teller) note(caseID, kind, text string) {
	x.t.Helper()
	x.write(func(tx watcher.Tx) error {
		_, err := tx.AddCaseNote(watcher.CaseNote{ID: caseID + kind, Case: caseID, Kind: kind, Text: text, At: time.Now()})
		return err
	})
}

func all() notify.Rule { return notify.Rule{Name: "all", Send: []string{"mail"}} }
