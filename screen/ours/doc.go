// Package ours holds an organisation's own parties and says which listed parties concern them.
//
//   - ReadCounterparties loads them from CSV, bad rows by line, and keeps them compactly. Screen sets all of them
//     against an index; Touched is the reverse search: it sets a few changed entries against all of them, and finds
//     what Screen would.
//   - ReadOwners and Owners.Affiliates follow the fifty per cent rules of OFAC and BIS through chains of owners.
//
// What it refuses: it never opens a file, reads no clock and logs nothing; readers are passed in. It never drops a
// counterparty silently: what cannot be read is a RowError with its line.
package ours
