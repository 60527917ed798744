package slack

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"entitywatch/notify"
)

// A webhook's address in our own network is refused by the guard of the client, as those of the other channels are, and
// a person is told what to do: the channel waits, and does not try for a day.
func TestHookAtARefusedAddressWaitsForAPerson(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	forbidden := errors.New("127.0.0.1 is a private address")
	h, err := New(Options{WebhookURL: srv.URL + "/services/x", Refused: func(err error) bool {
		return errors.Is(err, forbidden)
	},
		HTTP: &http.Client{Transport: refusing{forbidden}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Send(t.Context(), notify.Message{Headline: "x"})
	if faulty, ok := errors.AsType[*notify.Misconfigured](err); !ok || faulty.Remedy == "" {
		t.Errorf("%T %v", err, err)
	}
}

type refusing struct{ err error }

func (r refusing) RoundTrip(*http.Request) (*http.Response, error) { return nil, r.err }
