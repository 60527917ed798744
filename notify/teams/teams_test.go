package teams

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

const secretPath = "/workflows/secret-part"

func channel(t *testing.T, base string) *Channel {
	t.Helper()
	c, err := New(Options{URL: base + secretPath + "?sig=secret-sig"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSendPostsACard(t *testing.T) {
	var got message
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != secretPath || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s", r.Method, r.URL.Path)
		}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		w.WriteHeader(http.StatusAccepted)
	}))
	defer srv.Close()
	m := notify.Sample("teams", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	m.Delivery = "dlv_1"
	r, err := channel(t, srv.URL).Send(context.Background(), m)
	if err != nil || r.ID != "dlv_1" || r.Status != "202 Accepted" || r.At.IsZero() {
		t.Errorf("%+v, %v", r, err)
	}
	if got.Type != "message" || len(got.Attachments) != 1 ||
		got.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" ||
		got.Attachments[0].Content.Type != "AdaptiveCard" {
		t.Errorf("%+v", got)
	}
}

func TestAnswersAreSorted(t *testing.T) {
	for _, c := range []struct {
		name  string
		serve func(http.ResponseWriter, *http.Request)
		want  string
		after time.Duration
	}{
		{name: "throttled", want: "temporary", after: 7 * time.Second, serve: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		}},
		{name: "unavailable", want: "temporary", serve: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
		}},
		{name: "broken", want: "unknown", serve: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
		}},
		{name: "cut", want: "unknown", serve: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{name: "card refused", want: "permanent", serve: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
		}},
		{name: "workflow gone", want: "configuration", serve: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNotFound)
		}},
		{name: "workflow turned off", want: "configuration", serve: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"error":{"code":"WorkflowTriggerIsNotEnabled"}}`)
		}},
		{name: "redirected", want: "configuration", serve: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != secretPath {
				t.Error("the redirect was followed")
			}
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			srv := httptest.NewServer(http.HandlerFunc(c.serve))
			defer srv.Close()
			_, err := channel(t, srv.URL).Send(context.Background(), notify.Sample("teams", time.Now()))
			got, after := kindOf(err)
			if got != c.want || after != c.after {
				t.Errorf("%s after %s, want %s after %s: %v", got, after, c.want, c.after, err)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the address is shown: %v", err)
			}
		})
	}
}

func TestNoConnectionIsTemporary(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	_, err = channel(t, "http://"+l.Addr().String()).Send(context.Background(), notify.Sample("teams", time.Now()))
	if got, _ := kindOf(err); got != "temporary" || strings.Contains(err.Error(), "secret") {
		t.Errorf("%s: %v", got, err)
	}
}

func TestRefusedAddressesWaitForAPerson(t *testing.T) {
	refused := errors.New("private address")
	client := &http.Client{Transport: transport(func(*http.Request) (*http.Response, error) { return nil, refused })}
	c, err := New(Options{URL: "https://teams.example" + secretPath, HTTP: client, Refused: func(err error) bool {
		return errors.Is(err, refused)
	}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Send(context.Background(), notify.Sample("teams", time.Now()))
	if got, _ := kindOf(err); got != "configuration" || strings.Contains(err.Error(), "secret") {
		t.Errorf("%s: %v", got, err)
	}
}

func TestNewRefusesWhatIsNoAddressWithoutShowingIt(t *testing.T) {
	for _, bad := range []string{"", "teams.example/secret", "ftp://teams.example/secret", "https://",
		"https://%zz/secret"} {
		if _, err := New(Options{URL: bad}); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func kindOf(err error) (string, time.Duration) {
	var after time.Duration
	if e, ok := errors.AsType[*notify.Temporary](err); ok {
		after = e.After
	}
	return notifytest.KindOf(err), after
}
