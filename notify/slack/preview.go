package slack

import (
	"encoding/json"
	"fmt"
	"path"

	"github.com/slack-go/slack"

	"entitywatch/notify"
)

// Preview is what Send would post, as the JSON of text and blocks; an upload is the file itself.
func (c *Channel) Preview(m notify.Message) ([]notify.File, error) {
	if m.Attachment != nil {
		return []notify.File{{Name: path.Ext(m.Attachment.Name), Type: m.Attachment.Type, Data: m.Attachment.Data}}, nil
	}
	if m.Pointer {
		return previewed(m, pointer(m, ""))
	}
	return preview(m, c.o.AckButton)
}

// Preview is what Send would post.
func (h *Hook) Preview(m notify.Message) ([]notify.File, error) { return preview(m, false) }

func preview(m notify.Message, ackButton bool) ([]notify.File, error) {
	return previewed(m, Blocks(m, ackButton))
}

func previewed(m notify.Message, blocks []slack.Block) ([]notify.File, error) {
	b, err := json.MarshalIndent(struct {
		Text   string        `json:"text"`
		Blocks []slack.Block `json:"blocks"`
	}{Fallback(m), blocks}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("slack: write message: %w", err)
	}
	return []notify.File{{Name: ".json", Type: "application/json", Data: append(b, '\n')}}, nil
}
