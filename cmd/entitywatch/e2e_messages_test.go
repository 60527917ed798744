package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// demoRun runs a command of the program and returns what it printed.
func demoRun(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), args, func(string) string { return "" }, strings.NewReader(""), &out, &errs); code != want {
		t.Fatalf("%v: exit %d: %s", args, code, errs.String())
	}
	return out.String(), errs.String()
}

func rendered(t *testing.T, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files %s, %v", len(files), pattern, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Five days after a rule was withdrawn its digest must not state it as fact.
func TestDigestShowsWithdrawnRulesAsRetracted(t *testing.T) {
	dir := t.TempDir()
	demoRun(t, 0, "demo", "--scenario", "withdrawn-filing", "--render", dir)
	text := strings.Join(strings.Fields(rendered(t, filepath.Join(dir, "mail", "*-digest-*.txt"))), " ")
	for _, want := range []string{
		"weekly: Unverified List: 1 added: Modele Composants Inc. (Canada); 2 RETRACTED",
		"RETRACTED: Entity List: 1 removed: Vertir Airlines (Armenia) 2024-05502 was revoked by its publisher",
		"RETRACTED: Entity List: 1 added: Mithal Trading Offshore SAL (Lebanon) 2024-05501 is gone from public inspection",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing:\n%s", want, text)
		}
	}
	if strings.Contains(text, "1 removed (Armenia)") || strings.Contains(text, "ENTITY LIST: REMOVED") || strings.Count(text, "effective 2024-03-18") != 1 {
		t.Errorf("what was withdrawn is stated as fact:\n%s", text)
	}
}

// A correction says so in every channel, with what was told, what is right, and by which document.
func TestCorrectionSaysWhatWasWrongInEveryChannel(t *testing.T) {
	dir := t.TempDir()
	demoRun(t, 0, "demo", "--scenario", "several-lists", "--render", dir)
	// in Slack the update before it has a line of its own in the channel
	for _, file := range []string{"mail/004-*.txt", "slack/005-*.json", "teams/004-*.json", "console/004-*.txt", "webhook/004-*.json"} {
		text := strings.Join(strings.Fields(strings.ReplaceAll(rendered(t, filepath.Join(dir, file)), "\\n", " ")), " ")
		for _, want := range []string{
			"CORRECTED: Entity List: Shiyan Gyroscope Works Co., Ltd. (China): address", "No. 9 Liti Road, Shiyan, Hubei, China → No. 90 Liti Road",
			"2024-14102 (89 FR 53301, effective 2024-06-26) corrects 2024-13310",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing:\n%.1500s", file, want, text)
			}
		}
	}
}

// A mail of the longest digest stays below the size at which mail programs clip it, and the rest is attached.
func TestLongestDigestIsNotClipped(t *testing.T) {
	dir := t.TempDir()
	demoRun(t, 0, "demo", "--scenario", "mass-listing", "--render", dir)
	html := rendered(t, filepath.Join(dir, "mail", "*-digest-*.html"))
	mail := rendered(t, filepath.Join(dir, "mail", "*-digest-*.eml"))
	if len(html) > 90_000 || !strings.Contains(html, ">Unsubscribe</a>") || !strings.Contains(html, "What was checked") {
		t.Errorf("%d bytes", len(html))
	}
	if !strings.Contains(mail, "Content-Disposition: attachment") || !strings.Contains(mail, "List-Id: ") {
		t.Error("nothing is attached, or the mail names no list")
	}
}

// No name turns a terminal's text: neither in JSON nor in what people read.
func TestPrintedNamesAreVisible(t *testing.T) {
	const evil = "Right\u202eotfel\u202c \u009b31m\u200fName\x1b[2J"
	file := filepath.Join(t.TempDir(), "csl.json")
	row := map[string]any{
		"id": "1", "source": "Specially Designated Nationals (SDN) - Treasury Department", "name": evil, "alt_names": []string{evil}, "type": "Entity",
		"addresses": []map[string]string{{"address": evil, "city": evil, "country": "CN"}}, "programs": []string{"X" + evil}, "remarks": evil,
		"source_list_url": "https://x.example", "entity_number": "12345",
	}
	b, err := json.Marshal(map[string]any{"total": 1, "results": []any{row}})
	if err != nil || os.WriteFile(file, b, 0o600) != nil {
		t.Fatal(err)
	}
	names := filepath.Join(t.TempDir(), "names.csv")
	if err := os.WriteFile(names, []byte("id,name\n1,\"Right otfel Name\"\n2,\""+evil+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"inspect", "csl-json", file}, {"inspect", "csl-json", file, "--json"}, {"compare", evil, evil}, {"compare", evil, evil, "--json"},
		{"screen", "--list", "csl-json:" + file, "--names", names}, {"screen", "--list", "csl-json:" + file, "--names", names, "--json"},
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), args, func(string) string { return "" }, strings.NewReader(""), &out, &errs)
		if out.Len() == 0 {
			t.Errorf("%v printed nothing, exit %d: %s", args[:2], code, errs.String())
		}
		for _, r := range out.String() + errs.String() {
			if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
				t.Errorf("%v prints %U", args, r)
				break
			}
		}
	}
}
