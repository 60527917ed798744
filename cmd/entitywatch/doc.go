// Entitywatch watches restricted-party lists and the rules that change them, and tells who must know.
//
// A tour of the code, in the order of the flow:
//
//	replay            the upstreams, on loopback, for the demo and the tests
//	watcher/fetch     asks an upstream, conditionally and within limits
//	watcher/fedreg    the Federal Register and public inspection; its rule makes an Act of a document, its summary reads
//	                  the numbers that a document states of itself
//	watcher/lists/…   a list of its author becomes Snapshots: ecfr, csl, ofac, un, uk and eu
//	watcher/news      feeds become NewsItems
//	diff              what changed: Compare two snapshots, Apply an act to a state
//	watcher           the poll: plausibility, holds, cases, one commit
//	store             the database in the middle
//	screen            reads names, compares them, and finds them in lists, among our counterparties and in texts
//	enrich            what of ours a Change touches, and what the press says of it
//	notify            rules, routing, deliveries, digests
//	notify/slack …    the ways out
//	web               unsubscribe, health, metrics, screening
//
// This package is the only one that knows them all. main calls run, which touches nothing but its arguments; every
// subcommand has a file of its own; sources.go, channels.go and kinds.go hold the only switches over kinds.
package main
