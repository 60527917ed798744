package fetch

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// stored is a cursor as the next process reads it.
func stored(t *testing.T, c Cursor) (out Cursor) {
	t.Helper()
	b, err := json.Marshal(c)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// An upstream that asks for more patience than a look has is left alone until then, by the next look and by the next process, and by other
// sources of the host where it limits us. Then it is asked again.
func TestRetryAfterIsObeyedByTheNextLook(t *testing.T) {
	for name, c := range map[string]struct {
		status     int
		after      string
		rests      time.Duration // 0: not at all
		otherRests bool          // whether another resource of the host rests too
	}{
		"limited":            {429, "600", 10 * time.Minute, true},
		"not available":      {503, "600", 10 * time.Minute, false},
		"limited for years":  {429, "99999999", longestRest, true},
		"does not say":       {503, "", 0, false},
		"a day in the past":  {503, "Mon, 01 Jul 2024 10:00:00 GMT", 0, false},
		"a date":             {503, "Tue, 02 Jul 2024 14:30:00 GMT", 30 * time.Minute, false},
		"no failure to wait": {404, "", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			asked, well := 0, false
			h := func(w http.ResponseWriter, _ *http.Request) {
				if asked++; !well {
					w.Header().Set("Retry-After", c.after)
					w.WriteHeader(c.status)
				}
			}
			client, srv, clk := newTest(t, h, func(o *Options) { o.Attempts = 1 })
			_, s, err := get(t, client, Cursor{}, srv.URL+"/list")
			if err == nil || asked != 1 {
				t.Fatalf("first look: %v, asked %d times", err, asked)
			}
			cur := stored(t, s.Kept())
			well, asked = true, 0
			next := New(client.o) // another process
			next.rests = map[string]Rest{}
			for who, again := range map[string]*Client{"the same process": client, "the next process": next} {
				for path, rests := range map[string]bool{"/list": c.rests > 0, "/other": c.otherRests} {
					asked = 0
					_, _, err := get(t, again, cur, srv.URL+path)
					var re *RestError
					var se *StatusError
					if rests && (!errors.As(err, &re) || !errors.As(err, &se) || se.Status != c.status || asked != 0) || !rests && (err != nil || asked != 1) {
						t.Errorf("%s asks for %s: %v, asked %d times", who, path, err, asked)
					}
				}
			}
			clk.now = clk.now.Add(c.rests + time.Second)
			for _, again := range []*Client{client, next} {
				if _, s, err := get(t, again, cur, srv.URL+"/list"); err != nil || len(s.Next().Rests) != 0 {
					t.Errorf("when the time has passed: %v, rests %v", err, s.Next().Rests)
				}
			}
		})
	}
}

// A server or cache that answers 304 for ever hides every change: once a day the body is asked for whatever the validators say.
func TestALyingETagHidesNothingForLongerThanADay(t *testing.T) {
	conditional := false
	c, srv, clk := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"always the same"`)
		if conditional = r.Header.Get("If-None-Match") != ""; conditional {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "body")
	})
	cur, bodies := Cursor{}, 0
	const hours = 4 * 24
	for range hours {
		r, s, err := get(t, c, cur, srv.URL+"/list")
		if err != nil {
			t.Fatal(err)
		}
		if !r.NotModified {
			bodies++
		}
		cur = stored(t, s.Next())
		clk.now = clk.now.Add(time.Hour)
	}
	if bodies != 4 {
		t.Errorf("%d bodies in %d hourly looks, want one a day", bodies, hours)
	}
	// validators that an earlier program stored have no time: the day begins with the next look
	cur = Cursor{Validators: map[string]Validators{srv.URL + "/list": {ETag: `"always the same"`}}}
	if r, s, err := get(t, c, cur, srv.URL+"/list"); err != nil || !r.NotModified || s.Next().Validators[srv.URL+"/list"].Seen.IsZero() {
		t.Errorf("validators without a time: %+v, %v", s.Next().Validators, err)
	}
}

// deadlines records how long each attempt is given.
type deadlines struct {
	next  http.RoundTripper
	given *[]time.Duration
}

func (d deadlines) RoundTrip(r *http.Request) (*http.Response, error) {
	at, _ := r.Context().Deadline()
	*d.given = append(*d.given, time.Until(at).Round(time.Second))
	return d.next.RoundTrip(r)
}

// The limit that an admin sets holds for every request, also where a source would ask for more; what needs less keeps less.
func TestTheConfiguredTimeoutStandsAboveTheSources(t *testing.T) {
	for _, c := range []struct{ set, asked, want time.Duration }{
		{0, 0, time.Minute},
		{0, 10 * time.Minute, 10 * time.Minute},
		{0, 15 * time.Second, 15 * time.Second},
		{3 * time.Second, 0, 3 * time.Second},
		{3 * time.Second, 10 * time.Minute, 3 * time.Second},
		{3 * time.Second, 15 * time.Second, 3 * time.Second},
		{20 * time.Minute, 10 * time.Minute, 20 * time.Minute},
		{20 * time.Minute, 15 * time.Second, 15 * time.Second},
		{20 * time.Minute, 0, 20 * time.Minute},
	} {
		var given []time.Duration
		client, srv, _ := newTest(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "x") }, func(o *Options) {
			o.Timeout = c.set
			o.Wrap = func(next http.RoundTripper) http.RoundTripper { return deadlines{next, &given} }
		})
		var opts []Option
		if c.asked > 0 {
			opts = append(opts, Timeout(c.asked))
		}
		if _, _, err := get(t, client, Cursor{}, srv.URL, opts...); err != nil {
			t.Fatal(err)
		}
		if len(given) != 1 || given[0] != c.want {
			t.Errorf("set %s, source asks for %s: given %v, want %s", c.set, c.asked, given, c.want)
		}
	}
}

// A body that drips ends with its attempt.
func TestADrippingBodyEndsWithItsTimeout(t *testing.T) {
	end := make(chan struct{})
	client, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "a")
		w.(http.Flusher).Flush()
		select { // the rest would come some day
		case <-r.Context().Done():
		case <-end:
		}
	}, func(o *Options) { o.Timeout, o.Attempts = 50*time.Millisecond, 2 })
	defer close(end)
	_, s, err := get(t, client, Cursor{}, srv.URL, Timeout(10*time.Minute))
	if err == nil || !strings.Contains(err.Error(), "deadline") || len(s.Exchanges()) != 2 {
		t.Errorf("%v after %d attempts", err, len(s.Exchanges()))
	}
}
