package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/watcher"
	"entitywatch/web"
)

// pages are what the daemon serves on its address.
func (e *engine) pages() http.Handler {
	return web.Handler(web.Options{
		Health:      e.health,
		Unsubscribe: func(ctx context.Context, s notify.Subscription) error { return e.db.Unsubscribe(ctx, s, e.now()) },
		Case:        e.casePage,
		Resubscribe: func(ctx context.Context, s notify.Subscription) error {
			_, err := e.db.Resubscribe(ctx, s, "the link in a mail", e.now())
			return err
		},
		Signer:  e.signer,
		Screen:  e.screenQueries,
		Token:   e.config.APIToken.Reveal(),
		Exposed: exposed(e.config),
		Hosts:   hostsOf(e.config),
		Origin:  originOf(e.config.PublicURL),
		Scrub:   e.scrub,
		Metrics: e.metrics(),
		Log:     e.log,
	})
}

// exposed reports whether others than this machine may reach the pages. A proxy on this machine makes every caller look local, and need
// not say that it forwards; public_url says that there is one.
func exposed(c *config.Config) bool {
	host, _, err := net.SplitHostPort(c.Listen)
	return c.PublicURL != "" || err != nil || host != "localhost" && !net.ParseIP(host).IsLoopback()
}

// hostsOf are the names under which people reach the pages: the public one, the listener's, and this machine's.
func hostsOf(c *config.Config) []string {
	var names []string
	if u, err := url.Parse(c.PublicURL); err == nil {
		names = append(names, u.Hostname())
	}
	if host, _, err := net.SplitHostPort(c.Listen); err == nil {
		names = append(names, host)
	}
	if host, err := os.Hostname(); err == nil {
		names = append(names, host)
	}
	return slices.DeleteFunc(names, func(n string) bool { return n == "" })
}

// originOf is the scheme and host of an address, as browsers name it; "" where there is none.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func (e *engine) health(ctx context.Context) (web.Health, error) {
	h := web.Health{Checked: e.now(), Zone: e.zone, Sources: []notify.SourceReport{}}
	h.Stuck = append([]string{}, slices.Concat(e.stuck(), e.enricher.Stuck())...) // an empty list, never null
	h.Disk = strings.Join(e.cramped(), "; ")
	h.OK = len(h.Stuck) == 0 && h.Disk == ""
	states, err := e.db.Sources(ctx)
	if err != nil {
		return h, err
	}
	states = append(states, unseen(e.config, func(name string) bool {
		return slices.ContainsFunc(states, func(s watcher.SourceState) bool { return s.Name == name })
	})...)
	for _, s := range states {
		r, configured := e.judge(sourceReport(s), h.Checked)
		if !configured {
			continue
		}
		h.OK = h.OK && !r.Trouble()
		h.Sources = append(h.Sources, r)
	}
	channels, err := e.db.ChannelStates(ctx)
	for _, c := range channels {
		h.Pending += c.Waiting
		h.Dead += c.Dead
	}
	if err != nil {
		return h, err
	}
	failing, err := longFailing(ctx, e.db, e.config)
	h.Channels = silentChannels(e.config, channels, failing)
	h.Unheard = unheard(e.config, h.Channels)
	h.OK = h.OK && len(h.Channels) == 0
	return h, err
}

func sourceReport(s watcher.SourceState) notify.SourceReport {
	return notify.SourceReport{Name: s.Name, LastChecked: s.PolledAt, LastGood: s.SucceededAt, State: string(s.Health), Reason: s.Reason}
}

// judge is a source's report as its schedule has it at a moment; ok is false for what the config does not name any more.
func (e *engine) judge(r notify.SourceReport, at time.Time) (judged notify.SourceReport, ok bool) {
	h, why := e.schedules.Judge(r.Name, watcher.Health(r.State), r.Reason, r.LastChecked, at)
	r.State, r.Reason = string(h), why
	return r, h != watcher.Dropped
}

// metrics reads its numbers from the database when it is asked: a restart loses none.
func (e *engine) metrics() http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &gauges{e})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

type gauges struct{ e *engine }

var (
	sourceOK  = prometheus.NewDesc("entitywatch_source_ok", "1 where the last look at a source was good.", []string{"source"}, nil)
	lastGood  = prometheus.NewDesc("entitywatch_source_last_success_timestamp_seconds", "When a source last gave an acceptable answer.", []string{"source"}, nil)
	channelOK = prometheus.NewDesc("entitywatch_channel_ok", "0 where nothing can be sent on a channel, or to one of its recipients.", []string{"channel"}, nil)
	pending   = prometheus.NewDesc("entitywatch_deliveries", "Deliveries that wait or were given up.", []string{"state"}, nil)
)

// Describe implements prometheus.Collector.
func (g *gauges) Describe(ch chan<- *prometheus.Desc) {
	ch <- sourceOK
	ch <- lastGood
	ch <- channelOK
	ch <- pending
}

// Collect implements prometheus.Collector.
func (g *gauges) Collect(ch chan<- prometheus.Metric) {
	h, err := g.e.health(context.Background())
	if err != nil {
		ch <- prometheus.NewInvalidMetric(sourceOK, err)
		return
	}
	for _, s := range h.Sources {
		ok := 1.0
		if s.Trouble() {
			ok = 0
		}
		ch <- prometheus.MustNewConstMetric(sourceOK, prometheus.GaugeValue, ok, s.Name)
		if !s.LastGood.IsZero() {
			ch <- prometheus.MustNewConstMetric(lastGood, prometheus.GaugeValue, float64(s.LastGood.Unix()), s.Name)
		}
	}
	for _, c := range g.e.config.Channels {
		ok := 1.0
		if slices.ContainsFunc(h.Channels, func(s web.Channel) bool { return s.Name == c.Name }) {
			ok = 0
		}
		ch <- prometheus.MustNewConstMetric(channelOK, prometheus.GaugeValue, ok, c.Name)
	}
	ch <- prometheus.MustNewConstMetric(pending, prometheus.GaugeValue, float64(h.Pending), "pending")
	ch <- prometheus.MustNewConstMetric(pending, prometheus.GaugeValue, float64(h.Dead), "dead")
}
