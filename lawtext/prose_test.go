package lawtext_test

import (
	"strings"
	"testing"

	"entitywatch/diff"
	"entitywatch/lawtext"
)

func TestReadNumber(t *testing.T) {
	for text, want := range map[string][2]int{ // value, words taken
		"":                                   {0, 0},
		"entities":                           {0, 0},
		"hundred":                            {0, 0},
		"1,024 entities":                     {1024, 1},
		"thirty-three entities":              {33, 1},
		"twenty four":                        {24, 2},
		"fourty":                             {40, 1},
		"one two":                            {1, 1},
		"twenty thirty":                      {20, 1},
		"one hundred and fourteen entities":  {114, 4},
		"one hundred fourteen":               {114, 3},
		"one hundred and other":              {100, 2},
		"one hundred and":                    {100, 2},
		"two thousand one hundred and three": {2103, 6},
		"three and four":                     {3, 1},
	} {
		if n, taken := lawtext.ReadNumber(strings.Fields(text)); n != want[0] || taken != want[1] {
			t.Errorf("ReadNumber(%q) = %d of %d words, want %v", text, n, taken, want)
		}
	}
}

// The lists cite rules from 1973 on; a pivot at ninety made 2087 of the year of "52 F.R. 3688 2/5/87" in one of two readers.
func TestTwoDigitYearsHaveOnePivot(t *testing.T) {
	for year, want := range map[string]string{"70": "1970", "87": "1987", "99": "1999", "00": "2000", "26": "2026", "69": "2069"} {
		day := diff.Date(want + "-02-05")
		if got := lawtext.ShortDate("2/5/" + year); got != day {
			t.Errorf("ShortDate of the year %s is %s", year, got)
		}
		if got := lawtext.ReadCitations("52 FR 3688, 2/5/" + year)[0].Date; got != day {
			t.Errorf("ReadCitations of the year %s gives %s", year, got)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		text string
		want diff.Date
	}{
		{"effective on February 24, 2023, at noon", "2023-02-24"},
		{"Sept. 9th 2020", "2020-09-09"},
		{"FEBRUARY 30, 2023", ""},
		{"Filed 2-24-23; 8:45 am", "2023-02-24"},
		{"02/07/2024 and 3/8/2024", "2024-02-07"},
		{"13/1/2024", ""},
		{"0/1/2024", ""},
		{"88 FR 17708, March 24, 2023", "2023-03-24"},
		{"no date", ""},
	} {
		if got := lawtext.FirstDate(c.text); got != c.want {
			t.Errorf("FirstDate(%q) = %q, want %q", c.text, got, c.want)
		}
	}
	for word, want := range map[string]diff.Date{"13-Feb-2026": "2026-02-13", "3-Feb-2026": "2026-02-03", "27/04/2020": "2020-04-27", "2020-04-27": "2020-04-27", "Date": ""} {
		if got, ok := lawtext.DayFirst(word); got != want || ok != (want != "") {
			t.Errorf("DayFirst(%q) = %q, %v", word, got, ok)
		}
	}
	for stamp, want := range map[string]diff.Date{"2026-01-16T10:01:44.7": "2026-01-16", "2026-01-16": "2026-01-16", "2026": "", "": ""} {
		if got, ok := lawtext.StampDate(stamp); got != want || ok != (want != "") {
			t.Errorf("StampDate(%q) = %q, %v", stamp, got, ok)
		}
	}
}
