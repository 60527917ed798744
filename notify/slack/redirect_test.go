package slack

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"entitywatch/notify"
)

// A redirect would take the token, which stands in headers and bodies, to another host.
func TestTokenFollowsNoRedirect(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		elsewhere++
		io.Copy(io.Discard, r.Body)
	}))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL, status)
		}))
		ch, err := New(Options{Token: "xoxb-1", Channel: "C12345678", APIURL: api.URL,
			HTTP: &http.Client{Timeout: 5 * time.Second}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ch.Send(context.Background(), notify.Sample("slack", time.Now())); err == nil {
			t.Errorf("%d: sent", status)
		}
		api.Close()
	}
	if elsewhere > 0 {
		t.Errorf("another host was asked %d times", elsewhere)
	}
}
