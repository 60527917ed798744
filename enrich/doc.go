// Package enrich stands between the two halves: it adds to Changes what of ours they touch, and to Cases what the press says of them.
//
// It works in two turns that never wait for each other. Enricher.Changes takes the Changes that wait to be told and stores their hits;
// it is short. Enricher.Background reads counterparty files that were edited, screens what is new in them, and searches the news. Both
// look into one memory of the lists in force (Enricher.Lists), which reads from the store only what moved since it was read last.
//
// Nothing here can stop the telling: what is done with one item has a deadline, and what panics or does not end is given up and named
// to the operators, and the next item is taken. A Change without hits is told without them when its wait is over; that is the router's
// promise and needs nothing of this package.
package enrich
