package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entitywatch/notify"
)

func get(t *testing.T, srv *httptest.Server, method, path, body string, header map[string]string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text), resp.Header
}

// A mail scanner that follows every link must end nothing.
func TestUnsubscribeActsByPostOnly(t *testing.T) {
	signer := notify.Signer{Key: []byte("k")}
	var ended []notify.Subscription
	srv := httptest.NewServer(Handler(Options{Signer: signer, Unsubscribe: func(_ context.Context, s notify.Subscription) error {
		ended = append(ended, s)
		return nil
	}}))
	defer srv.Close()
	sub := notify.Subscription{Channel: "mail", Recipient: "a+b@example.com", Digest: `weekly"><script>`}
	link := signer.Link("", sub)

	status, page, header := get(t, srv, "GET", link, "", nil)
	if status != 200 || len(ended) != 0 || strings.Contains(page, "<script>") || !strings.Contains(page, "a&#43;b@example.com") {
		t.Errorf("GET: %d, ended %v\n%s", status, ended, page)
	}
	if header.Get("Referrer-Policy") != "no-referrer" || header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", header)
	}
	if status, _, _ := get(t, srv, "POST", link, "List-Unsubscribe=One-Click", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}); status != 200 {
		t.Errorf("POST: %d", status)
	}
	if len(ended) != 1 || ended[0] != sub {
		t.Errorf("ended %v", ended)
	}
	for _, forged := range []string{strings.Replace(link, "example", "exampel", 1), link + "x", "/unsubscribe"} {
		if status, _, _ := get(t, srv, "POST", forged, "", nil); status != http.StatusBadRequest {
			t.Errorf("forged link: %d", status)
		}
	}
	if len(ended) != 1 {
		t.Errorf("a forged link ended something: %v", ended)
	}
}

// The way back is one click on the page that ended the mail, by a POST to what its form names.
func TestUnsubscribePageOffersTheWayBack(t *testing.T) {
	signer := notify.Signer{Key: []byte("k")}
	var back []notify.Subscription
	srv := httptest.NewServer(Handler(Options{Signer: signer,
		Unsubscribe: func(context.Context, notify.Subscription) error { return nil },
		Resubscribe: func(_ context.Context, s notify.Subscription) error { back = append(back, s); return nil },
	}))
	defer srv.Close()
	sub := notify.Subscription{Channel: "mail", Recipient: "a+b@example.com", Digest: "weekly & monthly"}
	_, page, _ := get(t, srv, "POST", signer.Link("", sub), "", nil)
	_, form, _ := strings.Cut(page, `action="`)
	action, _, found := strings.Cut(form, `"`)
	if !found || !strings.HasPrefix(action, "subscribe?") {
		t.Fatalf("no form leads back:\n%s", page)
	}
	if status, _, _ := get(t, srv, "GET", "/"+html.UnescapeString(action), "", nil); status == 200 || len(back) != 0 {
		t.Errorf("GET: %d, %v", status, back)
	}
	status, page, _ := get(t, srv, "POST", "/"+html.UnescapeString(action), "", nil)
	if status != 200 || len(back) != 1 || back[0] != sub || !strings.Contains(page, "Subscribed again") {
		t.Errorf("%d %v\n%s", status, back, page)
	}
	if status, _, _ := get(t, srv, "POST", "/"+html.UnescapeString(action)+"x", "", nil); status != http.StatusBadRequest || len(back) != 1 {
		t.Errorf("forged: %d %v", status, back)
	}
}

func TestUnsubscribeFailureIsNotSuccess(t *testing.T) {
	signer := notify.Signer{Key: []byte("k")}
	srv := httptest.NewServer(Handler(Options{Signer: signer, Unsubscribe: func(context.Context, notify.Subscription) error {
		return errors.New("disk full")
	}}))
	defer srv.Close()
	status, page, _ := get(t, srv, "POST", signer.Link("", notify.Subscription{Recipient: "a@b.c"}), "", nil)
	if status != 500 || strings.Contains(page, "disk full") {
		t.Errorf("%d %s", status, page)
	}
}

func TestStatusShowsWhatIsBroken(t *testing.T) {
	health := Health{Checked: time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC), Sources: []notify.SourceReport{
		{Name: "entity-list", State: "held", Reason: "<b>half of it</b>"}, {Name: "register", State: "ok"}}}
	srv := httptest.NewServer(Handler(Options{Health: func(context.Context) (Health, error) { return health, nil }}))
	defer srv.Close()
	_, page, _ := get(t, srv, "GET", "/", "", nil)
	if !strings.Contains(page, "held") || !strings.Contains(page, "&lt;b&gt;half") || !strings.Contains(page, "2026-01-02 03:04 UTC") {
		t.Error(page)
	}
	_, body, _ := get(t, srv, "GET", "/healthz", "", nil)
	var got Health
	if err := json.Unmarshal([]byte(body), &got); err != nil || got.Sources[0].State != "held" {
		t.Errorf("%v %s", err, body)
	}
}

// Whoever starts the daemon behind a probe must know when everything is watched: not before each source was looked at, and not while
// something hangs. A source that cannot be read is no reason to wait.
func TestReadyOnceEverySourceWasLookedAt(t *testing.T) {
	for _, c := range []struct {
		states []string
		stuck  []string
		status int
		body   string
	}{
		{[]string{"ok", "new"}, []string{}, 503, `{"ready":false,"new":["s1"],"stuck":[]}`},
		{[]string{"ok", "broken"}, []string{}, 200, `{"ready":true,"new":[],"stuck":[]}`},
		{[]string{"ok"}, []string{"the outbox hangs"}, 503, `{"ready":false,"new":[],"stuck":["the outbox hangs"]}`},
	} {
		h := Health{Stuck: c.stuck}
		for i, state := range c.states {
			h.Sources = append(h.Sources, notify.SourceReport{Name: fmt.Sprintf("s%d", i), State: state})
		}
		w := ask(Options{Health: func(context.Context) (Health, error) { return h, nil }}, "GET", "/readyz", "", nil)
		if w.Code != c.status || strings.TrimSpace(w.Body.String()) != c.body {
			t.Errorf("%v: %d %s", c.states, w.Code, w.Body)
		}
	}
	w := ask(Options{Health: func(context.Context) (Health, error) { return Health{}, errors.New("no database") }}, "GET", "/readyz", "", nil)
	if w.Code != 503 {
		t.Errorf("without a database: %d", w.Code)
	}
}

func TestScreenAsksForTheTokenOrThisMachine(t *testing.T) {
	screen := func(_ context.Context, q []Query, _ float64) ([][]Hit, error) { return make([][]Hit, len(q)), nil }
	for _, c := range []struct {
		name, token string
		header      map[string]string
		want        int
	}{
		{"local, no token set", "", nil, 200},
		{"forwarded by a proxy", "", map[string]string{"X-Forwarded-For": "10.0.0.1"}, 403},
		{"token missing", "t", nil, 401},
		{"token wrong", "t", map[string]string{"Authorization": "Bearer x"}, 401},
		{"token right", "t", map[string]string{"Authorization": "Bearer t"}, 200},
	} {
		srv := httptest.NewServer(Handler(Options{Screen: screen, Token: c.token}))
		status, body, _ := get(t, srv, "POST", "/api/v1/screen", `{"queries":[{"name":"x"}]}`, c.header)
		srv.Close()
		if status != c.want || status == 200 && strings.TrimSpace(body) != `{"results":[[]]}` {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
}

func TestScreenRefusesWhatItCannotRead(t *testing.T) {
	srv := httptest.NewServer(Handler(Options{Screen: func(context.Context, []Query, float64) ([][]Hit, error) { return nil, nil }}))
	defer srv.Close()
	for _, body := range []string{``, `[]`, `{"queries":[]}`, `{"queries":[{"name":" "}]}`, `{"names":["x"]}`} {
		if status, text, _ := get(t, srv, "POST", "/api/v1/screen", body, nil); status != 400 || !strings.Contains(text, "error") {
			t.Errorf("%q: %d %s", body, status, text)
		}
	}
}

// The status page shows times in the zone of the messages, and names it.
func TestStatusPageShowsTimesInTheZoneOfTheMessages(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 3, 18, 11, 0, 0, 0, time.UTC)
	h := Health{Checked: at, Zone: zone, Sources: []notify.SourceReport{{Name: "register", State: "ok", LastChecked: at}}}
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, "status.html", h); err != nil {
		t.Fatal(err)
	}
	if strings.Count(b.String(), "2024-03-18 07:00 EDT") != 2 || strings.Contains(b.String(), "UTC") || !strings.Contains(b.String(), "never") {
		t.Error(b.String())
	}
}
