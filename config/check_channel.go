package config

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
)

func (k *checker) channel(path string, c Channel) {
	switch c.Kind {
	case "slack":
		k.slack(path, c)
	case "email":
		k.email(path, c)
	case "webhook":
		k.required(path, c.Kind, "url", string(c.URL))
		k.httpURL(path+".url", c.URL.Reveal())
		k.webhookSecrets(path, c)
	case "teams":
		k.required(path, c.Kind, "url", string(c.URL))
		k.httpURL(path+".url", c.URL.Reveal())
	}
	k.foreignKeys(path, c)
}

func (k *checker) required(path, kind, key, value string) {
	if value == "" && !k.failedBelow(path+"."+key) {
		k.fail(path, fmt.Sprintf("a %s channel needs %q", kind, key), "")
	}
}

func (k *checker) failedBelow(path string) bool {
	return slices.ContainsFunc(k.errs, func(e *Error) bool { return e.Path == path })
}

func (k *checker) slack(path string, c Channel) {
	failed := k.failedBelow(path+".token") || k.failedBelow(path+".webhook_url")
	switch {
	case c.Token != "" && c.WebhookURL != "":
		k.fail(path+".webhook_url", "stands beside a token", "keep one: the token can thread and update messages")
	case c.Token == "" && c.WebhookURL == "" && !failed:
		k.fail(path, "a slack channel needs \"token\" and \"channel\", or \"webhook_url\"", "")
	case c.Token != "" && c.ChannelID == "":
		k.fail(path, "a token needs \"channel\"", "say \"#trade-compliance\" or the channel's id")
	}
	if c.AppToken != "" && c.Token == "" {
		k.fail(path+".app_token", "needs \"token\" too", "")
	}
	if c.AllowPrivate && c.WebhookURL == "" && !failed {
		k.fail(path+".allow_private", "is for a webhook_url", "an api_url may stand anywhere")
	}
	k.httpURL(path+".webhook_url", c.WebhookURL.Reveal())
	k.httpURL(path+".api_url", c.APIURL.Reveal())
}

func (k *checker) email(path string, c Channel) {
	k.required(path, c.Kind, "smtp", string(c.SMTP))
	k.required(path, c.Kind, "from", c.From)
	if c.SMTP != "" {
		k.smtp(path+".smtp", c.SMTP.Reveal())
	}
	if c.From != "" {
		k.address(path+".from", c.From)
	}
	for i, to := range c.To {
		k.address(fmt.Sprintf("%s.to[%d]", path, i), to)
	}
	if len(c.To) == 0 && k.sentAtOnce(c.Name) {
		k.fail(path, "rules send to it at once, but it has no \"to\"", "")
	}
}

// sentAtOnce reports whether a rule or the operators use the channel itself; a channel that only carries digests takes their recipients.
func (k *checker) sentAtOnce(name string) bool {
	if slices.Contains(k.Operators, name) {
		return true
	}
	return slices.ContainsFunc(k.Rules, func(r Rule) bool {
		return slices.Contains(r.Send, name) || r.Acknowledge != nil && slices.Contains(r.Acknowledge.Escalate, name)
	})
}

func (k *checker) smtp(path, text string) {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" {
		k.fail(path, "is not an SMTP address", "write smtp://user:password@host:587")
		return
	}
	tls := u.Query().Get("tls")
	if valid := []string{"none", "starttls", "implicit"}; tls != "" && !slices.Contains(valid, tls) {
		k.fail(path, "its tls= is not known", DidYouMean(tls, valid)) // what stands there may be a part of the password
	}
	for key := range u.Query() {
		if key != "tls" {
			k.fail(path, "it has an unknown option", "the only one is tls=none|starttls|implicit; a ? in the password is written %3F")
		}
	}
}

func (k *checker) webhookSecrets(path string, c Channel) {
	if c.Secret == "" && len(c.Secrets) == 0 && !k.failedBelow(path+".secret") {
		k.fail(path, "a webhook channel needs \"secret\"", "make one with: echo whsec_$(openssl rand -base64 32)")
	}
	if c.Secret != "" {
		k.webhookSecret(path+".secret", c.Secret)
	}
	for i, s := range c.Secrets {
		k.webhookSecret(fmt.Sprintf("%s.secrets[%d]", path, i), s)
	}
}

func (k *checker) webhookSecret(path string, s Secret) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.Reveal(), "whsec_"))
	if err != nil || len(key) == 0 {
		k.fail(path, "is not a signing secret", "whsec_ and then base64; make one with: echo whsec_$(openssl rand -base64 32)")
	}
}

var channelKeys = map[string][]string{
	"slack":   {"token", "app_token", "channel", "webhook_url", "api_url", "upload_lists", "allow_private"},
	"email":   {"smtp", "from", "to"},
	"webhook": {"url", "secret", "secrets", "allow_private"},
	"teams":   {"url", "allow_private"},
	"console": {},
}

// foreignKeys reports keys that another kind of channel has: they would be ignored, and nothing is ignored.
func (k *checker) foreignKeys(path string, c Channel) {
	own, known := channelKeys[c.Kind]
	if !known {
		return
	}
	for _, kind := range slices.Sorted(maps.Keys(channelKeys)) {
		for _, key := range channelKeys[kind] {
			if !slices.Contains(own, key) && k.wrote(path+"."+key) {
				k.fail(path+"."+key, fmt.Sprintf("belongs to a %s channel, this one is of kind %s", kind, c.Kind), "")
			}
		}
	}
}

func dirOf(file string) string {
	if file == "" {
		return "."
	}
	return filepath.Dir(file)
}
