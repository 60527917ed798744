package email

import (
	"bytes"
	"fmt"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"entitywatch/notify"
)

// compose writes the mail of a message to its recipient.
func (c *Channel) compose(m notify.Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingQP))
	if err := msg.From(c.from.String()); err != nil {
		return nil, fmt.Errorf("email: from: %w", err)
	}
	if err := msg.To(m.Recipient); err != nil {
		return nil, fmt.Errorf("email: recipient %q: %w", m.Recipient, err)
	}
	msg.Subject(Subject(m))
	msg.SetDateWithValue(c.Now())
	msg.SetMessageIDWithValue(c.messageID(m.Delivery))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	c.thread(msg, m)
	v := c.view(m)
	c.unsubscribe(msg, v)
	var html bytes.Buffer
	if err := pageHTML.Execute(&html, v); err != nil {
		return nil, fmt.Errorf("email: write HTML: %w", err)
	}
	msg.SetBodyString(gomail.TypeTextPlain, plainText(m, v))
	msg.AddAlternativeString(gomail.TypeTextHTML, html.String())
	if a := m.Attachment; a != nil {
		if err := msg.AttachReader(a.Name, bytes.NewReader(a.Data), gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
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

// thread ties the mails of one Case together: each refers to a root that is derived from the Case, and to the first mail where its id
// is known.
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

func (c *Channel) unsubscribe(msg *gomail.Msg, v view) {
	mailto := "<mailto:" + c.from.Address + "?subject=unsubscribe>"
	if v.Unsubscribe == "" {
		msg.SetGenHeader("List-Unsubscribe", mailto)
		return
	}
	msg.SetGenHeader("List-Unsubscribe", "<"+v.Unsubscribe+">, "+mailto)
	msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
}

// Subject is the mail's subject: what happened, and how sure or how late it is. Mails of one Case share no subject, so that a list of
// mails reads like a list of events.
func Subject(m notify.Message) string {
	s := notify.Clean(m.Headline)
	if m.Parts > 1 {
		s = fmt.Sprintf("%s (%d of %d)", s, m.Part, m.Parts)
	}
	switch m.Kind {
	case notify.KindRetraction:
		s = "RETRACTED: " + s
	case notify.KindReminder:
		s = "Not acknowledged: " + s
	case notify.KindSample:
		s = "Sample: " + s
	}
	return s
}

// width is where the text part breaks its lines: what every mail program shows without breaking it again.
const width = 76

// plainText is the part that must be complete on its own. "-- " is the signature mark that mail programs know.
func plainText(m notify.Message, v view) string {
	text := notify.Text(m, notify.TextOptions{Width: width}) + "-- \n" + v.Foot + "\n"
	if v.Unsubscribe != "" {
		text += "Unsubscribe: " + v.Unsubscribe + "\n"
	}
	return text
}
