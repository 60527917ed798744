package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"entitywatch/diff"
	"entitywatch/notify"
)

// printer writes results: NDJSON, or lines for people.
type printer struct {
	w    io.Writer
	json bool
	enc  *json.Encoder
}

func (a *app) printer(asJSON bool) *printer {
	return &printer{w: a.stdout, json: asJSON, enc: visibleJSON(a.stdout)}
}

// visibleJSON writes JSON in which no character is invisible: a name from outside must not turn what a terminal shows.
func visibleJSON(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(visible{w})
	enc.SetEscapeHTML(false)
	return enc
}

// visible writes whole JSON texts.
type visible struct{ w io.Writer }

// Write implements io.Writer.
func (v visible) Write(p []byte) (int, error) {
	if _, err := v.w.Write(notify.EscapeInvisible(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// one prints one result: as JSON, or as the lines that text gives.
func (p *printer) one(v any, text func(io.Writer)) error {
	if p.json {
		return p.enc.Encode(v)
	}
	text(p.w)
	return nil
}

// summary is the last line of a command's output.
type summary struct {
	Count     int                 `json:"count"`
	ByCountry map[string]int      `json:"by_country,omitempty"`
	ByList    map[diff.ListID]int `json:"by_list,omitempty"`
	Act       *diff.Act           `json:"act,omitempty"`
	Declared  diff.Declared       `json:"declared,omitzero"`
	Problems  []diff.Problem      `json:"problems"`
	Extra     map[string]any      `json:"-"`
}

// MarshalJSON adds what the command adds to the common keys.
func (s summary) MarshalJSON() ([]byte, error) {
	type bare summary
	if s.Problems == nil {
		s.Problems = []diff.Problem{}
	}
	base, err := json.Marshal(bare(s))
	if err != nil || len(s.Extra) == 0 {
		return base, err
	}
	extra, err := json.Marshal(s.Extra)
	if err != nil {
		return nil, err
	}
	return append(append(base[:len(base)-1], ','), extra[1:]...), nil
}

func (p *printer) summary(s summary, text func(io.Writer)) error {
	return p.one(map[string]summary{"summary": s}, text)
}

// counts writes "China 5, Russia 3": largest first, then by name.
func counts[K ~string](m map[K]int) string {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b K) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(string(a), string(b))
	})
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = fmt.Sprintf("%s %d", notify.Clean(string(k)), m[k])
	}
	return strings.Join(parts, ", ")
}

func writeProblems(w io.Writer, indent string, problems []diff.Problem) {
	for _, p := range problems {
		where := ""
		if p.Where != "" {
			where = " (" + notify.Clean(p.Where) + ")"
		}
		fmt.Fprintf(w, "%s! %s: %s%s\n", indent, p.Kind, notify.Clean(p.Text), where)
	}
}

// amount is a number and what it counts: "1 delivery", "2 deliveries".
func amount(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
