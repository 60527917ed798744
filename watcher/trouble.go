package watcher

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// markTroubles is the mark of a source's cursor under which its troubles stand, so that they move on with the work of
// the look only.
const markTroubles = "troubles"

// trouble is a problem of a source that the operators were told, and whose end they are to be told.
type trouble struct {
	Key   string    `json:"key"`
	Text  string    `json:"text"` // as it was told
	Since time.Time `json:"since"`
}

// troubleKey tells two problems apart: by the place that has it, else by its text. The same fault has other numbers in
// it each time: ports, sizes, seconds.
func troubleKey(p diff.Problem) string {
	if p.Where != "" {
		return p.Where
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, p.Text)
}

// tellTroubles tells the operators of each problem of the source once, and once that it has ended. A look that brought
// nothing new says nothing about problems that it does not name, unless the source names all that stand. It
// returns those that last, in words.
func (k *look) tellTroubles() (lasting []string, err error) {
	var known, now []trouble
	if err := json.Unmarshal([]byte(k.session.Mark(markTroubles)), &known); err != nil {
		known = nil // none were stored yet
	}
	var begun, ended []string
	for _, p := range slices.Concat(k.reading.Problems, k.damaged()) {
		key := troubleKey(p)
		named := func(t trouble) bool { return t.Key == key }
		if p.Kind == diff.SourceSlip || slices.ContainsFunc(now, named) {
			continue
		}
		if i := slices.IndexFunc(known, named); i >= 0 {
			now = append(now, known[i])
			continue
		}
		now = append(now, trouble{Key: key, Text: p.Text, Since: k.at})
		begun = append(begun, p.Text)
	}
	for _, t := range known {
		switch {
		case slices.ContainsFunc(now, func(n trouble) bool { return n.Key == t.Key }):
		case k.reading.Standing || k.answered():
			ended = append(ended, fmt.Sprintf("This is over; it began on %s: %s.", k.moment(t.Since), strings.TrimSuffix(t.Text, ".")))
		default:
			now = append(now, t)
		}
	}
	for _, t := range now {
		lasting = append(lasting, t.Text)
	}
	if err := k.keepTroubles(now); err != nil {
		return nil, err
	}
	if len(begun) > 0 {
		if err := k.notice("problem", "", strings.Join(begun, "; ")); err != nil {
			return nil, err
		}
	}
	if len(ended) == 0 {
		return lasting, nil
	}
	return lasting, k.notice("recovered", "", strings.Join(ended, "\n"))
}

// answered reports whether the look was given anything but "not modified".
func (k *look) answered() bool {
	bodied := func(x fetch.Exchange) bool { return x.Err == "" && !x.NotModified && x.Body != nil }
	return len(k.reading.Snapshots)+len(k.reading.Items) > 0 || slices.ContainsFunc(k.session.Exchanges(), bodied)
}

func (k *look) keepTroubles(now []trouble) error {
	if len(now) == 0 {
		k.session.DeleteMark(markTroubles)
	} else {
		b, err := json.Marshal(now)
		if err != nil {
			return fmt.Errorf("keep the troubles of %s: %w", k.Source, err)
		}
		k.session.SetMark(markTroubles, string(b))
	}
	k.state.Cursor = k.session.Next()
	return nil
}
