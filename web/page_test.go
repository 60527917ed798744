package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Whoever comes to an address that leads nowhere, or asks in vain, reads a page that says what to do; a program gets its own answer.
func TestWhatLeadsNowhereIsAPageToo(t *testing.T) {
	h := Handler(Options{Case: func(context.Context, string) (Case, bool, error) { return Case{}, false, errors.New("disk") }})
	for path, want := range map[string]struct {
		status     int
		kind, text string
	}{
		"/nothing":        {http.StatusNotFound, "text/html", "<h1>There is no such page</h1>"},
		"/cases/case_1":   {http.StatusInternalServerError, "text/html", "<h1>This did not work</h1>"},
		"/api/v1/nothing": {http.StatusNotFound, "application/json", "there is nothing under this address"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
		if kind := w.Header().Get("Content-Type"); w.Code != want.status || !strings.HasPrefix(kind, want.kind) || !strings.Contains(w.Body.String(), want.text) {
			t.Errorf("%s: %d %s %s", path, w.Code, kind, w.Body)
		}
	}
}
