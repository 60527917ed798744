package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"entitywatch/notify/slack"
	"entitywatch/notify/slack/slacktest"
)

const clickEnvelope = `{"type":"interactive","envelope_id":"e1","accepts_response_payload":false,"payload":{"type":"block_actions",
	"user":{"id":"U1","name":"alice <!here>"},"channel":{"id":"C0TRADE00","name":"trade"},"message":{"ts":"1.000001","type":"message"},
	"actions":[{"type":"button","action_id":"open_case","block_id":"b","value":""},{"type":"button","action_id":"acknowledge","block_id":"b","value":"case_1"}]}}`

// click is Slack's side of a connection: it sends one click and passes on what is confirmed.
func click(conn *websocket.Conn, confirmed chan<- string) {
	defer conn.Close()
	conn.WriteMessage(websocket.TextMessage,
		[]byte(`{"type":"hello","num_connections":1,"connection_info":{"app_id":"A1"}}`))
	conn.WriteMessage(websocket.TextMessage, []byte(clickEnvelope))
	for {
		_, b, err := conn.ReadMessage()
		if err != nil {
			return
		}
		var answer struct {
			Envelope string `json:"envelope_id"`
		}
		json.Unmarshal(b, &answer)
		confirmed <- answer.Envelope
	}
}

// A click on Acknowledge is stored, confirmed to Slack, and answered in the thread.
func TestAcknowledgeButton(t *testing.T) {
	fake := slacktest.New()
	confirmed := make(chan string, 1)
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	var srv *httptest.Server
	srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/apps.connections.open":
			if r.Header.Get("Authorization") != "Bearer xapp-1" {
				t.Errorf("authorised by %q", r.Header.Get("Authorization"))
			}
			fmt.Fprintf(w, `{"ok":true,"url":"ws%s/link"}`, strings.TrimPrefix(srv.URL, "http"))
		case "/link":
			conn, err := up.Upgrade(w, r, nil)
			if err != nil {
				t.Error(err)
				return
			}
			click(conn, confirmed)
		default:
			fake.ServeHTTP(w, r)
		}
	}))
	defer srv.Close()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	var stored []string
	ended := make(chan error, 1)
	go func() {
		ended <- slack.Listen(ctx, slack.ListenOptions{AppToken: "xapp-1", Token: "xoxb-1", APIURL: srv.URL + "/api"},
			func(_ context.Context, caseID, who string, _ time.Time) (bool, error) {
				stored = append(stored, caseID+" by "+who)
				return true, nil
			})
	}()
	select {
	case got := <-confirmed:
		if got != "e1" {
			t.Errorf("confirmed %q", got)
		}
	case err := <-ended:
		t.Fatalf("ended early: %v", err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("%v", err)
	}
	if fmt.Sprint(stored) != "[case_1 by alice <!here> (Slack U1)]" {
		t.Errorf("stored %v", stored)
	}
	got := fake.Messages()
	if len(got) != 1 || got[0].Thread != "1.000001" || got[0].Text != "Acknowledged by alice &lt;!here&gt;." {
		t.Errorf("%+v", got)
	}
}
