package config

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the errors into the fixtures; read them before committing")

// testChecks stand in for the checks of other packages: a schedule or condition that contains BAD is refused.
func testChecks() Checks {
	refuse := func(s string) error {
		if strings.Contains(s, "BAD") {
			return fmt.Errorf("never fires")
		}
		return nil
	}
	return Checks{
		Getenv: func(k string) string { return map[string]string{"TOKEN": "xoxb-secret", "KEY": "c2VjcmV0"}[k] },
		Schedule: func(spec string, _ *time.Location) error {
			if refuse(spec) != nil {
				return fmt.Errorf("the schedule %q never fires", spec)
			}
			return nil
		},
		Condition: refuse,
		Country:   func(code string) bool { return code != "QQ" },
	}
}

// Each file of testdata/mistakes holds one mistake a person makes, and the error that Load gives for it.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/mistakes/*.txtar")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d fixtures, err %v; at least 30 belong here", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Parse(ar.Files[0].Data, "c.yaml", testChecks())
			if err == nil {
				t.Fatal("no error")
			}
			if *update {
				ar.Files[1].Data = []byte(err.Error() + "\n")
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got, want := err.Error(), strings.TrimSpace(string(ar.Files[1].Data)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Whoever starts from the written config must not watch less than whoever starts without one.
func TestSampleWatchesWhatTheBuiltInConfigWatches(t *testing.T) {
	sample, err := Parse(Sample, "c.yaml", testChecks())
	if err != nil {
		t.Fatal(err)
	}
	what := func(c *Config) (out []string) {
		for _, s := range c.Sources {
			out = append(out, strings.Join([]string{s.Name, s.Kind, s.Schedule, s.URL.Reveal()}, " "))
		}
		return out
	}
	if got, want := strings.Join(what(sample), "\n"), strings.Join(what(Default()), "\n"); got != want {
		t.Errorf("the config that init writes watches\n%s\nand the built-in one\n%s", got, want)
	}
}

func TestSampleIsValid(t *testing.T) {
	if _, err := Parse(Sample, "c.yaml", testChecks()); err != nil {
		t.Error(err)
	}
}

// An emptied file taken for the built-in config would open another database, and forget every rule.
func TestConfigWithoutContentIsRefused(t *testing.T) {
	for name, data := range map[string]string{
		"empty": "", "blank lines": "\n \n", "comments": "# nothing\n# here\n", "null": "null\n", "tilde": "~", "no keys": "{}", "start of a document": "---\n",
		"start and end": "---\n...\n", "byte order mark": "\ufeff", "empty text": `""`, "no items": "[]", "keys left open": "database:\nrules:\n",
	} {
		c, err := Parse([]byte(data), "c.yaml", testChecks())
		if c != nil || err == nil || !strings.Contains(err.Error(), "no settings") {
			t.Errorf("%s: config %v, error %v", name, c != nil, err)
		}
	}
}

// The example of the promised interface, whole.
func TestPromisedExampleLoads(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"vendors.csv", "owners.csv"} {
		if err := os.WriteFile(filepath.Join(dir, f), []byte("id,name\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile("testdata/promised.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse(data, filepath.Join(dir, "c.yaml"), testChecks())
	if err != nil {
		t.Fatal(err)
	}
	if c.Channels[0].Token.Reveal() != "xoxb-secret" || c.Counterparties[0].File != filepath.Join(dir, "vendors.csv") {
		t.Errorf("values not expanded or resolved: %+v", c.Counterparties)
	}
	if c.Ownership.BIS != (Switch{On: true}) || c.Rules[0].Acknowledge.Within.Std() != 4*time.Hour {
		t.Errorf("ownership %+v, acknowledge %+v", c.Ownership, c.Rules[0].Acknowledge)
	}
	if w := c.Rules[0].Mute.Between; w.From != 22*time.Hour || w.To != 6*time.Hour {
		t.Errorf("mute %+v", w)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	c, err := Parse([]byte("channels: [{name: s, kind: slack, token: \"${TOKEN}\", channel: c}]"), "c.yaml", testChecks())
	if err != nil {
		t.Fatal(err)
	}
	shown, _ := json.Marshal(c.Channels[0])
	for _, s := range []string{fmt.Sprint(c.Channels[0]), fmt.Sprintf("%+v %#v", c.Channels[0], c.Channels[0]), string(shown)} {
		if strings.Contains(s, "xoxb") {
			t.Errorf("a secret is shown: %s", s)
		}
	}
}

// An environment value must stay a value, whatever it holds.
func TestEnvironmentCannotChangeTheStructure(t *testing.T) {
	checks := testChecks()
	checks.Getenv = func(string) string { return "x\nrules: []" }
	c, err := Parse([]byte("contact: ${ANY}"), "c.yaml", checks)
	if err != nil || c.Contact != "x\nrules: []" || len(c.Rules) != 1 {
		t.Errorf("contact %q, rules %d, err %v", c.Contact, len(c.Rules), err)
	}
}

func TestSchemaKnowsEveryKey(t *testing.T) {
	out, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"counterparties", "release_after", "skip_empty", "acknowledge"} {
		if !strings.Contains(string(out), `"`+key+`"`) {
			t.Errorf("the schema lacks %s", key)
		}
	}
}
