package uk

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
	"entitywatch/watcher/fetch"
)

func parse(t testing.TB, body []byte) diff.Snapshot {
	t.Helper()
	return permute.Only(t, body, diff.ReadOptions{}, Parse)
}

func TestUKSanctionsList(t *testing.T) {
	s := parse(t, permute.Fixture(t, "uk-sanctions-list.csv"))
	if s.List != diff.UKSanctions || s.AsOf != "2025-03-12" || !s.Complete || s.Rows != 5 || len(s.Problems) != 0 {
		t.Fatalf("%+v", s)
	}
	want := []diff.Entry{{
		List: diff.UKSanctions, Key: "uk-sanctions/RUS9001", Kind: diff.Person, Countries: []string{"CY"}, Name: "Ivan Petrovich MARSHOLM",
		Aliases: []string{"Иван Марсхольм", "John MARSHOLM"}, WeakAliases: []string{"VANYA"}, Addresses: []string{"5 Canal Road, Cyprus"},
		Programs: []string{"The Tarnow (Sanctions) Regulations 2020"},
		IDs:      []diff.ID{{Type: "OFSI Group ID", Value: "19001"}, {Type: "Passport", Value: "75 1234567, Issued in Tver"}},
		Attributes: []diff.Attribute{
			{Type: "title", Value: "Dr"}, {Type: "designation_source", Value: "UK"}, {Type: "sanctions_imposed", Value: "Asset freeze"},
			{Type: "sanctions_imposed", Value: "Travel Ban"}, {Type: "statement_of_reasons", Value: "Supported Tarnow."},
			{Type: "designated_on", Value: "29/06/2022"}, {Type: "birth", Value: "03/02/1961"}, {Type: "nationality", Value: "Russia"},
			{Type: "position", Value: "Director"}, {Type: "gender", Value: "Male"}, {Type: "birth_place", Value: "Tver, Russia"},
		},
		Remarks: "Known to sail.",
	}, {
		List: diff.UKSanctions, Key: "uk-sanctions/RUS9002", Kind: diff.Vessel, Name: "SUNDAL STAR",
		Programs:   []string{"The Tarnow (Sanctions) Regulations 2020"},
		IDs:        []diff.ID{{Type: "IMO number", Value: "9999999"}, {Type: "Hull identification number", Value: "HIN9"}},
		Attributes: []diff.Attribute{{Type: "vessel_flag", Value: "Panama"}, {Type: "vessel_type", Value: "Tanker"}},
	}, {
		List: diff.UKSanctions, Key: "uk-sanctions/RUS9003", Kind: diff.Organization, Countries: []string{"RU"}, Name: `TARNOW BANK, "THE"`,
		Addresses: []string{"3 Bridge Street, Moscow, 119034, Russia"}, Attributes: []diff.Attribute{{Type: "parent_company", Value: "TARNOW GROUP"}},
	}}
	if d := cmp.Diff(want, s.Entries); d != "" {
		t.Error(d)
	}
}

func TestOlderList(t *testing.T) {
	s := parse(t, permute.Fixture(t, "conlist.csv"))
	if s.AsOf != "2020-03-12" || !s.Complete || s.Rows != 4 || len(s.Problems) != 0 {
		t.Fatalf("%+v", s)
	}
	want := []diff.Entry{{
		List: diff.UKSanctions, Key: "uk-sanctions/19001", Kind: diff.Person, Name: "Ivan MARSHOLM", Aliases: []string{"VANYA"},
		FormerNames: []string{"Ivan PETROV"}, Programs: []string{"Tarnow"},
		IDs: []diff.ID{{Type: "Passport", Value: "No. 592667 (Qatari)"}},
		Attributes: []diff.Attribute{
			{Type: "birth", Value: "00/00/1980"}, {Type: "birth_place", Value: "Russia"}, {Type: "listed_on", Value: "01/04/2016"},
			{Type: "birth", Value: "00/00/1981"},
		},
		Remarks: "UN Ref CDi.901. Marsholm’s deputy.",
	}, {
		List: diff.UKSanctions, Key: "uk-sanctions/19002", Kind: diff.Organization, Countries: []string{"KP"}, Name: "TARNOW BATTALION",
		Addresses: []string{"Pyongyang, DPRK"}, Programs: []string{"Tarnow"},
	}}
	if d := cmp.Diff(want, s.Entries); d != "" {
		t.Error(d)
	}
}

func TestOrderAndUpdateDatesAreNoChange(t *testing.T) {
	body := string(permute.Fixture(t, "uk-sanctions-list.csv"))
	lines := strings.SplitAfter(body, "\r\n")
	lines[2], lines[4] = lines[4], lines[2]
	moved := strings.ReplaceAll(strings.Join(lines, ""), "12/01/2022", "01/03/2025")
	if c := diff.Compare(parse(t, []byte(body)), parse(t, []byte(moved))).Changes; len(c) != 0 {
		t.Errorf("changes: %+v", c)
	}
}

func TestRefused(t *testing.T) {
	body := string(permute.Fixture(t, "uk-sanctions-list.csv"))
	for name, text := range map[string]string{
		"empty": "", "HTML": "<!doctype html><html></html>", "another CSV": "a,b\n1,2\n", "the date alone": "Report Date: 12-Mar-2025\r\n",
		"the header alone": strings.Join(strings.SplitAfter(body, "\n")[:2], ""),
		"cut in a row":     body[:len(body)-25], "cut in the last cell": body[:len(body)-2],
	} {
		permute.Refused(t, name, text, "", Parse)
	}
	s, err := Parse(strings.NewReader(body[:len(body)-25]), diff.ReadOptions{Partial: true})
	if err != nil || s[0].Complete || len(s[0].Entries) != 2 || !diff.NeedsHuman(s[0].Problems) {
		t.Errorf("partial: %+v, %v", s, err)
	}
}

func TestUnreadableRowAndNewColumn(t *testing.T) {
	var many strings.Builder
	body := string(permute.Fixture(t, "uk-sanctions-list.csv"))
	lines := strings.SplitAfter(body, "\r\n")
	many.WriteString(lines[0] + strings.TrimSuffix(lines[1], "\r\n") + ",Moon phase\r\n")
	for i := range 30 {
		row := strings.Replace(strings.TrimSuffix(lines[5], "\r\n"), "RUS9002", "RUS8"+strings.Repeat("0", i), 1)
		if i == 7 {
			row = strings.Replace(row, "SUNDAL STAR", "", 1)
		}
		many.WriteString(row + ",full\r\n")
	}
	s := parse(t, []byte(many.String()))
	if len(s.Unread) != 1 || s.Unread[0].Key != "uk-sanctions/RUS80000000" || len(s.Entries) != 29 || len(s.Problems) != 2 || s.Problems[0].Where != "line 10" || !strings.Contains(s.Problems[1].Text, "Moon phase") {
		t.Errorf("%d entries, complete %v, %+v", len(s.Entries), s.Complete, s.Problems)
	}
}

// The reference is what encoding/csv alone reads: 2,114 groups, each row's name among its party's.
func TestReferenceConList(t *testing.T) {
	body := require.File(t, "uk/ofsi_conlist_2020-04-27.csv.gz")
	s := parse(t, body)
	if s.AsOf != "2020-04-27" || !s.Complete || s.Rows != 9492 || len(s.Entries) != 2114 || len(s.Problems) != 0 {
		t.Fatalf("%s: %d rows, %d entries, problems %v", s.AsOf, s.Rows, len(s.Entries), s.Problems)
	}
	names := map[string]map[string]bool{}
	for _, e := range s.Entries {
		all := map[string]bool{e.Name: true}
		for _, list := range [][]string{e.Aliases, e.WeakAliases, e.FormerNames} {
			for _, n := range list {
				all[n] = true
			}
		}
		names[strings.TrimPrefix(e.Key, "uk-sanctions/")] = all
	}
	in := csv.NewReader(bytes.NewReader(body))
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[2:] {
		full := strings.Join(strings.Fields(strings.ToValidUTF8(strings.Join(append(r[1:6:6], r[0]), " "), "")), " ")
		found := false
		for n := range names[r[28]] {
			found = found || strings.Join(strings.Fields(n), " ") == full
		}
		if !found && !strings.ContainsRune(strings.Join(r[:6], ""), '\x92') && full == strings.Join(strings.Fields(strings.Join(append(r[1:6:6], r[0]), " ")), " ") {
			t.Fatalf("group %s has no name %q: %v", r[28], full, names[r[28]])
		}
	}
}

func TestSource(t *testing.T) {
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path
		w.Header().Set("Content-Type", "text/csv")
		if _, err := w.Write(permute.Fixture(t, "uk-sanctions-list.csv")); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	client := fetch.New(fetch.Options{Trusted: []string{server.URL}, Attempts: 1})
	for base, path := range map[string]string{server.URL: List().Files[0].Path, server.URL + "/mirror/list.csv": "/mirror/list.csv"} {
		r, err := List().New(fetch.ListOptions{BaseURL: base}).Read(context.Background(), client.Begin(fetch.Cursor{}))
		if err != nil || len(r.Snapshots) != 1 || len(r.Snapshots[0].Entries) != 3 || asked != path {
			t.Errorf("%s: asked %s, %+v, %v", base, asked, r, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(permute.Fixture(f, "uk-sanctions-list.csv"))
	f.Add(permute.Fixture(f, "conlist.csv"))
	f.Fuzz(func(t *testing.T, body []byte) { permute.Sound(t, body, Parse) })
}
