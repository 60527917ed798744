-- How a file of counterparties was read where that is not as it stands, such as in another encoding.

-- +goose Up

ALTER TABLE our_files ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- +goose Down

ALTER TABLE our_files DROP COLUMN note;
