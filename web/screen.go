package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
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

// The limits of one request. The longest name of any list has some 300 characters, the longest address 500; comparing grows faster than
// length, so that one name of 187,000 characters took 47 seconds.
const (
	maxQueries = 1_000
	maxBody    = 1 << 20 // bytes
	maxAliases = 50      // of one query
	maxText    = 500     // characters of a name, an alias, a country, an id
	maxAddress = 1_000   // characters
	mostAtOnce = 2       // requests; each keeps a processor busy
	patience   = 10 * time.Second
)

// leastThreshold is the least score that may be asked for: below it two names have little in common, and an answer costs several times as
// much. It is the least that the configuration takes, too.
const leastThreshold = 0.3

// screen answers a batch: {"queries":[{"name":…}]} gives {"results":[[hit,…],…]}, in order. "threshold" is the least score of a hit,
// 0.3 to 1; without it the default counts.
func (s *server) screen(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(w, r) {
		return
	}
	var batch struct {
		Queries   []Query  `json:"queries"`
		Threshold *float64 `json:"threshold"`
	}
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&batch); err != nil {
		refuse(w, http.StatusBadRequest, `the body must be {"queries":[{"name":"…"}]}: `+err.Error())
		return
	}
	s.answer(w, r, batch.Queries, batch.Threshold)
}

// screenOne answers ?name=… with optional country, address and threshold.
func (s *server) screenOne(w http.ResponseWriter, r *http.Request) {
	if !s.allowed(w, r) {
		return
	}
	q := r.URL.Query()
	var threshold *float64
	if text := q.Get("threshold"); text != "" {
		t, err := strconv.ParseFloat(text, 64)
		if err != nil {
			refuse(w, http.StatusBadRequest, fmt.Sprintf("threshold %q is not a number; write 0.85", text))
			return
		}
		threshold = &t
	}
	s.answer(w, r, []Query{{Name: q.Get("name"), Country: q.Get("country"), Address: q.Get("address")}}, threshold)
}

// answer screens; without a threshold, which is nil then, the default counts.
func (s *server) answer(w http.ResponseWriter, r *http.Request, queries []Query, threshold *float64) {
	least := 0.0
	if threshold != nil {
		if least = *threshold; !(least >= leastThreshold && least <= 1) {
			refuse(w, http.StatusBadRequest, fmt.Sprintf("threshold %v is outside %v–1", least, leastThreshold))
			return
		}
	}
	if len(queries) == 0 || len(queries) > maxQueries {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("send 1 to %d queries", maxQueries))
		return
	}
	for i, q := range queries {
		if fault := q.fault(); fault != "" {
			refuse(w, http.StatusBadRequest, fmt.Sprintf("query %d %s", i, fault))
			return
		}
	}
	results, err := s.inTurn(r.Context(), queries, least)
	switch {
	case errors.Is(err, errBusy):
		w.Header().Set("Retry-After", "10")
		refuse(w, http.StatusServiceUnavailable, err.Error())
		return
	case r.Context().Err() != nil:
		return // nobody waits for the answer any more
	case err != nil:
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

// fault says why a query is not searched for; "" where it is.
func (q Query) fault() string {
	if strings.TrimSpace(q.Name) == "" && strings.TrimSpace(q.Address) == "" {
		return "has neither name nor address"
	}
	if len(q.Aliases) > maxAliases {
		return fmt.Sprintf("has more than %d aliases", maxAliases)
	}
	for _, text := range append([]string{q.Name, q.Country, q.ID}, q.Aliases...) {
		if utf8.RuneCountInString(text) > maxText {
			return fmt.Sprintf("holds a text of more than %d characters", maxText)
		}
	}
	if utf8.RuneCountInString(q.Address) > maxAddress {
		return fmt.Sprintf("has an address of more than %d characters", maxAddress)
	}
	return ""
}

var errBusy = errors.New("others are being answered; ask again in some seconds")

// inTurn screens when its turn comes, and stops when the client leaves.
func (s *server) inTurn(ctx context.Context, queries []Query, threshold float64) ([][]Hit, error) {
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case s.turns <- struct{}{}:
	case <-t.C:
		return nil, errBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.turns }()
	return s.Screen(ctx, queries, threshold)
}

func refuse(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": text})
}
