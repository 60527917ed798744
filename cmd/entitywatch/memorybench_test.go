package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"entitywatch/internal/require"
)

// grown is a list in XML with n records: those of a real file again and again, each time with other numbers and other names.
func grown(file []byte, n int, record, number, name *regexp.Regexp) []byte {
	all := record.FindAllIndex(file, -1)
	head, tail := file[:all[0][0]], file[all[len(all)-1][1]:]
	var out bytes.Buffer
	out.Write(head)
	for i := range n {
		at, round := all[i%len(all)], i/len(all)
		one := file[at[0]:at[1]]
		if round > 0 {
			one = inFirst(number, one, fmt.Sprint(round))
			one = inFirst(name, one, " "+string(rune('A'+round/26))+string(rune('a'+round%26)))
		}
		out.Write(one)
	}
	out.Write(tail)
	return out.Bytes()
}

// inFirst puts a text behind the first submatch of the first match.
func inFirst(in *regexp.Regexp, s []byte, text string) []byte {
	m := in.FindSubmatchIndex(s)
	if m == nil {
		return s
	}
	return bytes.Join([][]byte{s[:m[3]], []byte(text), s[m[3]:]}, nil)
}

// wholeLists are all other list sources at the size that they have: the real file, or its records again and again where it is too small.
func wholeLists(b *testing.B) map[string][]byte {
	b.Helper()
	consolidated := require.File(b, "ofac/consolidated_2025-05.xml.gz")
	eu, _, _ := bytes.Cut(require.File(b, "eu/fsf_1.1_2022-03-18_cut.xml.gz"), []byte("\x00"))
	eu = append(eu[:bytes.LastIndex(eu, []byte("</sanctionEntity>"))], "</sanctionEntity>\n</export>\n"...)
	uk := require.File(b, "uk/uk-sanctions-list_2026-10-08_header-and-one-row.csv")
	row := uk[bytes.LastIndex(bytes.TrimSpace(uk), []byte("\n"))+1:]
	uk = bytes.TrimSuffix(uk, row)
	row = append(bytes.TrimSpace(row), '\n')
	for i := range 5000 {
		r := bytes.Replace(row, []byte("RUS2176"), fmt.Appendf(nil, "RUS%d", 10_000+i), 1)
		name := fmt.Appendf(nil, "KOROLEV PROSPECT %d", i)
		r = bytes.Replace(r, []byte("KOROLEV PROSPECT"), name, 1)
		alias := bytes.Replace(bytes.Replace(r, name, fmt.Appendf(nil, "PROSPECT %d", i), 1), []byte("Primary Name"), []byte("Alias"), 1)
		uk = append(append(append(uk, r...), alias...), bytes.Replace(alias, []byte("PROSPECT"), []byte("KOROL"), 1)...)
	}
	return map[string][]byte{
		"/SDN.XML": sdnXML(b), "/CONSOLIDATED.XML": consolidated, "/changes/history/2026": []byte(`[{"publicationID":500,"datePublished":"2026-08-01T10:01:44.740051"}]`),
		".un.xml": require.File(b, "un/un_2026-02-27.xml.gz"), ".uk.csv": uk,
		".eu.xml": grown(eu, 5_500, regexp.MustCompile(`(?s)\s*<sanctionEntity .*?</sanctionEntity>`), regexp.MustCompile(`logicalId="(\d+)"`),
			regexp.MustCompile(`wholeName="([^"]*)`)),
	}
}

// sdnXML is the SDN List in the shape of SDN.XML, with what the screening list knows of its parties.
func sdnXML(b *testing.B) []byte {
	b.Helper()
	var list struct {
		Results []struct {
			Source, Type, Name string
			Number             string   `json:"entity_number"`
			Aliases            []string `json:"alt_names"`
			Programs           []string
			Addresses          []struct{ Country string }
		}
	}
	if err := json.Unmarshal(require.File(b, "csl/consolidated_2026-07-31_reshaped.json.gz"), &list); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	n, uid := 0, 0
	item := func(element, inside, value string) {
		uid++
		fmt.Fprintf(&out, "      <%[1]s>\n        <uid>%[2]d</uid>\n        %[3]s%[4]s</%[5]s>\n      </%[1]s>\n",
			element, uid, inside, html.EscapeString(value), inside[strings.LastIndex(inside, "<")+1:len(inside)-1])
	}
	for _, r := range list.Results {
		if !strings.HasPrefix(r.Source, "Specially Designated Nationals (SDN)") {
			continue
		}
		n++
		fmt.Fprintf(&out, "  <sdnEntry>\n    <uid>%s</uid>\n    <lastName>%s</lastName>\n    <sdnType>%s</sdnType>\n    <programList>\n",
			r.Number, html.EscapeString(r.Name), r.Type)
		for _, p := range r.Programs {
			fmt.Fprintf(&out, "      <program>%s</program>\n", html.EscapeString(p))
		}
		out.WriteString("    </programList>\n    <akaList>\n")
		for _, a := range r.Aliases {
			item("aka", "<type>a.k.a.</type>\n        <category>strong</category>\n        <lastName>", a)
		}
		out.WriteString("    </akaList>\n    <addressList>\n")
		for _, a := range r.Addresses {
			item("address", "<country>", a.Country)
		}
		out.WriteString("    </addressList>\n  </sdnEntry>\n")
	}
	return fmt.Appendf(nil, "<?xml version=\"1.0\" standalone=\"yes\"?>\n<sdnList>\n  <publshInformation>\n    <Publish_Date>07/31/2026</Publish_Date>\n"+
		"    <Record_Count>%d</Record_Count>\n  </publshInformation>\n%s</sdnList>\n", n, &out)
}

// BenchmarkMemory runs the daemon itself over all list sources at full size, 100,000 counterparties and a feed, and prints what it has in
// memory, in MB: resident and at most (VmHWM), after the first looks and after a change and a report that names the new party; and what the
// last collection found live. It takes some minutes: -benchtime 1x.
func BenchmarkMemory(b *testing.B) {
	u, url := listsServed(b)
	for end, file := range wholeLists(b) {
		u.others[end] = file
		b.Logf("%-28s %6.1f MB", end, float64(len(file))/1e6)
	}
	dir := b.TempDir()
	path, file := filepath.Join(dir, "ew.db"), filepath.Join(dir, "c.yaml")
	conf := strings.Replace(alertConfig(url, dir, inventedVendors(b, allLists(b), 100_000)), "counterparties:", fmt.Sprintf(
		"  - {name: ofac, kind: ofac, url: %q}\n  - {name: un, kind: un, url: %q}\n  - {name: uk, kind: uk, url: %q}\n  - {name: eu, kind: eu, url: %q}\ncounterparties:",
		url+"/ofac", url+"/a.un.xml", url+"/a.uk.csv", url+"/a.eu.xml"), 1)
	conf = regexp.MustCompile(`(name: (?:csl|wire), )`).ReplaceAllString(conf, `${1}schedule: "@every 1m", `)
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		remembering(b, u, path, file)
	}
}

func remembering(b *testing.B, u *listServer, path, file string) {
	b.Setenv("GODEBUG", "gctrace=1")
	// the news are looked through after the lists were read and the counterparties screened, in the same loop
	c := startChild(b, daemonOrder{Config: file, Mark: "FROM news_items WHERE scanned_at IS NULL"})
	until := func(query string) {
		c.until(b, func() bool { return asked(path, query) })
		c.looksForWork(b, 2) // what follows from it is done: that loop came round once more
	}
	until(`SELECT count(*) = 7 FROM sources WHERE baseline_at IS NOT NULL`)
	stated(b, c, "first")
	u.add("Specially Designated Nationals (SDN) - Treasury Department", 1)
	until(`SELECT count(*) > 0 FROM deliveries WHERE kind = 'alert' AND state = 'sent'`)
	until(`SELECT count(*) > 0 FROM news_items WHERE scanned_at IS NOT NULL`)
	stated(b, c, "changed")
	c.cmd.Process.Signal(syscall.SIGTERM)
	<-c.ended
	if trace := os.Getenv("ENTITYWATCH_TRACE"); trace != "" {
		if err := os.WriteFile(trace, []byte(c.out.String()), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

func asked(path, query string) (yes bool) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return false
	}
	defer db.Close()
	return db.QueryRow(query).Scan(&yes) == nil && yes
}

// stated prints what a process has in memory, and what it took of the processors.
func stated(b *testing.B, c *child, when string) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		var kB float64
		for key, unit := range map[string]string{"VmRSS:": "resident", "VmHWM:": "at-most"} {
			if n, _ := fmt.Sscanf(line, key+" %f kB", &kB); n == 1 {
				b.ReportMetric(kB/1024, when+"-"+unit+"-MB")
			}
		}
	}
	live := regexp.MustCompile(`(?m)^gc .*->(\d+) MB`).FindAllStringSubmatch(c.out.String(), -1)
	last, err := strconv.ParseFloat(live[len(live)-1][1], 64)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(last, when+"-live-MB")
	b.ReportMetric(cpuOf(c.cmd.Process.Pid).Seconds(), when+"-cpu-s")
}
