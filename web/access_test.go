package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"entitywatch/notify"
)

func everything(hosts ...string) Options {
	return Options{
		Health:      func(context.Context) (Health, error) { return Health{OK: true}, nil },
		Metrics:     http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) }),
		Unsubscribe: func(context.Context, notify.Subscription) error { return nil },
		Signer:      notify.Signer{Key: []byte("k")},
		Screen:      func(_ context.Context, q []Query, _ float64) ([][]Hit, error) { return make([][]Hit, len(q)), nil },
		Hosts:       hosts,
	}
}

func ask(o Options, method, path, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	Handler(o).ServeHTTP(w, r)
	return w
}

const batch = `{"queries":[{"name":"x"}]}`

// A name on the web that leads to our address must read nothing, whatever the page.
func TestEveryPageChecksTheHost(t *testing.T) {
	o := everything("watch.example.com")
	link := o.Signer.Link("", notify.Subscription{Recipient: "a@b.c"})
	for _, page := range []string{"GET /", "GET /healthz", "GET /readyz", "GET /metrics", "GET " + link, "POST " + link, "POST /api/v1/screen", "GET /api/v1/screen?name=x"} {
		method, path, _ := strings.Cut(page, " ")
		for host, want := range map[string]bool{
			"rebound.example.net": false, "rebound.example.net:8080": false, "localhost.example.net": false, "127.0.0.1.example.net": false, "": false,
			"watch.example.com": true, "WATCH.example.com:443": true, "watch.example.com.": true, "localhost:8080": true, "127.0.0.1": true, "[::1]:8080": true,
		} {
			w := ask(o, method, path, batch, func(r *http.Request) { r.Host = host })
			if got := w.Code != http.StatusMisdirectedRequest; got != want {
				t.Errorf("%s under %q: %d", page, host, w.Code)
			}
		}
	}
}

// A plain reverse proxy adds no header, so that the whole world looks like this machine.
func TestExposedScreeningNeedsTheToken(t *testing.T) {
	o := everything()
	o.Exposed = true
	if w := ask(o, "POST", "/api/v1/screen", batch, nil); w.Code != http.StatusForbidden {
		t.Errorf("without a token: %d", w.Code)
	}
	o.Token = "t"
	if w := ask(o, "POST", "/api/v1/screen", batch, func(r *http.Request) { r.Header.Set("Authorization", "Bearer t") }); w.Code != 200 {
		t.Errorf("with the token: %d", w.Code)
	}
}

func TestWhatAProxyForwardsIsNotThisMachine(t *testing.T) {
	for _, header := range forwarding {
		w := ask(everything(), "GET", "/api/v1/screen?name=x", "", func(r *http.Request) { r.Header.Set(header, "1.2.3.4") })
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", header, w.Code)
		}
	}
}

// A page elsewhere can have a browser on this machine post plain text, or load an address as an image, without asking.
func TestOtherSitesCannotAsk(t *testing.T) {
	for name, change := range map[string]func(*http.Request){
		"told by the browser": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"same site":           func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") },
		"an older browser":    func(r *http.Request) { r.Header.Set("Origin", "https://elsewhere.example") },
	} {
		w := ask(everything(), "POST", "/api/v1/screen", batch, func(r *http.Request) { change(r); r.Header.Set("Content-Type", "text/plain") })
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	w := ask(everything(), "GET", "/api/v1/screen?name=x", "", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	if w.Code != http.StatusForbidden {
		t.Errorf("an image's address: %d", w.Code)
	}
	if w := ask(everything(), "POST", "/api/v1/screen", batch, nil); w.Code != 200 {
		t.Errorf("a script: %d", w.Code)
	}
	o := everything()
	link := o.Signer.Link("", notify.Subscription{Recipient: "a@b.c"})
	if w := ask(o, "POST", link, "List-Unsubscribe=One-Click", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }); w.Code != 200 {
		t.Errorf("one click in a mail program on the web: %d", w.Code)
	}
}

// One name of 187,000 characters took 47 seconds.
func TestScreenLimitsLengthAndNumber(t *testing.T) {
	long := strings.Repeat("x", maxText+1)
	for name, query := range map[string]string{
		"name": `{"name":"` + long + `"}`, "address": `{"address":"` + strings.Repeat(long, 2) + `"}`, "country": `{"name":"x","country":"` + long + `"}`,
		"id": `{"name":"x","id":"` + long + `"}`, "alias": `{"name":"x","aliases":["` + long + `"]}`,
		"aliases": `{"name":"x","aliases":["y"` + strings.Repeat(`,"y"`, maxAliases) + `]}`,
		"number":  `{"name":"x"}` + strings.Repeat(`,{"name":"x"}`, maxQueries), "bytes": `{"name":"` + strings.Repeat("x", maxBody) + `"}`,
	} {
		if w := ask(everything(), "POST", "/api/v1/screen", `{"queries":[`+query+`]}`, nil); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %.80s", name, w.Code, w.Body)
		}
	}
	if w := ask(everything(), "GET", "/api/v1/screen?name="+long, "", nil); w.Code != http.StatusBadRequest {
		t.Errorf("one name: %d", w.Code)
	}
}

// The least score of a hit comes with the request; without one the default counts.
func TestScreenTakesAThreshold(t *testing.T) {
	got := -1.0
	o := everything()
	o.Screen = func(_ context.Context, q []Query, threshold float64) ([][]Hit, error) {
		got = threshold
		return make([][]Hit, len(q)), nil
	}
	for _, c := range []struct {
		method, query, more string
		want                float64 // -1 where the request is refused
	}{
		{"POST", "", ``, 0}, {"POST", "", `,"threshold":0.7`, 0.7}, {"POST", "", `,"threshold":1`, 1}, {"POST", "", `,"threshold":0.2`, -1},
		{"POST", "", `,"threshold":0`, -1}, {"POST", "", `,"threshold":1.01`, -1}, {"POST", "", `,"threshold":"0.7"`, -1},
		{"GET", "", "", 0}, {"GET", "&threshold=0.7", "", 0.7}, {"GET", "&threshold=NaN", "", -1}, {"GET", "&threshold=0", "", -1},
		{"GET", "&threshold=much", "", -1},
	} {
		got = -1
		path, body := "/api/v1/screen", `{"queries":[{"name":"x"}]`+c.more+`}`
		if c.method == "GET" {
			path, body = path+"?name=x"+c.query, ""
		}
		w := ask(o, c.method, path, body, nil)
		if refused := w.Code == http.StatusBadRequest && strings.Contains(w.Body.String(), "threshold"); got != c.want || refused != (c.want < 0) {
			t.Errorf("%+v: %d %s, screened at %v", c, w.Code, w.Body, got)
		}
	}
}

// No more screenings run at once than the machine bears, and each ends when its client leaves.
func TestScreeningsRunInTurnAndEndWithTheClient(t *testing.T) {
	const clients = 30
	started, ended := make(chan struct{}, clients), make(chan int)
	var now, most atomic.Int32
	o := everything()
	o.Screen = func(ctx context.Context, _ []Query, _ float64) ([][]Hit, error) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		started <- struct{}{}
		<-ctx.Done()
		now.Add(-1)
		return nil, ctx.Err()
	}
	h := Handler(o)
	ctx, leave := context.WithCancel(t.Context())
	for range clients {
		go func() {
			r := httptest.NewRequest("GET", "http://localhost/api/v1/screen?name=x", nil).WithContext(ctx)
			r.RemoteAddr = "127.0.0.1:40000"
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			ended <- w.Body.Len()
		}()
	}
	for range mostAtOnce {
		<-started
	}
	leave()
	for range clients {
		if n := <-ended; n > 0 {
			t.Errorf("an answer of %d bytes to a client that left", n)
		}
	}
	if got := most.Load(); got > mostAtOnce {
		t.Errorf("%d ran at once, wanted at most %d", got, mostAtOnce)
	}
}
