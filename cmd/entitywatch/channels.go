package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/notify/console"
	"entitywatch/notify/email"
	"entitywatch/notify/slack"
	"entitywatch/notify/teams"
	"entitywatch/notify/webhook"
	"entitywatch/redact"
	"entitywatch/watcher/fetch"
)

// outlets is what every channel may need besides its own configuration.
type outlets struct {
	stdout    io.Writer
	color     bool
	scrub     *redact.Scrubber
	signer    notify.Signer
	publicURL string
	now       func() time.Time // wall clock: mail dates, signatures, proofs
	log       *slog.Logger
}

// channelOf is the only place that knows which package serves which kind of channel.
func channelOf(c config.Channel, o outlets) (notify.Channel, error) {
	switch c.Kind {
	case "console":
		return console.New(o.stdout, console.Options{Color: o.color, Now: o.now}), nil
	case "slack":
		client := credentialed(o.scrub)
		if c.WebhookURL != "" {
			client = guardedClient(c.AllowPrivate, o.scrub)
		}
		return slack.New(slack.Options{
			Token: c.Token.Reveal(), Channel: c.ChannelID, WebhookURL: c.WebhookURL.Reveal(), APIURL: c.APIURL.Reveal(),
			UploadLists: c.UploadLists == nil || *c.UploadLists, AckButton: c.AppToken != "", HTTP: client,
			Refused: refusedAddress,
			Every:   pause(c.Rate), Now: o.now, Log: o.log,
		})
	case "email":
		return email.New(email.Options{Name: c.Name, SMTP: c.SMTP.Reveal(), From: c.From, PublicURL: o.publicURL,
			Signer: o.signer, Scrub: o.scrub.String, Now: o.now})
	case "webhook":
		return webhook.New(webhook.Options{
			URL: c.URL.Reveal(), Secrets: reveal(c), HTTP: guardedClient(c.AllowPrivate, o.scrub), Refused: refusedAddress,
			Every: pause(c.Rate), Now: o.now,
		})
	case "teams":
		return teams.New(teams.Options{
			URL: c.URL.Reveal(), HTTP: guardedClient(c.AllowPrivate, o.scrub), Refused: refusedAddress, Every: pause(c.Rate),
			Now: o.now,
		})
	}
	return nil, fmt.Errorf("channel %s: no package serves the kind %q", c.Name, c.Kind)
}

// pause is the least time between two messages at a rate a second; 0 keeps the channel's own.
func pause(rate float64) time.Duration {
	if rate <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / rate)
}

// credentialed is a client whose requests carry a token or go to a secret address: it follows no redirect, and what the
// other side echoes is masked.
func credentialed(scrub *redact.Scrubber) *http.Client {
	return &http.Client{
		Timeout: 25 * time.Second, Transport: scrub.Transport(http.DefaultTransport),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// guardedClient refuses private addresses too: where a webhook points is not ours to trust.
func guardedClient(allowPrivate bool, scrub *redact.Scrubber) *http.Client {
	c := credentialed(scrub)
	if !allowPrivate {
		c.Transport = scrub.Transport(fetch.GuardedTransport())
	}
	return c
}

func channelsOf(c *config.Config, o outlets) (map[string]notify.Channel, error) {
	channels := make(map[string]notify.Channel, len(c.Channels))
	for i, cc := range c.Channels {
		ch, err := channelOf(cc, o)
		if err != nil {
			return nil, c.ErrorAt(fmt.Sprintf("channels[%d]", i), err.Error(), "")
		}
		channels[cc.Name] = ch
	}
	return channels, nil
}

// audience knows whom each channel reaches: the configured recipients less those who have unsubscribed.
type audience struct {
	config       *config.Config
	channels     map[string]notify.Channel
	unsubscribed func(context.Context) ([]notify.Subscription, error)
}

// targets are the channels as routing sees them now.
func (a audience) targets(ctx context.Context) (map[string]notify.Target, error) {
	gone, err := a.unsubscribed(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]notify.Target, len(a.config.Channels))
	for _, c := range a.config.Channels {
		out[c.Name] = notify.Target{Name: c.Name, Recipients: recipients(c), Limits: notify.LimitsOf(a.channels[c.Name]),
			Gone: gone}
	}
	return out, nil
}

// recipients are whom a channel is told to reach; a channel that is one place itself has the one recipient "".
func recipients(c config.Channel) []string {
	if c.Kind == "email" {
		return c.To
	}
	return []string{""}
}

// reveal gives the keys that sign a webhook: the list while one is rotated, else the one.
func reveal(c config.Channel) []string {
	var keys []string
	for _, s := range c.Secrets {
		keys = append(keys, s.Reveal())
	}
	if c.Secret != "" {
		keys = append(keys, c.Secret.Reveal())
	}
	return keys
}

func refusedAddress(err error) bool {
	_, refused := errors.AsType[*fetch.GuardError](err)
	return refused
}
