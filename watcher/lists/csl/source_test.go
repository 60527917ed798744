package csl

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/watcher/fetch"
)

func TestSourceHoldsASubListThatVanishes(t *testing.T) {
	pages := map[string][]byte{"/v1/consolidated.json": permute.Fixture(t, "consolidated.json")}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		if _, err := w.Write(body); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	client := fetch.New(fetch.Options{Trusted: []string{server.URL}, Attempts: 1})
	look := func(cur fetch.Cursor) (diff.Reading, fetch.Cursor) {
		t.Helper()
		o := fetch.ListOptions{BaseURL: server.URL + "/v1", Now: func() time.Time { return time.Date(2025, 3, 12, 23, 0, 0, 0, time.UTC) }}
		session := client.Begin(cur)
		r, err := List().New(o).Read(context.Background(), session)
		if err != nil {
			t.Fatal(err)
		}
		return r, session.Next()
	}
	r, cur := look(fetch.Cursor{})
	if len(r.Snapshots) != 5 || r.Snapshots[0].AsOf != "2025-03-12" || len(r.Snapshots[0].Evidence) != 1 {
		t.Fatalf("%+v", r)
	}
	pages["/v1/consolidated.json"] = edit(t, func(r []map[string]any) []map[string]any {
		return slices.DeleteFunc(r, func(x map[string]any) bool { return strings.Contains(x["source"].(string), "(SSI)") })
	})
	for range 2 { // and it stays so at each further look
		r, cur = look(cur)
		ssi := byList(r.Snapshots)[diff.SSI]
		if len(r.Snapshots) != 5 || ssi.List != diff.SSI || len(ssi.Entries) != 0 || !ssi.Complete || len(ssi.Problems) != 1 {
			t.Errorf("SSI: %+v", ssi)
		}
	}
}
