-- A later reading of a document that may not take back what was told of it, and how often a document was withdrawn.

-- +goose Up

ALTER TABLE acts ADD COLUMN held TEXT NOT NULL DEFAULT 'null';        -- JSON; null where no reading is held
ALTER TABLE acts ADD COLUMN withdrawals BIGINT NOT NULL DEFAULT 0;

-- +goose Down

ALTER TABLE acts DROP COLUMN withdrawals;
ALTER TABLE acts DROP COLUMN held;
