package storetest

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/watcher"
	"entitywatch/watcher/fetch"
)

func evidence(t *testing.T, r *rig) {
	r.mustClaim("ecfr", "a")
	body := bytes.Repeat([]byte("<TR><TD>NAME</TD></TR>\n"), 10000)
	good := fetch.Exchange{Response: fetch.Response{URL: "https://ecfr.example/full", Status: 200, Header: http.Header{"Etag": {`"x"`}}, Body: body, SHA256: "aa", At: r.now}}
	failed := fetch.Exchange{Response: fetch.Response{URL: "https://ecfr.example/titles"}, Err: "connection refused"}
	same := fetch.Exchange{Response: fetch.Response{URL: "https://ecfr.example/full", Status: 304, NotModified: true, At: r.now}}
	for _, id := range []string{"p1", "p2"} {
		r.do(func(tx watcher.Tx) error {
			return tx.RecordPoll(watcher.Poll{ID: id, Source: "ecfr", At: r.now, Outcome: "ok", Changes: 2, AsOf: "2026-03-01", Parser: "v1",
				Exchanges: []fetch.Exchange{failed, good, same}})
		})
	}
	r.do(func(tx watcher.Tx) error {
		return tx.RecordPoll(watcher.Poll{ID: "p3", Source: "ecfr", At: r.now.Add(time.Hour), Outcome: string(watcher.Failed), Reason: "no answer"})
	})
	if got, found, err := r.store.Blob(r.ctx(), "aa"); err != nil || !found || !bytes.Equal(got, body) {
		t.Errorf("the stored bytes: %d of %d, %v, %v", len(got), len(body), found, err)
	}
	if _, found, err := r.store.Blob(r.ctx(), "bb"); found || err != nil {
		t.Errorf("bytes that nobody stored: %v, %v", found, err)
	}
	fetches, err := r.store.Fetches(r.ctx(), "aa")
	if err != nil || len(fetches) != 2 || fetches[0].URL != good.URL || !fetches[0].At.Equal(r.now) || fetches[0].ParserVersion != "v1" {
		t.Errorf("fetches %+v, %v", fetches, err)
	}
	all, err := r.store.Statuses(r.ctx(), r.now.Add(-time.Hour), r.now.Add(time.Hour))
	if err != nil || len(all) != 1 || all[0].Polls != 3 || all[0].Failed != 1 {
		t.Errorf("statuses %+v, %v", all, err)
	}
	if all, _ = r.store.Statuses(r.ctx(), r.now, r.now.Add(time.Minute)); all[0].Polls != 0 {
		t.Errorf("the period does not begin after its first instant: %d looks", all[0].Polls)
	}
}

func sourceLists(t *testing.T, r *rig) {
	want := watcher.SourceList{Source: "ecfr", List: diff.EntityList, AsOf: "2026-03-01", BaselineAsOf: "2026-02-01", TakenAt: r.now, Version: 3,
		Primary: true, Entries: 3411, Digest: "d", Evidence: []diff.Evidence{{SHA256: "aa", URL: "u", FetchedAt: r.now}}, HeldSince: r.now.Add(1e3),
		HeldReason: "half", HeldDigest: "e", ReleasedDigest: "f", HeldSameSince: r.now.Add(2e3),
		FlappedAt: r.now.Add(3e3), Earlier: []watcher.EarlierState{{Digest: "c", Until: r.now, Seen: r.now}}}
	other := watcher.SourceList{Source: "csl", List: diff.EntityList, TakenAt: r.now}
	for range 2 { // the second time overwrites
		r.do(func(tx watcher.Tx) error {
			r.must(tx.SaveSourceList(want))
			return tx.SaveSourceList(other)
		})
		want.Version++
	}
	want.Version--
	r.do(func(tx watcher.Tx) error {
		got, err := tx.SourceLists()
		if d := cmp.Diff([]watcher.SourceList{other, want}, got); d != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, d)
		}
		return nil
	})
	holds, err := r.store.Holds(r.ctx())
	if err != nil || len(holds) != 1 || holds[0].Reason != "half" || holds[0].Entry != nil || !holds[0].Since.Equal(want.HeldSince) {
		t.Errorf("holds %+v, %v", holds, err)
	}
}

func sourceEntries(t *testing.T, r *rig) {
	put := []watcher.SourceEntry{{Entry: full("b"), Position: 1, SeenAt: r.now}, {Entry: full("a"), Position: 2, SeenAt: r.now}, {Entry: full("c"), Position: 3, SeenAt: r.now}}
	r.do(func(tx watcher.Tx) error { return tx.PutSourceEntries("ecfr", diff.EntityList, put, nil) })
	r.do(func(tx watcher.Tx) error { return tx.PutSourceEntries("csl", diff.EntityList, put[:1], nil) })
	put[2].MissingSince = r.now.Add(time.Hour)
	put[0].Position = 5
	r.do(func(tx watcher.Tx) error {
		return tx.PutSourceEntries("ecfr", diff.EntityList, []watcher.SourceEntry{put[2], put[0]}, []string{put[1].Entry.Key, "no such key"})
	})
	r.do(func(tx watcher.Tx) error {
		got, err := tx.SourceEntries("ecfr", diff.EntityList, nil)
		if d := cmp.Diff([]watcher.SourceEntry{put[2], put[0]}, got); d != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, d)
		}
		missing, err := tx.MissingEntries()
		if err != nil || len(missing) != 1 || missing[0].Source != "ecfr" || missing[0].Entry.Name != "c" {
			t.Errorf("missing %+v, %v", missing, err)
		}
		none, err := tx.SourceEntries("ecfr", diff.SDN, nil)
		if err != nil || len(none) != 0 {
			t.Errorf("another list has %d entries, %v", len(none), err)
		}
		return nil
	})
}

// atHand: what has the fingerprint of an entry at hand is that one, under its own identity, and what has none is read.
func atHand(t *testing.T, r *rig) {
	a, b := full("a"), full("b")
	known := full("a")
	known.EntryID, known.Name = "", "not read"
	rows := diff.NewRows([]diff.Entry{known}, [][32]byte{a.Print()})
	known.EntryID = a.EntryID
	want := []diff.Entry{known, b}
	r.do(func(tx watcher.Tx) error {
		r.must(tx.PutSourceEntries("ecfr", diff.EntityList, []watcher.SourceEntry{{Entry: a, Position: 1, SeenAt: r.now}, {Entry: b, Position: 2, SeenAt: r.now}}, nil))
		return tx.AddVersions(watcher.EntryVersion{Entry: a, RecordedFrom: r.now}, watcher.EntryVersion{Entry: b, RecordedFrom: r.now, ValidTo: "2026-03-05"})
	})
	r.do(func(tx watcher.Tx) error {
		shown, err := tx.SourceEntries("ecfr", diff.EntityList, rows)
		r.must(err)
		if d := cmp.Diff(want, []diff.Entry{shown[0].Entry, shown[1].Entry}); d != "" {
			t.Errorf("shown (-want +got):\n%s", d)
		}
		refs, err := tx.Believed(diff.EntityList)
		r.must(err)
		if refs[0].Key != a.Key || refs[0].EntryID != a.EntryID || refs[1].ValidTo != "2026-03-05" {
			t.Errorf("believed %+v", refs)
		}
		for day, want := range map[diff.Date]int{"2026-03-04": 2, "2026-03-05": 1} {
			if on, err := tx.InForce(diff.EntityList, day, nil); len(on) != want || err != nil {
				t.Errorf("%d in force on %s, %v", len(on), day, err)
			}
		}
		first, err := tx.FirstInForce(diff.EntityList, "2026-03-04")
		if err != nil || first.EntryID != a.EntryID {
			t.Errorf("the first is %+v, %v", first, err)
		}
		if none, err := tx.FirstInForce(diff.SDN, "2026-03-04"); none.ID != "" || err != nil {
			t.Errorf("another list has %+v, %v", none, err)
		}
		r.must(soughtAlone(t, tx))
		entries, err := tx.VersionEntries(refs, rows)
		if d := cmp.Diff(want, entries); d != "" || err != nil {
			t.Errorf("in force, %v (-want +got):\n%s", err, d)
		}
		return nil
	})
}

// soughtAlone: of a list with ids of its source only what is sought is given, by id or by key, and the first.
func soughtAlone(t *testing.T, tx watcher.Tx) error {
	var all []watcher.EntryVersion
	for _, id := range []string{"1", "2", "3", "4"} {
		all = append(all, watcher.EntryVersion{Entry: diff.Entry{List: diff.UNSC, Key: diff.MakeIDKey(diff.UNSC, id), EntryID: "un" + id, Name: id}})
	}
	if err := tx.AddVersions(all...); err != nil {
		return err
	}
	key := func(id string) string { return diff.MakeIDKey(diff.UNSC, id) }
	found := []diff.Change{{Substantive: true, Key: key("3"), After: &diff.Entry{EntryID: "new", Key: key("3")}}}
	sought := diff.SoughtBy(found, []diff.Change{{EntryID: "un4"}}, "un1", key("1"))
	refs, err := tx.InForce(diff.UNSC, "2026-03-04", &sought)
	var got []string
	for _, r := range refs {
		got = append(got, r.EntryID)
	}
	if d := cmp.Diff([]string{"un1", "un3", "un4"}, got); d != "" {
		t.Errorf("sought (-want +got):\n%s", d)
	}
	return err
}

func versions(t *testing.T, r *rig) {
	a, b := full("a"), full("b")
	first := watcher.EntryVersion{ID: "v1", Entry: a, RecordedFrom: r.now, Source: "ecfr"}
	r.do(func(tx watcher.Tx) error {
		return tx.AddVersions(first, watcher.EntryVersion{Entry: b, ValidFrom: "2026-03-10", RecordedFrom: r.now, ChangeID: "chg_b", Source: "fr"})
	})
	learnt := r.now.Add(24 * time.Hour)
	r.do(func(tx watcher.Tx) error {
		r.must(tx.Disbelieve(learnt, "v1"))
		first.ID, first.RecordedFrom, first.ValidTo, first.EndedBy = "", learnt, "2026-03-05", "chg_a"
		return tx.AddVersions(first)
	})
	r.do(func(tx watcher.Tx) error { return tx.Disbelieve(learnt.Add(time.Hour), "v1") }) // ended already: stays as it was
	names := func(on diff.Date, believed time.Time) (names string) {
		entries, err := r.store.EntriesAsOf(r.ctx(), diff.EntityList, on, believed)
		r.must(err)
		for _, e := range entries {
			names += e.Name
		}
		return names
	}
	for _, c := range []struct {
		on       diff.Date
		believed time.Time
		want     string
	}{
		{"2026-03-04", r.now, "a"}, {"2026-03-05", r.now, "a"}, {"2026-03-10", r.now, "ab"}, {"2026-03-10", r.now.Add(-1e3), ""},
		{"2026-03-04", learnt, "a"}, {"2026-03-05", learnt, ""}, {"2026-03-10", learnt, "b"}, {"1999-01-01", learnt, "a"},
	} {
		if got := names(c.on, c.believed); got != c.want {
			t.Errorf("in force on %s as believed at %s: %q, want %q", c.on, c.believed, got, c.want)
		}
	}
	now, err := r.store.Entries(r.ctx(), diff.EntityList, "2026-03-10")
	if err != nil || len(now) != 1 {
		t.Fatalf("in force: %d, %v", len(now), err)
	}
	if d := cmp.Diff(b, now[0]); d != "" {
		t.Errorf("the entry came back otherwise (-want +got):\n%s", d)
	}
	r.do(func(tx watcher.Tx) error {
		line, err := tx.Timeline(a.EntryID)
		if err != nil || len(line) != 1 || line[0].EndedBy != "chg_a" || line[0].ID == "v1" || !line[0].RecordedFrom.Equal(learnt) || !line[0].RecordedTo.IsZero() {
			t.Errorf("timeline %+v, %v", line, err)
		}
		all, err := tx.Believed(diff.EntityList)
		if err != nil || len(all) != 2 {
			t.Errorf("%d versions believed, %v", len(all), err)
		}
		entries, err := tx.VersionEntries(all, nil)
		if d := cmp.Diff([]diff.Entry{a, b}, entries); d != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, d)
		}
		return nil
	})
}

func news(t *testing.T, r *rig) {
	item := diff.NewsItem{ID: "n1", Feed: "dw", Title: "T", Summary: "S", Text: "X", Links: []string{"l"}, Published: r.now}
	add := func(baseline bool, items ...diff.NewsItem) (n int) {
		r.do(func(tx watcher.Tx) (err error) {
			n, err = tx.AddNews("dw", r.now, baseline, items)
			return err
		})
		return n
	}
	if n := add(true, item, item); n != 1 {
		t.Errorf("%d added, want 1", n)
	}
	second := diff.NewsItem{ID: "n2", Feed: "dw", Title: "U", Links: []string{}}
	if n := add(false, item, second); n != 1 {
		t.Errorf("%d added, want 1", n)
	}
	got, err := r.store.UnscannedNews(r.ctx())
	if d := cmp.Diff([]diff.NewsItem{second}, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	r.must(r.store.MarkScanned(r.ctx(), r.now, "n2"))
	if got, _ = r.store.UnscannedNews(r.ctx()); len(got) != 0 {
		t.Errorf("searched, and still there: %+v", got)
	}
}

func notices(t *testing.T, r *rig) {
	n := watcher.Notice{ID: "ntc_1", Kind: "held", Source: "ecfr", List: diff.EntityList, Text: "half", At: r.now}
	for range 2 {
		r.do(func(tx watcher.Tx) error { return tx.AddNotice(n) })
	}
	got, err := r.store.Notices(r.ctx(), r.now)
	if d := cmp.Diff([]watcher.Notice{n}, got); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	if got, err = r.store.Notices(r.ctx(), r.now.Add(time.Second)); len(got) != 0 || err != nil {
		t.Errorf("later: %+v, %v", got, err)
	}
}

func audits(t *testing.T, r *rig) {
	for i := range 3 {
		r.do(func(tx watcher.Tx) error { return tx.Audit(r.now, "note", map[string]any{"z": i, "a": "<&>"}) })
	}
	n, last, err := r.store.VerifyAudit(r.ctx())
	if n != 3 || len(last) != 64 || err != nil {
		t.Errorf("VerifyAudit: %d, %q, %v", n, last, err)
	}
}
