// Package console prints messages as text, complete and readable without colors. What comes from outside is inert: no control
// sequence of a name reaches the terminal.
package console

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"entitywatch/notify"
)

// Options say where and how to print.
type Options struct {
	Width int  // columns, 100 where zero
	Color bool // the writer is a terminal
	Now   func() time.Time
}

// Channel prints messages.
type Channel struct {
	mu sync.Mutex
	w  io.Writer
	o  Options
}

var _ notify.Channel = (*Channel)(nil)

// New prints to w.
func New(w io.Writer, o Options) *Channel {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Channel{w: w, o: o}
}

// Send implements notify.Channel. A write that fails is temporary: nothing can tell a closed pipe's reader from a full disk.
func (c *Channel) Send(_ context.Context, m notify.Message) (notify.Receipt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := fmt.Fprintln(c.w, c.Render(m)); err != nil {
		return notify.Receipt{}, &notify.Temporary{Err: fmt.Errorf("console: print: %w", err)}
	}
	return notify.Receipt{ID: m.Delivery, Status: "printed", At: c.o.Now()}, nil
}

// Render is a message as it is printed.
func (c *Channel) Render(m notify.Message) string {
	o := notify.TextOptions{Width: c.o.Width}
	if c.o.Color {
		o.Style = color
	}
	return notify.Text(m, o)
}

// codes are ANSI attributes that are readable on dark and light ground.
var codes = map[notify.Role]string{
	notify.RoleRule: "2", notify.RoleTitle: "1", notify.RoleHeading: "1;4", notify.RoleLabel: "2", notify.RoleName: "1",
	notify.RoleWarning: "1;33",
}

func color(r notify.Role, s string) string {
	code, ok := codes[r]
	if !ok {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Preview is a message as it is printed, without colors.
func (c *Channel) Preview(m notify.Message) ([]notify.File, error) {
	text := notify.Text(m, notify.TextOptions{Width: c.o.Width})
	return []notify.File{{Name: ".txt", Type: "text/plain; charset=utf-8", Data: []byte(text)}}, nil
}
