package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"entitywatch/notify"
)

// recorder writes what a channel is given into a folder before it sends it.
type recorder struct {
	notify.Channel
	dir, name string
}

// Previewer is a channel that can show what it would send, as files.
type previewer interface {
	Preview(m notify.Message) ([]notify.File, error)
}

func recordTo(dir string) func(string, notify.Channel) notify.Channel {
	return func(name string, c notify.Channel) notify.Channel { return &recorder{Channel: c, dir: dir, name: name} }
}

// Unwrap implements notify.Wrapper: limits, history and edits are the channel's own.
func (r *recorder) Unwrap() notify.Channel { return r.Channel }

// Send implements notify.Channel.
func (r *recorder) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	if p, ok := r.Channel.(previewer); ok {
		files, err := p.Preview(m)
		if err != nil {
			return notify.Receipt{}, fmt.Errorf("render %s: %w", r.name, err)
		}
		for _, f := range files {
			if err := r.write(m, f); err != nil {
				return notify.Receipt{}, fmt.Errorf("render %s: %w", r.name, err)
			}
		}
	}
	return r.Channel.Send(ctx, m)
}

func (r *recorder) write(m notify.Message, f notify.File) error {
	dir := filepath.Join(r.dir, r.name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%s%s", m.Kind, m.Delivery, f.Name)), f.Data, 0o644)
}
