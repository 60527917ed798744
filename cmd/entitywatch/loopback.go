package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// serve listens on loopback until stop is called.
func serve(ctx context.Context, h http.Handler) (base string, stop func(), err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("replay: %w", err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(l) }() // it always ends with ErrServerClosed
	return "http://" + l.Addr().String(), func() { srv.Close(); <-done }, nil
}
