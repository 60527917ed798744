package email

import (
	"bytes"
	"fmt"

	"entitywatch/notify"
)

// Preview is what Send would hand over: the whole mail, and each of its parts to look at by itself.
func (c *Channel) Preview(m notify.Message) ([]notify.File, error) {
	msg, err := c.compose(m)
	if err != nil {
		return nil, err
	}
	var whole bytes.Buffer
	if _, err := msg.WriteTo(&whole); err != nil {
		return nil, fmt.Errorf("email: write mail: %w", err)
	}
	b, err := c.fit(m)
	if err != nil {
		return nil, err
	}
	text := b.text
	if b.rest != nil { // what is shown is all that is sent
		text += "\n== attached: " + b.rest.Name + " ==\n" + string(b.rest.Data)
	}
	return []notify.File{
		{Name: ".eml", Type: "message/rfc822", Data: whole.Bytes()},
		{Name: ".html", Type: "text/html; charset=utf-8", Data: b.html},
		{Name: ".txt", Type: "text/plain; charset=utf-8", Data: []byte(text)},
	}, nil
}
