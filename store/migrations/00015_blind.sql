-- +goose Up
-- The records of a list that could not be read, and the entries that they may be, JSON.
ALTER TABLE source_lists ADD COLUMN blind TEXT NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE source_lists DROP COLUMN blind;
