package fetch

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"entitywatch/redact"
)

// Begin starts a look at a source whose last stored cursor is cur. own are the source's base URLs, the configured one first: they alone are
// reached wherever they lead. Without any, those of Options.Trusted are.
func (c *Client) Begin(cur Cursor, own ...string) *Session {
	s := newSession(c, cur)
	s.own = bases(own)
	if len(own) == 0 {
		s.own = bases(c.o.Trusted)
	}
	s.http = &http.Client{Transport: &router{trusted: c.trusted, guarded: c.guarded, owns: s.owns}, CheckRedirect: c.checkRedirect}
	return s
}

func bases(raw []string) []*url.URL {
	var out []*url.URL
	for _, r := range raw {
		if u, err := url.Parse(r); err == nil && u.Host != "" {
			out = append(out, u)
		}
	}
	return out
}

// Own reports whether an address found in an answer stands at or below one of the source's own base URLs.
func (s *Session) Own(raw string) bool {
	u, err := url.Parse(s.unmask(raw))
	return err == nil && s.owns(u)
}

func (s *Session) owns(u *url.URL) bool {
	return slices.ContainsFunc(s.own, func(base *url.URL) bool { return within(u, base) })
}

// within reports whether u is base or stands below it. Dots and escapes in a path found elsewhere do not lead out of it.
func within(u, base *url.URL) bool {
	if origin(u) != origin(base) {
		return false
	}
	root, at := path.Clean("/"+base.Path), path.Clean("/"+u.Path)
	return root == "/" || at == root || strings.HasPrefix(at, root+"/")
}

// unmask gives an address found in an answer back what was masked there: publishers repeat the addresses by which they are asked,
// credentials included, in links to the next page. Only what leads to the source's own origin gets back what that origin has given.
func (s *Session) unmask(raw string) string {
	if !strings.Contains(raw, redact.Mask) && !strings.Contains(raw, url.QueryEscape(redact.Mask)) {
		return raw
	}
	raw = strings.ReplaceAll(raw, url.QueryEscape(redact.Mask), redact.Mask)
	for _, base := range s.own {
		rest, ok := strings.CutPrefix(raw, base.Scheme+"://"+base.Host)
		if !ok || rest != "" && !strings.ContainsAny(rest[:1], "/?#") { // "api.example.evil" begins like "api.example"
			continue
		}
		if below, ok := strings.CutPrefix(rest, "/"+redact.Mask); ok {
			rest = strings.TrimSuffix(base.EscapedPath(), "/") + below
		}
		if base.RawQuery != "" {
			rest = strings.Replace(rest, "?"+redact.Mask, "?"+base.RawQuery, 1)
		}
		for name, values := range base.Query() {
			rest = strings.ReplaceAll(rest, name+"="+redact.Mask, name+"="+url.QueryEscape(values[0]))
		}
		return base.Scheme + "://" + base.Host + rest
	}
	return raw
}

// shown is a URL as errors, records and cursors have it: what is configured is masked from the path on, what looks like a credential
// everywhere.
func (c *Client) shown(raw string) string { return Redact(c.o.Scrub.String(raw)) }

// Shown is the URL of a request as its Exchange has it.
func (s *Session) Shown(raw string) string { return s.client.shown(raw) }

// holdsCredentials reports whether a URL has user information or a query value that is a secret by its name.
func holdsCredentials(u *url.URL) bool {
	if u.User != nil {
		return true
	}
	for name := range u.Query() {
		if redact.Secret(name) {
			return true
		}
	}
	return false
}
