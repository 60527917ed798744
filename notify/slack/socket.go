package slack

import (
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"entitywatch/notify"
)

// ackAction is the Acknowledge button's action id; its value is the Case.
const ackAction = "acknowledge"

// Acknowledge stores who took note of a Case; first is false where somebody had already.
type Acknowledge func(ctx context.Context, caseID, who string, at time.Time) (first bool, err error)

// ListenOptions say how to reach Slack's Socket Mode, by which buttons work without a public address.
type ListenOptions struct {
	AppToken string // xapp-…, with connections:write
	Token    string // the bot's
	APIURL   string // of a test server
	HTTP     *http.Client
	Now      func() time.Time
	Log      *slog.Logger
}

// Listen takes clicks on Acknowledge until ctx ends; it connects again by itself. A click is answered after it was stored, in the
// message's thread.
func Listen(ctx context.Context, o ListenOptions, ack Acknowledge) error {
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: 30 * time.Second}
	}
	o.HTTP = notify.Straight(o.HTTP)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	opts := []slack.Option{slack.OptionHTTPClient(client{o.HTTP}), slack.OptionAppLevelToken(o.AppToken)}
	if o.APIURL != "" {
		opts = append(opts, slack.OptionAPIURL(strings.TrimSuffix(o.APIURL, "/")+"/"))
	}
	api := slack.New(o.Token, opts...)
	// The library logs to stderr, connection tickets included, where it is not told otherwise.
	sm := socketmode.New(api, socketmode.OptionLog(log.New(io.Discard, "", 0)), socketmode.OptionDialer(&websocket.Dialer{HandshakeTimeout: 20 * time.Second}))
	l := &listener{o: o, api: api, sm: sm, ack: ack}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); l.events(ctx) }()
	err := sm.RunContext(ctx)
	ended := ctx.Err() != nil
	cancel()
	<-done
	if ended {
		return nil //nolint:nilerr // it was told to end
	}
	return classify("socket mode", "", err)
}

type listener struct {
	o   ListenOptions
	api *slack.Client
	sm  *socketmode.Client
	ack Acknowledge
}

func (l *listener) events(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-l.sm.Events:
			if cb, ok := e.Data.(slack.InteractionCallback); ok && e.Request != nil {
				l.click(ctx, cb)
				if err := l.sm.Ack(*e.Request); err != nil {
					l.o.Log.Warn("slack: a click was not confirmed", "error", err)
				}
			}
		}
	}
}

func (l *listener) click(ctx context.Context, cb slack.InteractionCallback) {
	for _, a := range cb.ActionCallback.BlockActions {
		if a.ActionID != ackAction || a.Value == "" {
			continue
		}
		who := fmt.Sprintf("%s (Slack %s)", cb.User.Name, cb.User.ID)
		first, err := l.ack(ctx, a.Value, who, l.o.Now())
		text := "Acknowledged by " + mrkdwn(cb.User.Name) + "."
		switch {
		case err != nil:
			l.o.Log.Error("slack: a Case could not be acknowledged", "case", a.Value, "error", err)
			text = "This could not be stored; please use `entitywatch ack`."
		case !first:
			text = "Somebody has acknowledged this before."
		}
		thread := cb.Message.ThreadTimestamp
		if thread == "" {
			thread = cb.Message.Timestamp
		}
		if _, _, err := l.api.PostMessageContext(ctx, cb.Channel.ID, slack.MsgOptionText(text, false), slack.MsgOptionTS(thread)); err != nil {
			l.o.Log.Warn("slack: an acknowledgement was stored, but not answered", "case", a.Value, "error", classify("post message", "", err))
		}
	}
}
