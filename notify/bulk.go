package notify

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
)

const (
	// bulkItems is how many parties a message shows one by one. The largest day of any list so far, OFAC's of 2024-02-23,
	// had about 500 additions, which is a dozen posts; what is larger is a mass event or a fault, and nobody reads it
	// party by party.
	bulkItems = 500
	// bulkHits is how many hits such a message holds; it names the first of them.
	bulkHits = 50
	// zipAbove is the size from which a file is sent packed, in bytes: mail servers often refuse more than ten million.
	zipAbove = 1 << 20
)

// bulk makes one message of one with more parties than anybody reads: its counts, our counterparties, and, where the
// channel takes files, one with all of them. Anything smaller stays as it is.
func (b *planner) bulk(m Message, l Limits) Message {
	n := 0
	for _, it := range m.Items {
		if n++; it.Mass != nil {
			n += len(it.Mass.Entries) - 1
		}
	}
	if m.Digest != nil || n <= bulkItems {
		return m
	}
	where := fmt.Sprintf("`entitywatch show %s` has all of them", m.Case)
	if l.Attach || l.Enclose {
		m.Attachment = b.listFile(m)
		where = fmt.Sprintf("the file %s has all of them, and so has `entitywatch show %s`", m.Attachment.Name, m.Case)
	}
	m.Items, m.Unlisted = nil, n
	m.Notes = append([]string{fmt.Sprintf("%d changes at once are too many to show one by one: %s.", n, where)},
		m.Notes...)
	if n := len(m.Hits); n > bulkHits {
		m.Ours = len(ownParties(m.Hits))
		m.Hits = m.Hits[:bulkHits:bulkHits]
	}
	return m
}

// bulkParts are the messages that carry it: one, and a second with the file where the channel takes files by
// themselves.
func (m Message) bulkParts(l Limits) []Message {
	if m.Attachment == nil || !l.Attach {
		return Split(m, l)
	}
	head := m
	head.Attachment = nil
	file := m.further()
	file.Attachment = m.Attachment
	return numbered(append(Split(head, l), file))
}

// listFile is the full list of a message's parties, made once for all channels that are told the same ones.
func (b *planner) listFile(m Message) *File {
	h := sha256.New()
	for _, it := range m.Items {
		fmt.Fprintf(h, "%s %s\n", it.Change.Case, it.Change.ID)
	}
	key := string(h.Sum(nil))
	if b.files == nil {
		b.files = map[string]*File{}
	}
	if b.files[key] == nil {
		b.files[key] = m.listFile()
	}
	return b.files[key]
}

// listFile packs the list where it is large.
func (m Message) listFile() *File {
	number := m.Case
	if m.Act != nil {
		number = m.Act.Number
	}
	f := &File{Name: fmt.Sprintf("entitywatch-%s.csv", fileName(number)), Type: "text/csv", Data: CSV(m.Items)}
	if len(f.Data) <= zipAbove {
		return f
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(f.Name)
	if err == nil {
		_, err = w.Write(f.Data)
	}
	if err != nil || z.Close() != nil { // a bytes.Buffer never fails
		return f
	}
	return &File{Name: strings.TrimSuffix(f.Name, ".csv") + ".zip", Type: "application/zip", Data: b.Bytes()}
}
