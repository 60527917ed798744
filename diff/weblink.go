package diff

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// tracking are query parameters that tell where a reader came from. A name that ends in * stands for all that begin like it.
var tracking = []string{
	"utm_*", "at_*", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "maca",
	"ocid", "cmpid", "cmp", "cid", "ito", "ns_*", "xtor", "wt_*", "wt.*", "smid", "smtyp", "partner", "ftag", "ncid", "icid", "_ga", "_gl",
	"s_cid", "sr_share", "spm", "from_source", "ref", "ref_src", "ref_url", "referrer", "source", "feature", "soc_src", "soc_trk", "taid",
	"mkt_tok", "hss_channel", "vero_id", "oly_enc_id", "oly_anon_id", "pk_*", "mtm_*", "hsa_*", "dpl_*", "rss", "feedtype", "feedname",
}

// Untracked is a link's query without the parameters that only tell where a reader came from. It works on the raw text, so that what
// stays keeps its order and encoding.
func Untracked(query string) string {
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

// CanonicalLink is a link as it is compared: without scheme, www, a closing slash and the order of its parameters.
func CanonicalLink(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return link
	}
	query := strings.Split(Untracked(u.RawQuery), "&")
	slices.Sort(query)
	host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Host), "www."), "m.")
	out := host + strings.TrimSuffix(u.EscapedPath(), "/")
	if q := strings.Join(query, "&"); q != "" {
		out += "?" + q
	}
	if u.Fragment != "" { // a reader of feeds keeps only those that tell reports apart
		out += "#" + u.Fragment
	}
	return out
}

// Anchor is a link's fragment where it names a part of the page: a route ("!/story/5") or the anchor of one notice among several
// ("second-notice"). It is empty for what counts edits ("2"), tells where a reader came from ("xtor=RSS-1"), marks a passage
// (":~:text=…") or leads to what every page has.
func Anchor(fragment string) string {
	switch {
	case strings.HasPrefix(fragment, "!"):
		return fragment
	case !strings.ContainsFunc(fragment, unicode.IsLetter), strings.ContainsAny(fragment, "=&~"):
		return ""
	}
	switch strings.ToLower(fragment) {
	case "comments", "comment", "respond", "top", "main", "main-content", "maincontent", "content", "rss", "share", "disqus_thread":
		return ""
	}
	return fragment
}
