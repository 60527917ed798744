package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"time"

	"entitywatch/config"
	"entitywatch/internal/holder"
	"entitywatch/notify"
	"entitywatch/redact"
	"entitywatch/store"
	"entitywatch/watcher"
)

// parts are what an engine is made of besides its config.
type parts struct {
	stdout io.Writer
	color  bool
	now    func() time.Time // nil: the wall clock
	log    *slog.Logger
	scrub  *redact.Scrubber                                   // masks secrets; nil makes one of the config's own
	sleep  func(context.Context, time.Duration) error         // between two tries of a request; nil waits
	wrap   func(name string, c notify.Channel) notify.Channel // around each channel; may be nil
	store  []store.Option                                     // of the database, besides the engine's own
	done   func(notify.Delivery)                              // hears of every attempt; may be nil
}

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
	p.scrub.AddFeeds(c.Feeds()...)
	p.scrub.Add(c.Secrets()...)
	db, err := store.Open(ctx, c.Database, append(p.store, store.WithClock(p.now), store.WithScrub(p.scrub.String))...)
	if err != nil {
		return nil, err
	}
	e := &engine{config: c, db: db, zone: zone, scrub: p.scrub, now: p.now, log: p.log, changed: make(chan struct{}, 1),
		unread: make(chan struct{}, 1), noticed: make(chan struct{}, 1), room: store.Room}
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
	// what a process that was killed was about to send
	if _, err := e.db.ReleaseDeadLeases(ctx, rest, holder.Gone); err != nil {
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
		stdout: p.stdout, color: p.color, scrub: p.scrub, signer: e.signer, publicURL: e.config.PublicURL, now: time.Now,
		log: e.log,
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
		Masses: massesOf(e.config), Screens: len(e.config.Counterparties) > 0, Location: zone, Wait: wait, Now: e.now,
		Log: e.log,
	}
	e.digester = &notify.Digester{
		Store: e.db, Digests: digests, Rules: rules, Targets: e.audience.targets, PublicURL: e.config.PublicURL,
		Masses: massesOf(e.config), Judge: e.judge, Now: e.now, Log: e.log,
	}
	e.dispatcher = &notify.Dispatcher{
		Outbox: e.db, Channels: e.channels, Owner: holder.Self() + "." + rand.Text()[:8], Scenario: e.now,
		GiveUp: e.config.Deliveries.GiveUpAfter.Std(),
		Rest:   e.config.Deliveries.Rest.Std(), Done: p.done, Log: e.log,
	}
	return nil
}
