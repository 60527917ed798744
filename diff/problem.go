package diff

// ProblemKind says whose fault a problem is.
type ProblemKind string

// The kinds of problem.
const (
	Unread     ProblemKind = "unread"   // we could not read it: a human must
	Surprise   ProblemKind = "surprise" // it disagrees with the state or with the document's own numbers: a human must look
	SourceSlip ProblemKind = "source"   // the source's own mistake, noted only
)

// Problem is something that a reader must know about a reading. Where is a place in the source: a line, a row, an instruction's mark.
type Problem struct {
	Kind  ProblemKind `json:"kind"`
	Text  string      `json:"text"`
	Where string      `json:"where,omitempty"`
}

// NeedsHuman reports whether any of the problems must be looked at by a person (exit code 3 of the commands).
func NeedsHuman(problems []Problem) bool {
	for _, p := range problems {
		if p.Kind != SourceSlip {
			return true
		}
	}
	return false
}
