package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"entitywatch/internal/damage"
	"entitywatch/replay"
)

// What is wrong with the soak's upstreams for some looks: damaged bytes, faults of a transport, and whole, well-formed answers that are not
// the truth.

// soakAnswer is the most that the soak's daemon reads of an answer, in bytes: a bomb is then one of megabytes.
const soakAnswer = 4 << 20

// bomb is an answer of kilobytes that becomes more than is read.
var bomb = sync.OnceValue(func() string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range soakAnswer>>20 + 1 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	return b.String()
})

// wrongs are what may be wrong with any upstream; path limits it to one file of several.
func wrongs(path string) []*wrong {
	all := []*wrong{
		{name: "500", status: 500}, {name: "403", status: 403}, {name: "404", status: 404}, {name: "429", status: 429},
		{name: "reset", reset: true}, {name: "cut", cut: true}, {name: "never modified", same: true}, {name: "a bomb", gzip: bomb()},
		{name: "empty", damage: func(string) string { return "" }},
		{name: "truncated", damage: func(b string) string { return b[:len(b)/2] }},
		{name: "a page", damage: func(string) string { return "<!DOCTYPE html><html><title>Request Access</title></html>" }},
		{name: "deep brackets", damage: func(string) string { return strings.Repeat("[", 1<<20) }},
		{name: "deep elements", damage: func(string) string { return strings.Repeat("<a>", 1<<20) }},
		{name: "bytes", damage: func(string) string { return strings.Repeat("\x00\xff\x1b", 1<<10) }},
	}
	for _, w := range all {
		w.path = path
	}
	return all
}

// listWrongs are those of a list, whose good file is given: every damage that means something in its shape, and what its source may get
// wrong in a whole file.
func listWrongs(shape damage.Shape, good, path string, l *soakList) []*wrong {
	all := wrongs(path)
	add := func(name string, do func(string) string) {
		if l == nil || do(good) != good {
			all = append(all, &wrong{name: name, path: path, damage: do})
		}
	}
	for _, k := range damage.Kinds() {
		if _, means := k.Do(shape, good); means {
			add(k.Name, func(b string) string { bad, _ := k.Do(shape, b); return bad })
		}
	}
	add("one record without a name", func(b string) string { return nameless(shape, b, 7) })
	if l == nil {
		return all
	}
	add("dated in the future", func(b string) string { return futureYear.ReplaceAllString(b, "2036") })
	add("half of the kinds", func(b string) string { return allEntities.ReplaceAllString(b, "") })
	add("another total", func(b string) string { return total.ReplaceAllString(b, `"total": 9999`) })
	all = append(all, &wrong{name: "an older copy", path: path, damage: l.older})
	return all
}

var (
	futureYear  = regexp.MustCompile(`2026`)
	allEntities = regexp.MustCompile(`(?s)<ENTITIES>.*</ENTITIES>`)
	total       = regexp.MustCompile(`"total": \d+`)
)

// nameless is a file with the n-th record's name left out.
func nameless(shape damage.Shape, file string, n int) string {
	at := shape.Record.FindAllStringIndex(file, n+1)
	if len(at) <= n {
		return file
	}
	record := file[at[n][0]:at[n][1]]
	name := shape.Title.FindStringSubmatchIndex(record)
	return file[:at[n][0]] + record[:name[2]] + record[name[3]:] + file[at[n][1]:]
}

// lawWrongs are those of the Federal Register: of its texts, of its searches and of its lists of filings.
func lawWrongs(source string) []*wrong {
	texts := map[string]string{"federal-register": "full_text", "public-inspection": "raw_text"}
	all := wrongs("")
	for _, do := range []string{"stub", "shortened", "other", "lost", "html-lie", "empty", "truncated", "cut"} {
		all = append(all, &wrong{name: do, trouble: &replay.Trouble{Do: do, Path: texts[source]}})
	}
	for _, do := range []string{"half", "none", "moved"} {
		all = append(all, &wrong{name: do, trouble: &replay.Trouble{Do: do}})
	}
	return all
}

// goWrong has something be wrong with a source until a time; nil ends it.
func (s *soak) goWrong(name string, w *wrong) {
	delete(s.law.trouble, name)
	if w != nil && w.trouble != nil {
		s.law.trouble[name], w = w.trouble, nil
	}
	s.rules.Restate()
	s.hosts[name].be(w)
}

// quiet reports whether the Register's sources are to be right just now.
func (s *soak) quiet(name string) bool {
	if name != "federal-register" && name != "public-inspection" {
		return false
	}
	for _, q := range s.law.quiet {
		if !s.now.Before(q[0]) && s.now.Before(q[1]) {
			return true
		}
	}
	return false
}

// story is a report in two copies at times, with its truth: a party of the Entity List is named in it.
func (s *soak) story() {
	if s.random.IntN(2) == 0 {
		title := fmt.Sprintf("%s fined over exports, wire %d", oldKiln(s.random.IntN(oldKilns)), len(s.stories))
		s.stories = append(s.stories, soakTruth{s.now, title})
		s.press.add(fmt.Sprintf("true-%d", len(s.stories)), title, s.now)
		if s.random.IntN(2) == 0 {
			s.press.add(fmt.Sprintf("again-%d", len(s.stories)), title, s.now)
		}
		return
	}
	names := hostileNames()
	s.press.add(fmt.Sprintf("story-%d", s.now.Unix()), "Near Kiln "+names[s.random.IntN(len(names))], s.now)
}
