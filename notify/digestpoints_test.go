package notify

import (
	"strings"
	"testing"
	"time"

	"entitywatch/diff"
)

// weekly is the digest of a week that brought this.
func weekly(c Collected) Message {
	day := time.Date(2024, 8, 1, 12, 0, 0, 0, time.UTC)
	rules := []Rule{{Name: "all", Digest: []string{"weekly"}}}
	return composer{now: day, location: time.UTC}.digest(Digest{Name: "weekly"}, rules, c, day.AddDate(0, 0, -7), day)
}

// A digest's first line says of each Case what it is: sure or not, to be read, taken back, moved on.
func TestDigestsFirstLineTakesNothingForWhatItIsNot(t *testing.T) {
	sure, unsure := party(china, "Sure Ltd."), party("GERMANY", "Unsure GmbH")
	unsure.Unconfirmed = true
	read := PendingCase{Case: diff.Case{ID: "case-1", Title: "An order"}, Notes: []CaseNote{{Kind: NoteReadThis}}}
	gone := read
	gone.Notes = append(gone.Notes[:1:1], CaseNote{Kind: NoteWithdrawn, Text: "It was revoked by its publisher."})
	moved := PendingCase{Case: diff.Case{ID: "case-2"}, Standing: []PendingChange{{Change: sure}}, Stages: []StageTime{{Stage: diff.Codified}}}
	told := func(c ...PendingChange) PendingCase { return PendingCase{Case: diff.Case{ID: "case-3"}, Changes: c} }
	for _, c := range []struct {
		pc   PendingCase
		want string
	}{
		{read, "weekly: 1 document to be read"},
		{gone, "weekly: 1 RETRACTED"},
		{moved, "weekly: 1 earlier Case moved on"},
		{told(PendingChange{Change: unsure}), "weekly: Entity List: 1 added: Unsure GmbH (Germany), not yet confirmed"},
		{told(PendingChange{Change: sure}, PendingChange{Change: unsure}),
			"weekly: Entity List: 2 added: China 1, Germany 1, 1 of them not yet confirmed"},
	} {
		if m := weekly(Collected{Cases: []PendingCase{c.pc}}); m.Headline != c.want {
			t.Errorf("%s\nwant %s\n%s", m.Headline, c.want, Text(m, TextOptions{}))
		}
	}
	if m := weekly(Collected{Cases: []PendingCase{gone}}); m.Digest.Cases[0].Headline != "RETRACTED: Read this: An order" {
		t.Errorf("%q", m.Digest.Cases[0].Headline)
	}
}

// Who reads digests only was told nothing yet of what is taken back within the period.
func TestDigestDoesNotSayThatItsReadersWereTold(t *testing.T) {
	c := party("LEBANON", "Mithal Trading")
	pc := PendingCase{Case: diff.Case{ID: "case-1", Status: diff.Withdrawn}, Changes: []PendingChange{{Change: c, Retracted: "it was revoked"}}}
	text := strings.Join(strings.Fields(Text(weekly(Collected{Cases: []PendingCase{pc}}), TextOptions{})), " ")
	if !strings.Contains(text, "it was revoked. It does not hold") || strings.Contains(text, "told you") || strings.Contains(text, "you did") {
		t.Error(text)
	}
}

// An entry that is held stands under what was checked also where nothing else is to be told.
func TestEmptyDigestNamesWhatIsHeld(t *testing.T) {
	held := HeldEntry{Source: "entity-list", List: diff.EntityList, Country: "RUSSIA", Name: "Azad Motors", Since: "2024-07-20"}
	text := Text(weekly(Collected{Sources: []SourceReport{{Name: "entity-list", State: "ok"}}, Held: []HeldEntry{held}}), TextOptions{})
	if !strings.Contains(text, "Held: Azad Motors (Russia) is missing") {
		t.Error(text)
	}
}

func TestANoticeAndItsAdviceAreSentences(t *testing.T) {
	for _, text := range []string{"It is gone", "It is gone."} {
		m := (&Router{}).Notice(Notice{Kind: "missing", Subject: "entity-list", Text: text}, time.Now())
		if !strings.HasPrefix(m.Reason, "It is gone.\n`entitywatch held`") {
			t.Errorf("%q", m.Reason)
		}
	}
}
