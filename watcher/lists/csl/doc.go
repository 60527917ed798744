// Package csl reads the Consolidated Screening List of the US Department of Commerce: one file that repeats thirteen
// lists of three departments. Each is a Snapshot of its own List, so that one that vanishes or breaks is held alone.
//
// Shape: consolidated.json is {"results":[{source, name, alt_names[], addresses[]{…}, …}]}; consolidated.csv has the
// same columns, with the lists of a cell joined by "; ". Both give the same entries.
//
// Keys: entity_number where there is one (OFAC's own number, so the key is the one that OFAC's files give), else list
// and name, with an ordinal among equals, which diff.Compare tells apart by what they say. The country is no part of
// the key: the file has no headings, only addresses, and a party whose address moves abroad must not look removed and
// added. The file's _id is never used: some are hashes of the content, others were made anew while nothing changed.
//
// Not mapped, because they change everywhere at once without meaning anything: _id, source_list_url,
// source_information_url.
//
// Promises: memory does not grow beyond the entries. A row that cannot be read is a problem with its line and stands in
// its list's Snapshot.Unread, so that it is not taken for a removal; a field that is new is kept under its own name, a
// column without one under its number ("column 30"), and what else the file holds beside its records is named.
// Too many such rows refuse the file, as do an empty one, HTML, a file without the columns, and a cut one. With
// ReadOptions.Partial a cut file yields what is whole, with problems for its end, for a header that stands again as a
// row, and for ids that stand twice. A sub-list that this version does not know is reported.
package csl
