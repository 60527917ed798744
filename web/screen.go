package web

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
)

// Query is one name to screen.
type Query struct {
	ID      string   `json:"id,omitempty"`
	Name    string   `json:"name"`
	Country string   `json:"country,omitempty"`
	Address string   `json:"address,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

// Hit is one result, in the promised form of a screening hit.
type Hit = json.RawMessage

const (
	maxQueries = 10_000
	maxBody    = 8 << 20
)

// screen answers a batch: {"queries":[{"name":…}]} gives {"results":[[hit,…],…]}, in order.
func (s *server) screen(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(w, r) {
		return
	}
	var batch struct {
		Queries []Query `json:"queries"`
	}
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&batch); err != nil {
		refuse(w, http.StatusBadRequest, `the body must be {"queries":[{"name":"…"}]}: `+err.Error())
		return
	}
	s.answer(w, r, batch.Queries)
}

// screenOne answers ?name=… with optional country and address.
func (s *server) screenOne(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(w, r) {
		return
	}
	q := r.URL.Query()
	s.answer(w, r, []Query{{Name: q.Get("name"), Country: q.Get("country"), Address: q.Get("address")}})
}

func (s *server) answer(w http.ResponseWriter, r *http.Request, queries []Query) {
	if len(queries) == 0 || len(queries) > maxQueries {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("send 1 to %d queries", maxQueries))
		return
	}
	for i, q := range queries {
		if strings.TrimSpace(q.Name) == "" && strings.TrimSpace(q.Address) == "" {
			refuse(w, http.StatusBadRequest, fmt.Sprintf("query %d has neither name nor address", i))
			return
		}
	}
	results, err := s.Screen(r.Context(), queries)
	if err != nil {
		s.fail(w, r, "screen", err)
		return
	}
	for i := range results {
		if results[i] == nil {
			results[i] = []Hit{}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(map[string]any{"results": results}); err != nil {
		s.Log.Debug("web: results not taken", "err", err)
	}
}

// allowed lets in the token's bearer, or without a token the callers on this machine. A proxy on this machine makes every caller look
// local, so a forwarded request needs the token.
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
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	local := err == nil && net.ParseIP(host).IsLoopback()
	if !local || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" || !loopbackHost(r.Host) {
		refuse(w, http.StatusForbidden, "only this machine may ask; set api_token in the config to open it")
		return false
	}
	return true
}

// loopbackHost refuses a page on the web that reaches us through a name of its own (DNS rebinding).
func loopbackHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return host == "localhost" || net.ParseIP(strings.Trim(host, "[]")).IsLoopback()
}

func refuse(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": text})
}
