package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"entitywatch/diff"
	"entitywatch/enrich"
	"entitywatch/notify"
	"entitywatch/store"
	"entitywatch/watcher"
)

// pressroom is a database with one Case, a press that reads what the feeds bring, and a router that tells of both.
type pressroom struct {
	t        *testing.T
	db       *store.DB
	enricher *enrich.Enricher
	router   *notify.Router
	now      time.Time
}

func newPressroom(t *testing.T) *pressroom {
	t.Helper()
	r := &pressroom{t: t, now: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return r.now }
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "ew.db"), store.WithClock(clock))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	r.db, r.enricher = db, enrich.New(enrich.Options{Store: enrichStore{db}, Press: true, Mention: 0.9, Now: clock, Log: slog.New(slog.DiscardHandler)})
	r.router = &notify.Router{
		Store: db, Now: clock, Rules: []notify.Rule{{Name: "all", Send: []string{"out"}}, {Name: "press", News: notify.NewsMentions, Send: []string{"desk"}}},
		Targets: func(context.Context) (map[string]notify.Target, error) {
			return map[string]notify.Target{"out": {Name: "out", Recipients: []string{""}}, "desk": {Name: "desk", Recipients: []string{""}}}, nil
		},
	}
	e := &diff.Entry{List: diff.EntityList, Key: "tarnow", EntryID: "ent-1", Country: "CANADA", Name: "Tarnow Semiconductor Works"}
	r.write(func(tx watcher.Tx) error {
		if err := tx.SaveCase(diff.Case{ID: "case-1", Title: "A rule", Status: diff.Open, OpenedAt: r.now}); err != nil {
			return err
		}
		return tx.AddChange(watcher.StoredChange{RecordedAt: r.now, Change: diff.Change{
			ID: "chg-1", Change: diff.Added, Substantive: true, List: diff.EntityList, Key: e.Key, EntryID: e.EntryID, Country: e.Country, Name: e.Name,
			Entry: e, After: e, Case: "case-1", Stage: diff.Published, DetectedAt: r.now,
		}})
	})
	return r
}

func (r *pressroom) write(f func(watcher.Tx) error) {
	r.t.Helper()
	if err := r.db.Maintain(r.t.Context(), f); err != nil {
		r.t.Fatal(err)
	}
}

// brings has a feed bring the story, the press read it, and the router tell what there is to tell.
func (r *pressroom) brings(feeds ...string) []notify.Delivery {
	r.t.Helper()
	r.now = r.now.Add(time.Hour)
	for _, feed := range feeds {
		r.write(func(tx watcher.Tx) error {
			_, err := tx.AddNews(feed, r.now, false, []diff.NewsItem{{
				ID: feed + "-1", Feed: feed, Title: "Tarnow Semiconductor Works put on the Entity List", Links: []string{"https://" + feed + ".example/1"},
				Published: r.now,
			}})
			return err
		})
	}
	if err := r.enricher.Background(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	dels, err := r.router.Route(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return dels
}

func TestAStoryOfSeveralFeedsIsAlertedOnceWithAllLinks(t *testing.T) {
	r := newPressroom(t)
	dels := r.brings("morning", "evening")
	if len(dels) != 2 {
		t.Fatalf("%d deliveries, want the Case and the report", len(dels))
	}
	for _, d := range dels {
		if n := d.Message.News; len(n) != 1 || n[0].URL == "" || len(n[0].Also) != 1 {
			t.Errorf("%s: news %+v", d.Kind, n)
		}
	}
	if dels := r.brings("weekly"); len(dels) != 0 {
		t.Errorf("told again: %+v", dels[0].Message.Headline)
	}
	r.write(func(tx watcher.Tx) error {
		_, err := tx.AddStage(watcher.StageMark{Case: "case-1", Stage: diff.Codified, At: r.now, RecordedAt: r.now})
		return err
	})
	if dels := r.brings(); len(dels) != 1 || dels[0].Kind != notify.KindUpdate || len(dels[0].Message.News) != 0 {
		t.Errorf("the next update of the Case tells the story again: %+v", dels)
	}
	c, _, err := r.db.CaseView(t.Context(), "case-1")
	if err != nil {
		t.Fatal(err)
	}
	var stories []notify.Story
	for _, s := range notify.CaseState(c.PendingCase, nil, r.now, time.UTC).Sections {
		stories = append(stories, s.Stories...)
	}
	if len(stories) != 1 || len(stories[0].Also) != 2 {
		t.Errorf("the page of the Case has not every link of the story: %+v", stories)
	}
	if left, _ := r.db.UnscannedNews(t.Context()); len(left) != 0 {
		t.Errorf("%d reports were not read", len(left))
	}
}

func TestAReportAfterTheAlertReachesThoseWhoGotIt(t *testing.T) {
	r := newPressroom(t)
	if dels := r.brings(); len(dels) != 1 || dels[0].Kind != notify.KindAlert {
		t.Fatalf("%d deliveries, want the alert", len(dels))
	}
	dels := r.brings("morning")
	kinds := map[string]notify.Kind{}
	for _, d := range dels {
		kinds[d.Channel] = d.Kind
	}
	if len(dels) != 2 || kinds["out"] != notify.KindUpdate || kinds["desk"] != notify.KindNews {
		t.Errorf("told %v", kinds)
	}
	if dels := r.brings("evening"); len(dels) != 0 { // the same story
		t.Errorf("told again: %+v", dels[0].Message.Headline)
	}
}

func TestAStoryTwiceInOneFeedIsAlertedOnce(t *testing.T) {
	r := newPressroom(t)
	r.brings()
	twice := func(guid, title string) {
		r.write(func(tx watcher.Tx) error {
			_, err := tx.AddNews("wire", r.now, false, []diff.NewsItem{{
				ID: guid, Feed: "wire", Title: title, Links: []string{"https://wire.example/" + guid}, Published: r.now,
				Summary: "Tarnow Semiconductor Works was put on the Entity List on Monday, the Department of Commerce said in Washington.",
			}})
			return err
		})
	}
	twice("guid-1", "Tarnow Semiconductor Works put on the Entity List")
	twice("guid-2", "Tarnow Semiconductor Works put on the Entity List")
	if dels := r.brings(); len(dels) != 2 {
		t.Errorf("%d deliveries, want an update of the Case and one report", len(dels))
	}
	twice("guid-3", "UPDATE 1-Tarnow Semiconductor Works put on the Entity List")
	if dels := r.brings(); len(dels) != 0 {
		t.Errorf("told again: %+v", dels[0].Message.Headline)
	}
}
