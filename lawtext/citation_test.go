package lawtext_test

import (
	"testing"

	"entitywatch/diff"
	"entitywatch/lawtext"

	"github.com/google/go-cmp/cmp"
)

func TestReadCitations(t *testing.T) {
	for text, want := range map[string][]diff.Citation{
		"79 FR 44683, 8/1/14.":                          {{Volume: 79, Page: 44683, Date: "2014-08-01", Raw: "79 FR 44683, 8/1/14"}},
		"79 FR 44683, 8/1/14.87 FR 34154, 6/6/22.":      {{Volume: 79, Page: 44683, Date: "2014-08-01", Raw: "79 FR 44683, 8/1/14"}, {Volume: 87, Page: 34154, Date: "2022-06-06", Raw: "87 FR 34154, 6/6/22"}},
		"79 FR 44683, 8/1/1487 FR 34154, 6/6/22":        {{Volume: 79, Page: 44683, Date: "2014-08-01", Raw: "79 FR 44683, 8/1/14"}, {Volume: 87, Page: 34154, Date: "2022-06-06", Raw: "87 FR 34154, 6/6/22"}},
		"77 FR 231164/18/12.":                           {{Volume: 77, Page: 23116, Date: "2012-04-18", Raw: "77 FR 231164/18/12"}},
		"77 FR 11111/18/12.":                            {{Volume: 77, Raw: "77 FR 11111/18/12"}},
		"78 FR 75463 12/12/13.":                         {{Volume: 78, Page: 75463, Date: "2013-12-12", Raw: "78 FR 75463 12/12/13"}},
		"88 FR FR 12158, 2/27/23.":                      {{Volume: 88, Page: 12158, Date: "2023-02-27", Raw: "88 FR FR 12158, 2/27/23"}},
		"81 FR 61601 preview citation details, 9/7/16.": {{Volume: 81, Page: 61601, Date: "2016-09-07", Raw: "81 FR 61601 preview citation details, 9/7/16"}},
		"88 FR 71992 10/19/2023. .":                     {{Volume: 88, Page: 71992, Date: "2023-10-19", Raw: "88 FR 71992 10/19/2023"}},
		"86 FR 67319. 11/26/21.":                        {{Volume: 86, Page: 67319, Date: "2021-11-26", Raw: "86 FR 67319. 11/26/21"}},
		"77 FR 61249, 10/9/12, 78 FR 75463, 12/12/13.":  {{Volume: 77, Page: 61249, Date: "2012-10-09", Raw: "77 FR 61249, 10/9/12"}, {Volume: 78, Page: 75463, Date: "2013-12-12", Raw: "78 FR 75463, 12/12/13"}},
		"62 FR 35334, 6/30/97 66 FR 24267, 5/14/01":     {{Volume: 62, Page: 35334, Date: "1997-06-30", Raw: "62 FR 35334, 6/30/97"}, {Volume: 66, Page: 24267, Date: "2001-05-14", Raw: "66 FR 24267, 5/14/01"}},
		"85 FR 64017, October 9, 2020.":                 {{Volume: 85, Page: 64017, Date: "2020-10-09", Raw: "85 FR 64017, October 9, 2020"}},
		"80 FR 4779 January 29, 2015":                   {{Volume: 80, Page: 4779, Date: "2015-01-29", Raw: "80 FR 4779 January 29, 2015"}},
		"88 FR [INSERT FR PAGE NUMBER AND 2/27/2023].":  {{Volume: 88, Date: "2023-02-27", Raw: "88 FR [INSERT FR PAGE NUMBER AND 2/27/2023]"}},
		"10/19/2023":             {{Date: "2023-10-19", Raw: "10/19/2023"}},
		"79 FR 44683, 13/45/14.": {{Volume: 79, Page: 44683, Raw: "79 FR 44683, 13/45/14"}},
		"67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02": {{Volume: 67, Page: 56530, Date: "2002-09-04", Raw: "67 F.R. 56530 9/4/02"}, {Volume: 67, Page: 10890, Date: "2002-03-11", Raw: "67 F.R. 10890 3/11/02"}},
		"67.F.R. 56530 9/4/02 and 68 F.R. 1089":      {{Volume: 67, Page: 56530, Date: "2002-09-04", Raw: "67.F.R. 56530 9/4/02 and"}, {Volume: 68, Page: 1089, Raw: "68 F.R. 1089"}},
		"67 F.R. 56530, 10890 3/11/02":               {{Volume: 67, Page: 56530, Raw: "67 F.R. 56530, 10890 3/11/02"}},
		"89 FR 12345 (3/4/24), 89 FR 12399 No. 41":   {{Volume: 89, Page: 12345, Date: "2024-03-04", Raw: "89 FR 12345 (3/4/24)"}, {Volume: 89, Page: 12399, Raw: "89 FR 12399 No. 41"}},
		"Vol. 88, No. 151, 08/08/23":                 {{Volume: 88, Date: "2023-08-08", Raw: "Vol. 88, No. 151, 08/08/23"}},
		"Public Notice 8104":                         {{Raw: "Public Notice 8104"}},
		" .":                                         nil,
		"":                                           nil,
	} {
		if d := cmp.Diff(want, lawtext.ReadCitations(text)); d != "" {
			t.Errorf("ReadCitations(%q) (-want +got):\n%s", text, d)
		}
	}
}
