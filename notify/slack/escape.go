package slack

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"entitywatch/notify"
)

// zero is a zero-width space: beside a formatting character it keeps Slack from seeing the start or the end of
// formatting.
const zero = "\u200b"

var (
	entities   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	formatting = strings.NewReplacer("*", zero+"*"+zero, "_", zero+"_"+zero, "~", zero+"~"+zero, "`", zero+"`"+zero)
	ids        = regexp.MustCompile(`\b(case|chg|dlv|ntc)_[0-9a-f]{20}\b`)
)

// plain makes a text inert in a plain_text object, where only the entities matter.
func plain(s string) string { return entities.Replace(notify.NoShortcodes(notify.Clean(s))) }

// mrkdwn makes a text inert in a mrkdwn object. Ids of ours stay as they are, since people copy them into commands: an
// underscore between letters formats nothing.
func mrkdwn(s string) string {
	s = entities.Replace(notify.NoShortcodes(notify.Clean(s)))
	var b strings.Builder
	for {
		at := ids.FindStringIndex(s)
		if at == nil {
			return b.String() + formatting.Replace(s)
		}
		b.WriteString(formatting.Replace(s[:at[0]]) + s[at[0]:at[1]])
		s = s[at[1]:]
	}
}

// weigh is how long a text becomes in a block.
func weigh(s string) int { return utf8.RuneCountInString(mrkdwn(s)) }

// link is a link to a configured or checked address; its label is ours.
func link(address, label string) string {
	return "<" + strings.NewReplacer("&", "&amp;", "<", "%3C", ">", "%3E", "|", "%7C").Replace(address) + "|" +
		mrkdwn(label) + ">"
}
