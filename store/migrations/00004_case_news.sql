-- A report that is related to a case after its alert is told to those who got it. routed_at is null until the telling half has taken it.

-- +goose Up

ALTER TABLE case_news ADD COLUMN routed_at BIGINT;
UPDATE case_news SET routed_at = at;
CREATE INDEX case_news_unrouted ON case_news (at) WHERE routed_at IS NULL;

-- +goose Down

DROP INDEX case_news_unrouted;
ALTER TABLE case_news DROP COLUMN routed_at;
