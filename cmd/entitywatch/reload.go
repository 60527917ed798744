package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
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

// watchConfig sends a config whenever the file changed, or on SIGHUP, and it is valid. A config that is not is refused: the operators are
// told, and the old one stays.
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
		d.log.Error("the changed config is refused; the one before stays in force", "err", err)
		if err := d.tellRefused(ctx, file, err); err != nil {
			d.log.Error("the operators could not be told", "err", err)
		}
		return
	}
	select {
	case changed <- c:
	case <-ctx.Done():
	}
}

// tellRefused stores the notice in the database that the running config names, through a handle of its own.
func (d *daemon) tellRefused(ctx context.Context, file string, refused error) (err error) {
	db, err := store.Open(ctx, d.database(), store.WithScrub(d.app.scrub.String))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	now := time.Now()
	text := refused.Error() + "\nThe config before it stays in force."
	return db.Notify(ctx, notify.Notice{
		ID: diff.HashID("ntc", "config", text, now.UTC().Format(time.DateOnly)), Kind: "config", Subject: filepath.Base(file), Text: text, At: now,
	})
}
