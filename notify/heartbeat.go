package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// Heartbeat asks for address every so often until ctx ends, so that an outside watchdog notices when we do not live, or live and do not work:
// while well says no, nothing is sent. A failure is logged without the address, which may hold a key.
func Heartbeat(ctx context.Context, c *http.Client, address string, every time.Duration, well func() bool, log *slog.Logger) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		if !well() {
			log.Error("no heartbeat is sent: the daemon does not do its work")
		} else if err := Beat(ctx, c, address); err != nil && ctx.Err() == nil {
			log.Warn("the watchdog did not hear our heartbeat", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// Beat asks for address once, and follows no redirect: it would take the address, which may hold a key, along.
func Beat(ctx context.Context, c *http.Client, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return errors.New("heartbeat: the configured URL is not a URL")
	}
	resp, err := Straight(c).Do(req)
	if err != nil {
		return fmt.Errorf("heartbeat: %w", WithoutURL(err))
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	if resp.StatusCode >= 300 {
		return fmt.Errorf("heartbeat: the watchdog answered %s", resp.Status)
	}
	return nil
}
