package config

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// docs/CONFIG.md is written by hand; a key that it does not explain, or explains although it is gone, misleads an admin.
func TestEveryKeyIsInTheDocument(t *testing.T) {
	text, err := os.ReadFile("../docs/CONFIG.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| `(.+)` \\|$").FindAllStringSubmatch(string(text), -1) {
		if told[m[1]] {
			t.Errorf("docs/CONFIG.md explains %s twice", m[1])
		}
		told[m[1]] = true
	}
	for _, path := range leaves(reflect.TypeFor[Config](), "") {
		if !told[path] {
			t.Errorf("docs/CONFIG.md has no row for %s, or one without default, meaning and example", path)
		}
		delete(told, path)
	}
	for path := range told {
		t.Errorf("docs/CONFIG.md explains %s, which is no key", path)
	}
}

// The examples of the document must load: they are what people copy.
func TestExamplesOfTheDocumentAreValid(t *testing.T) {
	text, err := os.ReadFile("../docs/CONFIG.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range map[string]string{"vendors.csv": "id,name\n1,Acme\n", "owners.csv": "id,owner_name,percent\n1,Holding,60\n"} {
		if err := os.WriteFile(dir+"/"+name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var whole strings.Builder
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		block := m[1]
		if strings.HasPrefix(block, "digests:") {
			block, _, _ = strings.Cut(block, "rules:") // the file has one section of rules
		}
		whole.WriteString(block)
	}
	file := strings.Replace(whole.String(), "rules:\n", "rules:\n  - {name: all, digest: legal-weekly}\n", 1)
	if err := os.WriteFile(dir+"/entitywatch.yaml", []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"SLACK_TOKEN": "xoxb-1", "SMTP_PASSWORD": "p", "HOOK_SECRET": "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "TEAMS_URL": "https://teams.example.com/w"}
	if _, err := Load(dir+"/entitywatch.yaml", Checks{Getenv: func(k string) string { return env[k] }}); err != nil {
		t.Error(err)
	}
}

// leaves are the paths of all keys that hold a value: "sources[].plausible.min_entries".
func leaves(t reflect.Type, path string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		if t.Kind() == reflect.Slice && indirect(t.Elem()).Kind() == reflect.Struct {
			path += "[]"
		}
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[scalar]()) {
		return []string{path}
	}
	var out []string
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "" {
			out = append(out, leaves(t.Field(i).Type, strings.TrimPrefix(path+"."+key, "."))...)
		}
	}
	return out
}

func indirect(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}
