package eu

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
	"entitywatch/watcher/fetch"
)

func load(t testing.TB) []byte { return permute.Fixture(t, "full.xml") }

func TestParse(t *testing.T) {
	s, err := Parse(bytes.NewReader(load(t)), diff.ReadOptions{})
	if err != nil || len(s) != 1 || s[0].List != diff.EUFSF || s[0].AsOf != "2025-03-12" || !s[0].Complete || len(s[0].Problems) != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	want := []diff.Entry{{
		List: diff.EUFSF, Key: "eu-fsf/9001", Kind: diff.Person, Countries: []string{"TN"}, Name: "Ivan Marsholm",
		WeakAliases: []string{"Vanya"}, Addresses: []string{"23 50th Street, PO Box 12, Tunis, TUNISIA (Fiscal code 1)"},
		Programs: []string{"TAQA"},
		IDs: []diff.ID{
			{Type: "EU reference number", Value: "EU.9001.82"}, {Type: "UN reference number", Value: "CDi.901"},
			{Type: "National passport", Value: "488555, expired"},
		},
		Attributes: []diff.Attribute{
			{Type: "designation_date", Value: "2008-07-03"}, {Type: "regulation", Value: "2019/555 (OJ L97), 2019-04-08"},
			{Type: "function", Value: "Director"}, {Type: "title", Value: "Dr"}, {Type: "gender", Value: "M"},
			{Type: "citizenship", Value: "ALGERIA"}, {Type: "birth", Value: "circa 1965-12-12"}, {Type: "birth_place", Value: "RWANDA"},
		},
		Notes: []string{"Vanya: as a boy"}, Remarks: "Director's brother",
	}, {
		List: diff.EUFSF, Key: "eu-fsf/9002", Kind: diff.Organization, Name: "Tarnow Bank",
		IDs: []diff.ID{{Type: "EU reference number", Value: "EU.9002.1"}},
	}}
	if d := cmp.Diff(want, s[0].Entries); d != "" {
		t.Error(d)
	}
}

func TestReferenceSamples(t *testing.T) {
	for name, doubled := range map[string]int{"fsf_1.1_sample.xml": 1, "fsf_1.1_2020-04-15_sample.xml": 0} {
		s, err := Parse(bytes.NewReader(require.File(t, "eu/"+name)), diff.ReadOptions{})
		if err != nil || len(s[0].Entries) != 7 || len(s[0].Problems) != doubled || diff.NeedsHuman(s[0].Problems) {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, body := range map[string]string{
		"empty": "", "HTML": "<html><body>Login</body></html>", "another list": "<CONSOLIDATED_LIST/>", "nothing in it": "<export/>",
	} {
		permute.Refused(t, name, body, "", Parse)
	}
	permute.Cuts(t, load(t), 3, Parse)
}

func TestTheTokenIsNeverShown(t *testing.T) {
	const secret = "s3cr3t-token"
	asked, status := "", http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		if status != http.StatusOK {
			http.Error(w, "no", status)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		if _, err := w.Write(load(t)); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	client := fetch.New(fetch.Options{Trusted: []string{server.URL}, Attempts: 1})
	filePath := List().Files[0].Path
	for _, o := range []fetch.ListOptions{
		{BaseURL: server.URL + "?token=" + secret},
		{BaseURL: server.URL + filePath + "?token=" + secret},
	} {
		status = http.StatusOK
		session := client.Begin(fetch.Cursor{})
		r, err := List().New(o).Read(context.Background(), session)
		if err != nil || len(r.Snapshots) != 1 || asked != filePath+"?token="+secret {
			t.Fatalf("asked %s: %v", asked, err)
		}
		if e := r.Snapshots[0].Evidence[0]; strings.Contains(e.URL, secret) {
			t.Errorf("evidence: %s", e.URL)
		}
		status = http.StatusForbidden
		session = client.Begin(fetch.Cursor{})
		_, err = List().New(o).Read(context.Background(), session)
		var refused *fetch.StatusError
		if !errors.As(err, &refused) || strings.Contains(err.Error(), secret) || strings.Contains(session.Exchanges()[0].Err+session.Exchanges()[0].URL, secret) {
			t.Errorf("error: %v", err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(load(f))
	f.Fuzz(func(t *testing.T, body []byte) { permute.Sound(t, body, Parse) })
}
