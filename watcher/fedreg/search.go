package fedreg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// The API's limits (its own code): more than perPage is not silently cut, beyond maxPages and maxResults it silently
// begins again.
const (
	perPage    = 1000
	maxPages   = 50
	maxResults = 10000
	maxNumbers = 250
)

// page is one answer of a search.
type page struct {
	Count   *int              `json:"count"`
	Pages   int               `json:"total_pages"`
	Results []json.RawMessage `json:"results"` // absent where nothing was found
}

// period is a range of publication dates; an empty To is open.
type period struct{ From, To diff.Date }

// found is what a search of one period gave.
type found struct {
	docs      []document
	unchanged bool // the upstream answered that nothing changed
	evidence  []diff.Evidence
}

// search reads all documents of a period, whatever the API says about paging: a period with more than one page is
// halved until it fits, and the numbers must be unique and as many as counted. With fresh it asks unconditionally.
func (r *Register) search(ctx context.Context, s *fetch.Session, in period, fresh bool) (found, error) {
	p, resp, err := r.page(ctx, s, in, 1, fresh)
	if err != nil {
		return found{}, err
	}
	if resp.NotModified {
		return found{unchanged: true}, nil
	}
	if *p.Count > len(p.Results) && in.From != in.To {
		return r.halves(ctx, s, in)
	}
	f := found{evidence: []diff.Evidence{resp.Evidence()}}
	raw := p.Results
	for n := 2; n <= min(p.Pages, maxPages); n++ {
		more, resp, err := r.page(ctx, s, in, n, true)
		if err != nil {
			return found{}, err
		}
		raw, f.evidence = append(raw, more.Results...), append(f.evidence, resp.Evidence())
	}
	f.docs, err = documentsOf(raw, *p.Count)
	if err != nil {
		s.Reject(r.searchURL(in, 1))
	}
	return f, err
}

// halves searches the two halves of a period.
func (r *Register) halves(ctx context.Context, s *fetch.Session, in period) (found, error) {
	s.Reject(r.searchURL(in, 1))
	to := in.To
	if to == "" {
		to = r.today().AddDays(1)
	}
	days := int(to.Time().Sub(in.From.Time()).Hours() / 24)
	if days <= 0 {
		return found{}, &diff.Refused{Reason: fmt.Sprintf("the search gives fewer documents than it counts for %s", in.From)}
	}
	mid := in.From.AddDays(days / 2)
	early, err := r.search(ctx, s, period{in.From, mid}, true)
	if err != nil {
		return found{}, err
	}
	late, err := r.search(ctx, s, period{mid.AddDays(1), to}, true)
	if err != nil {
		return found{}, err
	}
	return found{docs: append(early.docs, late.docs...), evidence: append(early.evidence, late.evidence...)}, nil
}

// page asks for one page of a period.
func (r *Register) page(ctx context.Context, s *fetch.Session, in period, n int, fresh bool) (page, *fetch.Response,
	error) {
	opts := []fetch.Option{fetch.Expect("json")}
	if fresh {
		opts = append(opts, fetch.Fresh())
	}
	u := r.searchURL(in, n)
	resp, err := s.Get(ctx, u, opts...)
	if err != nil {
		return page{}, nil, fmt.Errorf("search documents: %w", err)
	}
	if resp.NotModified {
		return page{}, resp, nil
	}
	var p page
	if err := decode(resp.Body, &p); err != nil {
		s.Reject(u)
		return page{}, nil, fmt.Errorf("search documents: %w", err)
	}
	if p.Count == nil || *p.Count > 0 && len(p.Results) == 0 && n == 1 || *p.Count > maxResults {
		s.Reject(u)
		return page{}, nil, &diff.Refused{Reason: "the search's answer states no count, or no results for its count"}
	}
	return p, resp, nil
}

// documentsOf reads results and checks them against the count.
func documentsOf(raw []json.RawMessage, count int) ([]document, error) {
	seen := map[string]bool{}
	docs := make([]document, 0, len(raw))
	for _, b := range raw {
		d, err := readRecord(b)
		if err != nil {
			return nil, err
		}
		if seen[d.Number] {
			return nil, &diff.Refused{Reason: "the search gives document " + d.Number + " twice: its pages repeat"}
		}
		seen[d.Number] = true
		docs = append(docs, d)
	}
	if len(docs) != count {
		return nil, &diff.Refused{Reason: fmt.Sprintf("the search counts %d documents and gives %d", count, len(docs))}
	}
	return docs, nil
}

func (r *Register) searchURL(in period, n int) string {
	q := url.Values{"order": {"oldest"}, "per_page": {strconv.Itoa(perPage)}, "fields[]": fields,
		"conditions[agencies][]": r.o.Agencies}
	q.Set("conditions[publication_date][gte]", string(in.From))
	if in.To != "" {
		q.Set("conditions[publication_date][lte]", string(in.To))
	}
	if n > 1 {
		q.Set("page", strconv.Itoa(n))
	}
	return r.o.URL + "/documents.json?" + q.Encode()
}

// lookup asks for documents by number. Numbers that are not published are left out.
func lookup(ctx context.Context, s *fetch.Session, base string, numbers []string) ([]document, error) {
	var out []document
	for len(numbers) > 0 {
		n := min(len(numbers), maxNumbers)
		u := base + "/documents/" + strings.Join(numbers[:n], ",") + ".json?" + url.Values{"fields[]": fields}.Encode()
		numbers = numbers[n:]
		resp, err := s.Get(ctx, u, fetch.Expect("json"), fetch.Fresh())
		if se := (*fetch.StatusError)(nil); errors.As(err, &se) && se.Status == http.StatusNotFound {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("look documents up: %w", err)
		}
		var p page
		if err := decode(resp.Body, &p); err != nil {
			return nil, fmt.Errorf("look documents up: %w", err)
		}
		if p.Count == nil && p.Results == nil {
			p.Results = []json.RawMessage{resp.Body} // one number gives the document itself
		}
		for _, b := range p.Results {
			d, err := readRecord(b)
			if err != nil {
				return nil, fmt.Errorf("look documents up: %w", err)
			}
			out = append(out, d)
		}
	}
	return out, nil
}
