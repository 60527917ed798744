package watcher_test

import (
	"fmt"
	"testing"

	"entitywatch/diff"
)

// A document that cannot be read for days is one fault, whatever numbers its reason holds, and so is its end; a look at
// which nothing was asked for says nothing about it.
func TestLastingFaultOfADocumentIsToldOnceAndSoIsItsEnd(t *testing.T) {
	b := baselined(t)
	broken := func(port int, numbers ...string) {
		r := diff.Reading{Standing: true}
		for _, n := range numbers {
			r.Problems = append(r.Problems, diff.Problem{Kind: diff.Unread, Where: n,
				Text: fmt.Sprintf("document %s: read tcp 127.0.0.1:%d: connection reset by peer", n, port)})
		}
		b.acts.put(r, nil)
	}
	broken(40001, "2026-04001")
	b.want(b.poll(), "notice problem register")
	for port := range 3 {
		broken(50000+port, "2026-04001")
		b.want(b.poll())
	}
	broken(40002, "2026-04001", "2026-04002")
	b.want(b.poll(), "notice problem register") // the second one
	b.restart()
	broken(40003, "2026-04001", "2026-04002")
	b.want(b.poll())
	broken(40004, "2026-04002")
	b.want(b.poll(), "notice recovered register")
	b.acts.put(diff.Reading{}, nil) // nothing was asked for
	b.want(b.poll())
	b.acts.fails("no answer")
	b.want(b.poll(), "notice broken register")
	broken(40005, "2026-04002")
	b.want(b.poll(), "notice recovered register") // the source, not the document
	broken(40006)
	b.want(b.poll(), "notice recovered register")
	b.want(b.poll())
}
