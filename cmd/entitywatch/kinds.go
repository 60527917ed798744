package main

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strings"
	"time"

	"entitywatch/diff"
	"entitywatch/watcher/fedreg"
	"entitywatch/watcher/fedreg/rule"
	"entitywatch/watcher/fetch"
	"entitywatch/watcher/lists/csl"
	"entitywatch/watcher/lists/ecfr"
	"entitywatch/watcher/lists/ofac"
)

type parser func(io.Reader, diff.ReadOptions) (reading, error)

// kinds are the words for KIND on the command line, in the order of the help.
func kinds() []string {
	return []string{
		"federal-register", "public-inspection", "ecfr-entity-list", "ecfr-unverified", "ecfr-military-end-user",
		"csl-json", "csl-csv", "ofac-sdn-csv", "ofac-sdn-xml", "un-xml", "uk-csv", "eu-xml", "news",
	}
}

// parserOf finds the parser of a kind of file. Dates that cannot be are told by now.
func parserOf(kind string, now time.Time) (parser, bool) {
	switch kind {
	case "federal-register":
		return document, true
	case "ecfr-entity-list":
		return supplement(diff.EntityList), true
	case "ecfr-unverified":
		return supplement(diff.UnverifiedList), true
	case "ecfr-military-end-user":
		return supplement(diff.MilitaryEndUserList), true
	case "csl-csv":
		return list(csl.ParseCSV), true
	case "ofac-sdn-csv":
		return list(ofac.ParseSDNCSV), true
	case "ofac-sdn-xml":
		return list(ofac.ParseXML), true
	case "news":
		return feed(now), true
	case "public-inspection":
		return inspection, true
	}
	return fileOf(kind)
}

// fileOf reads the one file of a list source under the source's kind and the file's shape: "un-xml".
func fileOf(kind string) (parser, bool) {
	source, shape, _ := strings.Cut(kind, "-")
	l, known := listOf(source)
	if known && len(l.Files) == 1 && l.Files[0].Expect == shape && slices.Contains(kinds(), kind) {
		return list(l.Files[0].Parse), true
	}
	return nil, false
}

func list(parse fetch.ParseFunc) parser {
	return func(r io.Reader, o diff.ReadOptions) (reading, error) {
		snapshots, err := parse(r, o)
		return reading{snapshots: snapshots}, err
	}
}

func supplement(id diff.ListID) parser {
	return list(func(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) { return ecfr.Parse(r, o, id) })
}

// document reads full-text XML, of one document or of a whole day's issue, or one document of the API as JSON.
func document(r io.Reader, o diff.ReadOptions) (reading, error) {
	buffered := bufio.NewReader(r)
	if startsObject(buffered) {
		act, err := fedreg.ParseDocument(buffered)
		return reading{acts: []diff.Act{act}}, err
	}
	acts, err := rule.ParseIssue(buffered, o)
	return reading{acts: acts}, err
}

// startsObject looks behind white space and a byte order mark for the brace that begins JSON.
func startsObject(r *bufio.Reader) bool {
	head, _ := r.Peek(64)
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff"))), []byte("{"))
}

func inspection(r io.Reader, o diff.ReadOptions) (reading, error) {
	act, err := rule.ParseText(r, o)
	return reading{acts: []diff.Act{act}}, err
}
