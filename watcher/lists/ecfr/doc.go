// Package ecfr reads the Entity List, the Unverified List and the Military End-User List as the Electronic Code of
// Federal Regulations shows them: Supplements No. 4, 6 and 7 to 15 CFR part 744.
//
// Parse makes a Snapshot of each supplement out of the XML that the versioner serves for part 744 (root DIV5, one DIV9
// a supplement, one table in it). It promises that every row of the table is either an entry, or a part of the entry
// above it, or a label, or a problem; no row is dropped. A file that is empty, cut, HTML, without a supplement or with
// an empty table is refused.
//
// A Snapshot's Entries are the listed parties, each followed by the parties named inside it (subordinate institutions,
// affiliated entities), which carry the key of the entry that names them as their Parent. Rows counts the parties of
// the table alone: 3,411 in the Entity List of 2026-03-25. The Military End-User List's subordinate institutions have
// rows of their own, and are counted; their Parent is a text, since those parents are not listed.
//
// Source polls the versioner: titles, then the versions of part 744 issued since the last look, then the whole part as
// of the newest day. What it shows is complete, about two business days behind the Federal Register.
package ecfr
