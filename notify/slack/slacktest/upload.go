package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func (s *Server) uploadURL(w http.ResponseWriter, req *http.Request) {
	id := fmt.Sprintf("F%08d", len(s.uploads)+1)
	s.uploads[id] = &File{ID: id, Name: req.Form.Get("filename")}
	u := url.URL{Scheme: "http", Host: req.Host, Path: "/upload", RawQuery: "id=" + id}
	if req.URL.Host != "" {
		u.Scheme, u.Host = req.URL.Scheme, req.URL.Host
	}
	answer(w, map[string]any{"ok": true, "upload_url": u.String(), "file_id": id})
}

func (s *Server) receive(w http.ResponseWriter, req *http.Request) {
	f, _, err := req.FormFile("file")
	up := s.uploads[req.URL.Query().Get("id")]
	if err != nil || up == nil {
		http.Error(w, "no file", http.StatusBadRequest)
		return
	}
	var b strings.Builder
	buf := make([]byte, 32<<10)
	for {
		n, err := f.Read(buf)
		b.Write(buf[:n])
		if err != nil {
			break
		}
	}
	up.Content = b.String()
	fmt.Fprintf(w, "OK - %d", b.Len())
}

func (s *Server) complete(w http.ResponseWriter, req *http.Request) {
	over, cutAfter := s.fault(w)
	if over {
		return
	}
	var files []File
	if err := json.Unmarshal([]byte(req.Form.Get("files")), &files); err != nil || len(files) != 1 ||
		s.uploads[files[0].ID] == nil {
		answer(w, map[string]any{"ok": false, "error": "file_not_found"})
		return
	}
	if _, ok := s.Channels[req.Form.Get("channel_id")]; !ok {
		answer(w, map[string]any{"ok": false, "error": "channel_not_found"})
		return
	}
	up := s.uploads[files[0].ID]
	up.Title = files[0].Title
	s.add(Message{Channel: req.Form.Get("channel_id"), Thread: req.Form.Get("thread_ts"),
		Text: req.Form.Get("initial_comment"), Files: []File{*up}})
	if cutAfter {
		panic(cut)
	}
	answer(w, map[string]any{"ok": true, "files": []File{*up}})
}
