// Package redact keeps secrets out of every text that the program writes: logs, errors, pages, messages, the database.
//
// A Scrubber is told the configured secrets once, and masks each wherever it stands: as it is, escaped for URLs, JSON and HTML, and within
// base64, where a server echoes "user:password" as it was sent. A configured URL is a secret as a whole: its scheme and host are shown,
// what follows is masked, also where only its path, its query or a part of them is repeated.
//
// What it cannot mask is a secret that is a short plain word ("test"): it would tear holes into ordinary texts, list entries among them.
// Such a word is masked within its URL, its name=value pair and its base64 only.
//
// Links stay links. The address of a feed is masked as a whole, and what lies below it is not, unless a part of its path looks drawn: its
// articles stand there, and whoever is alerted reads them. Of another address everything below is masked, too; the path alone, within a
// longer link to a host that is none of ours, is a word by chance.
package redact

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// Mask stands where a secret stood.
const Mask = "…"

// Scrubber masks the secrets that it was told. A nil Scrubber masks nothing. It is safe for concurrent use.
type Scrubber struct {
	public map[string]bool // addresses and paths that everybody knows

	mu    sync.Mutex
	forms map[string]form // what is masked, by its text
	hosts map[string]bool // of the URLs that are masked
	table atomic.Pointer[table]
}

// New makes a Scrubber without secrets. The addresses given are public, and so are their paths, under any host.
func New(public ...string) *Scrubber {
	s := &Scrubber{public: map[string]bool{}, forms: map[string]form{}, hosts: map[string]bool{}}
	for _, address := range public {
		s.public[strings.TrimSuffix(address, "/")] = true
		if u := parse(address); u != nil {
			s.public[strings.TrimSuffix(u.EscapedPath(), "/")] = true
		}
	}
	return s
}

// Add has secrets masked from now on; those that hold "://" are URLs. What was told before stays masked: a rotated token is still one.
func (s *Scrubber) Add(secrets ...string) { s.add(secrets, false) }

// AddFeeds has the URLs of feeds masked from now on, as Add does, but not what lies below them.
func (s *Scrubber) AddFeeds(urls ...string) { s.add(urls, true) }

func (s *Scrubber) add(secrets []string, feeds bool) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, secret := range secrets {
		if u := parse(secret); u != nil {
			s.addURL(secret, u, feeds && !drawn(u.Path))
			continue
		}
		s.addValue(secret)
	}
	s.table.Store(newTable(s.forms, maps.Clone(s.hosts)))
}

// String masks the secrets in a text.
func (s *Scrubber) String(text string) string {
	if s == nil {
		return text
	}
	t := s.table.Load()
	if t == nil {
		return text
	}
	i, f := t.next(text, 0)
	if f == nil {
		return text
	}
	var b strings.Builder
	at := 0
	for f != nil {
		b.WriteString(text[at:i])
		b.WriteString(f.mask)
		at = i + len(f.text)
		i, f = t.next(text, at)
	}
	b.WriteString(text[at:])
	return b.String()
}

// Bytes masks the secrets in a body. Without any, it is the body itself.
func (s *Scrubber) Bytes(body []byte) []byte {
	if s == nil || s.table.Load() == nil {
		return body
	}
	text := string(body)
	if out := s.String(text); out != text {
		return []byte(out)
	}
	return body
}

// form is one way in which a secret can stand in a text.
type form struct {
	text, mask string
	whole      bool // nothing below it is masked
	bare       bool // a path without its host
}

// table finds forms by their first two bytes, so that texts without a secret are passed over quickly.
type table struct {
	starts [1 << 16 / 64]uint64
	forms  map[uint16][]*form // the longest first
	hosts  map[string]bool
}

func newTable(forms map[string]form, hosts map[string]bool) *table {
	t := &table{forms: map[uint16][]*form{}, hosts: hosts}
	for text, f := range forms {
		k := key(text, 0)
		t.starts[k/64] |= 1 << (k % 64)
		list := t.forms[k]
		i := 0
		for i < len(list) && len(list[i].text) >= len(text) {
			i++
		}
		t.forms[k] = append(list[:i:i], append([]*form{&f}, list[i:]...)...)
	}
	return t
}

func key(text string, i int) uint16 { return uint16(text[i])<<8 | uint16(text[i+1]) }

// next is the first form in text from a place on; nil where there is none.
func (t *table) next(text string, from int) (int, *form) {
	for i := from; i+1 < len(text); i++ {
		k := key(text, i)
		if t.starts[k/64]&(1<<(k%64)) == 0 {
			continue
		}
		for _, f := range t.forms[k] {
			if strings.HasPrefix(text[i:], f.text) && !t.within(text, i, f) {
				return i, f
			}
		}
	}
	return 0, nil
}

// within reports whether a form that stands in a text at i is only the beginning, or the middle, of a link that is no secret.
func (t *table) within(text string, i int, f *form) bool {
	return (f.whole || f.bare && t.elsewhere(text[:i])) && goesOn(text[i+len(f.text):])
}

// elsewhere reports whether a text ends with the scheme and the host of a URL, and the host is none of ours.
func (t *table) elsewhere(before string) bool {
	start := strings.LastIndexByte(before[max(0, len(before)-mostHost):], '/')
	if start < 0 {
		return false
	}
	host := before[max(0, len(before)-mostHost)+start+1:]
	scheme := strings.TrimSuffix(before, host)
	return host != "" && !t.hosts[host] && !strings.ContainsAny(host, " \t\n\"'<>@") &&
		(strings.HasSuffix(scheme, "://") || strings.HasSuffix(scheme, `:\/\/`))
}

// mostHost is how far back the host before a path is looked for, in bytes: names of hosts have at most 253, and a port.
const mostHost = 262

// goesOn reports whether a path goes on in what follows it.
func goesOn(rest string) bool {
	if rest = strings.TrimPrefix(rest, `\`); strings.HasPrefix(rest, "/") {
		rest = rest[1:]
	}
	return rest != "" && (rest[0] >= utf8.RuneSelf || unicode.IsLetter(rune(rest[0])) || unicode.IsDigit(rune(rest[0])) ||
		strings.IndexByte("-_~%", rest[0]) >= 0)
}
