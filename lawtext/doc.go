// Package lawtext reads legal prose and cells: dates, numbers, citations, document numbers, countries and the headings of lists,
// company forms, names and addresses. There is one reader of each, and every parser of a source uses it.
//
// Running text: FirstDate, LongDate and ShortDate read dates as US agencies write them, DayFirst and StampDate those of files;
// ReadNumber reads a number in digits or words, ReadPlaceholder a citation that the printer has still to set, DocumentNumber is the
// pattern of a document's number. CountryPrefix, IsHeading and CountryOfAdjective find countries, Heading is how a list heads them.
// Tidy takes the layout out of a text, Sentences cuts it, and a Verb is what a sentence or instruction does to an entry.
//
// Cells: the table rows of the Entity List, the Unverified List and the Military End-User List, the same in the eCFR's supplements and
// in the Federal Register's rules, in which the Bureau of Industry and Security writes a party.
// A Cell collects one table cell as text with its line breaks. ReadParty takes the lines of a party's cell apart: name, aliases,
// former names, each address, notes, and the parties named inside it (subordinate institutions, affiliated entities).
// ReadCitations reads a citation cell or the notices of the Consolidated Screening List, ReadLicence a requirement or policy
// cell with its footnote marks. A Row puts the cells of one row together and makes entries of them: the entry itself, then the parties
// inside it, each with the entry's key as its parent.
//
// What the reader promises: no text of a cell is dropped. What is no name, alias or note is an address; what cannot be placed is a
// problem of kind unread. The text's own counts ("the following two aliases") are checked and a mismatch is a problem of kind source,
// for such counts are wrong in the source about once in a hundred.
//
// Names hold commas ("Co., Ltd.", "University, Research Institute"), and where there are no aliases a comma is all that stands
// between name and address. The cut is made at the first break, comma or semicolon whose right side does not continue a name.
package lawtext
