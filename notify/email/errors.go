package email

import (
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"entitywatch/notify"
)

// dialError: nothing was said yet, so nothing was taken. What the server refuses for good, and what it does not offer,
// waits for a person.
func (c *Channel) dialError(err error) error {
	shown := c.redact(fmt.Errorf("email: connect to %s:%d: %w", c.server.host, c.server.port, err))
	var reply *textproto.Error
	text := err.Error()
	switch {
	case notify.Untrusted(err):
		return &notify.Misconfigured{Remedy: "Have the mail server's certificate renewed, or its issuer trusted on this machine.", Err: shown}
	case strings.Contains(text, "does not support STARTTLS"):
		return &notify.Misconfigured{Remedy: "Give the port on which the server offers STARTTLS, or say ?tls=implicit (or none) in smtp.", Err: shown}
	case strings.Contains(text, "does not support SMTP AUTH"):
		return &notify.Misconfigured{Remedy: "Take user and password out of smtp, or give the server's port for submission (587).", Err: shown}
	case errors.As(err, &reply) && reply.Code >= 500 && c.server.user == "":
		return &notify.Misconfigured{Remedy: "Have the mail server let this machine in, or give a user and password in smtp.",
			Err: shown}
	case errors.As(err, &reply) && reply.Code >= 500:
		return &notify.Misconfigured{Remedy: "Check the user and password in smtp, and that the server lets this machine in.",
			Err: shown}
	}
	return &notify.Temporary{Err: shown}
}

// sendError sorts a refusal. 4xx and broken connections before the end of the text were certainly not taken. A
// connection that breaks after the whole text was sent leaves it open. 5xx is about the mail itself only where the
// answer says so.
func (c *Channel) sendError(recipient string, err error) error {
	shown := c.redact(fmt.Errorf("email: %w", err))
	se, ok := errors.AsType[*gomail.SendError](err)
	switch {
	case !ok:
		return &notify.Temporary{Err: shown}
	case se.IsTemp():
		return &notify.Temporary{Err: shown}
	case se.ErrorCode() >= 500:
		return refusal(se, recipient, shown)
	case se.Reason == gomail.ErrSMTPDataClose:
		return &notify.Unknown{Err: shown}
	case se.Reason == gomail.ErrGetSender || se.Reason == gomail.ErrGetRcpts || se.Reason == gomail.ErrNoUnencoded:
		return shown
	}
	return &notify.Temporary{Err: shown}
}

var (
	// aboutMail are the codes of a mail that is too large or cannot be converted (RFC 3463: X.2.3, X.3.4, X.6).
	aboutMail = regexp.MustCompile(`^5\.(2\.3|3\.4|6\.)`)
	// aboutSender are the codes and words of failed sender authentication (RFC 7372: X.7.20 to X.7.29).
	aboutSender = regexp.MustCompile(`(?i)\b5\.7\.2\d\b|\b(SPF|DKIM|DMARC)\b`)
	aboutRelay  = regexp.MustCompile(`(?i)\brelay`)
)

// refusal sorts a 5xx answer by the command that it answers, and by its words.
func refusal(se *gomail.SendError, recipient string, shown error) error {
	sender := &notify.Misconfigured{Remedy: "Check from and the user in smtp, and the SPF, DKIM and DMARC records of the sender's domain.", Err: shown}
	address := &notify.Misconfigured{Recipient: recipient, Remedy: "Check that the address " + recipient +
		" exists and takes mail from us.", Err: shown}
	relay := &notify.Misconfigured{Remedy: "Give a user and password in smtp, or have the server relay mail from this machine.", Err: shown}
	switch {
	case se.ErrorCode() == 552 || aboutMail.MatchString(se.EnhancedStatusCode()):
		return shown
	case aboutRelay.MatchString(se.Error()):
		return relay
	case aboutSender.MatchString(se.Error()), se.Reason == gomail.ErrSMTPMailFrom, se.Reason == gomail.ErrSMTPData:
		return sender
	case se.Reason == gomail.ErrSMTPRcptTo, se.ErrorCode() != 554:
		return address
	}
	return shown // 554 after the text: what a filter says of the content
}
