// Package watcher is the polling half: it looks at each source on its schedule and turns what it reads into stored Changes.
package watcher

import (
	"context"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// Source is one configured upstream. Read looks at it once, through s, which sends validators, records every exchange and collects
// the next cursor; an unchanged upstream gives the zero Reading. An error means that nothing may be concluded from this look.
type Source interface {
	Read(ctx context.Context, s *fetch.Session) (diff.Reading, error)
}
