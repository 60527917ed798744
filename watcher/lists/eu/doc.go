// Package eu reads the European Union's consolidated list of financial sanctions (FSF, xmlFullSanctionsList 1.1).
//
// Shape: export@generationDate with sanctionEntity elements, whose parts carry their data in attributes. Keys are
// logicalId; the EU's own reference number is an id of the entry. Not mapped: the logicalIds and languages of the
// parts, and the regulation that each part came with (regulationSummary); the entity's own regulation is.
//
// The service asks for a token in the URL. It is a secret: package fetch masks it wherever a URL is shown or recorded.
// The file takes over a minute to come.
//
// A file is refused when it is empty, HTML, malformed or cut; a cut one yields what is whole with ReadOptions.Partial.
// An entity without logicalId or name is a problem and stands in Snapshot.Unread.
package eu
