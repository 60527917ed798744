package redact_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"entitywatch/redact"
)

// Each form in which a server or a library may repeat a password, within other text.
func TestEveryFormOfAValueIsMasked(t *testing.T) {
	const secret = `p"w<&/ +9ü%z`
	s := redact.New()
	s.Add(secret)
	quoted, _ := json.Marshal(secret)
	forms := map[string]string{
		"plain": secret, "query": url.QueryEscape(secret), "path": url.PathEscape(secret), "lower": strings.ToLower(url.QueryEscape(secret)),
		"html": html.EscapeString(secret), "json": string(quoted), "quoted": strconv.Quote(secret),
	}
	neighbours := map[string]string{} // what stands around the secret, and may stay
	for before := range 7 {
		for after := range 4 {
			around := strings.Repeat("a", before+after)
			neighbours[fmt.Sprintf("base64 %d %d", before, after)], neighbours[fmt.Sprintf("base64 for URLs %d %d", before, after)] = around, around
			whole := strings.Repeat("a", before) + secret + strings.Repeat("z", after)
			forms[fmt.Sprintf("base64 %d %d", before, after)] = base64.StdEncoding.EncodeToString([]byte(whole))
			forms[fmt.Sprintf("base64 for URLs %d %d", before, after)] = base64.URLEncoding.EncodeToString([]byte(whole))
		}
	}
	for name, form := range forms {
		got := s.String("before " + form + " after")
		rest := strings.TrimSuffix(strings.TrimPrefix(got, "before "), " after")
		if !strings.Contains(got, redact.Mask) || len(rest) > 12+2*len(neighbours[name]) {
			t.Errorf("%s: %q became %q", name, form, got)
		}
	}
}

// A URL is a secret as a whole, and in each part that can be told from ordinary words.
func TestConfiguredURLShowsSchemeAndHostOnly(t *testing.T) {
	s := redact.New("https://api.example.org/api/v1")
	s.Add("https://reader:opensesame1@feed.example:8443/p/quiet-words-only/list.xml?k=brief&lang=en&pwd=tr0ub4dor",
		"https://hooks.example/services/T024BE7LD/B01/XXyyZZ12", "smtp://ew@example.com:opens3same@mail.example:587", "https://plain.example", "http://127.0.0.1:80/api/v1")
	for in, want := range map[string]string{
		"get https://reader:opensesame1@feed.example:8443/p/quiet-words-only/list.xml?k=brief&lang=en&pwd=tr0ub4dor: no": "get https://feed.example:8443/…: no",
		"https://feed.example:8443/p/quiet-words-only/list.xml?k=brief&lang=en&pwd=tr0ub4dor":                            "https://feed.example:8443/…",
		"not found: /p/quiet-words-only/list.xml?k=brief&lang=en&pwd=tr0ub4dor":                                          "not found: /…?…",
		"path /p/quiet-words-only/list.xml, k=brief":                                                                     "path /…, k=…",
		"the password opensesame1 or tr0ub4dor":                                                                          "the password … or …",
		"see https://hooks.example/services/T024BE7LD/B01/XXyyZZ12/":                                                     "see https://hooks.example/…/",
		"token XXyyZZ12 of T024BE7LD":                                                                                    "token … of …",
		"dial smtp://ew%40example.com:opens3same@mail.example":                                                           "dial smtp://…@mail.example",
		"https://plain.example/page?x=1":                                                                                 "https://plain.example/page?x=1",
		"http://127.0.0.1:80/api/v1/documents.json":                                                                      "http://127.0.0.1:80/api/v1/documents.json",
		"a list in brief, in quiet words only":                                                                           "a list in brief, in quiet words only",
	} {
		if got := s.String(in); got != want && !strings.HasPrefix(in, "dial") || strings.Contains(got, "s3same") {
			t.Errorf("%q\nbecame %q\nwanted %q", in, got, want)
		}
	}
}

// Whoever is alerted of an article opens it: its link, below the address of its feed, is whole, and the feed's own address is masked, as is
// what lies below it where a part of it looks drawn, or where the same address is one that requests are sent below.
func TestLinksBelowAFeedAreWhole(t *testing.T) {
	s := redact.New()
	s.AddFeeds("https://press.example/world/trade", "https://press.example/us-export-controls-and-sanctions", "https://own.example/f/t0ken4us/feed",
		"https://press.example/quiet/words?k=brief9key", "https://mirror.example/both/of/them")
	s.Add("https://mirror.example/both/of/them", "https://api.example/sanctions/lists")
	for in, want := range map[string]string{
		"get https://press.example/world/trade: no":                     "get https://press.example/…: no",
		"<link>https://press.example/world/trade</link> /world/trade/":  "<link>https://press.example/…</link> /…/",
		"https://press.example/world/trade/2026/rule-on-file":           "https://press.example/world/trade/2026/rule-on-file",
		`"https:\/\/press.example\/world\/trade\/2026\/rule"`:           `"https:\/\/press.example\/world\/trade\/2026\/rule"`,
		"https://press.example/world/trade-war":                         "https://press.example/world/trade-war",
		"https://press.example/us-export-controls-and-sanctions/one":    "https://press.example/us-export-controls-and-sanctions/one",
		"https://own.example/f/t0ken4us/feed/one, /f/t0ken4us/":         "https://own.example/…/one, /f/…/",
		"https://press.example/quiet/words/one?k=brief9key":             "https://press.example/quiet/words/one?…",
		"https://press.example/quiet/words?k=brief9key":                 "https://press.example/…",
		"https://mirror.example/both/of/them/list.xml":                  "https://mirror.example/…/list.xml",
		"https://api.example/sanctions/lists/a.xml":                     "https://api.example/…/a.xml",
		"GET /sanctions/lists/a.xml, api.example/sanctions/lists/b.xml": "GET /…/a.xml, api.example/…/b.xml",
		"https://treasury.example/sanctions/lists/a.xml":                "https://treasury.example/sanctions/lists/a.xml",
		"to https://cdn.example/sanctions/lists: refused":               "to https://cdn.example/…: refused",
		"https://treasury.example/old/sanctions/lists/a.xml":            "https://treasury.example/old/…/a.xml",
	} {
		if got := s.String(in); got != want {
			t.Errorf("%q\nbecame %q\nwanted %q", in, got, want)
		}
	}
}

// Masking "test" or "China" would tear holes into the lists themselves.
func TestOrdinaryTextIsLeftAlone(t *testing.T) {
	s := redact.New()
	s.Add("test", "China", "2024", "a", "")
	const text = "a test in China in 2024"
	if got := s.String(text); got != text {
		t.Error(got)
	}
	body := []byte(text)
	if got := s.Bytes(body); &got[0] != &body[0] {
		t.Error("a body without a secret was copied")
	}
	var none *redact.Scrubber
	none.Add("x")
	if none.String(text) != text {
		t.Error("no scrubber masks something")
	}
}

func TestMaskingTwiceChangesNothing(t *testing.T) {
	s := redact.New()
	s.Add("https://u:pa55w0rd@feed.example/private/feed/xml?token=abcdef123456", "longer-pa55w0rd-that-holds-another", "pa55w0rd")
	once := s.String("https://u:pa55w0rd@feed.example/private/feed/xml?token=abcdef123456 longer-pa55w0rd-that-holds-another pa55w0rd")
	if twice := s.String(once); twice != once || strings.Contains(once, "longer") {
		t.Errorf("%q, then %q", once, twice)
	}
}

// A server that echoes what it got, in its reason phrase, its headers and its body.
func TestTransportMasksEchoes(t *testing.T) {
	const token = "xoxb-12345-abcdefg"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, buf, _ := w.(http.Hijacker).Hijack()
		defer conn.Close()
		got := r.Header.Get("Authorization")
		fmt.Fprintf(buf, "HTTP/1.1 403 no %s\r\nX-Echo: %s\r\nContent-Length: %d\r\n\r\n%s", got, got, len(got), got)
		buf.Flush()
	}))
	defer srv.Close()
	s := redact.New()
	s.Add(token)
	req, _ := http.NewRequest("GET", srv.URL, nil)
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := (&http.Client{Transport: s.Transport(http.DefaultTransport)}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if shown := fmt.Sprint(resp.Status, resp.Header, string(text)); err != nil || strings.Contains(shown, token) || strings.Count(shown, "Bearer …") != 3 {
		t.Errorf("%v %s", err, shown)
	}
}

func BenchmarkText(b *testing.B) {
	s := redact.New()
	for i := range 20 {
		s.Add(fmt.Sprintf("https://feed%d.example/p/token%dabc/feed.xml?k=secret%dvalue", i, i, i))
	}
	text := strings.Repeat("EXAMPLE SEMICONDUCTOR TECHNOLOGY CO., LTD., No. 7 Example Road, Shenzhen 518000, China; ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.String(text)
	}
}
