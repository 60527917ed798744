package fedreg

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"entitywatch/diff"
)

// Whatever the API or a cache answers, reading it ends in an Act or in a refusal with a reason, and the Act can be
// written again.
func FuzzParseDocument(f *testing.F) {
	for _, seed := range []string{
		`{"document_number":"2023-03929","title":"Additions to the Entity List","abstract":"adding 10 entities under 13 ` +
			`entries to the Entity List","volume":88,"correction_of":"https://x/documents/2023-1?y"}`,
		`{"count":1,"results":[{"document_number":"C1-2019-19930","cfr_references":[{"title":15,"part":"744"}],` +
			`"agencies":[null]}]}`,
		`{"results":null}`, `[]`, "\xef\xbb\xbf{}", `<html>`, `{"document_number":1}`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := ParseDocument(bytes.NewReader(b))
		var refused *diff.Refused
		if err != nil {
			if !errors.As(err, &refused) || refused.Reason == "" {
				t.Fatalf("error without a reason: %v", err)
			}
			return
		}
		if a.DocumentNumber == "" {
			t.Error("an act without a number")
		}
		if _, err := json.Marshal(a); err != nil {
			t.Error(err)
		}
	})
}
