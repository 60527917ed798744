package webhook_test

import (
	"encoding/json"
	"testing"

	"entitywatch/notify"
	"entitywatch/notify/notifytest"
	"entitywatch/notify/webhook"
)

func TestItsTextSaysTheFactsAndNothingElse(t *testing.T) {
	notifytest.Conform(t, notifytest.Channel{Limits: (&webhook.Channel{}).Limits(),
		Read: func(t *testing.T, m notify.Message) notifytest.Reading {
			b, err := webhook.Body(m)
			var body struct {
				Data struct {
					Text string `json:"text"`
				} `json:"data"`
			}
			if err == nil {
				err = json.Unmarshal(b, &body)
			}
			if err != nil {
				t.Fatal(err)
			}
			return notifytest.Plain(body.Data.Text)
		}})
}
