package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"entitywatch/config"
	"entitywatch/enrich"
	"entitywatch/internal/holder"
	"entitywatch/notify"
	"entitywatch/notify/slack"
	"entitywatch/redact"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// engine is both halves, wired: what the daemon, a single poll and the demo run alike.
type engine struct {
	config     *config.Config
	zone       *time.Location // of schedules, and of what is shown
	db         *store.DB
	watcher    *watcher.Watcher
	client     *fetch.Client // of all sources
	schedules  watcher.Schedules
	enricher   *enrich.Enricher
	router     *notify.Router
	digester   *notify.Digester
	dispatcher *notify.Dispatcher
	channels   map[string]notify.Channel
	audience   audience
	signer     notify.Signer
	scrub      *redact.Scrubber
	now        func() time.Time // the scenario's clock, or the real one
	log        *slog.Logger
	changed    chan struct{} // holds a token while there may be something to enrich
	unread     chan struct{} // and while there may be news to read
	noticed    chan struct{} // and while there may be something to tell
	turns      turns
	room       func(folder string) (free int64, known bool) // of the database's file system
	low        atomic.Bool                                  // whether that was low when it was last looked at
}

// parts are what an engine is made of besides its config.
type parts struct {
	stdout io.Writer
	colour bool
	now    func() time.Time // nil: the wall clock
	log    *slog.Logger
	scrub  *redact.Scrubber                                   // masks secrets; nil makes one of the config's own
	sleep  func(context.Context, time.Duration) error         // between two tries of a request; nil waits
	wrap   func(name string, c notify.Channel) notify.Channel // around each channel; may be nil
	store  []store.Option                                     // of the database, besides the engine's own
	done   func(notify.Delivery)                              // hears of every attempt; may be nil
}

// wait is how long a Change may wait for its counterparty hits before it is told without them.
const wait = 2 * time.Minute

// build opens the database and wires everything; Close undoes it.
func build(ctx context.Context, c *config.Config, p parts) (*engine, error) {
	if p.now == nil {
		p.now = time.Now
	}
	zone, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return nil, err
	}
	if p.scrub == nil {
		p.scrub = redact.New(config.PublicURLs()...)
	}
	p.scrub.Add(c.Secrets()...)
	db, err := store.Open(ctx, c.Database, append(p.store, store.WithClock(p.now), store.WithScrub(p.scrub.String))...)
	if err != nil {
		return nil, err
	}
	e := &engine{config: c, db: db, zone: zone, scrub: p.scrub, now: p.now, log: p.log, changed: make(chan struct{}, 1), unread: make(chan struct{}, 1), noticed: make(chan struct{}, 1), room: store.Room}
	if err := e.assemble(ctx, p, zone); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return e, nil
}

func (e *engine) assemble(ctx context.Context, p parts, zone *time.Location) error {
	key, err := e.db.SigningKey(ctx)
	if err != nil {
		return err
	}
	e.signer = notify.Signer{Key: key}
	rest := time.Now().Add(e.config.Deliveries.Rest.Std())
	if _, err := e.db.ReleaseDeadLeases(ctx, rest, holder.Gone); err != nil { // what a process that was killed was about to send
		return err
	}
	if err := e.db.ProbeNow(ctx, ""); err != nil { // the config may have been mended
		return err
	}
	e.client = clientOf(e.config, p)
	e.enricher = newEnricher(e.config, e.db, e.client.Turn, func() time.Time { return e.now().In(e.zone) }, e.log)
	if err := e.assembleWatcher(p, zone); err != nil {
		return err
	}
	return e.assembleNotify(p, zone)
}

func (e *engine) assembleWatcher(p parts, zone *time.Location) error {
	specs, err := specsOf(e.config, e.now, e.log)
	if err != nil {
		return err
	}
	if e.schedules, err = schedulesOf(e.config); err != nil {
		return err
	}
	version, _ := buildInfo()
	e.watcher, err = watcher.New(watcher.Options{
		Store: e.db, Specs: specs, Client: e.client, Log: e.log, Now: e.now, Location: zone, Version: version,
		Holder: holder.Self(), Gone: holder.Gone,
		TellAfter: watcher.TellAfter{Looks: e.config.TellAfter.Looks, Or: e.config.TellAfter.Or.Std()},
		Changed:   e.wakeAll,
	})
	return err
}

func (e *engine) assembleNotify(p parts, zone *time.Location) (err error) {
	e.channels, err = channelsOf(e.config, outlets{
		stdout: p.stdout, colour: p.colour, scrub: p.scrub, signer: e.signer, publicURL: e.config.PublicURL, now: time.Now, log: e.log,
	})
	if err != nil {
		return err
	}
	if p.wrap != nil {
		for name, ch := range e.channels {
			e.channels[name] = p.wrap(name, ch)
		}
	}
	rules, err := rulesOf(e.config)
	if err != nil {
		return err
	}
	digests, err := digestsOf(e.config)
	if err != nil {
		return err
	}
	e.audience = audience{config: e.config, channels: e.channels, unsubscribed: e.db.Unsubscribed}
	e.router = &notify.Router{
		Store: e.db, Rules: rules, Targets: e.audience.targets, Operators: e.config.Operators, PublicURL: e.config.PublicURL,
		Masses: massesOf(e.config), Screens: len(e.config.Counterparties) > 0, Location: zone, Wait: wait, Now: e.now, Log: e.log,
	}
	e.digester = &notify.Digester{
		Store: e.db, Digests: digests, Rules: rules, Targets: e.audience.targets, PublicURL: e.config.PublicURL,
		Masses: massesOf(e.config), Judge: e.judge, Now: e.now, Log: e.log,
	}
	e.dispatcher = &notify.Dispatcher{
		Outbox: e.db, Channels: e.channels, Owner: holder.Self() + "." + rand.Text()[:8], Scenario: e.now, GiveUp: e.config.Deliveries.GiveUpAfter.Std(),
		Rest: e.config.Deliveries.Rest.Std(), Done: p.done, Log: e.log,
	}
	return nil
}

// Close closes the database, and the connections to upstreams that nobody uses.
func (e *engine) Close() error {
	if e.client != nil {
		e.client.Close()
	}
	return e.db.Close()
}

// tell routes everything that was noticed. One part's failure stops no other.
func (e *engine) tell(ctx context.Context) error {
	failing := e.router.TellFailing(ctx, e.db, time.Now(), e.config.TellAfter.Or.Std())
	_, routed := e.router.Route(ctx)
	_, reminded := e.router.Remind(ctx, e.db)
	return errors.Join(failing, routed, reminded)
}

// enrichAndTell does one turn of everything behind the store, in the order in which a person would read it.
func (e *engine) enrichAndTell(ctx context.Context) error {
	return errors.Join(e.enricher.Changes(ctx), e.enricher.Background(ctx), e.tell(ctx))
}

// round does once what the daemon does all day: look, enrich, route, send. patience is how long sends that fail are tried again.
func (e *engine) round(ctx context.Context, patience time.Duration, sources ...string) (watcher.Report, error) {
	report, err := e.watcher.Poll(ctx, sources...)
	if err != nil {
		err = fmt.Errorf("poll: %w", err)
	}
	return report, errors.Join(err, e.enrichAndTell(ctx), e.dispatcher.Drain(ctx, patience))
}

// wakeAll has everything behind the store look at once.
func (e *engine) wakeAll(...string) {
	nudge(e.changed)
	nudge(e.unread)
	e.wake()
}

// wake has the telling half look at once.
func (e *engine) wake() { nudge(e.noticed) }

func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is about to look anyway
	}
}

// acknowledgeBySlack takes clicks on Acknowledge for every Slack channel that has an app token, until ctx ends.
func (e *engine) acknowledgeBySlack(ctx context.Context) error {
	var wg sync.WaitGroup
	for _, c := range e.config.Channels {
		if c.Kind != "slack" || c.AppToken == "" {
			continue
		}
		wg.Go(func() {
			err := slack.Listen(ctx, slack.ListenOptions{
				AppToken: c.AppToken.Reveal(), Token: c.Token.Reveal(), APIURL: c.APIURL.Reveal(), HTTP: credentialed(e.scrub), Log: e.log,
			}, e.db.Acknowledge)
			if err != nil && ctx.Err() == nil {
				e.log.Error("the Acknowledge button does not work; alerts do", "channel", c.Name, "err", err)
			}
		})
	}
	wg.Wait()
	return nil
}
