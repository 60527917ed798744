package web

import (
	"encoding/json"
	"net/http"
)

// healthz answers probes: 200 while both halves turn and the database can be used, 503 else. Held and broken sources are shown, not fatal:
// a restart would not mend them.
func (s *server) healthz(w http.ResponseWriter, r *http.Request) {
	h, err := s.Health(r.Context())
	if err != nil {
		s.Log.Error("web: health", "err", err)
		http.Error(w, `{"ok":false}`, http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if len(h.Stuck) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	if err := json.NewEncoder(w).Encode(h); err != nil {
		s.Log.Debug("web: health not taken", "err", err)
	}
}

// readiness is what readyz answers.
type readiness struct {
	Ready bool     `json:"ready"`
	New   []string `json:"new"`   // sources that nobody has looked at yet
	Stuck []string `json:"stuck"` // as in Health
}

// readyz answers probes that wait for the daemon to watch everything: 200 once each source was looked at and nothing is stuck, 503 until
// then. A source that cannot be read was looked at: waiting would not mend it.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) {
	h, err := s.Health(r.Context())
	if err != nil {
		s.Log.Error("web: readiness", "err", err)
		http.Error(w, `{"ready":false}`, http.StatusServiceUnavailable)
		return
	}
	answer := readiness{New: []string{}, Stuck: h.Stuck}
	for _, source := range h.Sources {
		if source.State == newSource {
			answer.New = append(answer.New, source.Name)
		}
	}
	answer.Ready = len(answer.New) == 0 && len(answer.Stuck) == 0
	w.Header().Set("Content-Type", "application/json")
	if !answer.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		s.Log.Debug("web: readiness not taken", "err", err)
	}
}

// newSource is the state of a source that nobody has looked at yet.
const newSource = "new"

func (s *server) status(w http.ResponseWriter, r *http.Request) {
	h, err := s.Health(r.Context())
	if err != nil {
		s.fail(w, r, "status page", err)
		return
	}
	s.page(w, http.StatusOK, "status", h)
}
