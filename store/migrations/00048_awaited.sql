-- Cases that somebody must still acknowledge: each pulse of the telling half asks for those that are due, whatever was ever acknowledged.

-- +goose Up

CREATE INDEX acknowledgements_awaited ON acknowledgements (due_at) WHERE acked_at IS NULL AND escalated_at IS NULL;

-- +goose Down

DROP INDEX acknowledgements_awaited;
