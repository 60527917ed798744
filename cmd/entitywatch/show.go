package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"entitywatch/diff"
	"entitywatch/store"
)

func (a *app) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show one thing whole, as JSON: a Change, a case, a document, an entry, stored evidence or a delivery",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDatabase(cmd.Context(), func(db *store.DB) error {
				thing, err := find(cmd.Context(), db, args[0])
				if err != nil {
					return err
				}
				if thing == nil {
					return fmt.Errorf("nothing is called %q: give the id of a Change, case, entry or delivery, a document number, "+
						"or the sha256 of evidence", args[0])
				}
				enc := visibleJSON(a.stdout)
				enc.SetIndent("", "  ")
				return enc.Encode(thing)
			})
		},
	}
}

// find looks an id up as everything that it can be; nil where it is nothing.
func find(ctx context.Context, db *store.DB, id string) (any, error) {
	for _, as := range []func(context.Context, *store.DB, string) (any, error){findChange, findCase, findAct, findEntry,
		findDelivery, findEvidence} {
		if thing, err := as(ctx, db, id); thing != nil || err != nil {
			return thing, err
		}
	}
	return nil, nil
}

func findChange(ctx context.Context, db *store.DB, id string) (any, error) {
	readings, err := db.Revisions(ctx, id)
	if err != nil || len(readings) == 0 {
		return nil, err
	}
	hits, err := db.Hits(ctx, id)
	changes := make([]diff.Change, len(readings))
	for i, r := range readings {
		changes[i] = r.Change
	}
	return map[string]any{"readings": changes, "hits": hits}, err
}

func findCase(ctx context.Context, db *store.DB, id string) (any, error) {
	file, found, err := db.CaseFile(ctx, id)
	if err != nil || !found {
		return nil, err
	}
	changes := make([]diff.Change, len(file.Changes))
	for i, c := range file.Changes {
		changes[i] = c.Change
	}
	acts := make([]diff.Act, len(file.Acts))
	for i, act := range file.Acts {
		acts[i] = act.Act
	}
	notes := make([]string, len(file.Notes))
	for i, n := range file.Notes {
		notes[i] = n.Text
	}
	return map[string]any{"case": file.Case, "acts": acts, "changes": changes, "notes": notes, "leads": leads(file.Case)},
		nil
}

func findAct(ctx context.Context, db *store.DB, id string) (any, error) {
	act, found, err := db.ActByNumber(ctx, id)
	if err != nil || !found {
		return nil, err
	}
	return map[string]any{"act": act.Act, "amendments": act.Act.Amendments, "case": act.Case, "standing": act.Standing,
		"evidence": act.Act.Evidence}, nil
}

func findEntry(ctx context.Context, db *store.DB, id string) (any, error) {
	versions, err := db.EntryHistory(ctx, id)
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	spans := make([]map[string]any, len(versions))
	for i, v := range versions {
		spans[i] = map[string]any{
			"entry": v.Entry, "valid_from": v.ValidFrom, "valid_to": v.ValidTo, "recorded_from": v.RecordedFrom,
			"change": v.ChangeID, "source": v.Source,
		}
	}
	return map[string]any{"versions": spans}, nil
}

func findDelivery(ctx context.Context, db *store.DB, id string) (any, error) {
	all, err := db.Deliveries(ctx, store.DeliveryFilter{ID: id})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return map[string]any{"delivery": all[0], "message": all[0].Message}, nil
}

func findEvidence(ctx context.Context, db *store.DB, id string) (any, error) {
	fetches, err := db.Fetches(ctx, id)
	if err != nil || len(fetches) == 0 {
		return nil, err
	}
	body, _, err := db.Blob(ctx, id)
	return map[string]any{"fetches": fetches, "body": string(body)}, err
}

// leads are the times between the stages of a case, in words a person reads: {"filed→published": "16h25m0s"}.
func leads(c diff.Case) map[string]string {
	out := map[string]string{}
	for _, l := range c.Leads() {
		out[string(l.From)+"→"+string(l.To)] = l.Time.String()
	}
	return out
}
