package notify

import (
	"context"
	"fmt"
	"time"
)

// Channel carries messages to people or machines. Send makes one attempt and returns a Receipt, the proof that the
// other side took the message. Its error is a *Temporary where the message was certainly not taken and may be sent
// again, an *Unknown where it was perhaps taken, a *Misconfigured where nothing is taken on the channel until a person
// mends its configuration, and anything else where a repetition of this very message would be refused too. No error
// contains a secret.
type Channel interface {
	Send(ctx context.Context, m Message) (Receipt, error)
}

// Finder is a Channel that can look into its own history. The dispatcher asks before it repeats a doubtful send: found
// is true, with the receipt, where the message is already there. m.Since says when the first attempt began.
type Finder interface {
	Find(ctx context.Context, m Message) (r Receipt, found bool, err error)
}

// Editor is a Channel that can rewrite a message in place. The dispatcher uses it to bring the head of a thread up to
// date after a stage update was posted below it. A failed edit loses nothing: the update itself was delivered.
type Editor interface {
	Edit(ctx context.Context, head Receipt, m Message) error
}

// Limited is a Channel with limits that routing and sending must know.
type Limited interface {
	Limits() Limits
}

// Wrapper is a Channel around another one, say to record what it sends; its optional abilities are those of the one
// inside.
type Wrapper interface {
	Unwrap() Channel
}

// As finds an optional ability (Finder, Editor, Limited) of a channel or of the one that it wraps.
func As[T any](c Channel) (ability T, ok bool) {
	for c != nil {
		if a, ok := c.(T); ok {
			return a, true
		}
		w, wraps := c.(Wrapper)
		if !wraps {
			break
		}
		c = w.Unwrap()
	}
	return ability, false
}

// Limits are what one message of a channel may hold, and how fast messages may follow each other. Zero values mean no
// limit.
type Limits struct {
	Size   int                // of the text of one part, as Weigh counts it
	Items  int                // parties in one part
	Weigh  func(s string) int // how long a text becomes in the channel; nil counts characters
	Attach bool               // a split message is followed by one with the full list as CSV
	// Point is set where messages of one Case stand in a thread: a loud one has a line in the channel that leads to it.
	Point bool
	// Enclose is set where a message itself carries a file, as a mail does.
	Enclose bool
	Every   time.Duration // least time between two sends
	// Remote is set where another machine takes the messages: it may still be at work on one that we have lost sight of.
	Remote bool
}

// Receipt is the proof of a delivery as the other side gave it.
type Receipt struct {
	ID     string    `json:"id,omitempty"`     // the provider's id: a Slack ts, a Message-ID, a queue id
	Place  string    `json:"place,omitempty"`  // where that id is valid: a Slack channel id
	Status string    `json:"status,omitempty"` // the provider's words: "200 OK", "250 2.0.0 queued as …"
	At     time.Time `json:"at,omitzero"`      // wall clock
	Found  bool      `json:"found,omitempty"`  // taken from the channel's history after a doubtful send
}

// Temporary says that the message was not taken, and that a later attempt may succeed. After is the least time to wait,
// where the other side said one.
type Temporary struct {
	After time.Duration
	Err   error
}

// Error implements error.
func (e *Temporary) Error() string {
	if e.After > 0 {
		return fmt.Sprintf("%v (asked to wait %s)", e.Err, e.After)
	}
	return fmt.Sprint(e.Err)
}

// Unwrap gives the cause.
func (e *Temporary) Unwrap() error { return e.Err }

// Misconfigured says that the message was certainly not taken, and that no other will be until a person changes
// something: a token, an address, a membership. The channel pauses, and what is to be sent waits.
type Misconfigured struct {
	Recipient string // the one address that is concerned; "" for the whole channel
	Remedy    string // what to do, in a sentence
	Err       error
}

// Error implements error.
func (e *Misconfigured) Error() string { return fmt.Sprint(e.Err) }

// Unwrap gives the cause.
func (e *Misconfigured) Unwrap() error { return e.Err }

// Unknown says that the message was perhaps taken: the connection broke after it was written, or the answer made no
// sense.
type Unknown struct {
	After time.Duration
	Err   error
}

// Error implements error.
func (e *Unknown) Error() string { return fmt.Sprintf("perhaps delivered: %v", e.Err) }

// Unwrap gives the cause.
func (e *Unknown) Unwrap() error { return e.Err }
