package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
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

// exposed reports whether others than this machine may reach the pages. A proxy on this machine makes every caller look
// local, and need not say that it forwards; public_url says that there is one.
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

// servePages serves the pages until ctx ends; l is nil where there are none.
func servePages(ctx context.Context, e *engine, l net.Listener) error {
	if l == nil {
		return nil
	}
	srv := &http.Server{Handler: e.pages(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = srv.Shutdown(grace) // a request that outlasts the grace is cut
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-gone
	return nil
}
