package records

import "bytes"

// What a file may become. A body is bounded in bytes before it comes here, yet four bytes of it can become a text of
// forty in memory, and forty an entry of a thousand.
const (
	MaxRecords  = 250_000   // in a file; the largest lists have 26,000 entries, the UK's 60,000 rows
	maxParts    = 5_000_000 // values in a file of JSON or CSV; the screening list has 1.6 million
	maxInRecord = 50_000    // elements in a record of XML; the largest of OFAC's enhanced schema has 2,800
	maxBytes    = 16 << 20  // of a record of JSON; the largest real one has 100 kB
)

// size counts what a file becomes.
type size struct{ records, parts int }

// add counts a record with its values, and refuses what is no list any more.
func (s *size) add(parts int) error {
	s.records++
	s.parts += parts
	switch {
	case s.records > MaxRecords:
		return Refuse("the file holds more than %d records", MaxRecords)
	case s.parts > maxParts:
		return Refuse("the file holds more than %d values", maxParts)
	}
	return nil
}

// valuesOf counts the values of a JSON record, at most one too many for each comma in a text.
func valuesOf(raw []byte) int { return 1 + bytes.Count(raw, []byte(",")) }
