package notify

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"
)

// A look with more parties than anybody reads is one message: counts, ours, and a file with all of them, whatever the
// channel.
func TestLookBeyondReadingIsOneMessage(t *testing.T) {
	const n = 3000
	limits := map[string]Limits{
		"slack": {Size: 11000, Items: 36, Attach: true}, "mail": {Enclose: true}, "hook": {},
		"teams": {Size: 20000, Items: 40},
	}
	targets := map[string]Target{}
	rule := Rule{Name: "all"}
	for name, l := range limits {
		targets[name] = Target{Name: name, Recipients: []string{""}, Limits: l}
		rule.Send = append(rule.Send, name)
	}
	r := &Router{Rules: []Rule{rule}, Location: time.UTC}
	got := map[string][]Message{}
	for _, d := range r.plan(Pending{Cases: []PendingCase{massCase(n)}}, targets, time.Now()).Deliveries {
		got[d.Channel] = append(got[d.Channel], d.Message)
	}
	for name, l := range limits {
		t.Run(name, func(t *testing.T) { bulky(t, got[name], l, n) })
	}
}

// bulky asserts that the messages of one channel are one of n parties, with the file that it can carry.
func bulky(t *testing.T, ms []Message, l Limits, n int) {
	t.Helper()
	want := 1
	if l.Attach {
		want = 2 // the file is a post of its own
	}
	if len(ms) != want {
		t.Fatalf("%d messages, want %d", len(ms), want)
	}
	m := ms[0]
	if counted(m) != n || m.Unlisted != n || len(m.Items) != 0 || !strings.Contains(m.Notes[0], "3000 changes") {
		t.Errorf("%d counted, %d unlisted, %d items, notes %q", counted(m), m.Unlisted, len(m.Items), m.Notes)
	}
	if len(m.Hits) == 0 || len(m.Hits) > 50 {
		t.Errorf("%d hits", len(m.Hits))
	}
	file := ms[len(ms)-1].Attachment
	if (file != nil) != (l.Attach || l.Enclose) || strings.Contains(m.Notes[0], "file") != (file != nil) {
		t.Errorf("file %v, notes %q", file != nil, m.Notes)
	}
	if file == nil {
		return
	}
	if rows, ours := listed(t, file); rows != n || ours != n/100 {
		t.Errorf("the file has %d parties, %d of ours", rows, ours)
	}
}

func counted(m Message) (total int) {
	for _, c := range m.Counts {
		total += c.N
	}
	return total
}

// listed counts the parties in a file, and those that are ours.
func listed(t *testing.T, f *File) (rows, ours int) {
	t.Helper()
	data := f.Data
	if f.Type == "application/zip" {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := z.File[0].Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		data = b.Bytes()
	}
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all[1:] {
		rows++
		if row[len(row)-1] != "" {
			ours++
		}
	}
	return rows, ours
}

// Every act so far is told party by party.
func TestLargestActIsStillToldInFull(t *testing.T) {
	r := &Router{Rules: []Rule{{Name: "all", Send: []string{"mail"}}}, Location: time.UTC}
	p := r.plan(Pending{Cases: []PendingCase{massCase(bulkItems)}},
		map[string]Target{"mail": {Name: "mail", Recipients: []string{""}}}, time.Now())
	if len(p.Deliveries) != 1 || len(p.Deliveries[0].Message.Items) != bulkItems {
		t.Errorf("%d deliveries", len(p.Deliveries))
	}
}
