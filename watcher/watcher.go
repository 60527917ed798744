package watcher

import (
	crand "crypto/rand"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// Spec is one configured source.
type Spec struct {
	Name     string
	Kind     string   // as in the configuration: federal-register, ecfr, csl …
	Was      []string // earlier names in the configuration
	Source   Source
	Schedule Schedule // zero: looked at only by Poll
	Own      []string // base URLs that may lead to private addresses, the configured one first

	Lists   []diff.ListID // that it shows; none for acts and news
	Primary []diff.ListID // of which it is the primary source

	Plausible    diff.Plausible                 // of the lists that ByList does not name
	ByList       map[diff.ListID]diff.Plausible // limits by list
	AcceptAfter  time.Duration                  // after how long a held answer that stays the same is believed; 0: never by itself
	ReleaseAfter time.Duration                  // how long an entry hold lasts; 0 until an act or a person ends it
}

// MinReleaseAfter is the least ReleaseAfter that is allowed: entries dropped in error came back after 13 and 51 days.
const MinReleaseAfter = 60 * 24 * time.Hour

// Options are what a Watcher is made of. Zero values mean the defaults given.
type Options struct {
	Store     Store
	Specs     []Spec
	Client    *fetch.Client
	Log       *slog.Logger             // default discards
	Now       func() time.Time         // scenario or real time, of everything that is stored and said; default time.Now
	Wall      func() time.Time         // of leases; default time.Now
	Elapsed   func() time.Duration     // since any fixed moment; never set by anybody; default since New
	Location  *time.Location           // whose calendar days the law's dates are; default UTC
	TellAfter TellAfter                // of a source that fails, before the operators are told; default at once
	Timeout   time.Duration            // of one look at one source; default 10 minutes
	Version   string                   // of this program, recorded with what it parsed
	Random    func() float64           // in [0,1), for jitter; default random
	Holder    string                   // names this process in leases; default random
	Gone      func(holder string) bool // whether a lease's holder has certainly ended; default nobody can tell
	Changed   func(names ...string)    // called after a commit that left something to tell; may be nil
}

// Watcher looks at sources and stores what it notices. It is safe for use by several goroutines.
type Watcher struct {
	o       Options
	specs   map[string]*Spec
	mu      sync.Mutex
	running map[string]bool // sources that this process looks at just now

	underway map[string]started // jobs of Run
	began    time.Time          // when it was made, by Options.Now
	turned   time.Duration      // when Run last looked at its clocks
	unstored map[string]string  // by source: why what it showed cannot be stored
}

// New makes a Watcher. It refuses specs that contradict themselves or each other.
func New(o Options) (*Watcher, error) {
	w := &Watcher{o: withDefaults(o), specs: make(map[string]*Spec, len(o.Specs)), running: map[string]bool{},
		underway: map[string]started{}, unstored: map[string]string{}}
	w.turned, w.began = w.o.Elapsed(), w.now()
	for i := range w.o.Specs {
		s := &w.o.Specs[i]
		switch {
		case s.Name == "" || s.Source == nil:
			return nil, fmt.Errorf("watcher: source %d has no name or cannot be read", i+1)
		case w.specs[s.Name] != nil:
			return nil, fmt.Errorf("watcher: two sources are named %s", s.Name)
		case s.ReleaseAfter != 0 && s.ReleaseAfter < MinReleaseAfter:
			return nil, fmt.Errorf("watcher: source %s: release_after is %s; drops by mistake lasted up to 51 days, so at least %s",
				s.Name, s.ReleaseAfter, MinReleaseAfter)
		}
		w.specs[s.Name] = s
	}
	for list := range w.watched() {
		if p := w.primaries(list); len(p) > 1 {
			return nil, fmt.Errorf("watcher: %s has two primary sources: %s and %s", list, p[0], p[1])
		}
	}
	return w, nil
}

func withDefaults(o Options) Options {
	o.Specs = slices.Clone(o.Specs)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wall == nil {
		o.Wall = time.Now
	}
	if o.Elapsed == nil {
		began := time.Now()
		o.Elapsed = func() time.Duration { return time.Since(began) }
	}
	if o.Location == nil {
		o.Location = time.UTC
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Minute
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Holder == "" {
		o.Holder = crand.Text()
	}
	if o.Changed == nil {
		o.Changed = func(...string) {}
	}
	return o
}

// Now is the scenario clock.
func (w *Watcher) Now() time.Time { return w.o.Now() }

// now is the moment of what is stored, as exactly as the store keeps it.
func (w *Watcher) now() time.Time { return w.o.Now().UTC().Truncate(time.Microsecond) }

// today is the calendar day of the law.
func (w *Watcher) today() diff.Date { return diff.DateOf(w.o.Now().In(w.o.Location)) }

// watched are all lists that any configured source shows.
func (w *Watcher) watched() map[diff.ListID]bool {
	all := map[diff.ListID]bool{}
	for _, s := range w.o.Specs {
		for _, l := range slices.Concat(s.Lists, s.Primary) {
			all[l] = true
		}
	}
	return all
}

// primaries are the names of the sources that are primary for a list.
func (w *Watcher) primaries(list diff.ListID) (names []string) {
	for _, s := range w.o.Specs {
		if slices.Contains(s.Primary, list) {
			names = append(names, s.Name)
		}
	}
	return names
}

// decides reports whether a source is the primary one for a list. One that the config does not name any more is not.
func (w *Watcher) decides(source string, list diff.ListID) bool {
	s := w.specs[source]
	return s != nil && s.primary(list)
}

// stage is what it means for a case that this source shows it.
func (s *Spec) stage() diff.Stage {
	if s.Kind == "ecfr" {
		return diff.Codified
	}
	return diff.Listed
}

func (s *Spec) primary(list diff.ListID) bool { return slices.Contains(s.Primary, list) }
