package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// ChannelState is how one channel does.
type ChannelState struct {
	Channel string         `json:"channel"`
	Waiting int            `json:"waiting"` // deliveries to be sent
	Dead    int            `json:"dead"`    // deliveries that were given up
	SentAt  time.Time      `json:"sent_at,omitzero"`
	Pauses  []ChannelPause `json:"pauses,omitempty"`
}

// ChannelPause is a fault in a channel's configuration, of one recipient or, where that is "", of all.
type ChannelPause struct {
	Recipient string    `json:"recipient,omitempty"`
	Since     time.Time `json:"since"`
	Reason    string    `json:"reason"`
}

// ChannelStates are all channels that ever had a delivery, by name, counted from the indexes of what waits and what is dead.
func (db *DB) ChannelStates(ctx context.Context) (all []ChannelState, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		at := map[string]int{}
		get := func(name string) *ChannelState {
			if _, ok := at[name]; !ok {
				at[name] = len(all)
				all = append(all, ChannelState{Channel: name})
			}
			return &all[at[name]]
		}
		if err := tx.channelPauses(get); err != nil {
			return err
		}
		for _, q := range []struct {
			where string
			into  func(*ChannelState) *int
		}{
			{`state IN ('pending', 'failed')`, func(c *ChannelState) *int { return &c.Waiting }},
			{`state = 'dead'`, func(c *ChannelState) *int { return &c.Dead }},
		} {
			err := tx.Query(func(scan func(...any) error) error {
				var name string
				var n int
				if err := scan(&name, &n); err != nil {
					return err
				}
				*q.into(get(name)) = n
				return nil
			}, `SELECT channel, COUNT(*) FROM deliveries WHERE `+q.where+` GROUP BY channel ORDER BY channel`)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store: read how the channels do: %w", err)
	}
	return all, nil
}

func (tx *Tx) channelPauses(get func(string) *ChannelState) error {
	return tx.Query(func(scan func(...any) error) error {
		var name, recipient, reason string
		var sent, since sql.NullInt64
		if err := scan(&name, &recipient, &sent, &since, &reason); err != nil {
			return err
		}
		c := get(name)
		if t := Time(sent); t.After(c.SentAt) {
			c.SentAt = t
		}
		if since.Valid {
			c.Pauses = append(c.Pauses, ChannelPause{Recipient: recipient, Since: Time(since), Reason: reason})
		}
		return nil
	}, `SELECT channel, recipient, sent_at, paused_since, reason FROM channel_states ORDER BY channel, recipient`)
}
