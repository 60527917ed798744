package main

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"entitywatch/web"
)

// A counterparties file that a spreadsheet wrote as UTF-16 is read, and whoever asks how the daemon does is told so by `check`, `doctor`,
// the health endpoint and the page alike; a row that cannot be read is a trouble there, and so is one of the owners.
func TestFilesThatAreNotReadAsTheyStandAreSaid(t *testing.T) {
	w := newWorld(t)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("id,name\nV-1,Foo Optics Works\nV-2,Bar Works\n")
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("vendors.csv", wide)
	put("owners.csv", "id,owner_name,percent\nV-1,Foo Holding,60\n")
	file := w.config(t, fmt.Sprintf("operators: [ops]\ncounterparties: [{name: vendors, file: vendors.csv, owners: owners.csv}]\n"+
		"rules: [{name: all, send: [ops]}]\nsources: [{name: press, kind: news, url: %q, schedule: \"@every 24h\"}]\n", quietFeed(t)))
	said := func(exit int, want string) web.Health {
		t.Helper()
		entitywatch(t, exitDone, "poll", "--source", "press", "-c", file)
		for _, command := range []string{"check", "doctor"} {
			if out := entitywatch(t, exit, command, "-c", file); !strings.Contains(out, want) {
				t.Errorf("%s does not say %q:\n%s", command, want, out)
			}
		}
		e := testEngine(t, file)
		page := func(path string) string {
			r := httptest.NewRecorder()
			e.pages().ServeHTTP(r, httptest.NewRequest("GET", "http://localhost"+path, nil))
			return r.Body.String()
		}
		if out := page("/"); !strings.Contains(out, "Counterparties vendors: ") || !strings.Contains(out, want) {
			t.Errorf("the page does not say %q:\n%s", want, out)
		}
		var h web.Health
		if err := json.Unmarshal([]byte(page("/healthz")), &h); err != nil || len(h.Files) != 1 || !strings.Contains(h.Files[0].Text, want) {
			t.Errorf("health does not say %q: %+v, %v", want, h.Files, err)
		}
		return h
	}
	if h := said(exitDone, "the file is UTF-16"); h.Files[0].Ill || !h.OK {
		t.Errorf("a file that was read is a trouble: %+v", h.Files)
	}
	put("owners.csv", "id,owner_name,percent\nV-1,Foo Holding,sixty\n")
	if h := said(exitHuman, "sixty"); !h.Files[0].Ill || h.OK {
		t.Errorf("a row of the owners that cannot be read is no trouble: %+v", h.Files)
	}
}
