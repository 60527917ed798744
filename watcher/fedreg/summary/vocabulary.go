package summary

import (
	"strings"

	"entitywatch/lawtext"
)

var nouns = map[string]noun{
	"entity": entityNoun, "entities": entityNoun, "person": entityNoun, "persons": entityNoun, "party": entityNoun,
	"parties": entityNoun,
	"company": entityNoun, "companies": entityNoun, "individual": entityNoun, "individuals": entityNoun,
	"organization":  entityNoun,
	"organizations": entityNoun, "firm": entityNoun, "firms": entityNoun, "corporations": entityNoun,
	"enterprises": entityNoun, "businesses": entityNoun,
	"universities": entityNoun, "institutes": entityNoun, "affiliates": entityNoun, "affiliate": entityNoun,
	"people": entityNoun, "institutions": entityNoun,
	"entry": entryNoun, "entries": entryNoun, "listing": entryNoun, "listings": entryNoun,
	"address": addressNoun, "addresses": addressNoun, "alias": aliasNoun, "aliases": aliasNoun,
}

// verbs of changes to a list; any other verb of the summary's (neutral) ends their reach.
var verbs = func() map[string]lawtext.Verb {
	m := map[string]lawtext.Verb{}
	for v, words := range map[lawtext.Verb]string{
		lawtext.Adds: "add adds adding added restore restores restoring restored reinstate reinstates reinstating " +
			"reinstated relist relists relisting " +
			"relisted place places placing placed",
		lawtext.Removes: "remove removes removing removed delete deletes deleting deleted withdraw withdraws withdrawing " +
			"withdrawn delist delists " +
			"delisting delisted",
		lawtext.Revises: "revise revises revising revised modify modifies modifying modified correct corrects correcting " +
			"corrected update updates updating updated changing",
		lawtext.Moves: "transfer transfers transferring transferred move moves moving moved",
		lawtext.NoVerb: "expand expands expanding expanded impose imposes imposing apply applies applying clarify " +
			"clarifies clarifying confirm confirms " +
			"confirming identify identifies identifying establish establishes establishing extend extends extending " +
			"implement implements " +
			"implementing publish publishes publishing published announce announces specify specifies specifying restrict " +
			"restricts " +
			"restricting make makes making determined follows following",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = v
		}
	}
	return m
}()

// nominals are the nouns of changes: "the addition of three entities", "a correction to one entity's name".
var nominals = map[string]lawtext.Verb{
	"addition": lawtext.Adds, "additions": lawtext.Adds, "removal": lawtext.Removes, "removals": lawtext.Removes,
	"deletion": lawtext.Removes, "deletions": lawtext.Removes,
	"revision": lawtext.Revises, "revisions": lawtext.Revises, "modification": lawtext.Revises,
	"modifications": lawtext.Revises, "correction": lawtext.Revises,
	"corrections": lawtext.Revises, "change": lawtext.Revises, "changes": lawtext.Revises, "amendment": lawtext.Revises,
	"amendments": lawtext.Revises,
}
