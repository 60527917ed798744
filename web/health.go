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

func (s *server) status(w http.ResponseWriter, r *http.Request) {
	h, err := s.Health(r.Context())
	if err != nil {
		s.fail(w, r, "status page", err)
		return
	}
	s.page(w, http.StatusOK, "status", h)
}
