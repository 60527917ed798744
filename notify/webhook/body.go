package webhook

import (
	"encoding/json"
	"time"

	"entitywatch/diff"
	"entitywatch/notify"
)

// payload is the body, as docs/webhook.schema.json promises it. Names are as the sources write them; a receiver escapes
// what it shows.
type payload struct {
	Type      string    `json:"type"`      // entitywatch. and the kind
	Timestamp time.Time `json:"timestamp"` // of the event: the scenario's time in a demo
	Data      data      `json:"data"`
}

type data struct {
	Delivery   string             `json:"delivery"`
	Kind       notify.Kind        `json:"kind"`
	Headline   string             `json:"headline"`
	Severity   notify.Severity    `json:"severity,omitempty"`
	Rules      []string           `json:"rules"`
	Case       string             `json:"case,omitempty"`
	Status     diff.CaseStatus    `json:"status,omitempty"`
	Act        *notify.Act        `json:"act,omitempty"`
	Stage      diff.Stage         `json:"stage,omitempty"`
	NewStages  []diff.Stage       `json:"new_stages"`
	Stages     []notify.StageTime `json:"stages"`
	ToCome     []string           `json:"to_come"`
	Counts     []notify.Count     `json:"counts"`
	Changes    []diff.Change      `json:"changes"`
	Masses     []mass             `json:"masses"` // edits that many entries share
	Others     int                `json:"other_changes"`
	Unlisted   int                `json:"unlisted_changes,omitempty"` // of counts, too many to stand in changes
	Savings    string             `json:"savings_clause,omitempty"`
	Hits       []hit              `json:"hits"`
	News       []notify.NewsRef   `json:"news"`
	NeedsHuman []string           `json:"needs_human"`
	Notes      []string           `json:"notes"`
	Corrects   []string           `json:"corrects"` // which document corrects which
	Reason     string             `json:"reason,omitempty"`
	Withdrawn  bool               `json:"withdrawn,omitempty"` // nothing of the Case holds
	Restated   bool               `json:"restated,omitempty"`  // an earlier retraction is void; all of it is told again
	Fallen     string             `json:"fallen,omitempty"`    // which part of the Case does not hold any more
	Links      []notify.Link      `json:"links"`
	AckBefore  time.Time          `json:"acknowledge_before,omitzero"`
	Digest     *digest            `json:"digest,omitempty"`
	Revision   int                `json:"revision"`
	Text       string             `json:"text"` // all of it for people, as plain text
}

type hit struct {
	Change string `json:"change,omitempty"` // the Change's id
	notify.Hit
}

type digest struct {
	Name    string                `json:"name"`
	From    time.Time             `json:"from,omitzero"`
	To      time.Time             `json:"to"`
	Late    string                `json:"late,omitempty"`
	Cases   []digestCase          `json:"cases"`
	News    []notify.NewsRef      `json:"news"`
	Sources []notify.SourceReport `json:"sources"`
	Held    []notify.HeldEntry    `json:"held"`
}

type digestCase struct {
	List     diff.ListID        `json:"list"`
	Case     string             `json:"case"`
	Headline string             `json:"headline"`
	Status   diff.CaseStatus    `json:"status,omitempty"`
	Act      *notify.Act        `json:"act,omitempty"`
	Stages   []notify.StageTime `json:"stages"`
	ToCome   []string           `json:"to_come"`
	Changes  []diff.Change      `json:"changes"`
	Masses   []mass             `json:"masses"`
	Hits     []hit              `json:"hits"`
	Needs    []string           `json:"needs_human"`
	Reason   string             `json:"reason,omitempty"` // why it does not hold any more
	Retracts []string           `json:"retracted"`        // ids of the Changes that do not hold at the cut-off
	Links    []notify.Link      `json:"links"`
}

// Body is a message as it is posted. The same message gives the same bytes.
func Body(m notify.Message) ([]byte, error) {
	d := data{
		Delivery: m.Delivery, Kind: m.Kind, Headline: m.Headline, Severity: m.Severity, Rules: some(m.Rules), Case: m.Case,
		Status: m.Status,
		Act:    m.Act, Stage: m.Stage, NewStages: some(m.New), Stages: some(m.Stages), ToCome: some(m.ToCome),
		Counts:  some(m.Counts),
		Changes: changes(m.Items), Masses: masses(m.Items), Others: m.Others, Unlisted: m.Unlisted, Savings: m.Savings,
		Hits: hits(m.Items, m.Hits), News: some(m.News),
		NeedsHuman: some(m.NeedsHuman), Notes: some(m.Notes), Corrects: some(m.Corrects), Reason: m.Reason,
		Withdrawn: m.Withdrawn, Restated: m.Restated, Fallen: m.Fallen, Links: some(m.Links), Revision: m.Revision,
		Text: notify.Text(m, notify.TextOptions{}),
	}
	if m.Ask != nil {
		d.AckBefore = m.Ask.Before
	}
	if m.Digest != nil {
		d.Digest = digestOf(m.Digest)
	}
	b, err := json.Marshal(payload{Type: "entitywatch." + string(m.Kind), Timestamp: m.AsOf.UTC(), Data: d})
	return notify.EscapeInvisible(b), err
}

func digestOf(r *notify.Report) *digest {
	out := &digest{Name: r.Name, From: r.From, To: r.To, Late: r.Late, Cases: []digestCase{}, News: some(r.News),
		Sources: some(r.Sources), Held: some(r.Held)}
	for _, c := range r.Cases {
		out.Cases = append(out.Cases, digestCase{
			List: c.List, Case: c.Case, Headline: c.Headline, Status: c.Status, Act: c.Act, Stages: some(c.Stages),
			ToCome:  some(c.ToCome),
			Changes: changes(c.Items), Masses: masses(c.Items), Hits: hits(c.Items, nil), Needs: some(c.NeedsHuman),
			Reason: c.Reason, Retracts: retracted(c.Items),
			Links: some(c.Links),
		})
	}
	return out
}

func changes(items []notify.Item) []diff.Change {
	out := []diff.Change{}
	for _, it := range items {
		if it.Mass == nil {
			out = append(out, it.Full())
		}
	}
	return out
}

// retracted are the Changes of a digest that do not hold any more.
func retracted(items []notify.Item) []string {
	out := []string{}
	for _, it := range items {
		if it.Retracted != "" {
			out = append(out, it.Change.ID)
		}
	}
	return out
}

// mass is one edit and the entries that it was made to.
type mass struct {
	List   diff.ListID        `json:"list"`
	Fields []diff.FieldChange `json:"fields"`
	*notify.Mass
}

func masses(items []notify.Item) []mass {
	out := []mass{}
	for _, it := range items {
		if it.Mass != nil {
			out = append(out, mass{it.Change.List, some(it.Change.Fields), it.Mass})
		}
	}
	return out
}

// hits are those of the parties, with their Changes; those of the whole message where no party carries any.
func hits(items []notify.Item, whole []notify.Hit) []hit {
	out := []hit{}
	add := func(change string, hits []notify.Hit) {
		for _, h := range hits {
			out = append(out, hit{change, h})
		}
	}
	for _, it := range items {
		if it.Mass == nil {
			add(it.Change.ID, it.Hits)
			continue
		}
		for _, e := range it.Mass.Entries {
			add(e.Change, e.Hits)
		}
	}
	if len(out) == 0 {
		for _, h := range whole {
			out = append(out, hit{"", h})
		}
	}
	return out
}

// some is a list that is never null.
func some[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// Preview is what Send would post.
func (c *Channel) Preview(m notify.Message) ([]notify.File, error) {
	b, err := Body(m)
	return []notify.File{{Name: ".json", Type: "application/json", Data: b}}, err
}
