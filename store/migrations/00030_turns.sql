-- Deliveries take turns, channels pause, and what waits costs nothing: every question that is asked before a send is answered from an
-- index of the waiting rows alone (messages stand before most columns of a row, and are long). The rules of 00001 hold.

-- +goose Up

-- turn is the order of sending within a channel, in microseconds: when the row was written, and a minute more for each part before it. So a
-- message of many parts lets the small ones pass that come while it is sent, and none waits for ever.
ALTER TABLE deliveries ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
UPDATE deliveries SET turn = created_at + (part - 1) * 60000000;

-- refused_at is when the other side first refused this delivery for a fault of the configuration.
ALTER TABLE deliveries ADD COLUMN refused_at BIGINT;

DROP INDEX deliveries_waiting;
CREATE INDEX deliveries_waiting ON deliveries (channel, case_id, recipient, seq, turn, attempts, lease_until, not_before, muted_until)
    WHERE state IN ('pending', 'failed');
CREATE INDEX deliveries_dead ON deliveries (channel, seq) WHERE state = 'dead';
CREATE INDEX deliveries_heads ON deliveries (case_id, channel, recipient, seq) WHERE part = 1;
CREATE INDEX cases_merged ON cases (merged_into);

-- How each channel does, and each recipient of it; recipient is '' for the whole channel.
CREATE TABLE channel_states (
    channel      TEXT   NOT NULL,
    recipient    TEXT   NOT NULL,
    sent_at      BIGINT,                     -- wall clock: when something was last taken
    paused_since BIGINT,                     -- wall clock; null while nothing is wrong with its configuration
    probe_at     BIGINT NOT NULL,            -- wall clock: when a paused channel is tried again with one delivery
    reason       TEXT   NOT NULL,            -- the other side's words, '' while it is not paused
    PRIMARY KEY (channel, recipient)
);

-- +goose Down

DROP TABLE channel_states;
DROP INDEX cases_merged;
DROP INDEX deliveries_heads;
DROP INDEX deliveries_dead;
DROP INDEX deliveries_waiting;
ALTER TABLE deliveries DROP COLUMN refused_at;
ALTER TABLE deliveries DROP COLUMN turn;
CREATE INDEX deliveries_waiting ON deliveries (channel, seq) WHERE state IN ('pending', 'failed');
