// Package email sends messages as mail: one mail and one delivery for each recipient.
//
// It promises: multipart/alternative with a text part that is complete on its own and an HTML part with inline styles
// and no remote content; a Message-ID derived from the delivery, so that a repeated attempt is the same mail to a mail
// server; References that put all mails of a Case in one thread; Auto-Submitted; one-click unsubscribe (RFC 8058) where
// the daemon has a public address. TLS is required unless the address says otherwise. No error holds the password.
package email

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"entitywatch/notify"
	"entitywatch/redact"
)

// Options are what a channel needs.
type Options struct {
	Name      string // the channel's, for unsubscribe links
	SMTP      string // smtp://user:password@host:587[?tls=none|starttls|implicit]
	From      string
	PublicURL string // "" leaves one-click unsubscribe out
	Signer    notify.Signer
	Scrub     func(string) string // masks secrets in what the server says; nil masks those of SMTP alone
	Timeout   time.Duration       // of one attempt; a minute if 0
	Now       func() time.Time
}

// Channel sends mail.
type Channel struct {
	Options
	server server
	from   *mail.Address
}

var (
	_ notify.Channel = (*Channel)(nil)
	_ notify.Limited = (*Channel)(nil)
)

// Limits implements notify.Limited: a mail is never split.
func (c *Channel) Limits() notify.Limits { return notify.Limits{Enclose: true, Remote: true} }

// server is a parsed SMTP address.
type server struct {
	host, user, password string
	port                 int
	tls                  string // none, starttls, implicit
}

// New checks the addresses and connects to nothing.
func New(o Options) (*Channel, error) {
	s, err := parseServer(o.SMTP)
	if err != nil {
		return nil, err
	}
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("email: from %q: %w", o.From, err)
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	if o.Scrub == nil {
		own := redact.New()
		own.Add(o.SMTP)
		o.Scrub = own.String
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Channel{Options: o, server: s, from: from}, nil
}

var errAddress = errors.New("email: the SMTP address must be smtp://user:password@host:587, with ?tls=none|starttls|implicit where TLS differs")

func parseServer(text string) (server, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return server{}, errAddress // url's own error would repeat the password
	}
	s := server{host: u.Hostname(), tls: u.Query().Get("tls"), user: u.User.Username()}
	s.password, _ = u.User.Password()
	switch {
	case s.tls == "" && u.Scheme == "smtps":
		s.tls = "implicit"
	case s.tls == "":
		s.tls = "starttls"
	}
	switch s.tls {
	case "starttls", "none":
		s.port = 587
	case "implicit":
		s.port = 465
	default:
		return server{}, errAddress
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil {
			return server{}, errAddress
		}
	}
	return s, nil
}

func (s server) options(timeout time.Duration) []gomail.Option {
	opts := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(timeout)}
	switch s.tls {
	case "none":
		opts = append(opts, gomail.WithTLSPolicy(gomail.NoTLS))
	case "starttls":
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "implicit":
		opts = append(opts, gomail.WithSSL())
	}
	if s.user != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if s.tls == "none" {
			auth = gomail.SMTPAuthPlainNoEnc // the admin has said that this line needs no TLS
		}
		opts = append(opts, gomail.WithSMTPAuth(auth), gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	return opts
}

// Send makes one attempt to hand the mail to the server.
func (c *Channel) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	msg, err := c.compose(m)
	if err != nil {
		return notify.Receipt{}, err
	}
	client, err := gomail.NewClient(c.server.host, c.server.options(c.Timeout)...)
	if err != nil {
		return notify.Receipt{}, fmt.Errorf("email: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return notify.Receipt{}, c.dialError(err)
	}
	defer client.Close() // the mail is accepted or refused by now; a failed QUIT changes neither
	if err := client.Send(msg); err != nil && !msg.IsDelivered() {
		return notify.Receipt{}, c.sendError(m.Recipient, err)
	}
	return notify.Receipt{ID: msg.GetMessageID(), Place: m.Recipient,
		Status: c.masked(strings.TrimSpace(msg.ServerResponse())), At: c.Now().UTC()}, nil
}

// redact keeps the password out of what a server or library may repeat: servers echo the command that they refuse,
// which holds it in base64. The cause stays for errors.As where nothing had to be masked.
func (c *Channel) redact(err error) error {
	text := err.Error()
	if masked := c.masked(text); masked != text {
		return errors.New(masked)
	}
	return err
}

func (c *Channel) masked(text string) string {
	text = c.Scrub(text)
	if c.server.password == "" {
		return text
	}
	return strings.ReplaceAll(text, c.server.password, redact.Mask)
}
