package ecfr_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/internal/permute"
	"entitywatch/internal/require"
	"entitywatch/watcher/lists/ecfr"
)

var (
	tableBody = regexp.MustCompile(`(?s)<TBODY>(.*?)</TBODY>`)
	tableRow  = regexp.MustCompile(`(?s)<TR>.*?</TR>`)
	tableCell = regexp.MustCompile(`(?s)(<TD[^>/]*)(?:/>|>(.*?)</TD>)`)
)

// rowsOf takes the tables of one supplement apart at its rows. Each gets the heading that it stands under, and what only continues a
// row stays with it.
func rowsOf(t *testing.T, doc, name string) permute.File {
	t.Helper()
	from := strings.Index(doc, `<DIV9 N="`+name+`"`)
	if from < 0 {
		t.Fatalf("there is no %s", name)
	}
	at := tableBody.FindStringSubmatchIndex(doc[from:])
	tail := doc[from+at[3]:] // to the end of the supplement: the part's other text is none of its rows
	f := permute.File{Head: `<DIV5 N="744" TYPE="PART">` + doc[from:from+at[2]], Tail: tail[:strings.Index(tail, "</DIV9>")] + "</DIV9></DIV5>"}
	heading := ""
	for _, row := range tableRow.FindAllString(doc[from+at[2]:from+at[3]], -1) {
		cells := tableCell.FindAllStringSubmatch(row, -1)
		country := strings.TrimSpace(cells[0][2])
		bare := country == ""
		for _, c := range cells[2:] {
			bare = bare && strings.TrimSpace(c[2]) == ""
		}
		if bare && len(f.Records) > 0 {
			f.Records[len(f.Records)-1] += row + "\n"
			continue
		}
		if country != "" {
			heading = country
		}
		cell := cells[0]
		f.Records = append(f.Records, strings.Replace(row, cell[0], cell[1]+">"+heading+"</TD>", 1)+"\n")
	}
	return f
}

func wholly(list diff.ListID) permute.Parse {
	return func(body []byte) ([]diff.Snapshot, error) {
		return ecfr.Parse(bytes.NewReader(body), diff.ReadOptions{}, list)
	}
}

func TestOrderOfRowsNeverMatters(t *testing.T) {
	const twin = "Tarnow Lathe Works, and one subordinate institution:<br/>Subordinate institution<br/> Sundal Branch, 1 Canal Road, Wuxi, China."
	doc := part(appendix(4, 5, "", entry("CHINA", twin), entry("", "Marsholm Optics, 2 Bridge Street, Wuxi, China."),
		entry("", twin), entry("", strings.Replace(twin, "1 Canal", "7 Canal", 1)), entry("", strings.Replace(twin, "Sundal", "Kettle", 1)),
		entry("RUSSIA", twin), entry("", "Vetrov, Moscow, Russia.")))
	permute.Check(t, rowsOf(t, doc, "Supplement No. 4 to Part 744"), 0, wholly(diff.EntityList))
	party := func(name string) string { return row("CHINA", name, "88 FR 1, 1/2/23.") }
	for number, list := range map[int]diff.ListID{6: diff.UnverifiedList, 7: diff.MilitaryEndUserList} {
		f := rowsOf(t, part(appendix(number, 3, "", party("Tarnow, Wuxi, China."), party("Tarnow, Tver, China."), party("Tarnow, Wuxi, China."),
			row("", "Marsholm", "89 FR 2, 1/3/24."))), map[int]string{6: "Supplement No. 6 to Part 744", 7: "Supplement No. 7 to Part 744"}[number])
		permute.Check(t, f, 0, wholly(list))
	}
}

func TestReferenceOrderOfRowsNeverMatters(t *testing.T) {
	for _, day := range []string{"2026-03-25", "2026-07-18"} {
		doc := string(require.File(t, "ecfr/part-744_"+day+".xml.gz"))
		for name, list := range map[string]diff.ListID{"Supplement No. 4 to Part 744": diff.EntityList,
			"Supplement No. 6 to Part 744": diff.UnverifiedList, "Supplement No. 7 to Part 744": diff.MilitaryEndUserList} {
			t.Run(day+" "+name, func(t *testing.T) { permute.Check(t, rowsOf(t, doc, name), 4, wholly(list)) })
		}
	}
}

func TestARowOfTooManyCellsIsRefused(t *testing.T) {
	doc := part(appendix(4, 5, "", entry("CHINA", "Tarnow, Wuxi, China."), "<TR>"+strings.Repeat("<TD/>", 1000)+"</TR>"))
	if s, err := wholly(diff.EntityList)([]byte(doc)); err == nil || !strings.Contains(err.Error(), "64 cells") {
		t.Errorf("%+v, %v", s, err)
	}
}
