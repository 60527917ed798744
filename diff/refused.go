package diff

// ReadOptions says how a parser is to read one file of a source.
type ReadOptions struct {
	AsOf    Date // recorded on the Snapshot where the file itself carries no date
	Partial bool // read what is whole, and report the rest as problems, instead of refusing a cut file
}

// Refused is the error of a parser that will not take a file at all: it is empty, cut, HTML, or plainly something else. Nothing may
// be concluded from such a file.
type Refused struct {
	Reason string // what is wrong with it, for a person
}

// Error implements error.
func (e *Refused) Error() string { return e.Reason }
