package web

import (
	"net/http"

	"entitywatch/notify"
)

type unsubscribePage struct {
	notify.Subscription
	Problem string
	Done    bool
}

// askUnsubscribe shows what the link would end, with a button; it changes nothing.
func (s *server) askUnsubscribe(w http.ResponseWriter, r *http.Request) {
	sub, err := s.Signer.Verify(r.URL.Query())
	if err != nil {
		s.page(w, http.StatusBadRequest, "unsubscribe", unsubscribePage{Problem: err.Error()})
		return
	}
	s.page(w, http.StatusOK, "unsubscribe", unsubscribePage{Subscription: sub})
}

// unsubscribe ends the subscription that the link names. The mail program's one click and the page's button arrive alike: a POST to
// the link. The signature is the permission, so no cookie or origin is asked for.
func (s *server) unsubscribe(w http.ResponseWriter, r *http.Request) {
	sub, err := s.Signer.Verify(r.URL.Query())
	if err != nil {
		s.page(w, http.StatusBadRequest, "unsubscribe", unsubscribePage{Problem: err.Error()})
		return
	}
	if err := s.Unsubscribe(r.Context(), sub); err != nil {
		s.fail(w, r, "unsubscribe", err)
		return
	}
	s.page(w, http.StatusOK, "unsubscribe", unsubscribePage{Subscription: sub, Done: true})
}
