// Package watcher is the polling half: it looks at each source on its schedule and turns what it reads into stored
// Changes.
//
// One look is: claim the source (a lease with a fencing token), read it through a fetch.Session, and then, in one
// transaction with a compare-and-swap on the source's version, store everything that came of it: the fetches and their
// bytes, what the source showed, the legal state, Changes, stages of cases, notices to the operators, and only with
// them the validators. What dies on the way leaves the database as it was, and the next look does the work again.
//
// What a look can come to:
//
//   - an error: the source is failed, nothing else changes, the operators are told once, and again on recovery;
//   - an answer that lacks a part, or records that cannot be read: what was read counts, what the rest may hide stays as it was, the source
//     is "partly" read until all of it is, and the operators are told once;
//   - an implausible snapshot: the list is held and stays as it was, other lists of the source go on;
//   - a snapshot older than the stored one: recorded as stale, and nothing more;
//   - a first look: a silent baseline, except for acts that are newer;
//   - a list: differences to what this source last showed are explained by acts and earlier Changes, held, or Changes of their own;
//   - an act: applied to the legal state; read again, it revises the same Changes; withdrawn, it retracts them;
//   - news: stored once each, to be searched for listed parties later.
//
// Four types do this, each with a page of its own: the look (look.go) takes in the answer of one source, list by list;
// the case book (casebook.go) is the only place where acts become Changes, and where a case opens, moves and is merged;
// the ledger (ledger.go) is the legal state in two times; the calendar (calendar.go) does what is due by time alone.
// They share the occasion: one transaction at one moment, and what comes of it.
//
// The package declares the Store that it needs and imports no other half: what it stores is told by package notify.
package watcher

import (
	"context"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// Source is one configured upstream. Read looks at it once, through s, which sends validators, records every exchange
// and collects the next cursor; an unchanged upstream gives the zero Reading. An error means that nothing may be
// concluded from this look.
type Source interface {
	Read(ctx context.Context, s *fetch.Session) (diff.Reading, error)
}

var _ Source = (*fetch.ListSource)(nil)
