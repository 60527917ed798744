// Package partytext reads the cells in which the Bureau of Industry and Security writes a party: the table rows of the Entity List,
// the Unverified List and the Military End-User List, the same in the eCFR's supplements and in the Federal Register's rules.
//
// A Cell collects one table cell as text with its line breaks. ReadParty takes the lines of a party's cell apart: name, aliases,
// former names, each address, notes, and the parties named inside it (subordinate institutions, affiliated entities).
// ReadCitations reads a citation cell, ReadLicence a requirement or policy cell with its footnote marks. A Row puts the cells of one
// row together and makes entries of them: the entry itself, then the parties inside it, each with the entry's key as its parent.
//
// What the reader promises: no text of a cell is dropped. What is no name, alias or note is an address; what cannot be placed is a
// problem of kind unread. The text's own counts ("the following two aliases") are checked and a mismatch is a problem of kind source,
// for such counts are wrong in the source about once in a hundred.
//
// Names hold commas ("Co., Ltd.", "University, Research Institute"), and where there are no aliases a comma is all that stands
// between name and address. The cut is made at the first break, comma or semicolon whose right side does not continue a name.
package partytext
