package replay

import (
	"slices"
	"strings"
)

// Shows are the kinds of source beyond the Federal Register and the eCFR that the scenario shows at any of its states, sorted.
func (v *Server) Shows() []string {
	var kinds []string
	last := v.worlds[len(v.worlds)-1]
	for kind, prefix := range v.Endpoints("") {
		if kind == "news" && len(last.news) > 0 || kind == "csl" && len(last.screened) > 0 {
			kinds = append(kinds, kind)
		}
		for path := range last.files {
			if strings.HasPrefix(path, prefix+"/") && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	slices.Sort(kinds)
	return kinds
}
