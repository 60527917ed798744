// Package un reads the United Nations Security Council's consolidated list (consolidated.xml).
//
// Shape: CONSOLIDATED_LIST@dateGenerated, with INDIVIDUALS/INDIVIDUAL and ENTITIES/ENTITY. Keys are REFERENCE_NUMBER
// ("CDi.001"). Not mapped: DATAID (may change), VERSIONNUM (does not move with edits), SORT_KEY, LIST_TYPE and
// LAST_DAY_UPDATED, which tell nothing of the party.
//
// A file is refused when it is empty, HTML, malformed or cut; a cut one yields what is whole with ReadOptions.Partial.
// A record without a reference number or a name is a problem and stands in Snapshot.Unread. The snapshot is not
// Complete where one of the two halves is absent.
package un
