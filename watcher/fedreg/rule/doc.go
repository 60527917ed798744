// Package rule reads one document of the Federal Register and says what it does to the Entity List, the Unverified List
// and the Military End-User List (Supplements No. 4, 6 and 7 to 15 CFR part 744): an Act with one Amendment for each
// entry.
//
// It reads the full-text XML (ParseXML), a whole day's issue (ParseIssue), and the plain text of public inspection or
// of the Government Publishing Office (ParseText). The typescript of public inspection has no table that could be read:
// its additions are names, and each says what is to come with the published text.
//
// # The grammar
//
// A document amends part 744 by instructions, and states in tables what the entries then say:
//
//	instruction = mark [target] [country] (clause {clause} | "the whole text anew")
//	clause      = verb (entry names | fields of one entry | a number of unnamed rows)
//	operation   = action, list, country, and one entry or a number of rows
//	row         = country | party, license requirement, review policy, citation
//
// An instruction is a paragraph under a mark, and those nested in it inherit what it says: the list, the country, the
// verb, the entry (types scope and instructions).
//
//  2. Supplement No. 4 to part 744 is amended:
//     a. Under MALTA:
//     i. By adding, in alphabetical order, an entry for “Quillmark Optics Ltd.”; and
//     ii. By removing the entry for “Tarnwick Freight”.
//
// A gap in the marks, or an "and" that nothing follows, is a problem: an instruction is missing.
//
// A clause is a verb with the words that belong to it (cutClauses). In the passive, the words before the verb are its
// own:
//
//	Under PERU, by adding entries for “Ostrava Lathe” and “Belmere Labs”, and by revising the entry for “Corvane S.A.”
//	the entry for “Tarnwick Freight” under MALTA is removed
//	in the entry for “Corvane S.A.”, by removing the alias “Corvan” and adding in its place “Corvana”
//	by adding six Maltese entities
//
// The verbs add, remove, revise and move (with their synonyms: "delete" removes, "correct" revises). A quoted name is a
// name, whatever its words say; it is masked before anything else is read.
//
// An operation is what a clause does to one entry, or to rows that it only counts (type op). The four clauses above
// give two additions and a revision, a removal, an edit of one field, and an addition of six unnamed rows. "Revised and
// republished" gives all of a list, or of a country, anew: who is absent from the table is then removed, so it is taken
// for that only where every word of the instruction is understood (republish).
//
// A row states an entry (type row). It is matched with the operation that names it: the same name in the same country,
// then a row whose text begins with the name, then the one row that must be meant (a rename, a slip of the pen), then
// the rows that are only counted (type matcher).
//
//	MALTA ....  Quillmark Optics Ltd., a.k.a., the      For all items      Presumption   88 FR [INSERT FR PAGE
//	            following one alias: —Quillmark.        subject to the     of denial.    NUMBER AND 2/27/2023].
//	            1 Quay Road, Valletta, Malta.        EAR.
//
// # What it promises
//
// Nothing is dropped silently. An instruction, row or quotation that is not understood is a problem on the Act, and so
// is an operation without its row, a row without its operation, and a country that is none. What was read is compared
// with what the document says of itself: the numbers of its SUMMARY (package summary), in total and by country, and the
// names that its preamble lists. An Act that contradicts itself, or of which parts are unread, is in Doubt, and takes
// nothing back that an earlier reading said. A document that is empty, cut, HTML or no document at all is refused
// (*diff.Refused).
//
// The same text gives the same Act in every reading, to the order of its problems.
package rule
