package fetch

import (
	"net/url"
	"strings"

	"entitywatch/redact"
)

const mask = redact.Mask

// Redact masks user information and secret query values of a URL. Text that is no URL is masked whole.
func Redact(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "(unreadable URL)"
	}
	changed := false
	if u.User != nil {
		u.User, changed = nil, true
	}
	if masked, ok := redactQuery(u.RawQuery); ok {
		u.RawQuery, changed = masked, true
	}
	if !changed {
		return raw
	}
	return strings.ReplaceAll(u.String(), url.PathEscape(mask), mask)
}

// redactQuery works on the raw text, so that order and encoding of what is not secret stay as they were.
func redactQuery(q string) (string, bool) {
	if q == "" {
		return q, false
	}
	changed := false
	pairs := strings.Split(q, "&")
	for i, p := range pairs {
		k, v, _ := strings.Cut(p, "=")
		if name, err := url.QueryUnescape(k); v != "" && (err != nil || redact.Secret(name)) {
			pairs[i], changed = k+"="+mask, true
		}
	}
	return strings.Join(pairs, "&"), changed
}

// secretsOf are the texts that must not appear in an error about the URL.
func secretsOf(u *url.URL) []string {
	var out []string
	if u.User != nil {
		if p, ok := u.User.Password(); ok {
			out = append(out, p, url.QueryEscape(p), url.PathEscape(p))
		}
		out = append(out, u.User.String())
	}
	for k, vs := range u.Query() {
		if redact.Secret(k) {
			for _, v := range vs {
				out = append(out, v, url.QueryEscape(v))
			}
		}
	}
	return out
}

func scrub(text string, secrets []string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, mask)
		}
	}
	return text
}
