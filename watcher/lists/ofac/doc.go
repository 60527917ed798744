// Package ofac reads the lists of the Office of Foreign Assets Control from its Sanctions List Service, the primary
// source of the SDN List and of the lists it publishes together as "consolidated".
//
// Shapes, and what reads them:
//   - SDN.CSV alone (ParseSDNCSV), without the other names and addresses, which stand in ALT.CSV and ADD.CSV and in the XML: no header,
//     CRLF, "-0- " for nothing, programs joined by "] [", the last byte 0x1A.
//   - SDN.XML and CONSOLIDATED.XML (root sdnList) and the enhanced schema (root sanctionsData), by local names (ParseXML).
//   - A delta publication (ParseDelta): which entities one publication adds, removes or modifies.
//
// Keys are the list and ent_num, which is never reused. The consolidated file does not say which list an entry is on:
// ListsOf reads it off the programs, as the Consolidated Screening List does.
//
// Texts stay as OFAC writes them, spaces included, so that a difference of a space alone is seen (as an editorial one).
// Remarks stay whole; the weak names, births and nationalities that the CSV hides in them are given as fields too. Not
// mapped: the uids of names and addresses, mainEntry and the versionIds, which tell nothing of the party.
//
// A file is refused when it is empty, HTML, malformed or cut. A CSV without its end mark 0x1A is cut: only the mark
// tells a list that lost its last rows from one whose last parties were removed. A Record_Count that disagrees makes a
// snapshot incomplete and is a problem; an export that was filtered by programs is never Complete.
package ofac
