// Package replay is the upstreams and their misbehavior, on loopback: for the demo, the tests and the benchmarks.
//
// A Scenario is a small readable script (testdata/scenarios/NAME.yaml) of what the upstreams show over time: lists before the first
// state, documents, and States that move the world on. From it a Server renders, in the sources' own shapes,
//
//   - eCFR: titles.json, versions, and part 744 with supplements 4, 6 and 7;
//   - the Federal Register's API: documents.json with conditions, paging and its lies, single documents, full-text XML, raw text;
//   - public inspection: current.json and the raw text of the typescript;
//   - the Consolidated Screening List;
//   - news feeds, and any other file that a state gives word for word;
//
// with ETag, Last-Modified, 304 and gzip, and with what upstreams do on bad days: 429 and Retry-After, 5xx, cut, slow, empty and
// half-sized answers, HTML challenge pages with status 200, wrong character sets.
//
// A Server stands at one state and moves on by Next or POST /replay/next, never back. Its time is the scenario's: Now is the time of the
// state. Started again it stands at the first state, whose as-of dates are older than those a database may have seen.
//
// What the scenarios say was written by this project from facts; nothing in them is a copy of a source's file.
package replay
