package redact

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// The shortest that is masked, in bytes: shorter ones stand in ordinary texts by chance.
const (
	leastValue  = 4
	leastBase64 = 8 // of what is certain of a value's base64, wherever it begins
	leastPath   = 8
)

func parse(text string) *url.URL {
	if !strings.Contains(text, "://") {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// mask has one form masked by a text, unless it is known under a better one.
func (s *Scrubber) mask(text, by string) {
	if len(text) < leastValue || s.public[strings.TrimSuffix(text, "/")] {
		return
	}
	if _, known := s.forms[text]; !known {
		s.forms[text] = by
	}
}

// addValue has a token or password masked.
func (s *Scrubber) addValue(v string) {
	if v == "" {
		return
	}
	s.encoded(v)
	if plainWord(v) {
		return
	}
	for _, f := range escaped(v) {
		s.mask(f, Mask)
	}
	if key, ok := strings.CutPrefix(v, "whsec_"); ok {
		s.addValue(key)
	}
}

// escaped are the forms that a text takes in URLs, JSON, HTML and quoted strings.
func escaped(v string) []string {
	path, query, quoted := url.PathEscape(v), url.QueryEscape(v), strconv.Quote(v)
	out := []string{v, path, query, lowerHex(path), lowerHex(query), strings.ReplaceAll(query, "+", "%20"), html.EscapeString(v),
		quoted[1 : len(quoted)-1], strings.ReplaceAll(v, "/", `\/`)}
	if j, err := json.Marshal(v); err == nil {
		out = append(out, string(j[1:len(j)-1]))
	}
	return out
}

var percent = regexp.MustCompile(`%[0-9A-F]{2}`)

func lowerHex(s string) string { return percent.ReplaceAllStringFunc(s, strings.ToLower) }

// encoded masks a value within base64, whatever stands before and after it: of the three ways in which its bytes can fall into groups of
// three, the letters that belong to it alone.
func (s *Scrubber) encoded(v string) {
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			text := enc.EncodeToString([]byte(strings.Repeat("\x00", before) + v))
			begin := (before*8 + 5) / 6
			end := (before + len(v)) * 8 / 6
			if end-begin >= leastBase64 {
				s.mask(text[begin:end], Mask)
			}
		}
	}
}

// addURL has a configured URL masked: whole, and in its parts.
func (s *Scrubber) addURL(raw string, u *url.URL) {
	path := strings.TrimSuffix(u.EscapedPath(), "/")
	bare := path == "" && u.RawQuery == "" && u.Fragment == ""
	if s.public[strings.TrimSuffix(raw, "/")] || u.User == nil && u.RawQuery == "" && s.public[path] {
		return
	}
	s.credentials(u)
	shown := u.Scheme + "://" + u.Host + "/" + Mask
	if bare {
		shown = u.Scheme + "://" + u.Host
	}
	if !bare || u.User != nil {
		without := *u
		without.User = nil
		for _, whole := range []string{raw, u.String(), without.String()} {
			if whole = strings.TrimSuffix(whole, "/"); whole == u.Scheme+"://"+u.Host {
				continue
			}
			for _, f := range escaped(whole) {
				s.mask(f, shown)
			}
		}
	}
	if path == "" || s.public[path] {
		return
	}
	s.mask(u.Scheme+"://"+u.Host+path, shown)
	if len(path) >= leastPath {
		s.mask(path, "/"+Mask)
		s.mask(u.Path, "/"+Mask)
		s.mask(strings.ReplaceAll(path, "/", `\/`), "/"+Mask)
		s.mask(url.QueryEscape(u.Path), Mask)
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if strong(segment) {
			s.addValue(segment)
		}
	}
}

// credentials has user information and the values of a query masked.
func (s *Scrubber) credentials(u *url.URL) {
	if password, ok := u.User.Password(); ok {
		s.addValue(password)
		for _, sent := range []string{u.User.Username() + ":" + password, "\x00" + u.User.Username() + "\x00" + password} {
			s.mask(base64.StdEncoding.EncodeToString([]byte(sent)), Mask)
		}
		s.mask(u.User.String(), Mask)
	} else if u.User != nil {
		s.addValue(u.User.Username())
	}
	if len(u.RawQuery) >= leastPath {
		for _, f := range escaped(u.RawQuery) {
			s.mask(f, Mask)
		}
	}
	for name, values := range u.Query() {
		for _, v := range values {
			if Secret(name) || strong(v) {
				s.addValue(v)
				s.mask(name+"="+v, name+"="+Mask)
				s.mask(name+"="+url.QueryEscape(v), name+"="+Mask)
			}
		}
	}
}

var secretName = regexp.MustCompile(`(?i)token|secret|pass|pwd|^pw$|api[-_.]?key|(^|[-_.])key$|auth|signature|^sig$|credential|session|^code$|^k$|^t$|^user`)

// Secret reports whether a query parameter of this name holds what is never shown.
func Secret(name string) bool { return secretName.MatchString(name) }

// plainWord reports whether a value is so ordinary that masking it would tear holes into other texts: a short word or number.
func plainWord(v string) bool {
	if len(v) < leastValue {
		return true
	}
	letters, digits := 0, 0
	for _, r := range v {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		default:
			return false
		}
	}
	ordinary := v == strings.ToLower(v) || v == strings.ToUpper(v) || v[1:] == strings.ToLower(v[1:])
	return digits == 0 && letters <= 8 && ordinary || letters == 0 && digits <= 5
}

// strong reports whether a part of a URL looks drawn rather than chosen, so that it is masked wherever it stands: letters and digits
// mixed within one run, or longer than names are.
func strong(v string) bool {
	if len(v) >= 20 {
		return true
	}
	for run := range strings.FieldsFuncSeq(v, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(run) >= 6 && strings.ContainsFunc(run, unicode.IsLetter) && strings.ContainsFunc(run, unicode.IsDigit) {
			return true
		}
	}
	return false
}
