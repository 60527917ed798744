package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"

	"entitywatch/notify"
)

//go:embed pages/*.html
var pages embed.FS

// templates are parsed once; what is embedded cannot be wrong at run time without the tests having seen it.
var templates = template.Must(template.New("").Funcs(template.FuncMap{"clean": notify.Clean}).ParseFS(pages, "pages/*.html"))

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
