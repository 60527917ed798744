-- What people decided: who wants no more mail, and which look-alikes of our counterparties are not them. The rules of 00001 hold.

-- +goose Up

-- Random keys that this database made for itself; they sign unsubscribe links.
CREATE TABLE secrets (
    name TEXT   NOT NULL PRIMARY KEY,
    key  BLOB   NOT NULL,
    at   BIGINT NOT NULL
);

-- Subscriptions that their recipients ended. digest is '' where all mails of the channel are meant.
CREATE TABLE unsubscribed (
    channel   TEXT   NOT NULL,
    recipient TEXT   NOT NULL,
    digest    TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (channel, recipient, digest)
);

-- Pairs of counterparty and entry that a person found to be two different parties. The prints are of what both looked like then: a
-- substantive change of either side ends the silence.
CREATE TABLE dismissals (
    counterparty TEXT   NOT NULL,
    entry_id     TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    who          TEXT   NOT NULL,
    party_print  TEXT   NOT NULL,
    entry_print  TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (counterparty, entry_id)
);

-- +goose Down

DROP TABLE dismissals;
DROP TABLE unsubscribed;
DROP TABLE secrets;
