// Package news reads feeds of reports: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, by gofeed, over bytes that package fetch brought. It
// yields items only; which parties an item names, and what is to be told of it, is decided elsewhere.
//
// What it promises of any feed:
//   - Text is UTF-8, whatever the feed declares, declares wrongly or does not declare. Bare ampersands and control characters do no
//     harm. Titles and summaries are plain text.
//   - An item's ID survives an edited title: it is made of the guid, else the link, without tracking parameters; only an item with
//     neither is known by its date or title.
//   - A date that cannot be (in 2035, in 1899) is unknown and reported; one less than a day ahead is now.
//   - Links are absolute, http or https, without tracking parameters.
//   - A feed that is cut, malformed or no feed is an error, and nothing follows from it: whoever keeps items keeps the last ones.
//     ReadOptions.Partial reads the whole items before a cut.
//
// Merge makes one item of a story that several feeds carry, and Stories does so for new items beside those known already. ListingTalk finds, conservatively, the organizations that a report says
// are to be put on a list. Articles are fetched only where a feed's options say so, by the rules of robots.txt.
package news
