package main

import (
	"context"
	"net/http"
	"slices"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"entitywatch/web"
)

// metrics reads its numbers from the database when it is asked: a restart loses none.
func (e *engine) metrics() http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		&gauges{e})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

type gauges struct{ e *engine }

var (
	sourceOK = prometheus.NewDesc("entitywatch_source_ok", "1 where the last look at a source was good.",
		[]string{"source"}, nil)
	lastGood = prometheus.NewDesc("entitywatch_source_last_success_timestamp_seconds",
		"When a source last gave an acceptable answer.", []string{"source"}, nil)
	channelOK = prometheus.NewDesc("entitywatch_channel_ok",
		"0 where nothing can be sent on a channel, or to one of its recipients.", []string{"channel"}, nil)
	pending = prometheus.NewDesc("entitywatch_deliveries", "Deliveries that wait or were given up.", []string{"state"},
		nil)
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
