// Package slacktest is a Slack for tests: chat.postMessage, chat.update, conversations.history, .replies and .list, file uploads, and an
// incoming webhook at /hook. It refuses what the real one refuses (blocks, lengths, more than a message a second a channel), keeps what
// it accepted, and misbehaves on demand.
//
// It is an http.Handler for real servers, and an http.RoundTripper for tests whose clock must not wait for the network (testing/synctest).
package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"
)

// Message is a message that was accepted.
type Message struct {
	Channel  string          `json:"channel,omitempty"`
	TS       string          `json:"ts"`
	Thread   string          `json:"thread_ts,omitempty"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
	Files    []File          `json:"files,omitempty"`
	Edits    int             `json:"-"`
	At       time.Time       `json:"-"`
}

// File is an upload that was completed.
type File struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Title   string `json:"title"`
	Content string `json:"-"`
}

// Fault is what goes wrong with one call that would post.
type Fault struct {
	Status     int    // answered instead of posting
	RetryAfter string // header of such an answer
	Answer     string // body of such an answer
	CutBefore  bool   // the connection breaks before the message is taken
	CutAfter   bool   // it breaks after the message was taken
}

// Server is the fake.
type Server struct {
	Token    string            // demanded of API calls where set
	Channels map[string]string // id → name; the posts' channels are looked up by either
	NoLimit  bool              // accept any rate
	mu       sync.Mutex
	faults   []Fault
	messages []Message
	uploads  map[string]*File
	last     map[string]time.Time
	calls    []string
	refusals []string
	sequence int
}

var (
	_ http.Handler      = (*Server)(nil)
	_ http.RoundTripper = (*Server)(nil)
)

// New is a Slack with one channel, #trade (C0TRADE00).
func New() *Server {
	return &Server{Channels: map[string]string{"C0TRADE00": "trade"}, uploads: map[string]*File{}, last: map[string]time.Time{}}
}

// Fail has the next posting calls go wrong, one after the other.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// Messages are those accepted, in order.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Calls are the methods called, in order, and Refusals why posts were refused.
func (s *Server) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Refusals say why posts were refused for what was in them.
func (s *Server) Refusals() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refusals)
}

// cut is what a handler panics with to break the connection.
const cut = broken("the connection was cut")

type broken string

// RoundTrip serves a request without a network.
func (s *Server) RoundTrip(req *http.Request) (resp *http.Response, err error) {
	defer func() {
		if p := recover(); p != nil {
			if p != cut {
				panic(p)
			}
			resp, err = nil, fmt.Errorf("read tcp: connection reset by peer")
		}
	}()
	w := httptest.NewRecorder()
	s.serve(w, req)
	resp = w.Result()
	resp.Request = req
	return resp, nil
}

// ServeHTTP serves a request of a real connection.
func (s *Server) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			if p != cut {
				panic(p)
			}
			panic(http.ErrAbortHandler)
		}
	}()
	s.serve(w, req)
}

func (s *Server) serve(w http.ResponseWriter, req *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	method := req.URL.Path[strings.LastIndexByte(req.URL.Path, '/')+1:]
	s.calls = append(s.calls, method)
	if method == "hook" {
		s.hook(w, req)
		return
	}
	if method == "upload" {
		s.receive(w, req)
		return
	}
	if err := req.ParseForm(); err != nil {
		answer(w, map[string]any{"ok": false, "error": "invalid_form_data"})
		return
	}
	token := strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer ")
	if s.Token != "" && req.Form.Get("token") != s.Token && token != s.Token {
		answer(w, map[string]any{"ok": false, "error": "invalid_auth"})
		return
	}
	calls := map[string]func(http.ResponseWriter, *http.Request){
		"chat.postMessage": s.post, "chat.update": s.update, "conversations.history": s.history, "conversations.replies": s.history,
		"chat.getPermalink":  s.permalink,
		"conversations.list": s.list, "files.getUploadURLExternal": s.uploadURL, "files.completeUploadExternal": s.complete,
	}
	if call, ok := calls[method]; ok {
		call(w, req)
		return
	}
	answer(w, map[string]any{"ok": false, "error": "unknown_method"})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // the client has gone
}

// fault applies the next fault; it reports whether the call is over, and whether the connection is to be cut after it took effect.
func (s *Server) fault(w http.ResponseWriter) (over, cutAfter bool) {
	if len(s.faults) == 0 {
		return false, false
	}
	f := s.faults[0]
	s.faults = s.faults[1:]
	switch {
	case f.CutBefore:
		panic(cut)
	case f.CutAfter:
		return false, true
	case f.Status == 0:
		return false, false
	}
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	w.WriteHeader(f.Status)
	fmt.Fprint(w, f.Answer)
	return true, false
}

// limited enforces a message a second a channel.
func (s *Server) limited(w http.ResponseWriter, channel string) bool {
	now := time.Now()
	if last, ok := s.last[channel]; ok && !s.NoLimit && now.Sub(last) < time.Second {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}
	s.last[channel] = now
	return false
}

func (s *Server) channel(name string) (id string, ok bool) {
	for id, n := range s.Channels {
		if name == id || strings.TrimPrefix(name, "#") == n {
			return id, true
		}
	}
	return "", false
}

func (s *Server) post(w http.ResponseWriter, req *http.Request) {
	over, cutAfter := s.fault(w)
	if over {
		return
	}
	id, ok := s.channel(req.Form.Get("channel"))
	if !ok {
		answer(w, map[string]any{"ok": false, "error": "channel_not_found"})
		return
	}
	if s.limited(w, id) {
		return
	}
	if refusal := Check(req.Form.Get("text"), []byte(req.Form.Get("blocks"))); refusal != "" {
		s.refuse(w, refusal)
		return
	}
	m := s.add(Message{Channel: id, Thread: req.Form.Get("thread_ts"), Text: req.Form.Get("text"),
		Blocks: raw(req.Form.Get("blocks")), Metadata: raw(req.Form.Get("metadata"))})
	if cutAfter {
		panic(cut)
	}
	answer(w, map[string]any{"ok": true, "channel": id, "ts": m.TS, "message": m})
}

func (s *Server) permalink(w http.ResponseWriter, req *http.Request) {
	ts := strings.ReplaceAll(req.Form.Get("message_ts"), ".", "")
	answer(w, map[string]any{"ok": true, "permalink": "https://example.slack.com/archives/" + req.Form.Get("channel") + "/p" + ts})
}

func (s *Server) refuse(w http.ResponseWriter, refusal string) {
	s.refusals = append(s.refusals, refusal)
	code, detail, _ := strings.Cut(refusal, ": ")
	answer(w, map[string]any{"ok": false, "error": code, "response_metadata": map[string]any{"messages": []string{"[ERROR] " + detail}}})
}

func (s *Server) add(m Message) Message {
	s.sequence++
	m.At = time.Now()
	m.TS = fmt.Sprintf("%d.%06d", m.At.Unix(), s.sequence)
	s.messages = append(s.messages, m)
	return m
}

func raw(s string) json.RawMessage {
	if s == "" {
		return nil
	}
	return json.RawMessage(s)
}

func (s *Server) update(w http.ResponseWriter, req *http.Request) {
	if refusal := Check(req.Form.Get("text"), []byte(req.Form.Get("blocks"))); refusal != "" {
		s.refuse(w, refusal)
		return
	}
	for i := range s.messages {
		m := &s.messages[i]
		if m.TS == req.Form.Get("ts") && m.Channel == req.Form.Get("channel") {
			m.Text, m.Blocks, m.Edits = req.Form.Get("text"), raw(req.Form.Get("blocks")), m.Edits+1
			answer(w, map[string]any{"ok": true, "channel": m.Channel, "ts": m.TS, "text": m.Text})
			return
		}
	}
	answer(w, map[string]any{"ok": false, "error": "message_not_found"})
}

// history serves a channel's own messages, or a thread, two a page, newest first, so that paging is tried too.
func (s *Server) history(w http.ResponseWriter, req *http.Request) {
	id, ok := s.Channels[req.Form.Get("channel")]
	if !ok {
		answer(w, map[string]any{"ok": false, "error": "channel_not_found", "id": id})
		return
	}
	thread := req.Form.Get("ts")
	var found []Message
	for _, m := range slices.Backward(s.messages) {
		if m.Channel == req.Form.Get("channel") && m.TS >= req.Form.Get("oldest") && (thread != "" && (m.Thread == thread || m.TS == thread) || thread == "" && m.Thread == "") {
			if req.Form.Get("include_all_metadata") == "" {
				m.Metadata = nil
			}
			found = append(found, m)
		}
	}
	from := 0
	_, _ = fmt.Sscanf(req.Form.Get("cursor"), "at%d", &from)
	to := min(from+2, len(found))
	next := ""
	if to < len(found) {
		next = fmt.Sprintf("at%d", to)
	}
	answer(w, map[string]any{"ok": true, "messages": found[min(from, to):to], "has_more": next != "", "response_metadata": map[string]any{"next_cursor": next}})
}

func (s *Server) list(w http.ResponseWriter, _ *http.Request) {
	channels := []map[string]any{}
	for id, name := range s.Channels {
		channels = append(channels, map[string]any{"id": id, "name": name})
	}
	answer(w, map[string]any{"ok": true, "channels": channels})
}

// hook is an incoming webhook: plain text answers, no ts.
func (s *Server) hook(w http.ResponseWriter, req *http.Request) {
	over, cutAfter := s.fault(w)
	if over || s.limited(w, "hook") {
		return
	}
	var m struct {
		Text   string          `json:"text"`
		Blocks json.RawMessage `json:"blocks"`
	}
	if err := json.NewDecoder(req.Body).Decode(&m); err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	if refusal := Check(m.Text, m.Blocks); refusal != "" {
		s.refusals = append(s.refusals, refusal)
		http.Error(w, refusal, http.StatusBadRequest)
		return
	}
	s.add(Message{Channel: "hook", Text: m.Text, Blocks: m.Blocks})
	if cutAfter {
		panic(cut)
	}
	fmt.Fprint(w, "ok")
}
