package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
)

// previewer is a channel that can show what it would send, as files.
type previewer interface {
	Preview(m notify.Message) ([]notify.File, error)
}

// folder is where what a channel is given is written, numbered in the order of sending.
type folder struct {
	dir, name string
	mu        sync.Mutex
	n         int
	of        map[string]int // numbers by delivery: a second try is the same message
}

func (f *folder) render(c notify.Channel, m notify.Message) error {
	p, ok := notify.As[previewer](c)
	if !ok {
		return nil
	}
	files, err := p.Preview(m)
	if err == nil {
		err = f.write(m, files)
	}
	if err != nil {
		return fmt.Errorf("render %s: %w", f.name, err)
	}
	return nil
}

func (f *folder) write(m notify.Message, files []notify.File) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, again := f.of[m.Delivery]
	if !again {
		f.n++
		n = f.n
		f.of[m.Delivery] = n
	}
	dir := filepath.Join(f.dir, f.name)
	if err := os.MkdirAll(dir, privateFolder); err != nil {
		return err
	}
	for _, file := range files {
		name := fmt.Sprintf("%03d-%s-%s%s", n, m.Kind, m.Delivery, file.Name)
		if err := writePrivate(filepath.Join(dir, name), file.Data); err != nil {
			return err
		}
	}
	return nil
}

// recorder writes what a channel is given into a folder before it sends it.
type recorder struct {
	notify.Channel
	to *folder
}

// Unwrap implements notify.Wrapper: limits, history and edits are the channel's own.
func (r *recorder) Unwrap() notify.Channel { return r.Channel }

// Send implements notify.Channel.
func (r *recorder) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	if err := r.to.render(r.Channel, m); err != nil {
		return notify.Receipt{}, err
	}
	return r.Channel.Send(ctx, m)
}

// sketch writes what a channel would send, and sends nothing. It is no notify.Wrapper: nothing may reach the channel's
// other side.
type sketch struct {
	inside notify.Channel
	to     *folder
}

// Limits implements notify.Limited: messages are split as for the channel itself, without its pauses.
func (s *sketch) Limits() notify.Limits {
	l := notify.LimitsOf(s.inside)
	l.Every = 0
	return l
}

// Send implements notify.Channel.
func (s *sketch) Send(_ context.Context, m notify.Message) (notify.Receipt, error) {
	if err := s.to.render(s.inside, m); err != nil {
		return notify.Receipt{}, err
	}
	return notify.Receipt{ID: m.Delivery, Status: "rendered, not sent", At: time.Now().UTC()}, nil
}

// recordTo writes what every channel gets into a folder of its name; those of the samples send nothing.
func recordTo(dir string, samples []config.Channel) func(string, notify.Channel) notify.Channel {
	return func(name string, c notify.Channel) notify.Channel {
		to := &folder{dir: dir, name: name, of: map[string]int{}}
		if slices.ContainsFunc(samples, func(s config.Channel) bool { return s.Name == name }) {
			return &sketch{inside: c, to: to}
		}
		return &recorder{Channel: c, to: to}
	}
}

// sampleChannels are one of each kind that sends, for looking at messages without a config. Their addresses lead
// nowhere.
func sampleChannels() []config.Channel {
	return []config.Channel{
		{Name: "slack", Kind: "slack", Token: "xoxb-sample", ChannelID: "#trade-compliance"},
		{Name: "mail", Kind: "email", SMTP: "smtp://mail.example.com:587", From: "EntityWatch <entitywatch@example.com>",
			To: []string{"trade@example.com"}},
		{Name: "webhook", Kind: "webhook", URL: "https://cases.example.com/hook",
			Secret: "whsec_c2FtcGxlLXNhbXBsZS1zYW1wbGU="},
		{Name: "teams", Kind: "teams", URL: "https://teams.example.com/workflow"},
	}
}

// withSamples adds the sample channels and a digest to a config, and has every rule reach them.
func withSamples(c *config.Config, samples []config.Channel) {
	c.PublicURL = "https://entitywatch.example.com"
	c.Channels = append(c.Channels, samples...)
	c.Digests = append(c.Digests, config.Digest{Name: "weekly", Schedule: "0 8 * * MON", Channel: "mail",
		To: []string{"legal@example.com"}})
	for i := range c.Rules {
		c.Rules[i].Digest = append(c.Rules[i].Digest, "weekly")
		for _, s := range samples {
			c.Rules[i].Send = append(c.Rules[i].Send, s.Name)
		}
	}
}
