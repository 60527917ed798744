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
func (s *Scrubber) mask(text, by string) { s.maskForm(form{text: text, mask: by}) }

// maskForm is mask, of a form that is masked in some places only. Where it is also one that is masked everywhere, it is.
func (s *Scrubber) maskForm(f form) {
	if len(f.text) < leastValue || s.public[strings.TrimSuffix(f.text, "/")] {
		return
	}
	known, ok := s.forms[f.text]
	if ok {
		known.whole, known.bare = known.whole && f.whole, known.bare && f.bare
		f = known
	}
	s.forms[f.text] = f
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

// addURL has a configured URL masked: whole, and in its parts. Of a feed what lies below it stays as it is.
func (s *Scrubber) addURL(raw string, u *url.URL, feed bool) {
	path := strings.TrimSuffix(u.EscapedPath(), "/")
	bare := path == "" && u.RawQuery == "" && u.Fragment == ""
	if s.public[strings.TrimSuffix(raw, "/")] || u.User == nil && u.RawQuery == "" && s.public[path] {
		return
	}
	s.credentials(u)
	s.hosts[u.Host] = true
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
				s.maskForm(form{text: f, mask: shown, whole: feed && u.RawQuery == ""})
			}
		}
	}
	if path == "" || s.public[path] {
		return
	}
	s.maskForm(form{text: u.Scheme + "://" + u.Host + path, mask: shown, whole: feed})
	if len(path) >= leastPath {
		for _, f := range []string{path, strings.TrimSuffix(u.Path, "/"), strings.ReplaceAll(path, "/", `\/`)} {
			s.maskForm(form{text: f, mask: "/" + Mask, whole: feed, bare: true})
		}
		s.maskForm(form{text: url.QueryEscape(u.Path), mask: Mask, whole: feed})
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if strong(segment) && !feed {
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

// drawn reports whether a path has a part that looks drawn, and is not the heading of a column in small letters ("us-export-controls").
func drawn(path string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if strong(segment) && !heading.MatchString(segment) {
			return true
		}
	}
	return false
}

var heading = regexp.MustCompile(`^[a-z]{1,15}(-[a-z]{1,15}){2,}$`)

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
