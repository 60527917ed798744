package config

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// expansion is a value with references in it, as it was written and as it is in force. Errors show only the former: the latter may be a
// secret, or hold one.
type expansion struct{ written, value string }

// leastShown is how many letters of a value in force may stand in an error, by chance.
const leastShown = 3

// unexpanded makes an error's text one that shows no value in force. Where a part of the value at the path itself is repeated (a word of
// it that is wrong), the error says only that the value is not accepted.
func (c *Config) unexpanded(path, text string) string {
	for _, e := range c.expanded {
		if len(e.value) > leastShown {
			quoted := strconv.Quote(e.value)
			text = strings.NewReplacer(e.value, e.written, quoted[1:len(quoted)-1], e.written).Replace(text)
		}
	}
	own, ok := c.expanded[path]
	if !ok {
		return text
	}
	rest := strings.ReplaceAll(strings.ReplaceAll(text, own.written, ""), path, "")
	for part := range strings.FieldsFuncSeq(own.value, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(part) > leastShown && strings.Contains(rest, part) {
			return fmt.Sprintf("%s: %q is not accepted; what it stands for is not shown here", path, own.written)
		}
	}
	return text
}

var reference = regexp.MustCompile(`\$\{([^}]*)\}`)

// expander replaces ${VAR} and ${file:PATH} (relative to the config) in one value. A reference that cannot be filled is an error:
// an empty secret would only fail later, and elsewhere.
func expander(dir string, getenv func(string) string) func(string) (string, error) {
	return func(text string) (string, error) {
		var failed error
		out := reference.ReplaceAllStringFunc(text, func(ref string) string {
			value, err := resolve(ref[2:len(ref)-1], dir, getenv)
			if err != nil && failed == nil {
				failed = err
			}
			return value
		})
		return out, failed
	}
}

func resolve(name, dir string, getenv func(string) string) (string, error) {
	if path, ok := strings.CutPrefix(name, "file:"); ok {
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("${%s} cannot be read: %w", name, err)
		}
		return strings.TrimRight(string(data), "\r\n"), nil
	}
	value := getenv(name)
	if value == "" {
		return "", fmt.Errorf("${%s} is not set in the environment", name)
	}
	return value, nil
}
