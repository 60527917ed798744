package replay

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Trouble is how a source misbehaves. What is not a status is done to the good answer.
type Trouble struct {
	Do         string `yaml:"do"`          // one of troubles
	Status     int    `yaml:"status"`      // for "status"
	RetryAfter string `yaml:"retry_after"` // seconds or a date, with any status
	Times      int    `yaml:"times"`       // only the first so many requests of the state; 0 is all of them
	Path       string `yaml:"path"`        // only requests whose path holds this
}

// troubles are the ways to misbehave:
//
//	status    answers Status (429, 500 …) with Retry-After
//	empty     200 with no body
//	html      200 with a challenge page, content type text/html
//	html-lie  the same page under the good answer's content type
//	cut       the connection ends in the middle of the body
//	truncated half of the body under a Content-Length that agrees
//	half      a whole, well-formed answer with half of its entries or documents
//	none      a whole, well-formed answer that holds nothing
//	moved     agencies have another slug and another name: "Bureau of Industry and Security" instead of "Industry and Security Bureau"
//	stub      the text of a document has neither summary nor instructions
//	shortened the text of a document has its summary and lacks half of what its instructions name
//	other     the text of another document stands in its place
//	lost      letters of the text are question marks
//	slow      the body comes in small pieces
//	charset   the body is UTF-8 but declared as another character set, in the header and in the XML declaration
//	reset     the connection is closed before any answer
var troubles = []string{"status", "empty", "html", "html-lie", "cut", "truncated", "half", "none", "moved", "stub", "shortened", "other", "lost", "slow", "charset", "reset"}

func (t *Trouble) check() error {
	if t == nil || !slices.Contains(troubles, t.Do) {
		return fmt.Errorf("do must be one of %s", strings.Join(troubles, ", "))
	}
	if t.Do == "status" && (t.Status < 400 || t.Status > 599) {
		return fmt.Errorf("status %d is not a failure", t.Status)
	}
	return nil
}

const challengePage = `<!DOCTYPE html>
<html lang="en"><head><title>Federal Register :: Request Access</title></head>
<body><h1>Request Access</h1><p>Due to aggressive automated scraping, access is limited to requests that pass a CAPTCHA.</p></body></html>
`

// apply answers with the trouble instead of, or upon, the good answer.
func (t *Trouble) apply(w http.ResponseWriter, r *http.Request, a answer) {
	if t.RetryAfter != "" {
		w.Header().Set("Retry-After", t.RetryAfter)
	}
	switch t.Do {
	case "status":
		http.Error(w, http.StatusText(t.Status), t.Status)
	case "empty":
		w.Header().Set("Content-Type", a.contentType)
	case "html", "html-lie":
		w.Header().Set("Content-Type", a.contentType)
		if t.Do == "html" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		fmt.Fprint(w, challengePage)
	case "truncated":
		w.Header().Set("Content-Type", a.contentType)
		w.Write(a.body[:len(a.body)/2])
	case "cut":
		w.Header().Set("Content-Type", a.contentType)
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
		w.Write(a.body[:len(a.body)/2])
	case "slow":
		slowly(w, r, a)
	case "charset":
		a.contentType, _, _ = strings.Cut(a.contentType, ";")
		a.contentType += "; charset=iso-8859-1"
		a.body = []byte(strings.Replace(string(a.body), `encoding="UTF-8"`, `encoding="ISO-8859-1"`, 1))
		a.write(w, r)
	case "reset":
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			conn.Close()
		}
	default: // the others were done to the body when it was rendered
		a.write(w, r)
	}
}

// slowly sends the body in ten pieces, a few milliseconds apart: long enough to arrive apart, short enough for a demo.
func slowly(w http.ResponseWriter, r *http.Request, a answer) {
	w.Header().Set("Content-Type", a.contentType)
	for piece := range slices.Chunk(a.body, len(a.body)/10+1) {
		w.Write(piece)
		http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
}
