// Package store keeps what was noticed and what was told, in one database: SQLite.
//
// It promises that whatever is written by one Write stands together or not at all, that a write is on disk when Write returns, and
// that readers never wait for a writer. It refuses a database that a newer program wrote.
//
// Schema rules, from the first migration on: ids are made by the application; instants are UTC microseconds (Stamp and Time turn
// them), dates of law are dates; entry_versions is append-only in two times; rows to be told carry routed_at, null until the telling
// half has taken them; every decision is in the audit chain.
//
// The noticing half (sources, evidence, legal state, changes, cases) and the telling half (deliveries, digests, acknowledgements)
// stand in files of their own. They share a DB and meet nowhere else.
package store
