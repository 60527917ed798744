// Package screen finds listed parties: among names of ours, and in running text.
//
// What it promises
//
//   - Compare says how alike two names are, from 0 to 1, and why in words. It is symmetric and deterministic. 1 is the same
//     characters, case and punctuation aside; the same name in another script, with other diacritics or with its legal form in
//     another way is nearly 1; an alias counts as much as a name. From DefaultThreshold on two names are to be looked at as one party.
//   - NewIndex makes names of list entries searchable without comparing everything; Index.Search ranks what is alike, best first, and
//     gives each Hit its reasons. No party is left out because of a guessed type.
//   - ReadCounterparties loads an organisation's own parties from CSV, bad rows by line, and keeps them compactly; Screen sets all of
//     them against an index, Touched sets a few changed entries against all of them.
//   - ReadOwners and Ownership follow the fifty per cent rules of OFAC and BIS through chains of owners.
//   - NewScanner finds the listed parties that a text names; its default prefers precision. A mention needs a name that ordinary text
//     does not use, or a full name, or a text that speaks of sanctions, the party's country or its field; the weight of each is fitted
//     on labeled texts by internal/mentionfit, and the reason says which of them there is. Every list shows its own entry of a party.
//
// How a name is read: Unicode compatibility forms are folded, scripts are transliterated (Cyrillic, Greek, Arabic, Hebrew, Kana, Han by
// pinyin, and what go-unidecode knows of the rest), and the result is cut into words. Each word has a role: a legal form, a title, a
// particle, a number, an initial, a place, a generic word of business, or a distinctive word. Distinctive words decide; the others
// weigh little, by built-in weights and, in an Index, by how often the lists themselves use a word. Numbers must agree.
// Han characters are compared as characters besides. What a slip in a name's only word costs grows as the word gets shorter; a company
// against a vessel or a person, and a country that disagrees, are evidence against. Names in Wade-Giles are read as Hanyu Pinyin too.
//
// What it refuses: it never opens a file, reads no clock and logs nothing; readers are passed in. It never drops a counterparty
// silently: what cannot be read is a RowError with its line.
package screen
