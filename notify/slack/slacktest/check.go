package slacktest

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// textObject is Slack's text object.
type textObject struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

type block struct {
	Type     string       `json:"type"`
	Text     *textObject  `json:"text"`
	Fields   []textObject `json:"fields"`
	Elements []struct {
		Type  string          `json:"type"`
		Text  json.RawMessage `json:"text"` // a text object in buttons, a string in context elements
		URL   string          `json:"url"`
		Value string          `json:"value"`
	} `json:"elements"`
}

// Check says why Slack would refuse a message, as "error: detail"; "" where it would not.
func Check(text string, blocks []byte) string {
	if utf8.RuneCountInString(text) > 40000 {
		return "msg_too_long: text"
	}
	if len(blocks) == 0 {
		if text == "" {
			return "no_text: neither text nor blocks"
		}
		return ""
	}
	var all []block
	if err := json.Unmarshal(blocks, &all); err != nil {
		return "invalid_blocks_format: " + err.Error()
	}
	if len(all) > 50 {
		return fmt.Sprintf("invalid_blocks: %d blocks", len(all))
	}
	total := 0
	for i, b := range all {
		n, refusal := b.check()
		if refusal != "" {
			return fmt.Sprintf("invalid_blocks: block %d (%s): %s", i, b.Type, refusal)
		}
		total += n
	}
	if total > 13200 {
		return fmt.Sprintf("msg_blocks_too_long: %d characters", total)
	}
	return ""
}

func (b block) check() (size int, refusal string) {
	size = b.size()
	switch b.Type {
	case "header":
		if b.Text == nil || b.Text.Type != "plain_text" || size < 1 || size > 150 {
			refusal = fmt.Sprintf("header of %d characters", size)
		}
	case "section":
		refusal = b.checkSection(size)
	case "context":
		if len(b.Elements) == 0 || len(b.Elements) > 10 {
			refusal = fmt.Sprintf("context of %d elements", len(b.Elements))
		}
	case "actions":
		refusal = b.checkActions()
	case "divider":
	default:
		refusal = "unknown type"
	}
	return size, refusal
}

func (b block) checkSection(size int) string {
	switch {
	case b.Text == nil && len(b.Fields) == 0, len(b.Fields) > 10, b.Text != nil &&
		(b.Text.Text == "" || utf8.RuneCountInString(b.Text.Text) > 3000):
		return fmt.Sprintf("section of %d characters", size)
	}
	for _, f := range b.Fields {
		if utf8.RuneCountInString(f.Text) > 2000 {
			return "field over 2,000 characters"
		}
	}
	return ""
}

func (b block) checkActions() string {
	if len(b.Elements) == 0 || len(b.Elements) > 25 {
		return fmt.Sprintf("%d elements", len(b.Elements))
	}
	for _, e := range b.Elements {
		var t textObject
		if err := json.Unmarshal(e.Text, &t); err != nil || t.Type != "plain_text" || t.Text == "" ||
			utf8.RuneCountInString(t.Text) > 75 ||
			len(e.URL) > 3000 || len(e.Value) > 2000 {
			return "a button's text, url or value"
		}
	}
	return ""
}

func (b block) size() int {
	n := 0
	if b.Text != nil {
		n += utf8.RuneCountInString(b.Text.Text)
	}
	for _, f := range b.Fields {
		n += utf8.RuneCountInString(f.Text)
	}
	for _, e := range b.Elements {
		n += utf8.RuneCount(e.Text) + len(e.URL)
	}
	return n
}
