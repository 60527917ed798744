package fetch

import (
	"context"
	"io"
	"time"
)

// Large answers are taken one at a time: a list is several times its file in memory until its look is over, and when a daemon starts on a new
// database, or after a day, all lists come at once.
const (
	large    = 1 << 20          // bytes of a body from which it is one
	longWait = 30 * time.Second // after so long it goes ahead: another upstream that drips its answer must not delay this one
)

// Turn waits until nobody is at work on a large answer, or for a while, and returns what ends the turn.
func (c *Client) Turn(ctx context.Context) (done func()) {
	wait := longWait
	if end, limited := ctx.Deadline(); limited {
		wait = min(wait, time.Until(end)/4) // the answer itself needs time too
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case c.turns <- struct{}{}:
		return func() { <-c.turns }
	case <-t.C:
	case <-ctx.Done():
	}
	return func() {}
}

// turn is taken by a session once, and held until it is closed.
func (s *Session) turn(ctx context.Context) {
	s.mu.Lock()
	held := s.done != nil
	s.mu.Unlock()
	if held {
		return
	}
	done := s.client.Turn(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done != nil { // another request of the same look was faster
		done()
		return
	}
	s.done = done
}

// Close ends the session's turn at large answers: what came of it is stored, or lost.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.done != nil {
		s.done()
		s.done = nil
	}
}

// patient calls wait before it reads on beyond the first bytes of a large body.
type patient struct {
	io.Reader
	n    int
	wait func()
}

// Read reads on.
func (p *patient) Read(b []byte) (int, error) {
	if p.n >= large && p.wait != nil {
		p.wait()
		p.wait = nil
	}
	n, err := p.Reader.Read(b)
	p.n += n
	return n, err
}
