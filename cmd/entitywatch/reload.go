package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/store"
)

// settle is how long a file must be left alone before it is read: editors write in several steps.
const settle = 300 * time.Millisecond

// watchConfig sends a config whenever the file changed, or on SIGHUP, and it is valid. A config that is not is refused:
// the operators are told, and the old one stays.
func (d *daemon) watchConfig(ctx context.Context, file string, changed chan<- *config.Config) {
	if file == "" {
		return
	}
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	events := d.fileEvents(file)
	if events != nil {
		defer events.Close()
	}
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hup:
			d.reload(ctx, file, changed)
		case ev, ok := <-eventsOf(events):
			if ok && filepath.Base(ev.Name) == filepath.Base(file) {
				timer.Reset(settle)
			}
		case <-timer.C:
			d.reload(ctx, file, changed)
		}
	}
}

// fileEvents watches the folder, not the file: editors replace files. Without it, SIGHUP still works.
func (d *daemon) fileEvents(file string) *fsnotify.Watcher {
	w, err := fsnotify.NewWatcher()
	if err == nil {
		err = w.Add(filepath.Dir(file))
	}
	if err != nil {
		d.log.Warn("the config is not watched; send SIGHUP after an edit", "err", err)
		return nil
	}
	return w
}

func eventsOf(w *fsnotify.Watcher) <-chan fsnotify.Event {
	if w == nil {
		return nil
	}
	return w.Events
}

func (d *daemon) reload(ctx context.Context, file string, changed chan<- *config.Config) {
	c, err := d.app.load(file)
	if err == nil {
		_, err = rulesOf(c)
	}
	if err != nil {
		d.refuse(ctx, file, err)
		return
	}
	select {
	case changed <- c:
	case <-ctx.Done():
	}
}

// refuse keeps the config in force, and has the operators told why.
func (d *daemon) refuse(ctx context.Context, file string, why error) {
	d.log.Error("the changed config is refused; the one before stays in force", "err", why)
	if err := d.tellRefused(ctx, file, why); err != nil {
		d.log.Error("the operators could not be told", "err", err)
	}
}

// tellRefused stores the notice in the database that the config in force names, through a handle of its own.
func (d *daemon) tellRefused(ctx context.Context, file string, refused error) (err error) {
	db, err := store.Open(ctx, d.database(), store.WithScrub(d.app.scrub.String))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	now := time.Now()
	text := sentence(strings.TrimRight(refused.Error(), ".:")) + "\nThe config before it stays in force."
	return db.Notify(ctx, configNotice("config", file, text, d.since(now), now))
}

// tellAccepted tells the operators that what was refused has found its end.
func (d *daemon) tellAccepted(ctx context.Context, e *engine, refused time.Time) {
	since := refused.In(e.zone).Format("2006-01-02 15:04 MST")
	text := "It was read without an error; it had been refused since " + since + "."
	if err := e.db.Notify(ctx, configNotice("accepted", e.config.File(), text, refused, time.Now())); err != nil {
		d.log.Error("the operators could not be told", "err", err)
	}
}

// sentence ends a text that has no end yet.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func configNotice(kind, file, text string, since, now time.Time) notify.Notice {
	return notify.Notice{
		ID: diff.HashID("ntc", kind, text, since.UTC().Format(time.RFC3339Nano)), Kind: kind, Subject: filepath.Base(file),
		Text: text, At: now,
	}
}
