// Package names reads names: it makes words of their characters and says what each word does. It is the first step of
// screening; match compares what it reads, mention finds it in texts, ours asks for it on behalf of an organisation's
// own parties. What flows on is a Reading: the words of one name with their roles, and keys that are equal for names
// that are the same.
//
// The way of a name, Reader.Read:
//
//   - Split cuts it into words. Unicode compatibility forms are folded; scripts are transliterated (Cyrillic, Greek,
//     Arabic, Hebrew, Kana, Han by pinyin and by the words that lists translate, and what go-unidecode knows of the
//     rest). A folded word is lower-case ASCII.
//   - Legal forms are taken out, in whatever language, order or slip they come: "Ltd", "Liability Company … Limited",
//     "Gesellschft m.b.H.".
//   - Every other word has a Role: a title, a particle, a number, an initial, a place, a generic word of business, a
//     name that very many people bear, or a distinctive word. Generic words and numbers have a canonical form, which
//     all languages' ways to write them share.
//   - Respellings are the readings of a name in Wade-Giles as Hanyu Pinyin.
//
// Beside that it says of words by themselves how alike they are made (EditCost, Sound, Skeleton), how ordinary they are
// (BitsOf, IsEveryday), and of places which country they are of (CountryCode, CountryOf).
//
// All it knows of words stands in tables of facts about languages. No table has the name of a listed party, and every
// row of a table can be met: tests see to both. It opens no file, reads no clock and logs nothing. What is safe for
// concurrent use is everything but a Reader.
package names
