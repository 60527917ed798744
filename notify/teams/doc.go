// Package teams posts messages as Adaptive Cards to a Microsoft Teams channel, by the address of a Workflows webhook.
//
// It promises: no card is larger than Teams takes (28 KB): a large act is split by the limits stated here, between
// parties, and only a single text that is longer than a whole card is shortened, at a blank and with an ellipsis. What
// comes from outside is inert: Markdown in it is escaped, addresses in it do not become links, and no mention is made.
// Buttons open the document and the Case.
//
// What it cannot do: a Workflow answers 202 and names no message, so there are no threads and no edits, and a doubtful
// post is repeated: a message arrives at least once. Redirects are not followed. The address is a secret and stands in
// no error.
package teams
