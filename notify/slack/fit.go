package slack

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// lead is the start of a text, escaped, with an ellipsis where it is not the whole; what it leaves out stands in full
// elsewhere.
func lead(s string, limit int) string {
	pieces := whole(s, limit-2)
	if len(pieces) > 1 {
		return strings.TrimRight(pieces[0], " ,;:") + " …"
	}
	return strings.Join(pieces, "")
}

// section adds lines, already escaped, as one section or, where they are too long for one, as several.
func (w *writer) section(lines []string) {
	var b strings.Builder
	n := 0
	flush := func() {
		if n > 0 {
			w.blocks = append(w.blocks, slack.NewSectionBlock(textObject(b.String()), nil, nil))
		}
		b.Reset()
		n = 0
	}
	for _, l := range lines {
		size := utf8.RuneCountInString(l)
		if n > 0 && n+1+size > maxSection {
			flush()
		}
		if n > 0 {
			b.WriteByte('\n')
			n++
		}
		b.WriteString(l)
		n += size
	}
	flush()
}

// maxLead is in characters: a label may come from a list (the kind of an id), and must leave room for what it labels.
const maxLead = 300

// led is a lead and its values as one line, or as several where they are too long for one section. No value is cut,
// unless it alone is longer than a section: then it goes on in the next line, whole.
func led(lead string, values []string, separator string) []string {
	if r := []rune(lead); len(r) > maxLead {
		lead = string(r[:maxLead]) + "… "
	}
	var out []string
	cur := lead
	n := utf8.RuneCountInString(cur)
	empty := true
	for _, v := range values {
		for _, piece := range whole(v, maxSection-utf8.RuneCountInString(lead)-2) {
			size := utf8.RuneCountInString(piece) + len(separator)
			if !empty && n+size > maxSection {
				out = append(out, cur)
				cur, n, empty = "", 0, true
			}
			if !empty {
				cur += separator
			}
			cur += piece
			n += size
			empty = false
		}
	}
	if empty {
		return out
	}
	return append(out, cur)
}

// whole is a text escaped, in one piece where that fits, else in pieces that end at blanks where there are any.
func whole(s string, limit int) []string {
	if s == "" {
		return nil
	}
	if e := mrkdwn(s); utf8.RuneCountInString(e) <= limit {
		return []string{e}
	}
	var out []string
	rs := []rune(s)
	for len(rs) > 0 {
		n, size := 0, 0
		for n < len(rs) {
			if size += weigh1(rs[n]); size > limit {
				break
			}
			n++
		}
		n = max(n, 1) // each piece gets on, whatever the limit
		if n < len(rs) {
			for k := n; k > n/2; k-- {
				if rs[k-1] == ' ' {
					n = k
					break
				}
			}
		}
		out = append(out, mrkdwn(string(rs[:n])))
		rs = rs[n:]
	}
	return out
}

// weigh1 is the most that one character can become.
func weigh1(r rune) int {
	switch r {
	case '&', '<', '>':
		return 5
	case '*', '_', '~', '`', ':':
		return 3
	}
	return 1
}

// squeeze joins neighboring sections where a message has more blocks than Slack takes.
func squeeze(blocks []slack.Block) []slack.Block {
	if len(blocks) <= maxBlocks {
		return blocks
	}
	var out []slack.Block
	for _, b := range blocks {
		s, ok := b.(*slack.SectionBlock)
		if ok && len(out) > 0 {
			if p, ok := out[len(out)-1].(*slack.SectionBlock); ok {
				if joined := p.Text.Text + "\n\n" + s.Text.Text; utf8.RuneCountInString(joined) <= maxSection {
					out[len(out)-1] = slack.NewSectionBlock(textObject(joined), nil, nil)
					continue
				}
			}
		}
		out = append(out, b)
	}
	return out
}
