package fetch

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

// statuses answers with each status in turn, then with 200.
func statuses(list ...int) http.HandlerFunc {
	var asked atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		if i := int(asked.Add(1)) - 1; i < len(list) {
			w.WriteHeader(list[i])
			return
		}
		io.WriteString(w, "ok")
	}
}

func TestTransientFailuresAreTriedAgainWithBackoff(t *testing.T) {
	c, srv, clk := newTest(t, statuses(500, 429, 503))
	r, s, err := get(t, c, Cursor{}, srv.URL)
	if err != nil || string(r.Body) != "ok" {
		t.Fatal(err)
	}
	if want := []time.Duration{1e9, 2e9, 4e9}; !slices.Equal(clk.slept, want) {
		t.Errorf("slept %v, want %v", clk.slept, want)
	}
	var got []int
	for _, x := range s.Exchanges() {
		got = append(got, x.Status)
	}
	if !slices.Equal(got, []int{500, 429, 503, 200}) {
		t.Errorf("exchanges = %v", got)
	}
}

func TestJitterSpreadsTheBackoff(t *testing.T) {
	c, srv, clk := newTest(t, statuses(500), func(o *Options) { o.Jitter = func() float64 { return 0 } })
	if _, _, err := get(t, c, Cursor{}, srv.URL); err != nil || clk.slept[0] != time.Second/2 {
		t.Errorf("slept %v with the least jitter, want half a second; %v", clk.slept, err)
	}
}

func TestGivesUpAfterTheAttempts(t *testing.T) {
	c, srv, _ := newTest(t, statuses(500, 500, 500, 500, 500))
	_, s, err := get(t, c, Cursor{}, srv.URL)
	var se *StatusError
	if !errors.As(err, &se) || se.Status != 500 || len(s.Exchanges()) != 4 {
		t.Errorf("err = %v after %d tries, want status 500 after 4", err, len(s.Exchanges()))
	}
}

func TestPermanentFailuresAreNotTriedAgain(t *testing.T) {
	for _, status := range []int{400, 403, 404, 410, 501} {
		c, srv, _ := newTest(t, statuses(status))
		_, s, err := get(t, c, Cursor{}, srv.URL)
		var se *StatusError
		if !errors.As(err, &se) || se.Status != status || len(s.Exchanges()) != 1 {
			t.Errorf("status %d: err = %v after %d tries", status, err, len(s.Exchanges()))
		}
	}
}

func TestRetryAfter(t *testing.T) {
	date := time.Date(2024, 7, 2, 14, 0, 45, 0, time.UTC).Format(http.TimeFormat)
	cases := []struct {
		header string
		slept  time.Duration // 0: gave up at once
	}{
		{"7", 7 * time.Second},
		{date, 45 * time.Second},
		{"120", 2 * time.Minute},
		{"121", 0},
		{"Fri, 31 Dec 2100 23:59:59 GMT", 0},
		{"99999999999999999999", time.Second}, // no number we know: as if it were not there
		{"-5", time.Second},
		{"Mon, 01 Jul 2024 10:00:00 GMT", time.Second}, // already past
		{"soon", time.Second},
	}
	for _, tc := range cases {
		t.Run(tc.header, func(t *testing.T) {
			var asked atomic.Int32
			c, srv, clk := newTest(t, func(w http.ResponseWriter, r *http.Request) {
				if asked.Add(1) == 1 {
					w.Header().Set("Retry-After", tc.header)
					w.WriteHeader(429)
				}
			})
			_, _, err := get(t, c, Cursor{}, srv.URL)
			if tc.slept == 0 {
				var se *StatusError
				if !errors.As(err, &se) || se.RetryAfter <= 2*time.Minute || len(clk.slept) != 0 {
					t.Fatalf("err = %v, slept %v; want to give up at once with the wait", err, clk.slept)
				}
				return
			}
			if err != nil || !slices.Equal(clk.slept, []time.Duration{tc.slept}) {
				t.Errorf("slept %v, err %v; want %v", clk.slept, err, tc.slept)
			}
		})
	}
}

func TestConnectionErrorsAreTriedAgain(t *testing.T) {
	var asked atomic.Int32
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		if n := asked.Add(1); n < 3 {
			conn, _, _ := w.(http.Hijacker).Hijack()
			if tcp, ok := conn.(*net.TCPConn); ok && n == 2 {
				tcp.SetLinger(0) // a reset, not an orderly end
			}
			conn.Close()
			return
		}
		io.WriteString(w, "ok")
	})
	if r, _, err := get(t, c, Cursor{}, srv.URL); err != nil || string(r.Body) != "ok" {
		t.Fatal(err)
	}
	srv.Close()
	_, s, err := get(t, c, Cursor{}, srv.URL)
	if err == nil || len(s.Exchanges()) != 4 || !strings.Contains(err.Error(), "refused") {
		t.Errorf("closed port: %v after %d tries", err, len(s.Exchanges()))
	}
}

func TestRateLimitPerHost(t *testing.T) {
	c, srv, clk := newTest(t, statuses(), func(o *Options) { o.Rate, o.Burst = 2, 1 })
	s := c.Begin(Cursor{})
	for range 3 {
		if _, err := s.Get(t.Context(), srv.URL); err != nil {
			t.Fatal(err)
		}
	}
	if want := []time.Duration{time.Second / 2, time.Second / 2}; !slices.Equal(clk.slept, want) {
		t.Errorf("slept %v, want %v", clk.slept, want)
	}
}

func TestPaceIsALimitOfItsOwn(t *testing.T) {
	c, srv, clk := newTest(t, statuses(), func(o *Options) { o.Rate, o.Burst = rate.Limit(1000), 1000 })
	s := c.Begin(Cursor{})
	for range 3 {
		if _, err := s.Get(t.Context(), srv.URL, Pace("xml", 1)); err != nil {
			t.Fatal(err)
		}
	}
	if want := []time.Duration{time.Second, time.Second}; !slices.Equal(clk.slept, want) {
		t.Errorf("slept %v, want %v", clk.slept, want)
	}
}
