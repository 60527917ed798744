package lawtext

// Verb is what a rule's instruction, or a sentence about it, does to the entries that it names.
type Verb int

// The verbs, of which each stands for several words: an entry that is "deleted" is removed, one that is "modified" or "corrected" revised.
// Moves takes an entry from one list or heading to another.
const (
	NoVerb Verb = iota
	Adds
	Removes
	Revises
	Moves
)
