package email

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"entitywatch/notify"
)

// compose writes the mail of a message to its recipient.
func (c *Channel) compose(m notify.Message) (*gomail.Msg, error) {
	b, err := c.fit(m)
	if err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingQP))
	if err := msg.From(c.from.String()); err != nil {
		return nil, fmt.Errorf("email: from: %w", err)
	}
	if err := msg.To(m.Recipient); err != nil {
		return nil, fmt.Errorf("email: recipient %q: %w", m.Recipient, err)
	}
	msg.Subject(b.view.Title) // what happened, how sure it is, and whether it is taken back
	msg.SetDateWithValue(c.Now())
	msg.SetMessageIDWithValue(c.messageID(m.Delivery))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	c.thread(msg, m)
	c.lists(msg, m, b.view)
	msg.SetBodyString(gomail.TypeTextPlain, b.text)
	msg.AddAlternativeString(gomail.TypeTextHTML, string(b.html))
	for _, a := range []*notify.File{m.Attachment, b.rest} {
		if a == nil {
			continue
		}
		if err := msg.AttachReader(a.Name, bytes.NewReader(a.Data),
			gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
			return nil, fmt.Errorf("email: attach %s: %w", a.Name, err)
		}
	}
	return msg, nil
}

// messageID is the same for every attempt of a delivery, so that a doubtful second attempt is no second mail.
func (c *Channel) messageID(delivery string) string { return delivery + "@" + c.domain() }

func (c *Channel) domain() string {
	_, domain, _ := strings.Cut(c.from.Address, "@")
	return domain
}

// thread ties the mails of one Case together: each refers to a root that is derived from the Case, and to the first
// mail where its id is known.
func (c *Channel) thread(msg *gomail.Msg, m notify.Message) {
	switch m.Kind {
	case notify.KindAlert, notify.KindUpdate, notify.KindRetraction, notify.KindReminder:
	default:
		return // it belongs to no Case
	}
	refs := "<" + m.Case + "@" + c.domain() + ">"
	if m.Thread != nil && m.Thread.ID != "" && !strings.HasPrefix(strings.Trim(m.Thread.ID, "<>"), m.Delivery) {
		first := "<" + strings.Trim(m.Thread.ID, "<>") + ">"
		msg.SetGenHeader("In-Reply-To", first)
		refs += " " + first
	}
	msg.SetGenHeader("References", refs)
}

// lists are the headers by which a mail program files the mail and offers to end it: the list is the digest, or the
// channel.
func (c *Channel) lists(msg *gomail.Msg, m notify.Message, v view) {
	name := c.Name
	if m.Digest != nil {
		name = m.Digest.Name
	}
	msg.SetGenHeader("List-Id", fmt.Sprintf("EntityWatch %s <%s.entitywatch.%s>", label(name), label(name), c.domain()))
	mailto := "<mailto:" + c.from.Address + "?subject=unsubscribe>"
	if v.Unsubscribe == "" {
		msg.SetGenHeader("List-Unsubscribe", mailto)
		return
	}
	msg.SetGenHeader("List-Unsubscribe", "<"+v.Unsubscribe+">, "+mailto)
	msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
}

// label is a name as a part of a List-Id (RFC 2919): letters, digits and hyphens.
func label(name string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '-' {
			return r
		}
		return '-'
	}, name)
}

// fileName names a message's attached text: the digest and its day, or the document.
func fileName(m notify.Message) string {
	switch {
	case m.Digest != nil:
		return label(m.Digest.Name) + "-" + m.Digest.To.In(m.Location()).Format(time.DateOnly)
	case m.Act != nil:
		return label(m.Act.Number)
	}
	return label(m.Case)
}

// width is where the text part breaks its lines: what every mail program shows without breaking it again.
const width = 76

// text is the part that must be complete on its own. "-- " is the signature mark that mail programs know.
func (v view) text() string {
	text := v.Composition.Text(notify.TextOptions{Width: width}) + "-- \n" + v.Foot + "\n"
	if v.Unsubscribe != "" {
		text += "Unsubscribe: " + v.Unsubscribe + "\n"
	}
	return text
}
