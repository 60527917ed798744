// Package storetest is what every store must pass: the SQLite one, and any other that several daemons are to share.
//
// The noticing part holds a store to the promises of watcher.Store and watcher.Tx and to what the commands read back. It speaks through
// the interfaces only, so that nothing in it knows which engine is behind them.
package storetest

import (
	"context"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/store"
	"entitywatch/watcher"
)

// Noticing is the noticing half of a store.
type Noticing interface {
	watcher.Store
	Entries(ctx context.Context, list diff.ListID, on diff.Date) ([]diff.Entry, error)
	EntriesAsOf(ctx context.Context, list diff.ListID, on diff.Date, believed time.Time) ([]diff.Entry, error)
	StateVersion(ctx context.Context) (int64, error)
	InForce(ctx context.Context, day diff.Date, f func(diff.Entry)) (version int64, err error)
	MovedSince(ctx context.Context, version int64, before, day diff.Date) (store.Moved, error)
	History(ctx context.Context, f store.HistoryFilter) ([]watcher.StoredChange, error)
	Revisions(ctx context.Context, id string) ([]watcher.StoredChange, error)
	CaseFile(ctx context.Context, id string) (store.CaseFile, bool, error)
	Holds(ctx context.Context) ([]store.Hold, error)
	Statuses(ctx context.Context, from, to time.Time) ([]store.Status, error)
	Notices(ctx context.Context, since time.Time) ([]watcher.Notice, error)
	Blob(ctx context.Context, sha256 string) ([]byte, bool, error)
	Fetches(ctx context.Context, sha256 string) ([]store.Fetch, error)
	UnscannedNews(ctx context.Context) ([]diff.NewsItem, error)
	MarkScanned(ctx context.Context, at time.Time, ids ...string) error
	VerifyAudit(ctx context.Context) (n int64, last string, err error)
}

// RunNoticing runs the noticing part. open gives an empty store that is closed when the test ends.
func RunNoticing(t *testing.T, open func(t *testing.T) Noticing) {
	for name, test := range map[string]func(*testing.T, *rig){
		"Claim": claims, "Gone": goneHolders, "Rename": renames, "CompareAndSwap": swaps, "Fencing": fences, "Race": races, "AskAnew": asksAnew,
		"Rollback": rollbacks, "Rehearse": rehearsals, "Evidence": evidence, "SourceLists": sourceLists, "SourceEntries": sourceEntries, "AtHand": atHand,
		"Versions": versions, "Moved": moves, "Acts": acts, "Changes": changes, "Sightings": sightings, "Taken back": takenBack, "History": history, "Cases": cases,
		"News": news, "Notices": notices, "Audit": audits,
	} {
		t.Run(name, func(t *testing.T) {
			test(t, &rig{T: t, store: open(t), now: time.Date(2026, 3, 2, 15, 4, 5, 678901000, time.UTC)})
		})
	}
}

// rig is one test's store, with the clock of what it writes.
type rig struct {
	*testing.T
	store Noticing
	now   time.Time
}

func (r *rig) ctx() context.Context { return context.Background() }

func (r *rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// do runs f in a transaction of its own.
func (r *rig) do(f func(watcher.Tx) error) {
	r.Helper()
	r.must(r.store.Maintain(r.ctx(), f))
}

func (r *rig) claim(name, holder string) (watcher.Lease, error) {
	return r.store.Claim(r.ctx(), watcher.Claim{Name: name, Kind: "ecfr", Holder: holder, Now: r.now, Until: r.now.Add(time.Hour)})
}

func (r *rig) mustClaim(name, holder string) watcher.Lease {
	r.Helper()
	l, err := r.claim(name, holder)
	r.must(err)
	return l
}

// openCase stores a case for what hangs on it.
func openCase(tx watcher.Tx, id string) error {
	return tx.SaveCase(diff.Case{ID: id, Title: "A case", Status: diff.Open, OpenedAt: time.Unix(1700000000, 0)})
}

// full is an entry with every field filled.
func full(name string) diff.Entry {
	return diff.Entry{
		List: diff.EntityList, Key: "us-bis-entity-list/china/" + name, EntryID: "ent_" + name, Parent: "us-bis-entity-list/china/parent",
		Kind: diff.Organization, Country: "CHINA, PEOPLE'S REPUBLIC OF", Countries: []string{"CN", "HK"}, Name: name,
		Aliases: []string{"Ağ Ltd.", "“quoted”; and"}, WeakAliases: []string{"weak"}, FormerNames: []string{"former"}, Addresses: []string{"Дом 1, Москва"},
		LicenseRequirement: "For all items subject to the EAR", LicenseReviewPolicy: "Presumption of denial", Footnotes: []string{"3"},
		Citations: []diff.Citation{{Volume: 84, Page: 54002, Date: "2019-10-09", Raw: "84 FR 54002, 10/9/19"}, {Raw: " ."}},
		Programs:  []string{"P"}, IDs: []diff.ID{{Type: "Reg", Value: "1"}}, Attributes: []diff.Attribute{{Type: "birth", Value: "1970"}},
		Notes: []string{"See alternate address under Hong Kong."}, Remarks: "r", Problems: []diff.Problem{{Kind: diff.SourceSlip, Text: "t", Where: "w"}},
	}
}
