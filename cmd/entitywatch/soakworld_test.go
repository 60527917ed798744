package main

import (
	"bytes"
	"fmt"
	"html"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/internal/damage"
	"entitywatch/replay"
)

// The upstreams of the soak: each source on a host of its own, its true answers from a script with the truth beside it, and on top of
// them whatever is wrong just now.

// wrong is one way in which an upstream misbehaves for some looks.
type wrong struct {
	name   string
	damage func(body string) string // of a good answer's bytes; nil where the transport is at fault
	status int                      // instead of the answer
	cut    bool                     // the connection ends within the body
	reset  bool                     // it ends before any answer
	path   string                   // only where the path holds this
}

// upstream is one host.
type upstream struct {
	*httptest.Server
	mu    sync.Mutex
	inner http.Handler
	wrong *wrong
}

func newUpstream(t *testing.T, inner http.Handler) *upstream {
	u := &upstream{inner: inner}
	u.Server = httptest.NewServer(u)
	t.Cleanup(u.Close)
	return u
}

func (u *upstream) be(w *wrong) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.wrong = w
}

// ServeHTTP answers what is true, or what is wrong just now.
func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	bad := u.wrong
	u.mu.Unlock()
	r.Header.Del("Accept-Encoding")
	if bad == nil || !strings.Contains(r.URL.Path, bad.path) {
		u.inner.ServeHTTP(w, r)
		return
	}
	if bad.status != 0 {
		http.Error(w, "not now", bad.status)
		return
	}
	if bad.reset {
		hangUp(w)
		return
	}
	for _, h := range []string{"If-None-Match", "If-Modified-Since"} {
		r.Header.Del(h)
	}
	good := httptest.NewRecorder()
	u.inner.ServeHTTP(good, r)
	body := good.Body.String()
	if bad.damage != nil && good.Code == http.StatusOK {
		body = bad.damage(body)
	}
	w.Header().Set("Content-Type", good.Header().Get("Content-Type"))
	if bad.cut {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		w.Write([]byte(body[:len(body)/2]))
		return
	}
	w.WriteHeader(good.Code)
	w.Write([]byte(body))
}

func hangUp(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		conn.Close()
	}
}

// wrongs are what may be wrong with an upstream: every damage that means something in its shape, and the faults of a transport.
func wrongs(shape *damage.Shape, good, path string) []*wrong {
	all := []*wrong{
		{name: "500", status: 500}, {name: "403", status: 403}, {name: "404", status: 404}, {name: "429", status: 429},
		{name: "reset", reset: true}, {name: "cut", cut: true},
		{name: "empty", damage: func(string) string { return "" }},
		{name: "truncated", damage: func(b string) string { return b[:len(b)/2] }},
		{name: "a page", damage: func(string) string { return "<!DOCTYPE html><html><title>Request Access</title></html>" }},
	}
	if shape != nil {
		for _, k := range damage.Kinds() {
			if _, means := k.Do(*shape, good); means {
				all = append(all, &wrong{name: k.Name, path: path, damage: func(b string) string { bad, _ := k.Do(*shape, b); return bad }})
			}
		}
	}
	for _, w := range all {
		w.path = path
	}
	return all
}

// soakList is a list source whose answers are made of parties that come, go and change.
type soakList struct {
	shape damage.Shape
	list  diff.ListID
	mu    sync.Mutex
	n     int
	gone  []int // which records, in the order in which they went
	moved []string
	grows bool
}

func (l *soakList) file() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.shape.Fixture(l.n)
	for _, nth := range l.gone {
		f = l.shape.Without(f, nth)
	}
	for _, no := range l.moved {
		f = strings.ReplaceAll(f, no+" Rue", no+"bis Rue")
	}
	return f
}

func (l *soakList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{"uk": "text/csv", "csl": "application/json"}
	w.Header().Set("Content-Type", "application/xml")
	if t := types[l.shape.Name]; t != "" {
		w.Header().Set("Content-Type", t)
	}
	switch {
	case strings.Contains(r.URL.Path, "/changes/history"):
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `[{"publicationID":500,"datePublished":"2026-03-01T10:30:00.123"}]`)
		return
	case strings.HasSuffix(r.URL.Path, "CONSOLIDATED.XML"):
		fmt.Fprint(w, consolidatedXML)
		return
	}
	body := l.file()
	etag := `"` + diff.HashID("e", body) + `"`
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, body)
}

const consolidatedXML = `<?xml version="1.0" standalone="yes"?><sdnList><publshInformation><Publish_Date>03/02/2026</Publish_Date>` +
	`<Record_Count>1</Record_Count></publshInformation><sdnEntry><uid>81004</uid><lastName>SUNDAL OPTICS</lastName><sdnType>Entity</sdnType>` +
	`<programList><program>CMIC-EO13959</program></programList></sdnEntry></sdnList>`

var streetNo = regexp.MustCompile(`(No\. \d+) Rue`)

// change makes one true change, and gives what it is: "added us-ofac-sdn name".
func (l *soakList) change(random *rand.Rand) string {
	records := l.shape.Record.FindAllString(l.file(), -1)
	nth := random.IntN(len(records)/4) * 2 // of those that were there from the first; with the UK, a primary name
	name := func(record string) string {
		return diff.Normalise(html.UnescapeString(l.shape.Title.FindStringSubmatch(record)[1]))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	switch kind := random.IntN(3); {
	case kind == 0 && l.grows:
		l.n++
		fresh := l.shape.Record.FindAllString(l.shape.Fixture(l.n), -1)
		last := fresh[len(fresh)-1]
		if l.shape.Name == "uk" {
			last = fresh[len(fresh)-2]
		}
		return "added " + string(l.list) + " " + name(last)
	case kind == 1 && !strings.Contains(records[nth], "bis Rue"):
		l.gone = append(l.gone, nth)
		return "removed " + string(l.list) + " " + name(records[nth])
	}
	for ; nth < len(records); nth += 2 {
		if m := streetNo.FindStringSubmatch(records[nth]); m != nil {
			l.moved = append(l.moved, m[1])
			return "amended " + string(l.list) + " " + name(records[nth])
		}
	}
	return ""
}

// follow has a list show the parties of another.
func (l *soakList) follow(of *soakList) {
	of.mu.Lock()
	defer of.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n, l.gone, l.moved = of.n, slices.Clone(of.gone), slices.Clone(of.moved)
}

// press is a feed whose items come one by one.
type press struct {
	mu    sync.Mutex
	items []string
}

func (p *press) add(id, title string, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items = append([]string{fmt.Sprintf("<item><guid>%s</guid><title>%s</title><link>https://news.example/%s</link><pubDate>%s</pubDate></item>",
		id, html.EscapeString(title), id, at.Format(time.RFC1123Z))}, p.items[:min(len(p.items), 30)]...)
}

func (p *press) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire</title>%s</channel></rss>`, strings.Join(p.items, ""))
}

// hostileNames are what names, headlines and rows hold in the worst case: letters that are none, marks without a letter, what markup,
// mail, Slack and spreadsheets read as theirs.
func hostileNames() []string {
	return []string{
		"Hawaiʻ i Trading ʼ ʻ ʹ", "طهران ـ موسكو Trading", "ـ", "ʼ", "=cmd|' /C calc'!A0 Ltd", "＝HYPERLINK(\"http://x\") Ltd", "<!channel> <@U1> Works",
		"{{DATE(2026-01-01)}} *Bold* _x_ Works", "a\u202egnp.exe Works", "x\u0085y\u009bz Works", strings.Repeat("Ä", 3000), "]]></title><script>alert(1)</script>",
		"日本\u3000精機 ـ ｱｲｳ", "O'Neill “&” <Sons> \"Ltd\"", "\u200b\u200d\ufeff", "e\u0301\u0301\u0301\u0301 Zalgo " + strings.Repeat("\u0301", 200),
	}
}

// hostileRows are a file of counterparties with all of them, and one party that is ours.
func hostileRows(ours string) []byte {
	var b bytes.Buffer
	b.WriteString("id,name,country,aliases\n")
	for i, n := range append(hostileNames(), ours) {
		fmt.Fprintf(&b, "V-%d,\"%s\",CN,\"%s\"\n", i, strings.ReplaceAll(n, `"`, `""`), "ʹ;ـ")
	}
	return b.Bytes()
}

// soakRules are rules of the Federal Register, one each working day: filed in the morning, published the next working day, codified two
// later. The third is revoked before its publication.
func soakRules(start time.Time, days int) (s *replay.Scenario, truth []soakTruth, revoked []soakTruth) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	at := func(day diff.Date, hour int) time.Time {
		y, m, d := day.Time().Date()
		return time.Date(y, m, d, hour, 5, 0, 0, zone)
	}
	rows := replay.Entry{Requirement: "For all items subject to the EAR. (See § 744.11 of the EAR)", Policy: "Presumption of denial"}
	s = &replay.Scenario{Name: "soak", Lists: map[diff.ListID][]replay.Group{diff.EntityList: {{Under: "CHINA, PEOPLE'S REPUBLIC OF"}}}}
	for i := range 60 {
		e := rows
		e.Name, e.Addresses = fmt.Sprintf("Old Kiln %s Works No. %d", string(rune('A'+i%26)), i), []string{fmt.Sprintf("%d Kiln Road, Wuhan, China", i)}
		s.Lists[diff.EntityList][0].Entries = append(s.Lists[diff.EntityList][0].Entries, e)
	}
	for _, l := range []diff.ListID{diff.UnverifiedList, diff.MilitaryEndUserList} {
		e := rows
		e.Name, e.Addresses, e.Citation = "Standing Party of "+string(l), []string{"1 Still Road, Wuhan, China"}, "84 FR 54004, 10/9/19"
		s.Lists[l] = []replay.Group{{Under: "CHINA, PEOPLE'S REPUBLIC OF", Entries: []replay.Entry{e}}}
	}
	first := diff.DateOf(start.In(zone))
	codified := diff.AddBusinessDays(first, -3)
	states := map[time.Time]*replay.State{start: {At: start, ECFR: &replay.ECFR{AsOf: codified, Issued: codified}}}
	state := func(t time.Time) *replay.State {
		if states[t] == nil {
			states[t] = &replay.State{At: t}
		}
		return states[t]
	}
	day := diff.AddBusinessDays(first, 1)
	for i := 0; day < first.AddDays(days); i, day = i+1, diff.AddBusinessDays(day, 1) {
		number := fmt.Sprintf("2026-%05d", 5000+i)
		a, b := rows, rows
		a.Name, b.Name = fmt.Sprintf("Tarnow %s Lathe Works", word(i)), fmt.Sprintf("Hawaiʻi “%s” Optics ـ Ltd.", word(i+100))
		a.Addresses, b.Addresses = []string{fmt.Sprintf("%d Lathe Road, Wuhan, China", i)}, []string{fmt.Sprintf("%d Lens Road, Xi’an, China", i)}
		next, shown := diff.AddBusinessDays(day, 1), diff.AddBusinessDays(day, 3)
		s.Documents = append(s.Documents, &replay.Document{
			Number: number, Title: "Addition of Entities to the Entity List", Type: "Rule", Action: "Final rule.",
			Abstract: "The Department of Commerce is amending the Export Administration Regulations (EAR) by adding two entities under two " +
				"entries to the Entity List. They are listed under the destination of China (2).",
			CFR: []replay.CFR{{Title: 15, Part: 744}}, Published: next, Effective: next, Volume: 91, StartPage: 9000 + 5*i, EndPage: 9003 + 5*i,
			AmendPage: 9001 + 5*i, FiledAt: at(day, 8), Signer: "A. Signer",
			Amend: []replay.Amendment{{List: diff.EntityList, Under: "CHINA, PEOPLE'S REPUBLIC OF", Add: []replay.Entry{a, b}}},
		})
		told := []soakTruth{{at(day, 8), "added us-bis-entity-list " + diff.Normalise(a.Name)}, {at(day, 8), "added us-bis-entity-list " + diff.Normalise(b.Name)}}
		state(at(day, 8)).Inspect = append(state(at(day, 8)).Inspect, number)
		if i == 2 {
			state(at(day, 14)).Revoke = []string{number}
			revoked = told
			continue
		}
		truth = append(truth, told...)
		state(at(next, 6)).Publish = append(state(at(next, 6)).Publish, number)
		if st := state(at(shown, 9)); st.ECFR == nil {
			st.ECFR = &replay.ECFR{AsOf: next, Issued: diff.AddBusinessDays(day, 2)}
			st.ECFR.Codify = []string{number}
		}
	}
	for _, st := range states {
		s.States = append(s.States, *st)
	}
	slices.SortFunc(s.States, func(a, b replay.State) int { return a.At.Compare(b.At) })
	return s, truth, revoked
}

// soakTruth is one true Change, from when on.
type soakTruth struct {
	at   time.Time
	line string
}

// word is the i-th of invented words, no two alike in more than a syllable.
func word(i int) string {
	s := []string{"bar", "cel", "dim", "fon", "gul", "kap", "lem", "mir", "nob", "pud", "rax", "sev", "tiq", "vol", "xun", "zar"}
	return "K" + s[i%16] + s[i/16%16] + s[(i*7+3)%16]
}
