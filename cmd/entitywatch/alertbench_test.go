package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"entitywatch/internal/require"
	"entitywatch/redact"
	"entitywatch/store"
)

// listServer serves the screening list, a feed and other files over loopback; records and items are put in front by a test.
type listServer struct {
	mu      sync.Mutex
	list    []byte
	items   []string
	others  map[string][]byte // by the end of their paths
	rows    int
	version int
}

// listsServed serves the screening list and the eCFR's part 744.
func listsServed(b *testing.B) (*listServer, string) {
	b.Helper()
	u := &listServer{rows: 25921, list: require.File(b, "csl/consolidated_2026-07-31_reshaped.json.gz"), others: map[string][]byte{
		"/titles.json": []byte(`{"titles":[{"number":15,"latest_amended_on":"2026-07-18","latest_issue_date":"2026-07-18",` +
			`"up_to_date_as_of":"2026-07-18"}],"meta":{"date":"2026-07-18","import_in_progress":false}}`),
		"/versions/title-15.json":       []byte(`{"content_versions":[]}`),
		"/full/2026-07-18/title-15.xml": require.File(b, "ecfr/part-744_2026-07-18.xml.gz"),
	}}
	srv := httptest.NewServer(u)
	b.Cleanup(srv.Close)
	return u, srv.URL
}

func (u *listServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	defer u.mu.Unlock()
	tag, body := fmt.Sprintf(`"%d"`, u.version), u.list
	if strings.HasSuffix(r.URL.Path, "/feed") {
		body = fmt.Appendf(nil, `<rss version="2.0"><channel><title>Wire</title>%s</channel></rss>`, strings.Join(u.items, ""))
	}
	for end, other := range u.others {
		if strings.HasSuffix(r.URL.Path, end) {
			tag, body = `"0"`, other
		}
	}
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	kind := "application/json"
	if body[0] == '<' {
		kind = "application/xml"
	} else if strings.HasSuffix(r.URL.Path, ".csv") {
		kind = "text/csv"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body)
}

// add puts n new records on a list of the screening list and a report on one of them into the feed.
func (u *listServer) add(list string, n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.version++
	var records []byte
	for i := range n {
		records = fmt.Appendf(records, `{"source":%q,"name":"Newcomer %d of Batch %d","addresses":[{"country":"CN"}],"entity_number":"99%06d%04d"},`,
			list, i, u.version, u.version, i)
	}
	_, old, _ := bytes.Cut(u.list, []byte{'['})
	u.rows += n
	u.list = bytes.Join([][]byte{fmt.Appendf(nil, `{"total":%d,"results":[`, u.rows), records, old}, nil)
	u.items = append(u.items, fmt.Sprintf(`<item><title>Newcomer 0 of Batch %[1]d is on the list</title><guid>n-%[1]d</guid><link>https://wire.example/%[1]d</link>`+
		`<description>%[2]s</description><pubDate>%[3]s</pubDate></item>`, u.version, strings.Repeat("Nobody else is named in this text. ", 40),
		time.Now().Format(time.RFC1123Z)))
}

// alertConfig polls all of it, with a file of counterparties and 50 rules.
func alertConfig(url, dir, vendors string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "database: %s/ew.db\nlisten: \"\"\nsources:\n  - {name: csl, kind: csl, url: %q}\n  - {name: entity-list, kind: ecfr, url: %q}\n"+
		"  - {name: wire, kind: news, url: %q}\ncounterparties:\n  - {name: vendors, file: %q, threshold: 0.9}\n"+
		"channels:\n  - {name: desk, kind: console}\nrules:\n", dir, url+"/csl", url+"/ecfr", url+"/feed", vendors)
	for i := range 48 {
		fmt.Fprintf(&b, "  - {name: r%d, countries: [%s], names: ['(?i)newcomer|word%d'], if: 'len(change.entry.aliases) < %d', send: [desk]}\n",
			i, [...]string{"CN", "RU", "IR", "BY"}[i%4], i, i)
	}
	b.WriteString("  - {name: ours, counterparties: [vendors], severity: high, send: [desk]}\n  - {name: reports, news: mentions, send: [desk]}\n")
	return b.String()
}

// alerting is an engine that took in all of it once.
func alerting(b *testing.B) (*engine, *listServer) {
	b.Helper()
	u, url := listsServed(b)
	dir := b.TempDir()
	file := filepath.Join(dir, "c.yaml")
	if err := os.WriteFile(file, []byte(alertConfig(url, dir, inventedVendors(b, allLists(b), 100_000))), 0o600); err != nil {
		b.Fatal(err)
	}
	a := &app{getenv: os.Getenv, stdout: io.Discard, stderr: os.Stderr, now: time.Now, room: store.Room, scrub: redact.New(), configPath: file}
	c, err := a.loadConfig()
	if err != nil {
		b.Fatal(err)
	}
	e, err := build(b.Context(), c, parts{stdout: io.Discard, log: slog.New(slog.DiscardHandler), scrub: a.scrub})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { e.Close() })
	r, err := e.watcher.Poll(b.Context(), "entity-list", "csl", "wire")
	if err != nil {
		b.Fatal(err)
	}
	for _, l := range r.Looks {
		if l.Outcome != "ok" && l.Outcome != "unchanged" {
			b.Fatalf("%s: %s %s", l.Source, l.Outcome, l.Reason)
		}
	}
	if err := e.enrichAndTell(b.Context()); err != nil {
		b.Fatal(err)
	}
	return e, u
}

// BenchmarkAnswerToOutbox is the CPU time of all cores, the upstream's included, from the answer of the screening list with some new records
// until all that has to be told of them lies in the outbox: over loopback, with 26,000 entries, part 744 beside them, 100,000 counterparties
// and 50 rules. mention-ms is what a report on one of them then costs until it lies there too, beside which nothing waits.
func BenchmarkAnswerToOutbox(b *testing.B) {
	e, u := alerting(b)
	ctx := b.Context()
	lists := map[string]string{
		"EL": "Entity List (EL) - Bureau of Industry and Security", "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
	}
	for _, list := range []string{"EL", "SDN"} {
		for _, rows := range []int{1, 100, 1000} {
			if list == "EL" && rows > 100 {
				continue // so many at once are held
			}
			b.Run(fmt.Sprintf("%s/%d", list, rows), func(b *testing.B) {
				spent, n := map[string]float64{}, 0
				step := func(what string, do func() error) {
					start := cpuSeconds()
					if err := do(); err != nil {
						b.Fatal(what, err)
					}
					spent[what] += (cpuSeconds() - start) * 1000
				}
				for b.Loop() {
					n++
					u.add(lists[list], rows)
					before := outboxed(b, e)
					step("look", func() error {
						r, err := e.watcher.Poll(ctx, "csl")
						if err == nil && len(r.Looks[0].Changes) != rows {
							err = fmt.Errorf("%d changes: %+v", len(r.Looks[0].Changes), r.Looks[0].Reason)
						}
						return err
					})
					step("enrich", func() error { return e.enricher.Changes(ctx) })
					step("route", func() error { return e.tell(ctx) })
					if after := outboxed(b, e); after <= before {
						b.Fatalf("%d deliveries in the outbox, %d before", after, before)
					}
					step("mention", func() error { _, err := e.watcher.Poll(ctx, "wire"); return err })
					step("mention", func() error { return e.enricher.Background(ctx) })
					step("mention", func() error { return e.tell(ctx) })
				}
				for what, ms := range spent {
					b.ReportMetric(ms/float64(n), what+"-ms")
				}
				b.ReportMetric((spent["look"]+spent["enrich"]+spent["route"])/float64(n), "outbox-ms")
			})
		}
	}
}

// outboxed is how many deliveries lie in the outbox.
func outboxed(b *testing.B, e *engine) (n int) {
	b.Helper()
	err := e.db.Read(b.Context(), func(tx *store.Tx) error {
		_, err := tx.Get([]any{&n}, `SELECT count(*) FROM deliveries`)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}
