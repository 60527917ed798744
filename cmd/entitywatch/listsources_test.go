package main

import (
	"slices"
	"testing"
	"time"

	"entitywatch/config"
	"entitywatch/diff"
	"entitywatch/watcher/fetch"
)

// The config's built-in URLs and the lists' own are written in two packages, which must not import each other.
func TestListSourcesStandWhereTheConfigSays(t *testing.T) {
	for _, kind := range []string{"ecfr", "csl", "ofac", "un", "uk", "eu"} {
		l, known := listOf(kind)
		if !known || l.Name != kind || len(l.Lists()) == 0 {
			t.Fatalf("%s: %+v", kind, l)
		}
		c := config.Source{Kind: kind, URL: config.Secret(l.URL)}
		if !c.AtPublisher() {
			t.Errorf("%s: the config does not know %s as the publisher's host", kind, l.URL)
		}
	}
	for kind, want := range map[string]string{
		"un": "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
		"uk": "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",
	} {
		l, _ := listOf(kind)
		if got := fetch.Endpoint(l.URL, l.Files[0].Path); got != want || fetch.Endpoint(want, l.Files[0].Path) != want {
			t.Errorf("%s stands at %s", kind, got)
		}
	}
}

// Every list is shown by a source, and no list twice by one.
func TestEveryListIsShown(t *testing.T) {
	shown := map[diff.ListID]bool{}
	for _, kind := range []string{"ecfr", "csl", "ofac", "un", "uk", "eu"} {
		lists := listsShown(config.Source{Kind: kind})
		for i, l := range lists {
			shown[l] = true
			if slices.Contains(lists[:i], l) {
				t.Errorf("%s shows %s twice", kind, l)
			}
		}
	}
	for _, l := range diff.Lists() {
		if !shown[l] {
			t.Errorf("no source shows %s", l)
		}
	}
	if listsShown(config.Source{Kind: "news"}) != nil {
		t.Error("news show lists")
	}
}

func TestEveryKindOfFileHasAParser(t *testing.T) {
	for _, kind := range kinds() {
		if _, ok := parserOf(kind, time.Time{}); !ok {
			t.Errorf("no parser reads %s", kind)
		}
	}
	for _, kind := range []string{"ecfr-xml", "un", "un-csv", "ofac-xml", ""} {
		if _, ok := parserOf(kind, time.Time{}); ok {
			t.Errorf("%q is read", kind)
		}
	}
}
