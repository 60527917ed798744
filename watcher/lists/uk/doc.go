// Package uk reads the United Kingdom's sanctions lists: the UK Sanctions List of the Foreign Office
// (UK-Sanctions-List.csv), and the older list of the Treasury (OFSI ConList.csv), which closed on 2026-01-28.
//
// Shapes: both have a line with a date before the header ("Report Date: 13-Feb-2026", "Last Updated,27/04/2020") and
// one row for each name of a party; what the rows of a party repeat is taken once. Keys are Unique ID ("AFG0001"), in
// the older list Group ID. Names stand in six columns of which the sixth is the family name or the whole name. Not
// mapped: Last Updated, which moves without any other change.
//
// A file is refused when it is empty, HTML, has no such header, or is cut: its last row is short, or has no line end.
// With ReadOptions.Partial a cut file yields what is whole. A row that cannot be read is a problem with its line and
// stands in Snapshot.Unread: the party with its id stays as it was.
package uk
