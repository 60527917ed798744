package ecfr

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/fetch/records"
)

const titlesPath = "/titles.json"

// titleState is what /titles.json says of title 15.
type titleState struct {
	Number     int       `json:"number"`
	Issued     string    `json:"latest_issue_date"`
	AsOf       diff.Date `json:"up_to_date_as_of"`
	Processing bool      `json:"processing_in_progress"`
	busy       bool      // the title, or the whole service, is being imported
}

// title asks for the state of title 15; changed is false where the answer is the stored one.
func (s *Source) title(ctx context.Context, f *fetch.Session) (t titleState, changed bool, err error) {
	r, err := f.Get(ctx, s.Below(titlesPath), fetch.Expect("json"))
	if err != nil {
		return t, false, fmt.Errorf("ecfr: read titles: %w", err)
	}
	if r.NotModified {
		return t, false, nil
	}
	var doc struct {
		Titles []titleState `json:"titles"`
		Meta   struct {
			Import bool `json:"import_in_progress"`
		} `json:"meta"`
	}
	if err := json.Unmarshal(r.Body, &doc); err != nil {
		return t, false, fmt.Errorf("ecfr: read titles: %w", records.Refuse("not the titles of the eCFR: %v", err))
	}
	i := slices.IndexFunc(doc.Titles, func(t titleState) bool { return t.Number == 15 })
	if i < 0 {
		return t, false, fmt.Errorf("ecfr: read titles: %w", records.Refuse("the answer has no title 15"))
	}
	t = doc.Titles[i]
	t.busy = t.Processing || doc.Meta.Import
	if t.busy {
		return t, true, nil
	}
	for _, day := range []string{t.Issued, string(t.AsOf)} {
		if _, err := diff.ParseDate(day); err != nil {
			return t, false, fmt.Errorf("ecfr: read titles: %w", records.Refuse("title 15: %v", err))
		}
	}
	return t, true, nil
}

// version is one issue of one section or appendix.
type version struct {
	Date       string `json:"date"`
	Amended    string `json:"amendment_date"`
	Issued     string `json:"issue_date"`
	Identifier string `json:"identifier"`
	Removed    bool   `json:"removed"`
}

// perPage is the number of versions on a page.
const perPage = 1000

// versions asks for the issues of part 744 from a day on, page by page. Whether the source calls them substantive is
// not asked: the same amendment is issued several times, with other bytes.
func (s *Source) versions(ctx context.Context, f *fetch.Session, from string) ([]version, error) {
	var all []version
	for page := 1; ; page++ {
		q := url.Values{"part": {"744"}, "issue_date[gte]": {from}}
		if page > 1 {
			q.Set("page", strconv.Itoa(page))
		}
		r, err := f.Get(ctx, s.Below("/versions/title-15.json?"+q.Encode()), fetch.Expect("json"), fetch.Fresh())
		if err != nil {
			return nil, fmt.Errorf("ecfr: read versions of part 744: %w", err)
		}
		var doc struct {
			Versions []version `json:"content_versions"`
			Meta     struct {
				Count json.RawMessage `json:"result_count"`
			} `json:"meta"`
		}
		if err := json.Unmarshal(r.Body, &doc); err != nil || doc.Versions == nil {
			return nil, fmt.Errorf("ecfr: read versions of part 744: %w", records.Refuse("not the versions of the eCFR"))
		}
		known := len(all)
		for _, v := range doc.Versions {
			if !slices.Contains(all[:known], v) { // a page past the end may come again as the first
				all = append(all, v)
			}
		}
		total, _ := strconv.Atoi(strings.Trim(string(doc.Meta.Count), `"`))
		if len(all) == known || len(doc.Versions) < perPage || total > 0 && len(all) >= total {
			return all, nil
		}
	}
}

// known are the versions whose text the part shows as of a day. One that is announced before the part has caught up
// with it is not yet known, and will be new when it has.
func known(versions []version, asOf diff.Date) (shown, ahead []version) {
	for _, v := range versions {
		if v.Date <= string(asOf) {
			shown = append(shown, v)
		} else {
			ahead = append(ahead, v)
		}
	}
	return shown, ahead
}

// fingerprint stands for the issues from a day on, in any order.
func fingerprint(versions []version, from string) string {
	var parts []string
	for _, v := range versions {
		if v.Issued >= from {
			parts = append(parts, fmt.Sprintf("%s|%s|%s|%s|%t", v.Issued, v.Date, v.Amended, v.Identifier, v.Removed))
		}
	}
	slices.Sort(parts)
	return diff.HashID("seen", parts...)
}

// nextIssue is the day from which to ask next: that of the newest issue shown, but not behind the first that is not
// shown yet. It is the fallback where there is neither.
func nextIssue(shown, ahead []version, fallback string) string {
	day := ""
	for _, v := range shown {
		day = max(day, v.Issued)
	}
	day = cmp.Or(day, fallback)
	for _, v := range ahead {
		day = min(day, v.Issued)
	}
	return day
}
