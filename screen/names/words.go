package names

import "strings"

func parseNumbers(table string) map[string]string {
	f := strings.Fields(table)
	out := make(map[string]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		out[f[i]] = f[i+1]
	}
	return out
}

// generic is the canonical form of a generic word and the share of weight it keeps.
type generic struct {
	canon string
	share float32
}

func parseGeneric(table string) map[string]generic {
	out := map[string]generic{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		share := float32(f[0][0]-'0')/10 + float32(f[0][1]-'0')/100
		for _, w := range f[1:] {
			out[w] = generic{canon: f[1], share: share}
		}
	}
	return out
}

func parseGroups(table string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		for _, w := range f {
			if _, ok := out[w]; !ok {
				out[w] = f[0]
			}
		}
	}
	return out
}
