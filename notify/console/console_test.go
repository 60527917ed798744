package console_test

import (
	"strings"
	"testing"

	"entitywatch/notify"
	"entitywatch/notify/console"
	"entitywatch/notify/notifytest"
)

func TestSaysTheFactsAndNothingElse(t *testing.T) {
	notifytest.Conform(t, notifytest.Channel{Read: func(t *testing.T, m notify.Message) notifytest.Reading {
		var out strings.Builder
		if _, err := console.New(&out, console.Options{}).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		return notifytest.Plain(out.String())
	}})
}
