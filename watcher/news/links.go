package news

import (
	"net/url"
	"slices"
	"strings"
)

// tracking are query parameters that tell where a reader came from. A name that ends in * stands for all that begin like it.
var tracking = []string{
	"utm_*", "at_*", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "maca",
	"ocid", "cmpid", "cmp", "cid", "ito", "ns_*", "xtor", "wt_*", "wt.*", "smid", "smtyp", "partner", "ftag", "ncid", "icid", "_ga", "_gl",
	"s_cid", "sr_share", "spm", "from_source", "ref", "ref_src", "ref_url", "referrer", "source", "feature", "soc_src", "soc_trk", "taid",
	"mkt_tok", "hss_channel", "vero_id", "oly_enc_id", "oly_anon_id", "pk_*", "mtm_*", "hsa_*", "dpl_*", "rss", "feedtype", "feedname",
}

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
	if !strings.HasPrefix(u.Fragment, "!") {
		u.Fragment, u.RawFragment = "", ""
	}
	u.RawQuery = untracked(u.RawQuery)
	u.ForceQuery = false
	return u.String()
}

// untracked works on the raw text, so that what stays keeps its order and encoding.
func untracked(query string) string {
	if query == "" {
		return ""
	}
	kept := strings.FieldsFunc(query, func(r rune) bool { return r == '&' || r == ';' })
	kept = slices.DeleteFunc(kept, func(pair string) bool {
		name, _, _ := strings.Cut(strings.ToLower(pair), "=")
		name = strings.TrimPrefix(name, "amp%3b")
		return slices.ContainsFunc(tracking, func(t string) bool {
			prefix, open := strings.CutSuffix(t, "*")
			return name == t || open && strings.HasPrefix(name, prefix)
		})
	})
	return strings.Join(kept, "&")
}

// canonical is a link as it is compared: without scheme, www, a closing slash and the order of its parameters.
func canonical(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return link
	}
	query := strings.Split(untracked(u.RawQuery), "&")
	slices.Sort(query)
	host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Host), "www."), "m.")
	out := host + strings.TrimSuffix(u.EscapedPath(), "/")
	if q := strings.Join(query, "&"); q != "" {
		out += "?" + q
	}
	if strings.HasPrefix(u.Fragment, "!") {
		out += "#" + u.Fragment
	}
	return out
}
