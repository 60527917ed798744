package news

import (
	"net/url"
	"strings"

	"entitywatch/diff"
)

// resolve makes a link of a feed absolute, and takes off what only tracks readers. Empty for what is no http link.
func resolve(base *url.URL, link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || strings.TrimSpace(link) == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Host = strings.ToLower(u.Host)
	u.User = nil
	if diff.Anchor(u.Fragment) == "" {
		u.Fragment, u.RawFragment = "", ""
	}
	u.RawQuery = diff.Untracked(u.RawQuery)
	u.ForceQuery = false
	return u.String()
}
