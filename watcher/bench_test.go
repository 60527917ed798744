package watcher_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"entitywatch/diff"
	"entitywatch/internal/holder"
	"entitywatch/store"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

// bench is a whole polling half on a real store, with sources that answer what a test puts into them and a clock that it turns.
type bench struct {
	t       *testing.T
	path    string
	db      *store.DB
	w       *watcher.Watcher
	now     time.Time
	list    *answers // "entity-list", kind ecfr, primary of the Entity List
	second  *answers // "screening-list", kind csl, another source of it
	acts    *answers // "register"
	specs   []watcher.Spec
	options []store.Option
	after   watcher.TellAfter
}

// answers is a Source that gives one answer again and again until a test puts in another.
type answers struct {
	mu      sync.Mutex
	reading diff.Reading
	err     error
	panics  any
	mark    string
	seen    []string // the mark that each look was given by the stored cursor
	during  func()   // called in the middle of a look
	ahead   bool     // the answers are dated to come, and the clock stays
	file    *fetch.ListSource
	parsed  int // how often the body that stands for the snapshots was read
}

// body stands for the snapshots that the source shows: the same for the same ones.
func (a *answers) body() string { return fmt.Sprintf("%+v", a.reading.Snapshots) }

// serve has the snapshots stand in a file on a server that knows no validators and sends the same body again and again: what is told must be
// the same as if each answer were read.
func (a *answers) serve(now func() time.Time) {
	parse := func(io.Reader, diff.ReadOptions) ([]diff.Snapshot, error) {
		a.parsed++
		return slices.Clone(a.reading.Snapshots), nil
	}
	list := fetch.List{Name: "list", URL: "http://192.0.2.1/list.txt", Files: []fetch.ListFile{{Path: "/list.txt", Timeout: time.Minute, Parse: parse}}}
	a.file = list.New(fetch.ListOptions{Now: now})
}

// served is the server of every file of answers.
type served struct{}

// asking is the key under which a request's context holds the answers that it is for.
type asking struct{}

// RoundTrip implements http.RoundTripper.
func (served) RoundTrip(r *http.Request) (*http.Response, error) {
	a, ours := r.Context().Value(asking{}).(*answers)
	if !ours {
		return http.DefaultTransport.RoundTrip(r)
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(a.body()))}, nil
}

func (a *answers) Read(ctx context.Context, s *fetch.Session) (diff.Reading, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, s.Mark("m"))
	if during := a.during; during != nil {
		a.mu.Unlock()
		during()
		a.mu.Lock()
	}
	if a.panics != nil {
		panic(a.panics)
	}
	if a.mark != "" {
		s.SetMark("m", a.mark)
	}
	if a.err != nil || len(a.reading.Snapshots) == 0 || a.file == nil {
		return a.reading, a.err
	}
	out := a.reading
	var err error
	out.Snapshots, _, err = a.file.ReadFile(context.WithValue(ctx, asking{}, a), s, a.file.Files[0])
	return out, err
}

func (a *answers) put(r diff.Reading, err error) *answers {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.reading, a.err, a.panics = r, err, nil
	return a
}

func (a *answers) lists(snaps ...diff.Snapshot) *answers {
	return a.put(diff.Reading{Snapshots: snaps}, nil)
}

func (a *answers) documents(acts ...diff.Act) *answers { return a.put(diff.Reading{Acts: acts}, nil) }

func (a *answers) fails(text string) *answers { return a.put(diff.Reading{}, errors.New(text)) }

// looks is how often the source was looked at.
func (a *answers) looks() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.seen)
}

func newBench(t *testing.T, options ...store.Option) *bench {
	t.Helper()
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "ew.db"), now: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC), options: options,
		list: &answers{}, second: &answers{}, acts: &answers{}}
	b.specs = []watcher.Spec{
		{Name: "register", Kind: "federal-register", Source: b.acts},
		{Name: "entity-list", Kind: "ecfr", Source: b.list, Lists: []diff.ListID{diff.EntityList}, Primary: []diff.ListID{diff.EntityList}},
	}
	b.open()
	return b
}

// open starts the polling half anew on the same database.
func (b *bench) open() {
	b.t.Helper()
	var err error
	if b.db, err = store.Open(context.Background(), b.path, b.options...); err != nil {
		b.t.Fatal(err)
	}
	db := b.db
	b.t.Cleanup(func() { db.Close() })
	b.w = b.watcher(b.db)
}

func (b *bench) watcher(s watcher.Store) *watcher.Watcher {
	b.t.Helper()
	for _, spec := range b.specs {
		if a, ok := spec.Source.(*answers); ok {
			a.serve(b.clock)
		}
	}
	client := fetch.New(fetch.Options{Now: b.clock, Rate: rate.Inf, Attempts: 1, Wrap: func(http.RoundTripper) http.RoundTripper { return served{} }})
	w, err := watcher.New(watcher.Options{Store: s, Specs: b.specs, Client: client, Now: b.clock,
		Log: slog.New(slog.DiscardHandler), Version: "test", TellAfter: b.after,
		Holder: holder.Self(), Gone: holder.Gone})
	if err != nil {
		b.t.Fatal(err)
	}
	return w
}

// clock is the bench's time, turned on to the eve of what the lists are dated: a date to come is not believed.
func (b *bench) clock() time.Time {
	for _, a := range []*answers{b.list, b.second} {
		for _, s := range a.reading.Snapshots {
			if eve := s.AsOf.AddDays(-1).Time(); s.AsOf != "" && b.now.Before(eve) && !a.ahead {
				b.now = eve
			}
		}
	}
	return b.now
}

func (b *bench) restart() {
	b.t.Helper()
	b.db.Close()
	b.open()
}

func (b *bench) withSecond() {
	b.specs = append(b.specs, watcher.Spec{Name: "screening-list", Kind: "csl", Source: b.second, Lists: []diff.ListID{diff.EntityList}})
	b.w = b.watcher(b.db)
}

// poll looks at the named sources (all where none is named), an hour after the last time, and returns what is to be told, each thing as
// one line.
func (b *bench) poll(names ...string) []string {
	b.t.Helper()
	b.now = b.now.Add(time.Hour)
	r, err := b.w.Poll(context.Background(), names...)
	if err != nil {
		b.t.Fatal(err)
	}
	return lines(r)
}

func lines(r watcher.Report) (out []string) {
	for _, l := range r.Looks {
		for _, c := range l.Changes {
			if !c.Substantive {
				continue
			}
			line := string(c.Change) + " " + c.Name
			for _, id := range l.Retracts {
				if id == c.ID {
					line = "retracted " + line
				}
			}
			if c.Revision > 0 {
				line += fmt.Sprintf(" (revision %d)", c.Revision)
			}
			if c.Unconfirmed {
				line += " (unconfirmed)"
			}
			if c.Note != "" {
				line += " [" + c.Note + "]"
			}
			out = append(out, line)
		}
		for _, s := range l.Stages {
			if !s.Silent {
				out = append(out, "stage "+string(s.Stage))
			}
		}
		for _, n := range l.Notes {
			out = append(out, "note "+n.Kind)
		}
		for _, n := range l.Notices {
			out = append(out, "notice "+n.Kind+" "+n.Source)
		}
		if l.News > 0 {
			out = append(out, fmt.Sprintf("news %d", l.News))
		}
	}
	return out
}

func (b *bench) want(got []string, want ...string) {
	b.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		b.t.Fatalf("told\n  %q\nwant\n  %q", got, want)
	}
}

// inForce are the names on the Entity List by the stored legal state.
func (b *bench) inForce(on diff.Date) (names []string) {
	b.t.Helper()
	entries, err := b.db.Entries(context.Background(), diff.EntityList, on)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name)
	}
	return names
}

func entry(name string) diff.Entry {
	const country = "CHINA, PEOPLE'S REPUBLIC OF"
	return diff.Entry{List: diff.EntityList, Key: diff.MakeKey(diff.EntityList, country, name), Country: country, Name: name,
		Addresses: []string{name + " Road 1, Beijing, China"}, LicenseRequirement: "For all items subject to the EAR", LicenseReviewPolicy: "Presumption of denial",
		Citations: []diff.Citation{{Raw: "84 FR 54002, 10/9/19", Volume: 84, Page: 54002, Date: "2019-10-09"}}}
}

// listOf is a snapshot of the Entity List: the names given, and enough others to make it plausible.
func listOf(asOf diff.Date, names ...string) diff.Snapshot {
	s := diff.Snapshot{List: diff.EntityList, AsOf: asOf, Complete: true, Evidence: []diff.Evidence{{SHA256: string(asOf), URL: "https://ecfr.example/" + string(asOf)}}}
	for i := range 60 {
		s.Entries = append(s.Entries, entry(fmt.Sprintf("Standing Company %c%c", 'A'+i/26, 'A'+i%26)))
	}
	for _, n := range names {
		s.Entries = append(s.Entries, entry(n))
	}
	return s
}

func act(number string, published, effective diff.Date, amendments ...diff.Amendment) diff.Act {
	return diff.Act{DocumentNumber: number, Title: "Additions to the Entity List", Type: "Rule", Status: diff.ActPublished, PublishedOn: published,
		EffectiveOn: effective, Volume: 91, StartPage: 1000, EndPage: 1010, Amendments: amendments,
		Evidence: []diff.Evidence{{SHA256: "act" + number, URL: "https://fr.example/" + number}}}
}

func add(name string) diff.Amendment {
	e := entry(name)
	return diff.Amendment{Action: diff.Add, List: diff.EntityList, Country: e.Country, Name: name, Entry: &e, Instruction: "by adding " + name}
}

func remove(name string) diff.Amendment {
	e := entry(name)
	return diff.Amendment{Action: diff.Remove, List: diff.EntityList, Country: e.Country, Name: name, Instruction: "by removing " + name}
}

// status is how a source does; its AsOf is that of its first list.
func (b *bench) status(source string) status {
	b.t.Helper()
	all, err := b.db.Statuses(context.Background(), time.Time{}, b.now)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, s := range all {
		if s.Name == source {
			return status{s}
		}
	}
	b.t.Fatalf("no source %s", source)
	return status{}
}

type status struct{ store.Status }

func (s status) AsOf() diff.Date { return s.Lists[0].AsOf }
