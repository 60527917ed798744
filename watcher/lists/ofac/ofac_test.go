package ofac

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entitywatch/diff"
	"entitywatch/internal/permute"
)

func reader(t testing.TB, name string) io.Reader { return bytes.NewReader(permute.Fixture(t, name)) }

func sdn(t testing.TB, body string) diff.Snapshot {
	t.Helper()
	return permute.Only(t, []byte(body), diff.ReadOptions{AsOf: "2025-03-12"}, ParseSDNCSV)
}

func TestSDNCSV(t *testing.T) {
	s := sdn(t, string(permute.Fixture(t, "sdn.csv")))
	if s.List != diff.SDN || !s.Complete || s.AsOf != "2025-03-12" || len(s.Entries) != 5 || len(s.Problems) != 0 {
		t.Fatalf("%+v", s)
	}
	want := diff.Entry{
		List: diff.SDN, Key: "us-ofac-sdn/80002", Kind: diff.Person, Name: "MARSHOLM, Ivan Petrovich",
		WeakAliases: []string{"VANYA", "O'MARSH"}, FormerNames: []string{"PETROV"}, Programs: []string{"SDGT", "IFSR"},
		Attributes: []diff.Attribute{
			{Type: "title", Value: "Director"}, {Type: "birth", Value: "03 Feb 1961"}, {Type: "birth", Value: "1962"},
			{Type: "birth_place", Value: "Tver, Russia"}, {Type: "nationality", Value: "Russia"}, {Type: "citizenship", Value: "Cyprus"},
			{Type: "Gender", Value: "Male"},
		},
		Remarks: "DOB 03 Feb 1961; alt. DOB 1962; POB Tver, Russia; nationality Russia; citizen Cyprus; Gender Male; Passport 75 1234567 (Russia); " +
			"a.k.a. 'VANYA'; alt. a.k.a. 'O'MARSH'; f.k.a. 'PETROV'; Linked To: TARNOW LATHE WORKS.",
	}
	if d := cmp.Diff(want, s.Entries[1]); d != "" {
		t.Error(d)
	}
	first := diff.Entry{
		List: diff.SDN, Key: "us-ofac-sdn/80001", Kind: diff.Organization, Name: "TARNOW LATHE WORKS", Programs: []string{"IRAN"},
	}
	if d := cmp.Diff(first, s.Entries[0]); d != "" {
		t.Error(d)
	}
	if v := s.Entries[2]; v.Kind != diff.Vessel || len(v.Attributes) != 6 || v.Attributes[5] != (diff.Attribute{Type: "vessel_owner", Value: `Sundal Shipping "LLC"`}) {
		t.Errorf("vessel: %+v", v)
	}
	if s.Entries[3].Kind != diff.Aircraft || s.Entries[4].Name != "DOUBLE  SPACE COMPANY" {
		t.Error("the aircraft's kind or the space in a name is lost")
	}
}

func TestASpaceAloneIsEditorial(t *testing.T) {
	body := string(permute.Fixture(t, "sdn.csv"))
	before, after := sdn(t, body), sdn(t, strings.Replace(body, "DOUBLE  SPACE", "DOUBLE SPACE", 1))
	c := diff.Compare(before, after).Changes
	if len(c) != 1 || c[0].Substantive || c[0].Change != diff.Amended {
		t.Errorf("changes: %+v", c)
	}
}

func TestCSVRefused(t *testing.T) {
	body := string(permute.Fixture(t, "sdn.csv"))
	for _, tt := range []struct{ name, body, reason string }{
		{"0 bytes", "", "empty"},
		{"HTML", "<!doctype html><html><body>Access denied</body></html>", "HTML"},
		{"the end mark alone", "\x1a", "no readable record"},
		{"cut in the middle of a line", body[:len(body)/2], "cut"},
		{"cut at a line's end", body[:strings.LastIndex(body, "80005")], "0x1A"},
		{"another CSV", "a,b\r\nc,d\r\n\x1a", "no readable record"},
		{"text", "hello\r\n", ""},
	} {
		permute.Refused(t, tt.name, tt.body, tt.reason, ParseSDNCSV)
	}
	s, err := ParseSDNCSV(strings.NewReader(body[:len(body)-30]), diff.ReadOptions{Partial: true})
	if err != nil || len(s[0].Entries) != 4 || s[0].Complete || !diff.NeedsHuman(s[0].Problems) {
		t.Errorf("partial: %+v, %v", s, err)
	}
}

// A column that is added to the CSV, which has no header, is kept under its number and takes no row away; a row that alone has more cells is
// broken.
func TestCSVKeepsAColumnThatIsNotKnown(t *testing.T) {
	body := string(permute.Fixture(t, "sdn.csv"))
	plain := sdn(t, body)
	wide := sdn(t, strings.ReplaceAll(body, "\r\n", `,"High"`+"\r\n"))
	if len(wide.Entries) != len(plain.Entries) || !wide.Complete || len(wide.Unread) > 0 || diff.NeedsHuman(wide.Problems) || len(wide.Problems) != 1 {
		t.Fatalf("%+v", wide)
	}
	for i, e := range wide.Entries {
		n := len(e.Attributes) - 1
		if e.Attributes[n] != (diff.Attribute{Type: "column 13", Value: "High", Unknown: true}) {
			t.Errorf("%+v", e.Attributes)
		}
		e.Attributes = e.Attributes[:n]
		if d := cmp.Diff(plain.Entries[i], e, cmpopts.EquateEmpty()); d != "" {
			t.Error(d)
		}
	}
	for at := range strings.Count(body, "\r\n") - 1 {
		lines := strings.Split(body, "\r\n")
		lines[at] += ",1"
		if s := sdn(t, strings.Join(lines, "\r\n")); len(s.Entries) != len(plain.Entries)-1 || len(s.Unread) != 1 {
			t.Errorf("row %d is broken: %d entries, unread %+v", at, len(s.Entries), s.Unread)
		}
	}
}

func TestEveryCutOfTheCSVIsSeen(t *testing.T) {
	body := permute.Fixture(t, "sdn.csv")
	for n := range body {
		if _, err := ParseSDNCSV(bytes.NewReader(body[:n]), diff.ReadOptions{}); err == nil {
			t.Fatalf("the first %d bytes pass", n)
		}
	}
}

func TestPlainXML(t *testing.T) {
	s, err := ParseXML(reader(t, "sdn.xml"), diff.ReadOptions{})
	if err != nil || len(s) != 1 || s[0].List != diff.SDN || s[0].AsOf != "2025-03-12" || s[0].Declared != 3 || s[0].Rows != 3 || !s[0].Complete || len(s[0].Problems) != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	want := diff.Entry{
		List: diff.SDN, Key: "us-ofac-sdn/80002", Kind: diff.Person, Countries: []string{"RU"}, Name: "MARSHOLM, Ivan Petrovich",
		Aliases: []string{"MARSHOLM, John"}, WeakAliases: []string{"VANYA"}, FormerNames: []string{"PETROV"},
		Addresses: []string{"3 Bridge Street, Moscow, 119034, Russia"}, Programs: []string{"SDGT", "IFSR"},
		IDs: []diff.ID{{Type: "Passport", Value: "75 1234567, Russia"}},
		Attributes: []diff.Attribute{
			{Type: "Gender", Value: "Male"}, {Type: "title", Value: "Director"}, {Type: "birth", Value: "03 Feb 1961"},
			{Type: "birth_place", Value: "Tver, Russia"}, {Type: "nationality", Value: "Russia"},
		},
		Remarks: "(Linked To: TARNOW LATHE WORKS)",
	}
	if d := cmp.Diff(want, s[0].Entries[1]); d != "" {
		t.Error(d)
	}
	if v := s[0].Entries[2]; v.Kind != diff.Vessel || len(v.Attributes) != 6 {
		t.Errorf("vessel: %+v", v)
	}
}

func TestConsolidatedXMLHasEachPartyOnItsLists(t *testing.T) {
	s, err := ParseXML(reader(t, "consolidated.xml"), diff.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, snap := range s {
		for _, e := range snap.Entries {
			got[e.Key] = true
		}
	}
	want := map[string]bool{
		"us-ofac-ssi/81001": true, "us-ofac-mbs/81001": true, "us-ofac-ssi/81002": true, "us-ofac-plc/81003": true,
		"us-ofac-cmic/81004": true, "us-ofac-capta/81005": true, "us-ofac-mbs/81006": true, "us-ofac-fse/81007": true,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRecordCountThatDisagrees(t *testing.T) {
	body := strings.Replace(string(permute.Fixture(t, "sdn.xml")), "<Record_Count>3", "<Record_Count>4", 1)
	s, err := ParseXML(strings.NewReader(body), diff.ReadOptions{})
	if err != nil || s[0].Complete || s[0].Declared != 4 || s[0].Rows != 3 || len(s[0].Problems) != 1 || s[0].Problems[0].Kind != diff.Surprise {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestEnhancedXML(t *testing.T) {
	s, err := ParseXML(reader(t, "enhanced.xml"), diff.ReadOptions{})
	if err != nil || len(s) != 3 || s[0].AsOf != "2025-03-12" || !s[0].Complete || len(s[0].Problems) != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	want := diff.Entry{
		List: diff.SDN, Key: "us-ofac-sdn/80001", Kind: diff.Organization, Countries: []string{"IR"}, Name: "TARNOW LATHE WORKS",
		WeakAliases: []string{"TLW"}, FormerNames: []string{"TARNOW MACHINES"}, Addresses: []string{"5 Canal Road, Tehran, Iran"},
		Programs: []string{"SDGT"}, IDs: []diff.ID{{Type: "Passport", Value: "A1234567, Iran, not valid"}},
		Attributes: []diff.Attribute{{Type: "birth", Value: "03 Feb 1961"}, {Type: "Owned or Controlled By", Value: "TARNOW BANK"}},
	}
	if d := cmp.Diff(want, s[0].Entries[0]); d != "" {
		t.Error(d)
	}
	if s[1].List != diff.SSI || s[2].List != diff.MBS || s[1].Entries[0].Name != s[2].Entries[0].Name {
		t.Errorf("a party on two lists: %+v", s[1:])
	}
	filtered := strings.Replace(string(permute.Fixture(t, "enhanced.xml")), "</dataAsOf>", "</dataAsOf><filters><sanctionsPrograms><sanctionsProgram>SDGT</sanctionsProgram></sanctionsPrograms></filters>", 1)
	if s, err = ParseXML(strings.NewReader(filtered), diff.ReadOptions{}); err != nil || s[0].Complete {
		t.Errorf("an export of one program is no whole list: %v, %v", s, err)
	}
}

func TestXMLThatAddsAnElementIsReported(t *testing.T) {
	body := strings.Replace(string(permute.Fixture(t, "sdn.xml")), "</sdnType>", "</sdnType><moonPhase>full</moonPhase>", 2)
	s, err := ParseXML(strings.NewReader(body), diff.ReadOptions{})
	if err != nil || len(s[0].Problems) != 1 || s[0].Problems[0].Kind != diff.SourceSlip || !strings.Contains(s[0].Problems[0].Text, `"moonPhase"`) ||
		!slices.Contains(s[0].Entries[0].Attributes, diff.Attribute{Type: "moonPhase", Value: "full", Unknown: true}) {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestXMLRefused(t *testing.T) {
	for _, tt := range []struct{ name, body, reason string }{
		{"empty", " ", "empty"},
		{"HTML", "<html><body/></html>", "HTML"},
		{"malformed", "<sdnList><sdnEntry></uid></sdnEntry></sdnList>", "well-formed"},
		{"another document", "<?xml version=\"1.0\"?><rss><channel/></rss>", "rss"},
		{"a delta", string(permute.Fixture(t, "delta.xml")), "delta"},
		{"no entries", "<sdnList><publshInformation/></sdnList>", "no readable record"},
		{"nested without end", strings.Repeat("<sdnList>", 1) + strings.Repeat("<a>", 500), "deeper"},
	} {
		permute.Refused(t, tt.name, tt.body, tt.reason, ParseXML)
	}
}

func TestEveryCutOfTheXMLIsSeen(t *testing.T) {
	for _, name := range []string{"sdn.xml", "enhanced.xml", "delta.xml"} {
		permute.Cuts(t, permute.Fixture(t, name), 5, func(r io.Reader, o diff.ReadOptions) ([]diff.Snapshot, error) {
			if name != "delta.xml" || o.Partial {
				return ParseXML(r, o)
			}
			_, err := ParseDelta(r)
			return nil, err
		})
	}
}

func TestDelta(t *testing.T) {
	d, err := ParseDelta(reader(t, "delta.xml"))
	if err != nil || d.Date != "2025-03-12" || d.Type != "Standard Action" {
		t.Fatalf("%+v, %v", d, err)
	}
	var got []string
	for _, c := range d.Changes {
		got = append(got, string(c.Action)+" "+c.ID+" "+c.Name)
	}
	want := []string{"add 80010 SUNDAL ROBOTICS", "remove 80001 TARNOW LATHE WORKS", "revise 80002 ", "revise 80003 "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Text, "transmogrify") {
		t.Errorf("problems: %+v", d.Problems)
	}
	if e := d.Changes[0].Entry; e.Kind != diff.Organization || len(e.Programs) != 1 || d.Changes[0].Lists[0] != diff.SDN {
		t.Errorf("added: %+v", d.Changes[0])
	}
}

func FuzzParseSDNCSV(f *testing.F) {
	f.Add(permute.Fixture(f, "sdn.csv"))
	f.Fuzz(func(t *testing.T, body []byte) { permute.Sound(t, body, ParseSDNCSV) })
}

func FuzzParseXML(f *testing.F) {
	for _, name := range []string{"sdn.xml", "consolidated.xml", "enhanced.xml", "delta.xml"} {
		f.Add(permute.Fixture(f, name))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		permute.Sound(t, body, ParseXML)
		if d, err := ParseDelta(bytes.NewReader(body)); err != nil && d.Changes != nil {
			t.Error("changes beside an error")
		}
	})
}
