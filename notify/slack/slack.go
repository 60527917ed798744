package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"entitywatch/notify"
)

// eventType marks our messages in Slack's metadata.
const eventType = "entitywatch_delivery"

// Options say how to reach Slack: a Token with a Channel, or a WebhookURL.
type Options struct {
	Token      string
	Channel    string // id or #name; a message's Recipient comes first
	WebhookURL string
	// Refused reports whether the client's own guard refused the webhook's address, so that only a person helps; nil where
	// it has none.
	Refused     func(error) bool
	APIURL      string // of a test server; Slack's own where empty
	HTTP        *http.Client
	UploadLists bool          // the full list of a large act as CSV (token only)
	AckButton   bool          // Socket Mode is on
	Every       time.Duration // least time between two messages; one second where zero
	Now         func() time.Time
	Log         *slog.Logger
}

// Channel posts by bot token.
type Channel struct {
	o   Options
	api *slack.Client

	mu     sync.Mutex
	places map[string]string // channel name → id
}

var (
	_ notify.Channel = (*Channel)(nil)
	_ notify.Finder  = (*Channel)(nil)
	_ notify.Editor  = (*Channel)(nil)
	_ notify.Limited = (*Channel)(nil)
)

// New is a channel by token, or by webhook where there is no token.
func New(o Options) (notify.Channel, error) {
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: 25 * time.Second}
	}
	o.HTTP = notify.Straight(o.HTTP)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Every == 0 {
		o.Every = time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	switch {
	case o.Token != "" && o.WebhookURL != "":
		return nil, errors.New("slack: give a token or a webhook_url, not both")
	case o.WebhookURL != "":
		return newHook(o)
	case o.Token == "":
		return nil, errors.New("slack: a token or a webhook_url is needed")
	}
	opts := []slack.Option{slack.OptionHTTPClient(client{o.HTTP})}
	if o.APIURL != "" {
		opts = append(opts, slack.OptionAPIURL(strings.TrimSuffix(o.APIURL, "/")+"/"))
	}
	return &Channel{o: o, api: slack.New(o.Token, opts...), places: map[string]string{}}, nil
}

// Limits implements notify.Limited.
func (c *Channel) Limits() notify.Limits {
	return notify.Limits{Size: partSize, Items: partItems, Weigh: weigh, Attach: c.o.UploadLists, Every: c.o.Every,
		Remote: true, Point: true}
}

// Send implements notify.Channel: into the Case's thread where there is one.
func (c *Channel) Send(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	switch {
	case m.Attachment != nil:
		return c.upload(ctx, m)
	case m.Pointer && m.Thread == nil: // its message found no thread, and stands in the channel
		return notify.Receipt{ID: m.Delivery, Status: "not needed", At: c.o.Now()}, nil
	}
	opts := append(c.content(ctx, m), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	if m.Thread != nil && !m.Pointer {
		opts = append(opts, slack.MsgOptionTS(m.Thread.ID))
	}
	place, ts, err := c.api.PostMessageContext(ctx, c.channel(m), opts...)
	if err != nil {
		return notify.Receipt{}, classify("post message", c.recipient(m), err)
	}
	if ts == "" {
		return notify.Receipt{}, &notify.Unknown{Err: errors.New("slack: post message: the answer names no message")}
	}
	c.remember(c.recipient(m), place)
	return notify.Receipt{ID: ts, Place: place, Status: "ok", At: c.o.Now()}, nil
}

func (c *Channel) content(ctx context.Context, m notify.Message) []slack.MsgOption {
	blocks := slack.MsgOptionBlocks(Blocks(m, c.o.AckButton)...)
	if m.Pointer {
		blocks = slack.MsgOptionBlocks(pointer(m, c.threadLink(ctx, *m.Thread))...)
	}
	return []slack.MsgOption{
		slack.MsgOptionText(Fallback(m), false),
		blocks,
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: eventType,
			EventPayload: map[string]any{"delivery": m.Delivery, "case": m.Case}}),
	}
}

// threadLink is the address of a thread; "" where Slack gives none, since the line that leads to it is still worth its
// place.
func (c *Channel) threadLink(ctx context.Context, head notify.Receipt) string {
	link, err := c.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: head.Place, Ts: head.ID})
	if err != nil {
		c.o.Log.Warn("slack: the address of a thread is not known", "error", classify("get permalink", head.Place, err))
		return ""
	}
	return link
}

func (c *Channel) recipient(m notify.Message) string {
	if m.Recipient != "" {
		return m.Recipient
	}
	return c.o.Channel
}

// channel is where to post: a thread's own channel by id, else as configured.
func (c *Channel) channel(m notify.Message) string {
	if m.Thread != nil && m.Thread.Place != "" {
		return m.Thread.Place
	}
	return c.recipient(m)
}

// Edit implements notify.Editor by chat.update.
func (c *Channel) Edit(ctx context.Context, head notify.Receipt, m notify.Message) error {
	if _, _, _, err := c.api.UpdateMessageContext(ctx, head.Place, head.ID, c.content(ctx, m)...); err != nil {
		return classify("update message", c.recipient(m), err)
	}
	return nil
}

// historyPages bounds how far back a lookup reads: 200 messages a page.
const historyPages = 25

// Find implements notify.Finder: it reads the thread, or the channel, from shortly before the first attempt on.
func (c *Channel) Find(ctx context.Context, m notify.Message) (notify.Receipt, bool, error) {
	place, err := c.place(ctx, m)
	if err != nil {
		return notify.Receipt{}, false, err
	}
	thread := m.Thread
	if m.Pointer {
		thread = nil // it stands in the channel
	}
	oldest := strconv.FormatInt(m.Since.Add(-5*time.Minute).Unix(), 10)
	cursor := ""
	for range historyPages {
		msgs, next, err := c.page(ctx, place, thread, oldest, cursor)
		if err != nil {
			return notify.Receipt{}, false, classify("read history", c.recipient(m), err)
		}
		for _, msg := range msgs {
			if id, ok := matches(msg, m); ok {
				return notify.Receipt{ID: id, Place: place, Status: "found in the channel's history", At: c.o.Now()}, true, nil
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return notify.Receipt{}, false, nil
}

func (c *Channel) page(ctx context.Context, place string, thread *notify.Receipt, oldest,
	cursor string) ([]slack.Message, string, error) {
	if thread != nil {
		msgs, _, next, err := c.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: place, Timestamp: thread.ID, Oldest: oldest, Cursor: cursor, Limit: 200, IncludeAllMetadata: true,
		})
		return msgs, next, err
	}
	h, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: place, Oldest: oldest, Cursor: cursor, Limit: 200, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", err
	}
	return h.Messages, h.ResponseMetaData.NextCursor, nil
}

// matches reports whether a message of the history is the delivery m, and its id.
func matches(msg slack.Message, m notify.Message) (string, bool) {
	if m.Attachment != nil {
		for _, f := range msg.Files {
			if f.Name == uploadName(m) || f.Title == uploadName(m) {
				return f.ID, true
			}
		}
		return "", false
	}
	return msg.Timestamp, msg.Metadata.EventType == eventType && msg.Metadata.EventPayload["delivery"] == m.Delivery
}

// place is the id of the channel that a message goes to. A name that no call told us of is looked up; where that is not
// allowed, it is tried as it is.
func (c *Channel) place(ctx context.Context, m notify.Message) (string, error) {
	name := c.channel(m)
	if isID(name) {
		return name, nil
	}
	c.mu.Lock()
	id := c.places[name]
	c.mu.Unlock()
	if id != "" {
		return id, nil
	}
	cursor := ""
	for range historyPages {
		channels, next, err := c.api.GetConversationsContext(ctx, &slack.GetConversationsParameters{
			Cursor: cursor, ExcludeArchived: true, Limit: 200, Types: []string{"public_channel", "private_channel"},
		})
		if err != nil {
			var temporary *notify.Temporary
			if err := classify("look up channel "+name, name, err); errors.As(err, &temporary) {
				return "", err
			}
			c.o.Log.Warn("slack: the channel's id cannot be looked up; give the id in the config", "channel", name)
			return name, nil
		}
		for _, ch := range channels {
			if ch.Name == strings.TrimPrefix(name, "#") {
				c.remember(name, ch.ID)
				return ch.ID, nil
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return name, nil
}

func (c *Channel) remember(name, id string) {
	if name == id || id == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.places[name] = id
}

// isID tells a channel id (C, G or D and at least eight capitals and digits) from a name.
func isID(s string) bool {
	return len(s) >= 9 && strings.ContainsRune("CGD", rune(s[0])) &&
		strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// upload shares a message's attachment in the thread.
func (c *Channel) upload(ctx context.Context, m notify.Message) (notify.Receipt, error) {
	place, err := c.place(ctx, m)
	if err != nil {
		return notify.Receipt{}, err
	}
	p := slack.UploadFileParameters{
		Filename: uploadName(m), Title: uploadName(m), Content: string(m.Attachment.Data), FileSize: len(m.Attachment.Data),
		Channel:        place,
		InitialComment: "The full list: " + Fallback(m),
	}
	if m.Thread != nil {
		p.ThreadTimestamp = m.Thread.ID
	}
	f, err := c.api.UploadFileContext(ctx, p)
	if err != nil {
		return notify.Receipt{}, uploadError(classify("upload "+p.Filename, c.recipient(m), err), err)
	}
	return notify.Receipt{ID: f.ID, Place: place, Status: "ok", At: c.o.Now()}, nil
}

// uploadName is unique to the delivery, so that the history shows whether it arrived.
func uploadName(m notify.Message) string {
	id := m.Delivery
	if len(id) > 6 {
		id = id[len(id)-6:]
	}
	ext := path.Ext(m.Attachment.Name)
	return fmt.Sprintf("%s-%s%s", strings.TrimSuffix(m.Attachment.Name, ext), id, ext)
}

// uploadError keeps a scope that only files need from closing the channel to messages: the file alone is given up.
func uploadError(sorted, cause error) error {
	var answer slack.SlackErrorResponse
	faulty, ok := errors.AsType[*notify.Misconfigured](sorted)
	if ok && errors.As(cause, &answer) && answer.Err == "missing_scope" {
		return fmt.Errorf("%w. %s Or set upload_lists: false at the channel", faulty.Err, faulty.Remedy)
	}
	return sorted
}
