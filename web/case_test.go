package web

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"entitywatch/notify/notifytest"
)

// The page of a Case says the facts of a message in their order; of its own it says only which Case it is, and below, who was told.
func TestCasePageSaysTheFactsAndNothingElse(t *testing.T) {
	all, err := notifytest.Messages()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range append(all, notifytest.Named{Name: "hostile texts", Message: notifytest.Hostile(`<b>&"x`)}) {
		said := n.Message.Compose()
		said.Frame.Kind, said.Frame.Severity = "", "" // they are of a message
		srv := httptest.NewServer(Handler(Options{Case: func(context.Context, string) (Case, bool, error) {
			return Case{ID: "case_1", Status: "open", Composition: said}, true, nil
		}}))
		_, page, _ := get(t, srv, "GET", "/cases/case_1", "", nil)
		srv.Close()
		page, _, found := strings.Cut(page, "<section><h2>Acknowledged")
		if !found {
			t.Fatal(page)
		}
		t.Run(n.Name, func(t *testing.T) {
			notifytest.Hold(t, said, notifytest.HTML(page), "Case case_1", "open", "as it stands on")
		})
	}
}
