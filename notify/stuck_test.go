package notify

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// hanging is a channel that does not answer, whatever its context says, until it is let go.
type hanging struct{ letGo chan struct{} }

func (h hanging) Send(context.Context, Message) (Receipt, error) {
	<-h.letGo
	return Receipt{ID: "1"}, nil
}

// mailboxes is an outbox for each channel.
type mailboxes map[string]*outbox

func (m mailboxes) NextDue(ctx context.Context, channel string, now, scenario time.Time) (time.Time, error) {
	return m[channel].NextDue(ctx, channel, now, scenario)
}

func (m mailboxes) Lease(ctx context.Context, l Lease) (*Delivery, error) {
	return m[l.Channel].Lease(ctx, l)
}

func (m mailboxes) Record(ctx context.Context, o Outcome) error { return m[o.ID].Record(ctx, o) }

// A channel whose send never ends is named, the others are not, and it is not named any more once it goes on.
func TestStuckNamesTheChannelThatDoesNotTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		boxes := mailboxes{}
		for _, name := range []string{"hangs", "well"} {
			boxes[name] = &outbox{d: Delivery{ID: name, Channel: name}}
		}
		hang := hanging{make(chan struct{})}
		open := make(chan struct{})
		close(open)
		d := &Dispatcher{Outbox: boxes, Channels: map[string]Channel{"hangs": hang, "well": hanging{open}}, Owner: "me"}
		if got := d.Stuck(); len(got) != 0 {
			t.Errorf("before Run: %q", got)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); d.Run(ctx) }()
		time.Sleep(stalled - time.Second)
		if got := d.Stuck(); len(got) != 0 {
			t.Errorf("while a send is slow: %q", got)
		}
		time.Sleep(2 * time.Second)
		if got, want := d.Stuck(), []string{"channel hangs: what is sent there has not ended for 5m1s"}; !slices.Equal(got,
			want) {
			t.Errorf("got %q, want %q", got, want)
		}
		close(hang.letGo)
		time.Sleep(idle)
		if got := d.Stuck(); len(got) != 0 {
			t.Errorf("once it goes on: %q", got)
		}
		stop()
		<-done
	})
}
