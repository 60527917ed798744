-- Documents of which a later text is not believed: each look at their source asks for them, and there are few.

-- +goose Up

CREATE INDEX acts_held ON acts (source) WHERE held <> 'null';

-- +goose Down

DROP INDEX acts_held;
