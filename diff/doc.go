// Package diff owns EntityWatch's nouns and its pure rules.
//
// The nouns are List, Entry, Snapshot, Act, Amendment, Change, Case and Stage; every other package speaks in them. The rules are
// how names are normalised, how two snapshots of a list are compared (Compare), what an act makes of a state (Apply), whether an
// answer of a source is plausible, and how a case moves on.
//
// The rules, in the order of the flow, and where they are written down:
//
//   - Normalise, SameText, CompareEntries: what is editorial (docs/EDITORIAL.md).
//   - Compare, Identify: which entry is which (docs/IDENTITY.md); CheckPlausible and Stale come first ("Snapshot hold" in the design).
//   - Apply, AlreadyApplied: what an act makes of the state; Reread: a later reading of it; UnapplyChanges: the state before it.
//   - Explain, View: a list source's differences against acts, earlier Changes and the state ("Acts and lists" (a), (b), (c)).
//   - HoldMissing: what vanished from an act-governed list ("Entry hold"); Overdue: what never appeared on it.
//   - Case.WithStage, Case.Leads, CaseStatus.After, Merge: cases; GroupMass: one edit to many entries.
//
// The package is a leaf: it imports nothing of this module, does no input or output, reads no clock and logs nothing. Everything in
// it is a function of its arguments, so a reading made today can be made again in ten years from the stored evidence.
//
// JSON forms follow the promises of the command line: keys in snake_case, absent when unknown, lists never null.
package diff
