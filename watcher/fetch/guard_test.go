package fetch

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestPublic(t *testing.T) {
	inward := []string{
		"127.0.0.1", "127.8.9.10", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "0.0.0.0", "0.1.2.3",
		"100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
		"::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "100::1",
	}
	for _, a := range inward {
		if Public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as public", a)
		}
	}
	for _, a := range []string{"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"} {
		if !Public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as inward", a)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address counts as public")
	}
}

func TestGuardRefusesWhatIsNotConfigured(t *testing.T) {
	asked := false
	inner := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked = true }))
	defer inner.Close()
	// a name that resolves inward is caught after resolution
	_, port, _ := strings.Cut(strings.TrimPrefix(inner.URL, "http://"), ":")
	c, _, _ := newTest(t, func(http.ResponseWriter, *http.Request) {})
	for _, u := range []string{inner.URL, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port} {
		_, s, err := get(t, c, Cursor{}, u)
		var ge *GuardError
		if !errors.As(err, &ge) {
			t.Errorf("%s: err = %v, want *GuardError", u, err)
		}
		if len(s.Exchanges()) != 1 {
			t.Errorf("%s: %d tries, want 1 on record", u, len(s.Exchanges()))
		}
	}
	if asked {
		t.Error("a guarded request reached the inner server")
	}
}

func TestGuardIgnoresTheProxy(t *testing.T) {
	if GuardedTransport().Proxy != nil {
		t.Error("the guarded transport uses a proxy, which resolves names behind the guard")
	}
}

func TestRedirectsAreGuardedAndLimited(t *testing.T) {
	inner := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "secret") }))
	defer inner.Close()
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/inward":
			http.Redirect(w, r, inner.URL, http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/moved":
			http.Redirect(w, r, "/here/list", http.StatusMovedPermanently)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		default:
			io.WriteString(w, "here")
		}
	})
	var ge *GuardError
	if _, _, err := get(t, c, Cursor{}, srv.URL+"/inward"); !errors.As(err, &ge) {
		t.Errorf("redirect inward: %v, want *GuardError", err)
	}
	var re *RedirectError
	if _, s, err := get(t, c, Cursor{}, srv.URL+"/loop"); !errors.As(err, &re) || len(s.Exchanges()) != 1 {
		t.Errorf("redirect loop: %v, want *RedirectError, once", err)
	}
	if _, _, err := get(t, c, Cursor{}, srv.URL+"/file", Once()); err == nil {
		t.Error("redirect to a file was followed")
	}
	r, _, err := get(t, c, Cursor{}, srv.URL+"/moved")
	if err != nil || string(r.Body) != "here" || r.Final != srv.URL+"/here/list" || r.URL != srv.URL+"/moved" {
		t.Errorf("moved: %+v, %v", r, err)
	}
}

func TestOtherSchemesAreRefused(t *testing.T) {
	c, _, _ := newTest(t, func(http.ResponseWriter, *http.Request) {})
	for _, u := range []string{"file:///etc/passwd", "ftp://example.com/x", "//example.com", "http:///x", "::", ""} {
		if _, _, err := get(t, c, Cursor{}, u); err == nil {
			t.Errorf("%q was asked for", u)
		}
	}
}

func TestRedact(t *testing.T) {
	cases := map[string]string{
		"https://eu.example/content?token=s3cret&lang=en":     "https://eu.example/content?token=…&lang=en",
		"https://u:p@eu.example/x?b=2&a=1":                    "https://eu.example/x?b=2&a=1",
		"https://x.example/?X-Amz-Signature=abc&api_key=k&q=": "https://x.example/?X-Amz-Signature=…&api_key=…&q=",
		"https://x.example/?conditions[agencies][]=bis":       "https://x.example/?conditions[agencies][]=bis",
		"https://x.example/?to%6ben=s3cret":                   "https://x.example/?to%6ben=…",
		"https://x.example/%zz?token=s3cret":                  "(unreadable URL)",
	}
	for in, want := range cases {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q, want %q", in, got, want)
		}
	}
}

// Every way to fail, with a secret in user information and in the query: neither may show anywhere in what is returned or recorded.
func TestNoSecretInErrorsAndRecords(t *testing.T) {
	c, srv, _ := newTest(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/cut":
			w.Header().Set("Content-Length", "100")
		case "/status":
			w.WriteHeader(404)
		case "/redirect":
			http.Redirect(w, r, "/redirect?token=hunter2", http.StatusFound)
		case "/bad-location":
			w.Header().Set("Location", "http://[bad/?token=hunter2")
			w.WriteHeader(302)
		case "/unsupported":
			http.Redirect(w, r, "gopher://x.example/?token=hunter2", http.StatusFound)
		case "/html":
			io.WriteString(w, "<html>")
		}
	})
	host := strings.TrimPrefix(srv.URL, "http://")
	for _, path := range []string{"/cut", "/status", "/redirect", "/bad-location", "/unsupported", "/html", "/ok"} {
		u := "http://user:hunter2@" + host + path + "?token=hunter2"
		_, s, err := get(t, c, Cursor{}, u, Expect("json"))
		if err == nil {
			t.Errorf("%s passed", path)
			continue
		}
		shown := fmt.Sprintf("%v %+v %+v %+v", err, s.Exchanges(), s.Next(), errors.Unwrap(err))
		if strings.Contains(shown, "hunter2") {
			t.Errorf("%s shows the secret: %s", path, shown)
		}
	}
	_, _, err := get(t, c, Cursor{}, "http://user:hunter2@127.0.0.1:1/?token=hunter2")
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("guarded: %v", err)
	}
}
