package web

import (
	"html/template"
	"net/http"
	"unicode"
	"unicode/utf8"

	"entitywatch/notify"
)

type unsubscribePage struct {
	notify.Subscription
	Problem string
	Done    bool
	Back    bool         // it was brought back
	Query   template.URL // of the way back; "" where there is none
}

// askUnsubscribe shows what the link would end, with a button; it changes nothing.
func (s *server) askUnsubscribe(w http.ResponseWriter, r *http.Request) {
	s.subscription(w, r, func(notify.Subscription) (unsubscribePage, error) { return unsubscribePage{}, nil })
}

// unsubscribe ends the subscription that the link names. The mail program's one click and the page's button arrive alike: a POST to
// the link. The signature is the permission, so no cookie or origin is asked for.
func (s *server) unsubscribe(w http.ResponseWriter, r *http.Request) {
	s.subscription(w, r, func(sub notify.Subscription) (unsubscribePage, error) {
		return unsubscribePage{Done: true}, s.Unsubscribe(r.Context(), sub)
	})
}

// resubscribe brings back what the same link ended.
func (s *server) resubscribe(w http.ResponseWriter, r *http.Request) {
	s.subscription(w, r, func(sub notify.Subscription) (unsubscribePage, error) {
		return unsubscribePage{Back: true}, s.Resubscribe(r.Context(), sub)
	})
}

// sentence begins with a capital letter.
func sentence(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// subscription answers a request to a signed link with what act did.
func (s *server) subscription(w http.ResponseWriter, r *http.Request, act func(notify.Subscription) (unsubscribePage, error)) {
	sub, err := s.Signer.Verify(r.URL.Query())
	if err != nil {
		s.page(w, http.StatusBadRequest, "unsubscribe", unsubscribePage{Problem: sentence(err.Error())})
		return
	}
	p, err := act(sub)
	if err != nil {
		s.fail(w, r, "subscription", err)
		return
	}
	p.Subscription = sub
	if s.Resubscribe != nil {
		p.Query = template.URL(s.Signer.Query(sub))
	}
	s.page(w, http.StatusOK, "unsubscribe", p)
}
