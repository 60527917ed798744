package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"

	"entitywatch/notify"
)

//go:embed pages/*.html
var pages embed.FS

// templates are parsed once; what is embedded cannot be wrong at run time without the tests having seen it.
var templates = template.Must(template.New("").Funcs(template.FuncMap{"clean": notify.Clean}).ParseFS(pages, "pages/*.html"))

// say answers with a page that has a title and a sentence or two.
func (s *server) say(w http.ResponseWriter, status int, title, text string) {
	s.page(w, status, "plain", struct{ Title, Text string }{title, text})
}

// nowhere answers for addresses that lead nowhere: in words to people, as the other answers are to programs.
func (s *server) nowhere(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		refuse(w, http.StatusNotFound, "there is nothing under this address")
		return
	}
	s.say(w, http.StatusNotFound, "There is no such page", "Copy the whole address from the mail or message that brought you here. What EntityWatch does now stands on its first page.")
}

func (s *server) page(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name+".html", data); err != nil {
		s.Log.Error("web: render", "page", name, "err", err)
		http.Error(w, "this page could not be made; the daemon's log says why", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := b.WriteTo(w); err != nil {
		s.Log.Debug("web: page not taken", "page", name, "err", err)
	}
}
