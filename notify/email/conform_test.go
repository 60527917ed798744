package email

import (
	"testing"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
)

func TestBothPartsSayTheFactsAndNothingElse(t *testing.T) {
	c := channel(t, "127.0.0.1:1", "?tls=none")
	for name, shown := range map[string]func(body) notifytest.Reading{
		"html": func(b body) notifytest.Reading { return notifytest.HTML(string(b.html)) },
		"text": func(b body) notifytest.Reading { return notifytest.Plain(b.text) },
	} {
		t.Run(name, func(t *testing.T) {
			notifytest.Conform(t, notifytest.Channel{Limits: c.Limits(), Own: []string{"Unsubscribe"},
				Read: func(t *testing.T, m notify.Message) notifytest.Reading {
					b, err := c.fit(m)
					if err != nil {
						t.Fatal(err)
					}
					r := shown(b)
					if b.rest != nil {
						r.Overflow, r.File = notifytest.Plain(string(b.rest.Data)).Text, b.rest.Name
					}
					return r
				}})
		})
	}
}
