-- +goose Up
-- Since when a held answer has been the same, when an older state was last shown again, and which states were shown within a day.
ALTER TABLE source_lists ADD COLUMN held_same_since BIGINT;
ALTER TABLE source_lists ADD COLUMN flapped_at BIGINT;
ALTER TABLE source_lists ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE source_lists DROP COLUMN earlier;
ALTER TABLE source_lists DROP COLUMN flapped_at;
ALTER TABLE source_lists DROP COLUMN held_same_since;
