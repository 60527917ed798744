package web

import (
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"
)

// known refuses requests under a name that is not ours: a page elsewhere that has its own name lead to our address (DNS rebinding) would
// otherwise read what this machine may read. A plain address cannot be had that way.
func (s *server) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostname(r.Host)
		if net.ParseIP(host) == nil && host != "localhost" &&
			!slices.ContainsFunc(s.Hosts, func(h string) bool { return strings.EqualFold(h, host) }) {
			http.Error(w, "no page is served under this name; set public_url in the config to the one that people use", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostname is a Host header without its port, brackets and final dot.
func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// sameOrigin refuses what another site's page has a browser send, plain-text forms included. An unsubscribe link is its own permission.
func (s *server) sameOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.AddInsecureBypassPattern("POST /unsubscribe")
	p.AddInsecureBypassPattern("POST /subscribe") // its way back, by the same link
	if s.Origin != "" {
		if err := p.AddTrustedOrigin(s.Origin); err != nil {
			s.Log.Warn("web: forms of the public address are not taken", "err", err)
		}
	}
	return p.Handler(next)
}

// allowed lets in the token's bearer, or without a token the callers on this machine, as long as nobody else can seem to be one.
func (s *server) allowed(w http.ResponseWriter, r *http.Request) bool {
	if s.Token != "" {
		given, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(s.Token)) == 1 {
			return true
		}
		w.Header().Set("WWW-Authenticate", "Bearer")
		refuse(w, http.StatusUnauthorized, "send the api_token: Authorization: Bearer …")
		return false
	}
	if s.Exposed || !local(r) {
		refuse(w, http.StatusForbidden, "only this machine may ask; set api_token in the config to open it")
		return false
	}
	return true
}

// forwarding are the headers by which proxies say that they ask for somebody else.
var forwarding = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via", "Cf-Connecting-Ip", "True-Client-Ip"}

// local reports whether a request comes from this machine for itself: not through a proxy, and not for another site's page.
func local(r *http.Request) bool {
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !net.ParseIP(from).IsLoopback() {
		return false
	}
	if host := hostname(r.Host); host != "localhost" && !net.ParseIP(host).IsLoopback() {
		return false
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return false
	}
	return !slices.ContainsFunc(forwarding, func(h string) bool { return r.Header.Get(h) != "" })
}
