package main

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/notify"
	"entitywatch/redact"
)

// Every channel that posts to an address of the config's refuses one on this machine, unless the config says that it is meant: a Slack
// webhook once did not.
func TestEveryPostToAPrivateAddressMustBeMeant(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok")) }))
	defer srv.Close()
	for kind, c := range map[string]config.Channel{
		"slack":   {WebhookURL: config.Secret(srv.URL + "/services/x")},
		"teams":   {URL: config.Secret(srv.URL)},
		"webhook": {URL: config.Secret(srv.URL), Secret: "whsec_c2VjcmV0"},
	} {
		for _, meant := range []bool{false, true} {
			c.Name, c.Kind, c.AllowPrivate = "x", kind, meant
			ch, err := channelOf(c, outlets{scrub: redact.New(), now: time.Now, log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			_, err = ch.Send(t.Context(), notify.Sample("x", time.Now()))
			if _, refused := errors.AsType[*notify.Misconfigured](err); refused == meant || meant && err != nil {
				t.Errorf("%s, allow_private %v: %v", kind, meant, err)
			}
		}
	}
}
