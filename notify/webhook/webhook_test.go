package webhook_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"entitywatch/diff"
	"entitywatch/notify"
	"entitywatch/notify/notifytest"
	"entitywatch/notify/webhook"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	newKey = "whsec_" + base64.StdEncoding.EncodeToString([]byte("the new key, 24 bytes ok"))
	oldKey = "whsec_" + base64.StdEncoding.EncodeToString([]byte("the old key, 24 bytes ok"))
)

// sample is a message with everything in it.
func sample() notify.Message {
	at := time.Date(2023, 2, 27, 14, 0, 0, 0, time.UTC)
	e := &diff.Entry{
		List: diff.EntityList, Key: "us-bis-entity-list/canada/foo", Country: "CANADA", Countries: []string{"CA"},
		Name:    "Foo \u202e& <Söhne>",
		Aliases: []string{"=cmd()", `"><script>`}, Addresses: []string{"1 Example Road"},
		LicenseRequirement: "For all items subject to the EAR.",
		Citations:          []diff.Citation{{Volume: 88, Page: 12171, Date: "2023-02-27", Raw: "88 FR 12171, 2/27/23."}},
	}
	added := diff.Change{
		ID: "chg_1", Change: diff.Added, Substantive: true, List: diff.EntityList, Key: e.Key, Country: "CANADA",
		Name: e.Name, Entry: e, Act: "2023-03929",
		Stage: diff.Published, EffectiveOn: "2023-02-24", DetectedAt: at,
		Evidence: []diff.Evidence{{SHA256: "ab", URL: "https://x.test/1", FetchedAt: at}},
		Problems: []diff.Problem{{Kind: diff.Surprise, Text: "is on the list already", Where: "row 1"}},
	}
	hits := []notify.Hit{{Counterparties: "vendors", ID: "V-7", Name: "Foo GmbH", Match: "Foo", Score: 0.93,
		MatchedOn: "name"}}
	news := []notify.NewsRef{{ID: "n1", Feed: "dw", Title: "Report", URL: "https://dw.test/1", Published: at}}
	act := &notify.Act{Number: "2023-03929", Citation: "88 FR 12170", Title: "Additions", Type: "Rule",
		PublishedOn: "2023-02-27", URLs: map[string]string{"html": "https://fr.test/1"}}
	items := []notify.Item{{Change: added, Hits: hits}}
	return notify.Message{
		Kind: notify.KindAlert, Headline: "Entity List: 1 added: Foo", Severity: notify.High, Rules: []string{"all"},
		AsOf: at, Zone: "America/New_York",
		Case: "case_1", Status: diff.Open, Act: act, Stage: diff.Published,
		Stages: []notify.StageTime{{Stage: diff.Published, At: at}},
		ToCome: []string{"the text in the eCFR"}, Counts: notify.CountChanges([]diff.Change{added}), Items: items, Others: 2,
		Savings: "Shipments may proceed.",
		Hits:    hits, News: news, NeedsHuman: []string{"1 of 2 instructions need a human"},
		Notes: []string{"on file when monitoring began"},
		Links: []notify.Link{{Rel: "document", Label: "Federal Register", URL: "https://fr.test/1"}},
		Ask:   &notify.Ask{Before: at.Add(4 * time.Hour)},
		Part:  1, Parts: 1, Delivery: "dlv_1",
	}
}

func digestSample() notify.Message {
	m := sample()
	return notify.Message{
		Kind: notify.KindDigest, Headline: "weekly: 1 added", AsOf: m.AsOf, Case: "digest/weekly/x", Part: 1, Parts: 1,
		Delivery: "dlv_2",
		Digest: &notify.Report{
			Name: "weekly", From: m.AsOf.Add(-time.Hour), To: m.AsOf, Late: "due earlier", News: m.News,
			Cases: []notify.ReportCase{{List: diff.EntityList, Message: notify.Message{
				Case: "case_1", Headline: m.Headline, Act: m.Act, Stages: m.Stages, Items: m.Items, Links: m.Links,
			}}},
			Sources: []notify.SourceReport{{Name: "register", State: "held", Checks: 3, Failed: 1, LastChecked: m.AsOf,
				Reason: "half-sized"}},
		},
	}
}

// receiver keeps what was posted, and answers as told.
type receiver struct {
	status int
	header http.Header
	got    []*http.Request
	bodies [][]byte
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	b, _ := io.ReadAll(req.Body)
	r.got, r.bodies = append(r.got, req), append(r.bodies, b)
	for k, v := range r.header {
		w.Header()[k] = v
	}
	w.WriteHeader(r.status)
}

func TestSignaturesVerifyWithTheStandardLibraryWhileRotating(t *testing.T) {
	rec := &receiver{status: 204}
	srv := httptest.NewServer(rec)
	defer srv.Close()
	c, err := webhook.New(webhook.Options{URL: srv.URL, Secrets: []string{newKey, oldKey}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Send(t.Context(), sample())
	if err != nil || r.ID != "dlv_1" || !strings.HasPrefix(r.Status, "204") {
		t.Fatalf("%+v %v", r, err)
	}
	for _, key := range []string{newKey, oldKey} {
		wh, err := standardwebhooks.NewWebhook(key)
		if err != nil {
			t.Fatal(err)
		}
		if err := wh.Verify(rec.bodies[0], rec.got[0].Header); err != nil {
			t.Errorf("%v", err)
		}
		if err := wh.Verify(append(rec.bodies[0], ' '), rec.got[0].Header); err == nil {
			t.Error("a changed body verifies")
		}
	}
}

func TestPayloadsFollowTheSchema(t *testing.T) {
	raw, err := os.ReadFile("../../docs/webhook.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	schema, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	retraction := sample()
	retraction.Kind, retraction.Reason = notify.KindRetraction, "the document was withdrawn"
	removed := sample()
	removed.Items[0].Change.Change = diff.Removed
	many := sample()
	many.Items = append(many.Items, notify.Item{Change: diff.Change{Change: diff.Amended, List: diff.SDN},
		Mass: &notify.Mass{
			Of: 30, Entries: []notify.MassEntry{{Change: "chg_m", List: diff.SDN, Key: "k", Name: "Foo",
				Hits: []notify.Hit{{ID: "V-1"}}}},
		}})
	if b, err := webhook.Body(many); err != nil || strings.Count(string(b), `"change":"chg_m"`) != 2 {
		t.Errorf("the entry and its hit: %v %s", err, b)
	}
	messages := map[string]notify.Message{
		"made mass": many, "made alert": sample(), "made digest": digestSample(), "made retraction": retraction,
		"removed": removed,
		"bare":    {Kind: notify.KindOperator, Headline: "x", Delivery: "d"},
	}
	routed, err := notifytest.Messages()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range routed {
		messages[n.Name] = n.Message
	}
	for name, m := range messages {
		b, err := webhook.Body(m)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(string(b), ":null") {
			t.Errorf("%s: a list is null: %s", name, b)
		}
	}
	if err := schema.Validate(map[string]any{"type": "entitywatch.alert", "timestamp": "x",
		"data": map[string]any{}}); err == nil {
		t.Error("the schema takes anything")
	}
}

func TestGoldenBody(t *testing.T) {
	for name, m := range map[string]notify.Message{"alert": sample(), "digest": digestSample()} {
		b, err := webhook.Body(m)
		if err != nil {
			t.Fatal(err)
		}
		var pretty bytes.Buffer
		json.Indent(&pretty, b, "", "  ")
		path := filepath.Join("testdata", name+".json")
		if *update {
			os.MkdirAll("testdata", 0o755)
			os.WriteFile(path, pretty.Bytes(), 0o644)
		}
		want, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(want, pretty.Bytes()) {
			t.Errorf("%s differs (%v): %s", path, err, pretty.Bytes())
		}
	}
}

// The data is exact, and what turns text around is visible in the raw bytes.
func TestFormatCharactersAreEscaped(t *testing.T) {
	b, err := webhook.Body(sample())
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"\u202e", "<script>", "<Söhne>"} {
		if bytes.Contains(b, []byte(bad)) {
			t.Errorf("%q stands in the raw body", bad)
		}
	}
	var got struct {
		Data struct{ Changes []diff.Change }
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if c := got.Data.Changes[0]; c.Name != "Foo \u202e& <Söhne>" || c.After == nil || c.After.Aliases[1] != `"><script>` {
		t.Errorf("%+v", c)
	}
}

func TestAnswersAreClassified(t *testing.T) {
	rec := &receiver{}
	srv := httptest.NewServer(rec)
	defer srv.Close()
	c, err := webhook.New(webhook.Options{URL: srv.URL + "/very-secret", Secrets: []string{newKey}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		status int
		after  string
		kind   string
	}{
		{200, "", "sent"}, {429, "7", "temporary 7s"}, {503, "", "temporary 0s"}, {500, "", "unknown"}, {408, "", "unknown"},
		{413, "", "permanent"}, {422, "", "permanent"},
		{400, "", "configuration"}, {401, "", "configuration"}, {404, "", "configuration"}, {410, "", "configuration"},
		{302, "", "configuration"},
	} {
		rec.status, rec.header = tc.status, http.Header{"Location": {srv.URL + "/elsewhere"}}
		if tc.after != "" {
			rec.header.Set("Retry-After", tc.after)
		}
		n := len(rec.got)
		_, err := c.Send(t.Context(), sample())
		if kind := kindOf(err); kind != tc.kind {
			t.Errorf("%d: %s (%v), want %s", tc.status, kind, err, tc.kind)
		}
		if len(rec.got) != n+1 {
			t.Errorf("%d: %d requests: a redirect was followed", tc.status, len(rec.got)-n)
		}
	}
	srv.Close()
	if _, err := c.Send(t.Context(), sample()); kindOf(err) != "temporary 0s" || strings.Contains(err.Error(), "secret") {
		t.Errorf("nobody listens: %v", err)
	}
	refused := errors.New("a private address")
	c, _ = webhook.New(webhook.Options{URL: "http://x.test/very-secret", Secrets: []string{newKey},
		HTTP:    &http.Client{Transport: failing{refused}},
		Refused: func(err error) bool { return errors.Is(err, refused) }})
	if _, err := c.Send(t.Context(), sample()); kindOf(err) != "configuration" || strings.Contains(err.Error(), "secret") {
		t.Errorf("a refused address: %v", err)
	}
}

type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func kindOf(err error) string {
	if e, ok := errors.AsType[*notify.Temporary](err); ok {
		return "temporary " + e.After.String()
	}
	return notifytest.KindOf(err)
}

func TestBadOptionsAreRefusedWithoutShowingThem(t *testing.T) {
	for _, o := range []webhook.Options{
		{URL: "very-secret", Secrets: []string{newKey}}, {URL: "https://x.test"},
		{URL: "https://x.test", Secrets: []string{"whsec_very-secret!"}},
	} {
		if _, err := webhook.New(o); err == nil || strings.Contains(err.Error(), "very-secret") {
			t.Errorf("%v", err)
		}
	}
}
