package config

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

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
