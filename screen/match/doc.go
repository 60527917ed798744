// Package match says how alike two names are, and finds the listed names that are alike a given one. It takes names as
// package names reads them; ours asks it on behalf of an organisation's own parties.
//
//   - Compare says how alike two names are, from 0 to 1, and why in words. It is symmetric and deterministic. 1 is the
//     same characters, case and punctuation aside; the same name in another script, with other diacritics or with its
//     legal form in another way is nearly 1; an alias counts as much as a name. From DefaultThreshold on two names are
//     to be looked at as one party.
//   - NewIndex makes the names of list entries searchable without comparing everything; Index.Search ranks what is
//     alike, best first, and gives each Hit its reasons. No party is left out because of a guessed type. Entries that
//     are addresses only are found by a Query's address.
//   - NewSieve is the way back: which of very many names a few entries may concern, before any of them is compared.
//
// Distinctive words decide; the others weigh little, by built-in weights and, in an Index, by how often the lists
// themselves use a word. Numbers must agree. Han characters are compared as characters besides. What a slip in a name's
// only word costs grows as the word gets shorter; a company against a vessel or a person, and a country that disagrees,
// are evidence against.
//
// The way of a query: searcher.candidates finds names that share enough of its words, meant words included (speller),
// and those that are its letters with other spaces; matcher.judge aligns each with the query (align) and turns the
// pairs into a score (weigh); reasons says it in words.
//
// It opens no file, reads no clock and logs nothing. An Index does not change and is safe for concurrent use.
package match
