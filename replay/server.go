package replay

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// Server plays a scenario over HTTP. It is an http.Handler.
//
// The paths under which the sources stand are those of the real services, so several could share one host: see Endpoints. Texts stand
// below the base of their source, which alone a source may reach on a private network; articles stand in Articles. Control is
// POST /replay/next (moves on; 410 at the end) and GET /replay/state.
type Server struct {
	scenario *Scenario
	worlds   []world
	mux      *http.ServeMux

	mu    sync.Mutex
	state int
	asked map[string]int // requests to each troubled source in this state
}

// NewServer makes a server that stands at the scenario's first state.
func NewServer(s *Scenario) (*Server, error) {
	worlds, err := s.worlds()
	if err != nil {
		return nil, err
	}
	v := &Server{scenario: s, worlds: worlds, mux: http.NewServeMux(), asked: map[string]int{}}
	v.route()
	return v, nil
}

// Endpoints gives each source's base URL below base, as a config's url: says it. The keys are federal-register, public-inspection, ecfr,
// csl, ofac, un, uk, eu and news.
func (v *Server) Endpoints(base string) map[string]string {
	base = strings.TrimSuffix(base, "/")
	return map[string]string{
		"federal-register":  base + "/api/v1",
		"public-inspection": base + "/api/v1",
		"ecfr":              base + "/api/versioner/v1",
		"csl":               base + "/downloadable_consolidated_screening_list/v1",
		"ofac":              base + "/ofac",
		"un":                base + "/un",
		"uk":                base + "/uk",
		"eu":                base + "/eu",
		"news":              base + "/feeds/news.xml",
	}
}

// Articles is the folder of the articles behind the feed's items, below base: a config names it as the feed's texts:.
func (v *Server) Articles(base string) string {
	return strings.TrimSuffix(base, "/") + "/feeds/articles/"
}

func (v *Server) route() {
	v.handle("GET /api/versioner/v1/titles.json", "ecfr", ecfrTitles)
	v.handle("GET /api/versioner/v1/versions/title-15.json", "ecfr", ecfrVersions)
	v.handle("GET /api/versioner/v1/full/{date}/title-15.xml", "ecfr", ecfrFull)
	v.handle("GET /api/v1/documents.json", "federal-register", registerSearch)
	v.handle("GET /api/v1/documents/{numbers}", "federal-register", registerDocuments)
	v.handle("GET "+textsPath+"xml/{y}/{m}/{d}/{file}", "federal-register", registerXML)
	v.handle("GET "+textsPath+"text/{y}/{m}/{d}/{file}", "federal-register", registerText)
	v.handle("GET /api/v1/public-inspection-documents/current.json", "public-inspection", inspectionCurrent)
	v.handle("GET /api/v1/public-inspection-documents/{number}", "public-inspection", inspectionDocument)
	v.handle("GET "+filingsPath+"{a}/{b}/{file}", "public-inspection", inspectionText)
	v.handle("GET /feeds/{feed}", "news", newsFeed)
	v.handle("GET /feeds/articles/{id}", "news", newsArticle)
	v.handle("GET "+screeningPath, "csl", screeningList)
	v.handle("GET /", "", anyFile)
	v.mux.HandleFunc("POST /replay/next", v.next)
	v.mux.HandleFunc("GET /replay/state", v.showState)
}

// query is what a renderer gets: the request, the world, and whether only half of the answer is to be given.
type query struct {
	*http.Request
	world
	base string // scheme and host as the client sees them
	do   string // how the answer misbehaves, where its body does
}

// answer is what a renderer gives. A status of 0 is 200.
type answer struct {
	status      int
	contentType string
	body        []byte
	header      map[string]string
}

// handle serves one path, with the source's trouble where the state has some.
func (v *Server) handle(pattern, source string, render func(query) answer) {
	v.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		world, t := v.look(source, r.URL.Path)
		q := query{Request: r, world: world, base: "http://" + r.Host}
		if t != nil {
			q.do = t.Do
		}
		a := render(q)
		if a.header == nil {
			a.header = map[string]string{}
		}
		a.header["Last-Modified"] = world.at.Format(http.TimeFormat)
		if t != nil {
			t.apply(w, r, a)
			return
		}
		a.write(w, r)
	})
}

// look gives the world of the state, and the trouble that this request meets.
func (v *Server) look(source, urlPath string) (world, *Trouble) {
	v.mu.Lock()
	defer v.mu.Unlock()
	w := v.worlds[v.state]
	if source == "" {
		source, _, _ = strings.Cut(strings.TrimPrefix(urlPath, "/"), "/")
		if source == "downloadable_consolidated_screening_list" {
			source = "csl"
		}
	}
	t := w.trouble[source]
	if t == nil || !strings.Contains(urlPath, t.Path) {
		return w, nil
	}
	v.asked[source]++
	if t.Times > 0 && v.asked[source] > t.Times {
		return w, nil
	}
	return w, t
}

// write sends a good answer: conditional, gzipped where the client takes it.
func (a answer) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for k, val := range a.header {
		h.Set(k, val)
	}
	h.Set("Content-Type", a.contentType)
	if a.status != 0 && a.status != http.StatusOK {
		w.WriteHeader(a.status)
		w.Write(a.body)
		return
	}
	sum := sha256.Sum256(a.body)
	etag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", etag)
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && len(a.body) > 512 {
		h.Set("Content-Encoding", "gzip")
		a.body = compress(a.body)
	}
	w.Write(a.body)
}

func compress(b []byte) []byte {
	var buf bytes.Buffer
	z, _ := gzip.NewWriterLevel(&buf, gzip.BestSpeed)
	_, _ = z.Write(b) // a bytes.Buffer never fails
	z.Close()
	return buf.Bytes()
}

func jsonAnswer(v any) answer {
	b, err := json.Marshal(v)
	if err != nil {
		return answer{status: http.StatusInternalServerError, contentType: "text/plain", body: []byte(err.Error())}
	}
	return answer{contentType: "application/json; charset=utf-8", body: b}
}

func notFound() answer {
	return answer{status: http.StatusNotFound, contentType: "application/json; charset=utf-8", body: []byte(`{"status":404,"message":"Record Not Found"}`)}
}

// anyFile serves what a state gives word for word.
func anyFile(q query) answer {
	body, ok := q.files[q.URL.Path]
	if !ok {
		return notFound()
	}
	types := map[string]string{".json": "application/json", ".xml": "application/xml", ".csv": "text/csv", ".txt": "text/plain"}
	t := types[path.Ext(q.URL.Path)]
	if t == "" {
		t = "application/octet-stream"
	}
	return answer{contentType: t, body: []byte(body)}
}

// ServeHTTP implements http.Handler.
func (v *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { v.mux.ServeHTTP(w, r) }

// Next moves on to the next state and reports whether there was one.
func (v *Server) Next() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.state+1 >= len(v.worlds) {
		return false
	}
	v.state++
	clear(v.asked)
	return true
}

// Restate takes up what was changed in the troubles of the scenario's states, for tests that turn faults on and off.
func (v *Server) Restate() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for i, st := range v.scenario.States {
		v.worlds[i].trouble = st.Bad
	}
	clear(v.asked)
}

// Done reports whether the server stands at the last state.
func (v *Server) Done() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.state+1 == len(v.worlds)
}

// Now is the scenario's time at the state.
func (v *Server) Now() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.worlds[v.state].at
}

// State is the index of the state, how many there are, and what happened in it.
func (v *Server) State() (index, count int, what string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.state, len(v.worlds), v.scenario.States[v.state].What
}

// Scenario is what the server plays.
func (v *Server) Scenario() *Scenario { return v.scenario }

func (v *Server) next(w http.ResponseWriter, r *http.Request) {
	if !v.Next() {
		w.WriteHeader(http.StatusGone)
	}
	v.showState(w, r)
}

func (v *Server) showState(w http.ResponseWriter, _ *http.Request) {
	i, n, what := v.State()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"scenario": v.scenario.Name, "state": i, "states": n, "what": what, "now": v.Now(), "done": v.Done()})
}
