package mention

import (
	_ "embed"
	"strings"
	"sync"

	"entitywatch/screen/names"
)

//go:embed words.txt
var wordsText string

// everyday are the sets of words.txt that are asked for by name.
type everyday struct {
	acronyms map[string]bool
	heads    map[string]bool
	fillers  map[string]bool
	skip     map[string]bool
	homes    map[string]string // legal forms of few countries, to the ISO codes of these
	classes  map[class][]string
}

var theEveryday = sync.OnceValue(func() *everyday {
	sets := names.ParseSets(wordsText)
	e := &everyday{
		acronyms: names.SetOf(sets["acronym"]), heads: names.SetOf(sets["head"]), fillers: names.SetOf(sets["filler"]),
		skip: names.SetOf(sets["skip"]), homes: map[string]string{},
		classes: map[class][]string{
			headWord: sets["head"], skipWord: sets["skip"], articleWord: sets["article"], listingClass: sets["listing"],
			hintClass:  sets["hint"],
			armedClass: sets["armed"],
		},
	}
	for name, codes := range sets {
		if form, ok := strings.CutPrefix(name, "home-"); ok {
			e.homes[form] = strings.Join(codes, " ")
		}
	}
	return e
})
